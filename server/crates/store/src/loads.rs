//! What is asked for and what comes back when several rows belong together.
//!
//! Filters name only what they narrow; an empty filter takes every row.

use crate::rows::{
    DeadlineRow, DeliveryRow, DispatchRow, Head, IncidentRow, PersonRow, ReportRow, TextRow, UnitRow,
};
use uuid::Uuid;

/// Everything a centre's writer needs in memory, as it was at `head`.
///
/// All open rows, those closed since the asked instant, the incidents these belong to, and
/// every report and dispatch of the incidents loaded, however old.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenRows {
    /// The head the rows were read at.
    pub head: Head,
    /// Reports, in order of id.
    pub reports: Vec<ReportRow>,
    /// Incidents, in order of id.
    pub incidents: Vec<IncidentRow>,
    /// Dispatches, in order of id.
    pub dispatches: Vec<DispatchRow>,
    /// Deliveries that have something left to do.
    pub deliveries: Vec<DeliveryRow>,
    /// All units.
    pub units: Vec<UnitRow>,
    /// All deadlines that run, the next one first.
    pub deadlines: Vec<DeadlineRow>,
    /// The people of the reports loaded.
    pub people: Vec<PersonRow>,
    /// The texts about the reports, incidents and dispatches loaded.
    pub texts: Vec<TextRow>,
}

/// One incident with all that belongs to it, read at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentRows {
    /// The incident.
    pub incident: IncidentRow,
    /// Its reports, the oldest first.
    pub reports: Vec<ReportRow>,
    /// Its dispatches, the oldest first.
    pub dispatches: Vec<DispatchRow>,
    /// The deliveries of its dispatches, finished ones too.
    pub deliveries: Vec<DeliveryRow>,
}

/// Rows changed by events after a seq, as they are now, each list in order of change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRows {
    /// The head the rows were read at.
    pub head: Head,
    /// Reports.
    pub reports: Vec<ReportRow>,
    /// Incidents.
    pub incidents: Vec<IncidentRow>,
    /// Dispatches.
    pub dispatches: Vec<DispatchRow>,
    /// Units.
    pub units: Vec<UnitRow>,
    /// Whether a list had more than the limit: then this is not all, and the caller should
    /// start from a snapshot.
    pub truncated: bool,
}

/// Which reports to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those of this category.
    pub category: Option<String>,
    /// Only open ones (true) or only closed ones (false).
    pub open: Option<bool>,
    /// Only those of this incident.
    pub incident: Option<Uuid>,
    /// Only those that came by this channel.
    pub channel: Option<String>,
}

/// Which incidents to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentFilter {
    /// Only those in this state.
    pub state: Option<String>,
    /// Only open ones (true) or only closed ones (false).
    pub open: Option<bool>,
}

/// Which dispatches to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DispatchFilter {
    /// Only those to this agency.
    pub agency: Option<String>,
    /// Only those of this incident.
    pub incident: Option<Uuid>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only overdue ones (true) or only those in time (false).
    pub overdue: Option<bool>,
    /// Only running ones (true) or only ended ones (false).
    pub open: Option<bool>,
}
