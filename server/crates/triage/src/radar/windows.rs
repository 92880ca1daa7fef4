//! How long and how far one hazard reaches, and which categories may speak of one event.
//!
//! The figures are the product's own starting values; monev replaces them once a centre has merges
//! of its own to measure. They lean wide: a missed duplicate sends two teams, a false one costs a
//! glance.

use kentongan_domain::catalogue::Category;

/// Time and distance within which two sightings may be one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub minutes: f64,
    pub metres: f64,
}

const fn window(hours: f64, metres: f64) -> Window {
    Window { minutes: hours * 60.0, metres }
}

/// The window for a type, or else for its category.
///
/// Times: floods, fires and quakes are reported while they last; a crash is cleared within the hour.
/// Distances: a fire is seen across a block (400 m), a crash is placed by the nearest landmark
/// (300 m), a flood covers a quarter (2 km; in the flood of 21 February 2017 in Jakarta a third of
/// the reports lay within 300 m and 60 min of an earlier one), a quake is felt over a regency (50 km).
pub(super) fn window_for(category: Option<Category>, type_code: Option<&str>) -> Window {
    match (category, type_code) {
        (_, Some("natural_disaster_earthquake")) => window(12.0, 50_000.0),
        (_, Some("natural_disaster_eruption")) => window(12.0, 30_000.0),
        (_, Some("natural_disaster_drought")) => window(72.0, 5_000.0),
        (_, Some("natural_disaster_whirlwind")) => window(2.0, 2_000.0),
        (_, Some("mental_health_missing_person")) => window(12.0, 1_500.0),
        (_, Some("natural_disaster_landslide" | "fire_land" | "infrastructure_main_burst")) => {
            window(6.0, 1_000.0)
        }
        (_, Some("public_order_riot" | "public_order_brawl")) => window(1.0, 800.0),
        (Some(Category::NaturalDisaster), _) => window(3.0, 2_000.0),
        (Some(Category::Fire), _) => window(6.0, 400.0),
        (Some(Category::Infrastructure | Category::Complaint), _) => window(6.0, 300.0),
        _ => window(1.0, 300.0),
    }
}

/// How two subjects are akin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    SameType,
    SameCategory,
    OtherType,
    Related,
    Unknown,
}

impl Kinship {
    /// The reason's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameType => "same_type",
            Self::SameCategory | Self::OtherType => "same_category",
            Self::Related => "related_category",
            Self::Unknown => "unknown_category",
        }
    }

    /// What it leaves of a score.
    pub const fn factor(self) -> f64 {
        match self {
            Self::SameType => 1.0,
            Self::SameCategory => 0.95,
            Self::OtherType => 0.75,
            Self::Related => 0.6,
            Self::Unknown => 0.5,
        }
    }
}

/// How the subjects are akin; `None` when they cannot be one event.
pub(super) fn kinship(
    left: (Option<Category>, Option<&str>),
    right: (Option<Category>, Option<&str>),
) -> Option<Kinship> {
    let (Some(one), Some(other)) = (left.0, right.0) else { return Some(Kinship::Unknown) };
    if one == other {
        return Some(match (left.1, right.1) {
            (Some(a), Some(b)) if a == b => Kinship::SameType,
            (Some(a), Some(b)) if !a.ends_with("_other") && !b.ends_with("_other") => Kinship::OtherType,
            _ => Kinship::SameCategory,
        });
    }
    (related(one, other) || related(other, one)).then_some(Kinship::Related)
}

/// Pairs that callers tell of one event: the crash and its injured, the storm and its fallen tree.
fn related(one: Category, other: Category) -> bool {
    use Category::{
        Animal, Complaint, Crime, Fire, Infrastructure, Medical, MentalHealth, NaturalDisaster, PublicOrder,
        Rescue, TrafficAccident,
    };
    matches!(
        (one, other),
        (
            Medical,
            Fire | TrafficAccident | Rescue | Crime | PublicOrder | Animal | MentalHealth | NaturalDisaster
        ) | (Rescue, Fire | TrafficAccident | NaturalDisaster | MentalHealth | Animal)
            | (Infrastructure, Fire | TrafficAccident | NaturalDisaster | Complaint)
            | (Crime, PublicOrder | MentalHealth)
            | (PublicOrder, MentalHealth | TrafficAccident | Complaint)
    )
}
