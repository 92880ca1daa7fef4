//! The delivery: one notice of one dispatch on its way to one contact on one channel.
//!
//! What a channel says of it (sent, arrived, seen) is never an acknowledgement: that is an act of a
//! person, and lives in [`crate::dispatch`]. Addresses are not here: a contact is a code.

use serde::{Deserialize, Serialize};

use crate::ids::{DeliveryId, EpochUs};

/// How a delivery travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryChannel {
    /// The agency's own screen.
    Console,
    /// A signed webhook.
    Webhook,
    /// A notification to the agency's browsers (Web Push).
    Push,
    /// A Telegram chat.
    Telegram,
    /// A LINE chat.
    Line,
    /// A WhatsApp number, by the Cloud API.
    Whatsapp,
    /// A city's own messaging gateway, by plain HTTP.
    Gateway,
    /// E-mail.
    Email,
    /// A text message, by an HTTP gateway.
    Sms,
}

impl DeliveryChannel {
    /// Every channel.
    pub const ALL: [Self; 9] = [
        Self::Console,
        Self::Webhook,
        Self::Push,
        Self::Telegram,
        Self::Line,
        Self::Whatsapp,
        Self::Gateway,
        Self::Email,
        Self::Sms,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Webhook => "webhook",
            Self::Push => "push",
            Self::Telegram => "telegram",
            Self::Line => "line",
            Self::Whatsapp => "whatsapp",
            Self::Gateway => "gateway",
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The channel with this wire name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// To be sent, or to be sent again.
    Pending,
    /// The provider took it; whether it arrived is not known yet.
    Sent,
    /// It arrived, as far as the channel can tell.
    Delivered,
    /// The channel says that somebody opened it.
    Seen,
    /// The last attempt broke off after it was handed over: it may have arrived. Tried again.
    Unknown,
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
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Seen => "seen",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }

    /// Whether an attempt is still to be made.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Pending | Self::Unknown)
    }

    /// How far it has come, for what a provider tells late or out of order: a step back is none.
    const fn progress(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::Unknown | Self::Failed => 1,
            Self::Sent => 2,
            Self::Delivered => 3,
            Self::Seen => 4,
            Self::Dropped => 5,
        }
    }

    /// Whether a provider's word that it is `to` tells anything new.
    pub const fn advances_to(self, to: Self) -> bool {
        // What was dropped needs no sending, but whoever got it should be seen to have got it.
        to.progress() > self.progress() || (matches!(self, Self::Dropped) && to.progress() >= 2)
    }
}

/// What a delivery tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Go: the dispatch itself.
    #[default]
    Order,
    /// The incident is otherwise than was told: place, kind or priority.
    Correction,
    /// Do not go, or come back: the dispatch was called off.
    Withdrawal,
    /// For information: nobody has to acknowledge.
    Information,
}

impl Notice {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Correction => "correction",
            Self::Withdrawal => "withdrawal",
            Self::Information => "information",
        }
    }

    /// Whether it is of no use any more once somebody has acknowledged.
    pub const fn ends_with_acknowledgement(self) -> bool {
        matches!(self, Self::Order)
    }
}

/// One notice of a dispatch on its way to one contact on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Delivery {
    /// Its id: also the receiver's key to drop doubles.
    pub id: DeliveryId,
    /// How it travels.
    pub channel: DeliveryChannel,
    /// Who it goes to: a duty contact's code, or the agency's for its console, browsers and webhook.
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
    /// What it tells.
    #[serde(default)]
    pub notice: Notice,
    /// Which wording of the dispatch: 1 the order, one more with each correction and with the withdrawal.
    #[serde(default = "first_wording")]
    pub wording: u32,
    /// The provider's own id, by which it tells later what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// When a provider took it (epoch µs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(type = "number", optional))]
    pub sent_at: Option<EpochUs>,
    /// When somebody opened it, as the provider tells (epoch µs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(type = "number", optional))]
    pub seen_at: Option<EpochUs>,
}

const fn first_wording() -> u32 {
    1
}

impl Delivery {
    /// A delivery that is due now.
    pub const fn due(
        id: DeliveryId,
        channel: DeliveryChannel,
        contact: String,
        notice: Notice,
        wording: u32,
        now: EpochUs,
    ) -> Self {
        Self {
            id,
            channel,
            contact,
            state: DeliveryState::Pending,
            attempts: 0,
            next_attempt_at: Some(now),
            delivered_at: None,
            last_error: None,
            notice,
            wording,
            provider_id: None,
            sent_at: None,
            seen_at: None,
        }
    }

    /// Whether it may have reached somebody: a correction or withdrawal must then go the same way.
    pub const fn may_have_arrived(&self) -> bool {
        self.attempts > 0
    }
}
