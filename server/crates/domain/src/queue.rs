//! Where a waiting report stands in the queue: behind what it adds nothing to, and behind what its
//! contact's habits put it. The one rule by which every console sorts.
//!
//! Nothing leaves the queue here. An emergency past its deadline stands before all that is routine, whatever
//! put it behind.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::contact::{HeldBack, HoldLevel};
use crate::ids::IncidentId;
use crate::report::{OwnerQueue, Report};

/// How new a report is beside what the room knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Belongs to nothing known.
    #[default]
    New,
    /// About a known event, with something that nobody has told yet; or a person lifted it.
    Update,
    /// May be about a known event, but says too little to tell.
    Unclear,
    /// One of several about the same that nobody has confirmed.
    Gathering,
    /// About a confirmed known event: the fast lane.
    Known,
}

/// What the queue makes of a report besides its priority and age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Rank {
    /// How new it is.
    #[serde(default)]
    pub lane: Lane,
    /// The known event's incident that it was compared with.
    #[serde(default)]
    pub event: Option<IncidentId>,
    /// Whether its contact was put behind.
    #[serde(default)]
    pub held_back: Option<HeldBack>,
}

impl Rank {
    /// Whether it says nothing out of the ordinary.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A place in the queue: the lower the further ahead, first by band, then by priority, then by shade,
/// then by arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct QueuePlace {
    /// 0 for what must be heard; 1 for an emergency of a known event past its deadline; 2 for what is
    /// routine and no emergency; 3 for what tells of a known event only, or was put last.
    pub band: u8,
    /// The priority it waits with: the suggested one, or a lower one while its contact is put behind.
    pub priority: Priority,
    /// Within a priority: what is new before what is not.
    pub shade: u8,
}

/// The place of a report in the queue.
pub fn queue_place(report: &Report) -> QueuePlace {
    let overdue = report.owner == OwnerQueue::Supervisors;
    place(report.suggestion.category, report.suggestion.priority, overdue, &report.rank)
}

/// The rule itself: by what a report is about, how urgent, whether its deadline has passed, and its rank.
pub fn place(category: Option<Category>, suggested: Priority, overdue: bool, rank: &Rank) -> QueuePlace {
    let emergency = category.is_none_or(Category::is_emergency);
    let known = rank.lane == Lane::Known;
    // Words that tell of an emergency are never put further than behind others of their kind.
    let urgent = category.is_some_and(Category::is_emergency) && suggested <= Priority::P2;
    let held = match rank.held_back.map(|held| held.level) {
        Some(_) if urgent => Some(HoldLevel::Behind),
        level => level,
    };
    let back = known || held == Some(HoldLevel::Last);
    let band = match (back, emergency) {
        (true, true) if overdue => 1,
        (true, _) => 3,
        (false, false) if suggested == Priority::P4 => 2,
        (false, _) => 0,
    };
    QueuePlace {
        band,
        priority: if held == Some(HoldLevel::Lower) { suggested.lower() } else { suggested },
        shade: rank.lane as u8 + if held.is_some() { SHADE_OF_HELD } else { 0 },
    }
}

/// Added to the shade of what waits behind: behind every lane of the same priority.
const SHADE_OF_HELD: u8 = 8;
