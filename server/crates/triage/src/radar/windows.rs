//! How long and how far one hazard reaches, as data.
//!
//! The figures are the product's own starting values; monev replaces them once a centre has merges
//! of its own to measure. They lean wide: a missed duplicate sends two teams, a false one costs a
//! glance. What counts for or against a match within the window stands in `weights.rs`.

use kentongan_domain::catalogue::Category;

/// Time and distance within which two sightings may be one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Minutes between the two at most.
    pub minutes: f64,
    /// Metres between the two at most, before their uncertainties are added.
    pub metres: f64,
    /// How far apart two callers put the same event, metres (one standard deviation in either
    /// direction), with exact positions: they stand where they see it, not where it is.
    pub spread_m: f64,
}

const fn window(hours: f64, metres: f64, spread_m: f64) -> Window {
    Window { minutes: hours * 60.0, metres, spread_m }
}

/// Types with a window of their own.
///
/// Times: floods, fires and quakes are reported while they last. Distances: a riot moves through a
/// quarter, a quake is felt over a regency, ash falls over several.
const BY_TYPE: &[(&str, Window)] = &[
    ("natural_disaster_flood", window(3.0, 2_000.0, 350.0)),
    ("natural_disaster_whirlwind", window(2.0, 2_000.0, 350.0)),
    ("natural_disaster_earthquake", window(12.0, 50_000.0, 15_000.0)),
    ("natural_disaster_eruption", window(12.0, 30_000.0, 10_000.0)),
    ("natural_disaster_landslide", window(6.0, 1_000.0, 150.0)),
    ("natural_disaster_drought", window(72.0, 5_000.0, 1_500.0)),
    ("fire_land", window(6.0, 1_000.0, 200.0)),
    ("mental_health_missing_person", window(12.0, 1_500.0, 300.0)),
    ("infrastructure_main_burst", window(6.0, 1_000.0, 150.0)),
    ("public_order_riot", window(1.0, 800.0, 200.0)),
    ("public_order_brawl", window(1.0, 800.0, 150.0)),
];

/// Categories with a window of their own.
///
/// A fire is seen across a block (400 m); a flood covers a quarter (2 km; in the flood of
/// 21 February 2017 in Jakarta a third of the reports lay within 300 m and 60 min of an earlier one);
/// a crash is cleared within the hour and placed by the nearest landmark (300 m); a fallen tree or a
/// hole in the road stays until somebody comes.
const BY_CATEGORY: &[(Category, Window)] = &[
    (Category::NaturalDisaster, window(3.0, 2_000.0, 350.0)),
    (Category::Fire, window(6.0, 400.0, 90.0)),
    (Category::TrafficAccident, window(1.0, 300.0, 60.0)),
    (Category::Infrastructure, window(6.0, 300.0, 60.0)),
    (Category::Complaint, window(6.0, 300.0, 60.0)),
];

/// The window of everything else.
const OTHERS: Window = window(1.0, 300.0, 60.0);

/// The window for a type, or else for its category.
pub fn window_for(category: Option<Category>, type_code: Option<&str>) -> Window {
    type_code
        .and_then(|code| BY_TYPE.iter().find(|(known, _)| *known == code))
        .map(|(_, window)| *window)
        .or_else(|| {
            let category = category?;
            BY_CATEGORY.iter().find(|(known, _)| *known == category).map(|(_, window)| *window)
        })
        .unwrap_or(OTHERS)
}

impl Window {
    /// The wider of two in each respect: a report whose type is not yet known may belong to a flood.
    #[must_use]
    pub fn wider(self, other: Self) -> Self {
        Self {
            minutes: self.minutes.max(other.minutes),
            metres: self.metres.max(other.metres),
            spread_m: self.spread_m.max(other.spread_m),
        }
    }
}
