//! Which subjects may speak of one event, and how near they are akin.
//!
//! Subjects only. Neither time nor place nor words are looked at here.

use kentongan_domain::catalogue::Category;

use super::RadarReason;

/// How two subjects are akin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One type.
    SameType,
    /// One category, and at least one of the types says no more than that.
    SameCategory,
    /// One category, two types: the reading may have erred in either.
    OtherType,
    /// Two types that are one event's cause and effect.
    Close,
    /// Two categories that callers use for one event.
    Related,
    /// At least one subject is not known, or is only asked about.
    Unknown,
}

impl Kinship {
    /// The reason that names it.
    pub const fn reason(self) -> RadarReason {
        match self {
            Self::SameType => RadarReason::SameType,
            Self::SameCategory | Self::OtherType => RadarReason::SameCategory,
            Self::Close | Self::Related => RadarReason::RelatedCategory,
            Self::Unknown => RadarReason::UnknownCategory,
        }
    }

    /// Whether both are known to be of one category.
    pub const fn one_category(self) -> bool {
        matches!(self, Self::SameType | Self::SameCategory | Self::OtherType)
    }
}

/// What one event brings about beside the category it is told in: beginnings of a type's code, and
/// beginnings of the codes of what it brings. The storm and its fallen tree, the flood and the drowned
/// street or the burst main, the crash and its injured.
const CLOSE: &[(&str, &[&str])] = &[
    (
        "natural_disaster_flood",
        &[
            "infrastructure_main_burst",
            "infrastructure_sinkhole",
            "infrastructure_other",
            "complaint_road",
            "complaint_other",
            "rescue_drowning",
            "rescue_trapped",
            "rescue_other",
        ],
    ),
    (
        "natural_disaster_whirlwind",
        &[
            "infrastructure_fallen_tree",
            "infrastructure_leaning_pole",
            "infrastructure_cable_down",
            "infrastructure_other",
            "complaint_other",
        ],
    ),
    (
        "natural_disaster_landslide",
        &["infrastructure_fallen_tree", "infrastructure_sinkhole", "rescue_trapped"],
    ),
    ("natural_disaster_earthquake", &["rescue_trapped", "infrastructure_"]),
    ("traffic_accident_", &["medical_bleeding", "medical_unconscious", "medical_other", "rescue_trapped"]),
];

/// How the subjects are akin; `None` when they cannot be one event. A question is about any of them.
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
    if close(left.1, right.1) || close(right.1, left.1) {
        return Some(Kinship::Close);
    }
    if one == Category::Information || other == Category::Information {
        return Some(Kinship::Unknown);
    }
    (related(one, other) || related(other, one)).then_some(Kinship::Related)
}

fn close(cause: Option<&str>, effect: Option<&str>) -> bool {
    let (Some(cause), Some(effect)) = (cause, effect) else { return false };
    CLOSE
        .iter()
        .filter(|(begins, _)| cause.starts_with(begins))
        .any(|(_, effects)| effects.iter().any(|begins| effect.starts_with(begins)))
}

/// Pairs that callers tell of one event: the crash and its injured, the storm and its fallen tree, the
/// burning transformer and the dark street.
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
            | (Complaint, NaturalDisaster)
            | (Crime, PublicOrder | MentalHealth)
            | (PublicOrder, MentalHealth | TrafficAccident | Complaint)
    )
}
