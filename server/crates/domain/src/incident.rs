//! The incident: what happened, gathered from reports, until it is closed.
//!
//! Its states move only along [`INCIDENT_TRANSITIONS`]; while it is live its state follows from its
//! dispatches ([`live_state`]).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::deadline::Deadline;
use crate::dispatch::DispatchState;
use crate::handover::Handover;
use crate::ids::{DispatchId, EpochUs, IncidentId, ReportId, TextId};
use crate::place::Place;

/// Where an incident stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentState {
    /// No agency has it.
    Open,
    /// Forwarded, nobody has acknowledged.
    Dispatched,
    /// An agency knows.
    Acknowledged,
    /// A unit is on its way or on scene.
    Active,
    /// The field is done; the desk keeps watching.
    Monitored,
    /// It is over; the record is not closed yet.
    Resolved,
    /// Closed.
    Closed,
    /// Became part of another incident.
    Merged,
    /// The field found the report to be false.
    FalseReport,
    /// Called off.
    Cancelled,
    /// Not this centre's area.
    OutOfArea,
}

impl IncidentState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Dispatched,
        Self::Acknowledged,
        Self::Active,
        Self::Monitored,
        Self::Resolved,
        Self::Closed,
        Self::Merged,
        Self::FalseReport,
        Self::Cancelled,
        Self::OutOfArea,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Dispatched => "dispatched",
            Self::Acknowledged => "acknowledged",
            Self::Active => "active",
            Self::Monitored => "monitored",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::Merged => "merged",
            Self::FalseReport => "false_report",
            Self::Cancelled => "cancelled",
            Self::OutOfArea => "out_of_area",
        }
    }

    /// Whether work on it goes on.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Dispatched | Self::Acknowledged | Self::Active | Self::Monitored)
    }

    /// Whether its record is closed; only a reopening leads out, and out of `merged` nothing does.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Merged | Self::FalseReport | Self::Cancelled | Self::OutOfArea)
    }
}

/// What moves an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IncidentAct {
    /// Its dispatches changed.
    Advance,
    /// It is over.
    Resolve,
    /// Close the record.
    Close,
    /// Make it part of another.
    Merge,
    /// Take it up again, with a reason.
    Reopen,
}

/// How an incident is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CloseResult {
    /// Handled.
    #[default]
    Handled,
    /// False report.
    FalseReport,
    /// Called off.
    Cancelled,
    /// Not this centre's area.
    OutOfArea,
}

impl CloseResult {
    /// The state an incident closed so ends in.
    pub const fn state(self) -> IncidentState {
        match self {
            Self::Handled => IncidentState::Closed,
            Self::FalseReport => IncidentState::FalseReport,
            Self::Cancelled => IncidentState::Cancelled,
            Self::OutOfArea => IncidentState::OutOfArea,
        }
    }
}

/// Every legal step of an incident.
pub const INCIDENT_TRANSITIONS: &[(IncidentState, IncidentAct, IncidentState)] = {
    use IncidentAct::{Advance, Close, Merge, Reopen, Resolve};
    use IncidentState::{
        Acknowledged, Active, Cancelled, Closed, Dispatched, FalseReport, Merged, Monitored, Open, OutOfArea,
        Resolved,
    };
    &[
        (Open, Advance, Dispatched),
        (Dispatched, Advance, Open),
        (Dispatched, Advance, Acknowledged),
        (Acknowledged, Advance, Open),
        (Acknowledged, Advance, Dispatched),
        (Acknowledged, Advance, Active),
        (Active, Advance, Open),
        (Active, Advance, Dispatched),
        (Active, Advance, Acknowledged),
        (Active, Advance, Monitored),
        (Monitored, Advance, Active),
        // A merge can bring a dispatch in any state to an incident in any live state.
        (Open, Advance, Acknowledged),
        (Open, Advance, Active),
        (Open, Advance, Monitored),
        (Dispatched, Advance, Active),
        (Dispatched, Advance, Monitored),
        (Acknowledged, Advance, Monitored),
        (Monitored, Advance, Open),
        (Monitored, Advance, Dispatched),
        (Monitored, Advance, Acknowledged),
        (Open, Resolve, Resolved),
        (Dispatched, Resolve, Resolved),
        (Acknowledged, Resolve, Resolved),
        (Active, Resolve, Resolved),
        (Monitored, Resolve, Resolved),
        (Open, Close, Closed),
        (Dispatched, Close, Closed),
        (Acknowledged, Close, Closed),
        (Active, Close, Closed),
        (Monitored, Close, Closed),
        (Resolved, Close, Closed),
        (Open, Close, FalseReport),
        (Dispatched, Close, FalseReport),
        (Acknowledged, Close, FalseReport),
        (Active, Close, FalseReport),
        (Monitored, Close, FalseReport),
        (Resolved, Close, FalseReport),
        (Open, Close, Cancelled),
        (Dispatched, Close, Cancelled),
        (Acknowledged, Close, Cancelled),
        (Active, Close, Cancelled),
        (Monitored, Close, Cancelled),
        (Resolved, Close, Cancelled),
        (Open, Close, OutOfArea),
        (Dispatched, Close, OutOfArea),
        (Acknowledged, Close, OutOfArea),
        (Active, Close, OutOfArea),
        (Monitored, Close, OutOfArea),
        (Resolved, Close, OutOfArea),
        (Open, Merge, Merged),
        (Dispatched, Merge, Merged),
        (Acknowledged, Merge, Merged),
        (Active, Merge, Merged),
        (Monitored, Merge, Merged),
        (Resolved, Reopen, Open),
        (Closed, Reopen, Open),
        (FalseReport, Reopen, Open),
        (Cancelled, Reopen, Open),
        (OutOfArea, Reopen, Open),
    ]
};

/// Whether the step is in [`INCIDENT_TRANSITIONS`].
pub fn incident_may(from: IncidentState, act: IncidentAct, to: IncidentState) -> bool {
    INCIDENT_TRANSITIONS.contains(&(from, act, to))
}

/// The state a live incident has by its dispatches: the furthest that any agency still at work has come;
/// `monitored` when none is at work and some are done; `open` again when none holds it.
pub fn live_state(dispatches: impl Iterator<Item = DispatchState>) -> IncidentState {
    let (mut live, mut completed) = (None::<IncidentState>, false);
    for state in dispatches {
        let reached = match state {
            DispatchState::Queued | DispatchState::Sent | DispatchState::Delivered => {
                IncidentState::Dispatched
            }
            DispatchState::Acknowledged | DispatchState::Accepted => IncidentState::Acknowledged,
            DispatchState::EnRoute | DispatchState::OnScene => IncidentState::Active,
            DispatchState::Completed => {
                completed = true;
                continue;
            }
            DispatchState::Rejected | DispatchState::Withdrawn => continue,
        };
        live = live.max(Some(reached));
    }
    match (live, completed) {
        (Some(state), _) => state,
        (None, true) => IncidentState::Monitored,
        (None, false) => IncidentState::Open,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_zero(level: &u32) -> bool {
    *level == 0
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// How many events it has had.
    pub version: u32,
    /// The number spoken aloud.
    pub number: String,
    /// Where it stands.
    pub state: IncidentState,
    /// Its category.
    pub category: Category,
    /// Its type code.
    #[serde(rename = "type")]
    pub type_code: String,
    /// Its priority.
    pub priority: Priority,
    /// Where it is.
    pub place: Place,
    /// The reports that belong to it.
    pub reports: BTreeSet<ReportId>,
    /// Its dispatches, ended ones too.
    pub dispatches: BTreeSet<DispatchId>,
    /// What it became part of.
    pub merged_into: Option<IncidentId>,
    /// What it was split from.
    pub split_from: Option<IncidentId>,
    /// When it was opened (epoch µs).
    pub opened_at: EpochUs,
    /// Who opened it.
    pub opened_by: String,
    /// When it was first forwarded.
    pub dispatched_at: Option<EpochUs>,
    /// When an agency first acknowledged.
    pub acknowledged_at: Option<EpochUs>,
    /// When the first unit was on its way or on scene.
    pub active_at: Option<EpochUs>,
    /// Dispatches that had ended when it was last taken up again: they belong to its earlier life.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub earlier: BTreeSet<DispatchId>,
    /// The alarm struck so far; 0 when none was.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub alarm_level: u32,
    /// When it was resolved.
    pub resolved_at: Option<EpochUs>,
    /// When the record was closed.
    pub closed_at: Option<EpochUs>,
    /// Note to the last act, in the erasable texts.
    pub note: Option<TextId>,
    /// The running deadline, while no agency has it.
    pub deadline: Option<Deadline>,
    /// Since when it is a known event: one that many contacts tell of, as a supervisor confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_since: Option<EpochUs>,
    /// Its last hand-over to a neighbouring centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handover: Option<Handover>,
}

impl Incident {
    /// Whether a neighbouring centre's answer is still to come.
    pub fn is_offered(&self) -> bool {
        self.handover.as_ref().is_some_and(|held| held.state.is_pending())
    }

    /// Every running deadline: of its forwarding, and of an offer to a neighbour.
    pub fn deadlines(&self) -> impl Iterator<Item = Deadline> {
        self.deadline.into_iter().chain(self.handover.as_ref().and_then(|held| held.deadline))
    }

    /// The erasable texts that it names.
    pub fn texts(&self) -> impl Iterator<Item = TextId> {
        self.note.into_iter().chain(self.handover.as_ref().and_then(|held| held.note))
    }

    /// Nothing is waited for any more: it is over.
    pub(crate) fn stop_clocks(&mut self) {
        self.deadline = None;
        self.run_offer_clock(None);
    }

    /// The clock of an offer that still waits for its answer.
    pub(crate) fn run_offer_clock(&mut self, deadline: Option<Deadline>) {
        if let Some(held) = self.handover.as_mut() {
            held.deadline = deadline.filter(|_| held.state.is_pending());
        }
    }
}
