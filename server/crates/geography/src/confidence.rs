//! How sure an answer is, from the accuracy of the position and the distance to the regency border.
//!
//! The position is taken as normally distributed around the reported point and the border as
//! straight, so the chance of being on this side is the normal distribution's at the distance.
//! Must never know polygons: it gets two distances and gives a number.

/// Accuracy in metres taken for a position that came with none: about what a pin set by hand on
/// a street map is off.
pub const ASSUMED_ACCURACY_M: f64 = 25.0;

/// Sanity bounds in metres for a reported accuracy. Below one metre no phone is honest; above
/// 100 km the number carries no information.
const ACCURACY_RANGE_M: (f64, f64) = (1.0, 100_000.0);

/// A radius that holds 68 % of a circular normal distribution, in standard deviations
/// (sqrt(-2 ln 0.32)); phones report accuracy as that radius.
const RADIUS_68_IN_DEVIATIONS: f64 = 1.509_6;

/// The accuracy in metres to reckon with: the reported one if it makes sense, else the assumed one.
pub(crate) fn effective_accuracy_m(reported_m: Option<f64>) -> f64 {
    let (least, most) = ACCURACY_RANGE_M;
    match reported_m {
        Some(metres) if metres.is_finite() && metres >= 0.0 => metres.clamp(least, most),
        _ => ASSUMED_ACCURACY_M,
    }
}

/// Chance (0.5 to 1) that the true position lies on the same side of a border `border_m` metres away.
pub(crate) fn same_side(border_m: f64, accuracy_m: f64) -> f64 {
    normal_below(border_m.max(0.0) * RADIUS_68_IN_DEVIATIONS / accuracy_m)
}

/// The standard normal distribution function for z >= 0, to 1e-7
/// (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17).
fn normal_below(z: f64) -> f64 {
    const TERMS: [f64; 5] = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let series = TERMS.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let density = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt();
    (1.0 - density * series).clamp(0.5, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((same_side(0.0, 30.0) - 0.5).abs() < 1e-6);
        assert!((normal_below(1.0) - 0.841_344_7).abs() < 1e-6);
        assert!((normal_below(1.96) - 0.975_002_1).abs() < 1e-6);
        assert!(same_side(2_000.0, 20.0) > 0.999_999);
        assert!(same_side(20.0, 1_500.0) < 0.52);
    }

    #[test]
    fn senseless_accuracy_is_replaced() {
        for bad in [None, Some(f64::NAN), Some(-9_999.0), Some(f64::INFINITY)] {
            assert!((effective_accuracy_m(bad) - ASSUMED_ACCURACY_M).abs() < f64::EPSILON);
        }
        assert!((effective_accuracy_m(Some(0.0)) - 1.0).abs() < f64::EPSILON);
    }
}
