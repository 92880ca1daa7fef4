//! Rows of the work in hand: the projections that the log folds to, and the erasable data.
//!
//! Every projection row carries the columns it is found by, and its whole state in `body`.
//! `changed_seq` is the event that last changed it. [`PersonRow`] and [`TextRow`] hold
//! personal data: they can be erased and never appear in an event.

use sqlx::FromRow;
use uuid::Uuid;

/// A report: one call, message or sensor alarm.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct ReportRow {
    /// The report.
    pub id: Uuid,
    /// Counts its changes.
    pub version: i64,
    /// Its number for humans, unique in the centre.
    pub number: String,
    /// Where it stands.
    pub state: String,
    /// The channel it came by.
    pub channel: String,
    /// The sender's own id, unique on that channel.
    pub external_id: Option<String>,
    /// What it is about, once known.
    pub category: Option<String>,
    /// 1 (life at risk) to 4 (routine).
    pub priority: i64,
    /// The incident it belongs to.
    pub incident: Option<Uuid>,
    /// When it arrived.
    pub received_at: i64,
    /// When it was done with; none while it is open.
    pub closed_at: Option<i64>,
    /// The event that last changed it.
    pub changed_seq: i64,
    /// The whole report, JSON.
    pub body: String,
}

/// An incident: what is really happening, told by one or more reports.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct IncidentRow {
    /// The incident.
    pub id: Uuid,
    /// Counts its changes.
    pub version: i64,
    /// Its number for humans, unique in the centre.
    pub number: String,
    /// Where it stands.
    pub state: String,
    /// What it is about.
    pub category: String,
    /// The catalogue's type within the category (column `type`).
    #[sqlx(rename = "type")]
    pub incident_type: String,
    /// 1 (life at risk) to 4 (routine).
    pub priority: i64,
    /// When it was opened.
    pub opened_at: i64,
    /// When it was done with; none while it is open.
    pub closed_at: Option<i64>,
    /// The event that last changed it.
    pub changed_seq: i64,
    /// The whole incident, JSON.
    pub body: String,
}

/// A dispatch: one agency asked to act on one incident.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct DispatchRow {
    /// The dispatch.
    pub id: Uuid,
    /// Counts its changes.
    pub version: i64,
    /// The incident it is for.
    pub incident: Uuid,
    /// The agency asked.
    pub agency: String,
    /// `lead` or `support`.
    pub role: String,
    /// Where it stands.
    pub state: String,
    /// Whether a deadline of it has passed.
    pub overdue: bool,
    /// When it was made.
    pub queued_at: i64,
    /// When it ended; none while it runs.
    pub ended_at: Option<i64>,
    /// The event that last changed it.
    pub changed_seq: i64,
    /// The whole dispatch, JSON.
    pub body: String,
}

/// One message of a dispatch to one contact on one channel.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct DeliveryRow {
    /// The delivery.
    pub id: Uuid,
    /// The dispatch it tells of.
    pub dispatch: Uuid,
    /// Which wording of the dispatch; with dispatch, contact and channel the dedup key.
    pub revision: i64,
    /// Whom it goes to.
    pub contact: String,
    /// The channel it goes by.
    pub channel: String,
    /// Where it stands.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When to try next; none when there is nothing left to do.
    pub next_attempt_at: Option<i64>,
    /// The event that last changed it.
    pub changed_seq: i64,
    /// The whole delivery, JSON.
    pub body: String,
}

/// A deadline that runs: at `due_at` somebody must be told.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct DeadlineRow {
    /// What it is about.
    pub subject: String,
    /// Which deadline of that subject.
    pub kind: String,
    /// How often it has already passed (the step of the escalation).
    pub level: i64,
    /// When it passes.
    pub due_at: i64,
}

/// A unit: a vehicle or a team of an agency.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct UnitRow {
    /// Its code, unique in the centre.
    pub code: String,
    /// Counts its changes.
    pub version: i64,
    /// The agency it belongs to.
    pub agency: String,
    /// Where it stands.
    pub state: String,
    /// The event that last changed it.
    pub changed_seq: i64,
    /// The whole unit, JSON.
    pub body: String,
}

/// Who reported. Erasable: erasing empties name, phone and digits and sets `erased_at`.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct PersonRow {
    /// The person's record.
    pub id: Uuid,
    /// The report they made.
    pub report: Uuid,
    /// Their name.
    pub name: Option<String>,
    /// Their number, as given.
    pub phone: Option<String>,
    /// Its digits, the same however it was written: to find what else came from it.
    pub digits: Option<String>,
    /// When it was erased.
    pub erased_at: Option<i64>,
}

/// Words that may name people: what was said, notes, transcripts. Erasable.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct TextRow {
    /// The text's record.
    pub id: Uuid,
    /// Id of the report, incident or dispatch it is about, as a hyphenated lower-case UUID.
    pub about: String,
    /// What kind of text it is.
    pub kind: String,
    /// The words.
    pub body: Option<String>,
    /// When it was erased.
    pub erased_at: Option<i64>,
}
