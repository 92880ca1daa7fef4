//! What people, channels and the clock ask of a centre. The only way to change anything.

use crate::catalogue::{Category, Priority};
use crate::contact::HoldLevel;
use crate::deadline::DeadlineKind;
use crate::dispatch::{DispatchAct, DispatchRole, ReplyDoubt, Via};
use crate::handover::{HandedOver, HandoverResult};
use crate::ids::{
    DeliveryId, DispatchId, EpochUs, IdSource, IncidentId, PersonId, PhotoId, ReportId, TextId, TransferId,
};
use crate::incident::CloseResult;
use crate::people::Actor;
use crate::place::{LocationClaim, Place};
use crate::queue::Rank;
use crate::report::{Channel, Outcome, Suggestion};
use crate::unit::UnitState;

/// What a command is decided with besides the state.
#[derive(Debug, Clone)]
pub struct Context {
    /// Now (epoch µs).
    pub now: EpochUs,
    /// Who asks.
    pub actor: Actor,
    /// Where new ids come from.
    pub ids: IdSource,
}

/// A report as the intake understood it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the fields of `Report`")]
pub struct ReceiveReport {
    pub report: ReportId,
    pub channel: Channel,
    pub external_id: Option<String>,
    pub occurred_at: Option<EpochUs>,
    pub text: TextId,
    pub person: Option<PersonId>,
    pub suggestion: Suggestion,
    pub claims: Vec<LocationClaim>,
    pub place: Place,
    pub rank: Rank,
    pub handed_over: Option<HandedOver>,
}

/// How a delivery attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryResult {
    /// A provider took it, under this id of its own; whether it arrives will be told, or never.
    #[expect(missing_docs, reason = "told above")]
    Sent { provider_id: Option<String> },
    /// It arrived.
    Arrived,
    /// Somebody opened it.
    Seen,
    /// It broke off after it was handed over: it may have arrived, and is tried again.
    #[expect(missing_docs, reason = "told above")]
    Unknown { error: String, retry_at: Option<EpochUs> },
    /// It failed with this code; `retry_at` when it will be tried again.
    #[expect(missing_docs, reason = "told above")]
    Failed { error: String, retry_at: Option<EpochUs> },
}

/// A command.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "fields carry the names and meanings of the aggregate they change")]
pub enum Command {
    /// Store a report.
    ReceiveReport(Box<ReceiveReport>),
    /// Bring a waiting report to the front again, whatever put it behind.
    LiftReport { report: ReportId },
    /// Put the next reports of a report's contact behind until then (epoch µs); none takes that back.
    RankContact { report: ReportId, level: Option<HoldLevel>, until: EpochUs },
    /// Decide a waiting report.
    SetOutcome { report: ReportId, outcome: Outcome, incident: Option<IncidentId>, note: Option<TextId> },
    /// Open an incident from waiting reports.
    OpenIncident {
        reports: Vec<ReportId>,
        category: Category,
        type_code: String,
        priority: Priority,
        place: Place,
    },
    /// Set an incident's particulars; `expected_version` guards against a lost update.
    ChangeIncident {
        incident: IncidentId,
        expected_version: Option<u32>,
        kind: Option<(Category, String)>,
        priority: Option<Priority>,
        place: Option<Place>,
    },
    /// Make an incident part of another.
    MergeIncident { incident: IncidentId, into: IncidentId },
    /// Move some reports of an incident to a new one.
    SplitIncident {
        incident: IncidentId,
        reports: Vec<ReportId>,
        kind: Option<(Category, String)>,
        priority: Option<Priority>,
        place: Option<Place>,
    },
    /// A live incident is a known event; these waiting reports tell of nothing else.
    ConfirmKnown { incident: IncidentId, reports: Vec<ReportId> },
    /// It is one no longer: what waited behind for it comes to the front.
    EndKnown { incident: IncidentId },
    /// It is over.
    ResolveIncident { incident: IncidentId, note: Option<TextId> },
    /// Close the record; ends every dispatch and releases every unit.
    CloseIncident { incident: IncidentId, result: CloseResult, note: Option<TextId> },
    /// Take a closed or resolved incident up again.
    ReopenIncident { incident: IncidentId, reason: Option<TextId> },
    /// Offer an incident to a neighbouring centre.
    OfferIncident { incident: IncidentId, to: String, note: Option<TextId> },
    /// Note what became of an offer, as the neighbour's server tells.
    RecordHandover { incident: IncidentId, transfer: TransferId, result: HandoverResult },
    /// Write down what the neighbour said by telephone.
    AnswerOffer { incident: IncidentId, accepted: bool, number: Option<String> },
    /// Hand an incident to an agency.
    Dispatch {
        incident: IncidentId,
        agency: String,
        role: DispatchRole,
        units: Vec<String>,
        recommended: Option<Recommended>,
    },
    /// Strike the next alarm: send everybody named in one go.
    StrikeAlarm { incident: IncidentId, level: u32, dispatches: Vec<AlarmDispatch> },
    /// Move a dispatch.
    Act { dispatch: DispatchId, act: DispatchAct, via: Via, reason: Option<TextId>, units: Vec<String> },
    /// The field needs help: rings at the desk.
    AskForHelp { dispatch: DispatchId, note: Option<TextId> },
    /// The agency's people write something down.
    AddNote { dispatch: DispatchId, note: Option<TextId> },
    /// A picture of the scene was stored.
    AddPhoto { dispatch: DispatchId, photo: PhotoId, claim: Option<LocationClaim> },
    /// The desk has heard it and sees to it.
    AnswerHelp { dispatch: DispatchId },
    /// An answer to a message could not be taken.
    DoubtReply { dispatch: DispatchId, doubt: ReplyDoubt },
    /// Say where a unit stands.
    MoveUnit { unit: String, to: UnitState, note: Option<TextId> },
    /// Note how a delivery attempt ended.
    RecordDelivery { dispatch: DispatchId, delivery: DeliveryId, result: DeliveryResult },
    /// A deadline passed at this level.
    PassDeadline { subject: DeadlineSubject, kind: DeadlineKind, level: u32 },
}

/// One agency that an alarm sends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `Dispatch`")]
pub struct AlarmDispatch {
    pub agency: String,
    pub role: DispatchRole,
    pub units: Vec<String>,
    pub recommended: Option<Recommended>,
}

/// What was recommended when a person chose whom to send, as that person saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommended {
    /// Version of the routing table it came from.
    pub policy_version: String,
    /// The agency; none when none was recommended.
    pub agency: Option<String>,
    /// Units of the agency that was sent.
    pub units: Vec<String>,
    /// Why it was decided otherwise, in the erasable texts.
    pub reason: Option<TextId>,
}

/// What a deadline belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeadlineSubject {
    /// A report.
    Report(ReportId),
    /// An incident.
    Incident(IncidentId),
    /// A dispatch.
    Dispatch(DispatchId),
}

impl DeadlineSubject {
    /// The id as text.
    pub fn id(&self) -> String {
        match self {
            Self::Report(id) => id.to_string(),
            Self::Incident(id) => id.to_string(),
            Self::Dispatch(id) => id.to_string(),
        }
    }
}
