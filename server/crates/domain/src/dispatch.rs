//! The dispatch: one incident handed to one agency, and how far the agency has come with it.
//!
//! "Delivered" or "seen" is never "acknowledged": only an act of a person at the agency is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::deadline::{Deadline, DeadlineKind};
pub use crate::delivery::{Delivery, DeliveryChannel, DeliveryState, Notice};
use crate::duty::Concern;
pub use crate::field::{FieldNote, Help, MOST_NOTES, MOST_PHOTOS, Photo};
use crate::ids::{DispatchId, EpochUs, IncidentId, TextId};
use crate::ladder::Rung;

/// Lead or support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DispatchRole {
    /// Responsible.
    Lead,
    /// Supports the lead.
    Support,
}

/// Where a dispatch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DispatchState {
    /// Durable, not yet on any channel.
    Queued,
    /// Handed to a channel.
    Sent,
    /// A channel says it arrived.
    Delivered,
    /// A person at the agency knows.
    Acknowledged,
    /// The agency takes it on.
    Accepted,
    /// On the way.
    EnRoute,
    /// There.
    OnScene,
    /// Done.
    Completed,
    /// The agency refused, with a reason.
    Rejected,
    /// The desk called it off.
    Withdrawn,
}

impl DispatchState {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Queued,
        Self::Sent,
        Self::Delivered,
        Self::Acknowledged,
        Self::Accepted,
        Self::EnRoute,
        Self::OnScene,
        Self::Completed,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Acknowledged => "acknowledged",
            Self::Accepted => "accepted",
            Self::EnRoute => "en_route",
            Self::OnScene => "on_scene",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing more can happen to it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Rejected | Self::Withdrawn)
    }

    /// Whether no person at the agency has acknowledged it yet.
    pub const fn is_unacknowledged(self) -> bool {
        matches!(self, Self::Queued | Self::Sent | Self::Delivered)
    }
}

/// What moves a dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DispatchAct {
    /// A channel took it.
    Send,
    /// A channel says it arrived.
    Deliver,
    /// A person at the agency knows.
    Acknowledge,
    /// The agency takes it on.
    Accept,
    /// The agency refuses, with a reason.
    Reject,
    /// A unit is on its way.
    EnRoute,
    /// A unit is there.
    OnScene,
    /// Done.
    Complete,
    /// The desk calls it off.
    Withdraw,
}

impl DispatchAct {
    /// The acts of people, in the order of a dispatch's life.
    pub const OF_PEOPLE: [Self; 7] = [
        Self::Acknowledge,
        Self::Accept,
        Self::EnRoute,
        Self::OnScene,
        Self::Complete,
        Self::Reject,
        Self::Withdraw,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Deliver => "deliver",
            Self::Acknowledge => "acknowledge",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::EnRoute => "en_route",
            Self::OnScene => "on_scene",
            Self::Complete => "complete",
            Self::Withdraw => "withdraw",
        }
    }
}

/// Every legal step of a dispatch.
pub const DISPATCH_TRANSITIONS: &[(DispatchState, DispatchAct, DispatchState)] = {
    use DispatchAct as A;
    use DispatchState as S;
    &[
        (S::Queued, A::Send, S::Sent),
        (S::Queued, A::Deliver, S::Delivered),
        (S::Sent, A::Deliver, S::Delivered),
        (S::Queued, A::Acknowledge, S::Acknowledged),
        (S::Sent, A::Acknowledge, S::Acknowledged),
        (S::Delivered, A::Acknowledge, S::Acknowledged),
        (S::Acknowledged, A::Accept, S::Accepted),
        (S::Accepted, A::EnRoute, S::EnRoute),
        // A team already standing there has no way to go.
        (S::Accepted, A::OnScene, S::OnScene),
        (S::EnRoute, A::OnScene, S::OnScene),
        (S::OnScene, A::Complete, S::Completed),
        (S::Queued, A::Reject, S::Rejected),
        (S::Sent, A::Reject, S::Rejected),
        (S::Delivered, A::Reject, S::Rejected),
        (S::Acknowledged, A::Reject, S::Rejected),
        // An engine can break down after it was promised.
        (S::Accepted, A::Reject, S::Rejected),
        (S::EnRoute, A::Reject, S::Rejected),
        (S::Queued, A::Withdraw, S::Withdrawn),
        (S::Sent, A::Withdraw, S::Withdrawn),
        (S::Delivered, A::Withdraw, S::Withdrawn),
        (S::Acknowledged, A::Withdraw, S::Withdrawn),
        (S::Accepted, A::Withdraw, S::Withdrawn),
        (S::EnRoute, A::Withdraw, S::Withdrawn),
        (S::OnScene, A::Withdraw, S::Withdrawn),
    ]
};

/// The state the act leads to, if it is legal.
pub fn dispatch_next(from: DispatchState, act: DispatchAct) -> Option<DispatchState> {
    DISPATCH_TRANSITIONS.iter().find(|(state, with, _)| (*state, *with) == (from, act)).map(|(_, _, to)| *to)
}

/// How an agency's people said that they know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// On a screen of this server.
    #[default]
    Console,
    /// By the signed link that a message carried.
    Link,
    /// By a button under a message.
    Button,
    /// By answering a message with the dispatch's code.
    Reply,
    /// By the answer to a webhook.
    Webhook,
    /// By word of mouth: somebody at the desk wrote it down.
    Verbal,
}

impl Via {
    /// Whether it is the usual way, which events need not name.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    pub const fn is_console(&self) -> bool {
        matches!(self, Self::Console)
    }
}

/// What was agreed for a dispatch when it was made; nothing in dispatches of before there were ladders.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of `Dispatch`")]
pub struct DispatchTerms {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_code: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rungs: Vec<Rung>,
    pub accept_within_us: i64,
    pub arrive_within_us: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concern: Option<Concern>,
}

impl DispatchTerms {
    /// Whether there is nothing to keep.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// A dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dispatch {
    /// Its id.
    pub id: DispatchId,
    /// How many events it has had.
    pub version: u32,
    /// The incident.
    pub incident: IncidentId,
    /// The agency's code.
    pub agency: String,
    /// Lead or support.
    pub role: DispatchRole,
    /// 1 for the first dispatch of the incident to the agency, then growing; no two have the same.
    pub revision: u32,
    /// Where it stands.
    pub state: DispatchState,
    /// Units sent.
    pub units: BTreeSet<String>,
    /// Its deliveries.
    pub deliveries: Vec<Delivery>,
    /// Whether its deadline has passed and nobody has acknowledged yet.
    pub overdue: bool,
    /// The running deadline.
    pub deadline: Option<Deadline>,
    /// How long the agency has to acknowledge, in µs.
    pub acknowledge_within_us: i64,
    /// Reason of a rejection or withdrawal, in the erasable texts.
    pub reason: Option<TextId>,
    /// When it was made (epoch µs).
    pub queued_at: EpochUs,
    /// Who made it.
    pub queued_by: String,
    /// When a channel first took it.
    pub sent_at: Option<EpochUs>,
    /// When it first arrived.
    pub delivered_at: Option<EpochUs>,
    /// When a person acknowledged it.
    pub acknowledged_at: Option<EpochUs>,
    /// Who acknowledged it.
    pub acknowledged_by: Option<String>,
    /// When the agency took it on.
    pub accepted_at: Option<EpochUs>,
    /// When the first unit was on its way.
    pub en_route_at: Option<EpochUs>,
    /// When the first unit was there.
    pub on_scene_at: Option<EpochUs>,
    /// When it ended, however.
    pub ended_at: Option<EpochUs>,
    /// How it was acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_via: Option<Via>,
    /// What was said when it was acknowledged by word of mouth, in the erasable texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_note: Option<TextId>,
    /// Four digits by which a message can be answered; unique among what is open when it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_code: Option<String>,
    /// Its ladder, from the first rung after the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rungs: Vec<Rung>,
    /// How often it has rung at the desk.
    #[serde(default)]
    pub alarms: u32,
    /// Since when it stands in the supervisors' list (epoch µs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalated_at: Option<EpochUs>,
    /// How long the agency has to take it on after it acknowledged, in µs; 0: no clock.
    #[serde(default)]
    pub accept_within_us: i64,
    /// The goal from the start to the first unit on scene, in µs; 0: no clock.
    #[serde(default)]
    pub arrive_within_us: i64,
    /// What it is late with after it was acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<DeadlineKind>,
    /// What is amiss with reaching the agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concern: Option<Concern>,
    /// The newest wording: 1, one more with each correction.
    #[serde(default = "first_wording")]
    pub wording: u32,
    /// When the incident was last corrected after the agency was told (epoch µs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_at: Option<EpochUs>,
    /// The field's last call for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Help>,
    /// What the agency's people wrote down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<FieldNote>,
    /// Pictures of the scene.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photo>,
    /// An answer to a message that was not taken, the last one: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<ReplyDoubt>,
}

const fn first_wording() -> u32 {
    1
}

/// Why an answer to a message was not taken for an acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReplyDoubt {
    /// It came from a number that is no contact of the agency.
    Stranger,
    /// The dispatch was over, or acknowledged already.
    TooLate,
}

impl Dispatch {
    /// Every running deadline: of the dispatch's next step, and of a call for help.
    pub fn deadlines(&self) -> impl Iterator<Item = Deadline> {
        self.deadline.into_iter().chain(self.help.as_ref().and_then(|help| help.deadline))
    }

    /// The erasable texts that it names.
    pub fn texts(&self) -> impl Iterator<Item = TextId> {
        let help = self.help.as_ref().and_then(|help| help.note);
        let notes = self.notes.iter().map(|note| note.text);
        self.reason.into_iter().chain(self.acknowledged_note).chain(help).chain(notes)
    }

    /// The rung that is climbed next, and when (epoch µs); none once somebody has acknowledged.
    pub fn next_rung(&self) -> Option<(&Rung, EpochUs)> {
        let deadline = self.deadline.filter(|one| one.kind == DeadlineKind::DispatchAcknowledged)?;
        let rung = self.rungs.get(usize::try_from(deadline.level).ok()?)?;
        Some((rung, deadline.due_at))
    }
}
