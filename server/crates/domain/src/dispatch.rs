//! The dispatch: one incident handed to one agency, and the deliveries that carry it there.
//!
//! "Delivered" or "seen" is never "acknowledged": only an act of a person at the agency is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::deadline::Deadline;
use crate::ids::{DeliveryId, DispatchId, EpochUs, IncidentId, TextId};

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

/// How a delivery travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChannel {
    /// The agency's own screen.
    Console,
    /// A signed webhook.
    Webhook,
}

impl DeliveryChannel {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Webhook => "webhook",
        }
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be sent, or to be sent again.
    Pending,
    /// It arrived, as far as the channel can tell.
    Delivered,
    /// Given up after the last attempt.
    Failed,
    /// Not needed any more: the dispatch ended or was acknowledged first.
    Dropped,
}

impl DeliveryState {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One dispatch revision on its way to one contact on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Delivery {
    /// Its id: also the receiver's key to drop doubles.
    pub id: DeliveryId,
    /// How it travels.
    pub channel: DeliveryChannel,
    /// Who it goes to: the agency's code.
    pub contact: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Attempts made.
    pub attempts: u32,
    /// When to try (again), epoch µs; none when there is nothing to try.
    #[cfg_attr(feature = "schema", ts(type = "number | null"))]
    pub next_attempt_at: Option<EpochUs>,
    /// When it arrived.
    #[cfg_attr(feature = "schema", ts(type = "number | null"))]
    pub delivered_at: Option<EpochUs>,
    /// Why the last attempt failed: a stable code such as `timeout`, `refused`, `status_500`, `gone`.
    pub last_error: Option<String>,
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
}
