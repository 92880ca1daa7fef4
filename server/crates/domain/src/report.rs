//! The report: one contact by one person or sensor, from arrival to outcome.
//!
//! It refers to the reporter and to the words by id; names, numbers and texts are erasable and
//! never stand here.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::contact::{ContactHistory, Deprioritised, HeldBack};
use crate::deadline::Deadline;
use crate::handover::HandedOver;
use crate::ids::{EpochUs, IncidentId, PersonId, ReportId, TextId};
use crate::place::{LocationClaim, Place};
use crate::queue::Rank;

/// The way a report came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A 112 call.
    Phone,
    /// The city's web form.
    Web,
    /// A text message.
    Sms,
    /// WhatsApp.
    Whatsapp,
    /// Telegram.
    Telegram,
    /// LINE.
    Line,
    /// The city's mobile app.
    App,
    /// E-mail.
    Email,
    /// Somebody at the counter (tatap muka).
    WalkIn,
    /// Two-way radio.
    Radio,
    /// A sensor or an alarm panel.
    Sensor,
    /// The national complaint system.
    Lapor,
    /// A neighbouring centre's server.
    Neighbour,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 13] = [
        Self::Phone,
        Self::Web,
        Self::Sms,
        Self::Whatsapp,
        Self::Telegram,
        Self::Line,
        Self::App,
        Self::Email,
        Self::WalkIn,
        Self::Radio,
        Self::Sensor,
        Self::Lapor,
        Self::Neighbour,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Web => "web",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Line => "line",
            Self::App => "app",
            Self::Email => "email",
            Self::WalkIn => "walk_in",
            Self::Radio => "radio",
            Self::Sensor => "sensor",
            Self::Lapor => "lapor",
            Self::Neighbour => "neighbour",
        }
    }

    /// The channel with this wire name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }
}

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A new incident was made of it.
    IncidentCreated,
    /// It belongs to an incident that exists.
    Attached,
    /// Advice was enough.
    Advised,
    /// A question, answered.
    Information,
    /// Silent call.
    Ghost,
    /// Prank.
    Prank,
    /// Dialled by mistake.
    Accidental,
    /// The line broke before anything was known.
    CutOff,
    /// Handed to the neighbouring centre it belongs to.
    WrongRegion,
    /// Put through to somebody else.
    Transferred,
    /// A complaint, handed to the complaint system.
    Referred,
    /// A test.
    Test,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 12] = [
        Self::IncidentCreated,
        Self::Attached,
        Self::Advised,
        Self::Information,
        Self::Ghost,
        Self::Prank,
        Self::Accidental,
        Self::CutOff,
        Self::WrongRegion,
        Self::Transferred,
        Self::Referred,
        Self::Test,
    ];

    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IncidentCreated => "incident_created",
            Self::Attached => "attached",
            Self::Advised => "advised",
            Self::Information => "information",
            Self::Ghost => "ghost",
            Self::Prank => "prank",
            Self::Accidental => "accidental",
            Self::CutOff => "cut_off",
            Self::WrongRegion => "wrong_region",
            Self::Transferred => "transferred",
            Self::Referred => "referred",
            Self::Test => "test",
        }
    }

    /// Whether the report belongs to an incident after this outcome.
    pub const fn joins_incident(self) -> bool {
        matches!(self, Self::IncidentCreated | Self::Attached)
    }
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has decided yet.
    Waiting,
    /// It has an outcome.
    Handled,
}

impl ReportState {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Handled => "handled",
        }
    }
}

/// Every legal step of a report: setting the outcome. A handled report may move between incidents
/// (merge, split), which is no step of its own state.
pub const REPORT_TRANSITIONS: &[(ReportState, ReportState)] = &[(ReportState::Waiting, ReportState::Handled)];

/// Whose queue a report stands in while it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OwnerQueue {
    /// The operators' queue.
    Operators,
    /// The supervisors' queue, after its deadline passed.
    Supervisors,
}

/// What was suggested about a report when it arrived; kept as it was, whatever people decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Suggestion {
    /// Suggested category; none when nothing was understood.
    pub category: Option<Category>,
    /// Suggested type code.
    #[serde(rename = "type")]
    pub type_code: Option<String>,
    /// Suggested priority.
    pub priority: Priority,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Nuisance score, 0 (real) to 1 (silent, prank or test).
    pub nuisance: f64,
    /// What was known of the contact then.
    #[serde(default, skip_serializing_if = "ContactHistory::is_empty")]
    pub contact: ContactHistory,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// How many events it has had.
    pub version: u32,
    /// The number spoken aloud.
    pub number: String,
    /// How it came in.
    pub channel: Channel,
    /// The channel's own id for it.
    pub external_id: Option<String>,
    /// When the server received it (epoch µs).
    pub received_at: EpochUs,
    /// When it happened, as the channel tells.
    pub occurred_at: Option<EpochUs>,
    /// Its words, in the erasable texts.
    pub text: TextId,
    /// The reporter, in the erasable people.
    pub person: Option<PersonId>,
    /// What was suggested at arrival.
    pub suggestion: Suggestion,
    /// Every position claimed.
    pub claims: Vec<LocationClaim>,
    /// The place in use.
    pub place: Place,
    /// Where it stands.
    pub state: ReportState,
    /// Whose queue it waits in.
    pub owner: OwnerQueue,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// Note to the outcome, in the erasable texts.
    pub note: Option<TextId>,
    /// When it got its outcome.
    pub handled_at: Option<EpochUs>,
    /// Who gave it.
    pub handled_by: Option<String>,
    /// The running deadline, while it waits.
    pub deadline: Option<Deadline>,
    /// What the queue makes of it besides its priority and age.
    #[serde(default, skip_serializing_if = "Rank::is_plain")]
    pub rank: Rank,
    /// Whether its contact's next reports are put behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprioritised: Option<Deprioritised>,
    /// The neighbouring centre that handed it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandedOver>,
}

impl Report {
    /// Whether its contact is put behind at this instant (epoch µs), and how far.
    pub fn puts_behind(&self, now: EpochUs) -> Option<HeldBack> {
        self.deprioritised.as_ref().filter(|asked| asked.until > now).map(|asked| HeldBack {
            level: asked.level,
            until: asked.until,
            because_of: self.id,
        })
    }
}
