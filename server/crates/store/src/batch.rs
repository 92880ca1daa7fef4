//! One append: everything that one group of commands changes, stored together or not at all.
//!
//! Checks what must hold before the database is asked: the log stays gap-free and chained.

use crate::error::StoreError;
use crate::rows::{
    CommandRow, DeadlineRow, DeliveryRow, DispatchRow, EventRow, Head, IncidentRow, PersonRow, ReportRow,
    TextRow, UnitRow,
};

/// Everything one append writes, in one transaction.
///
/// Where a list names the same row twice, its last mention counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The centre whose log grows.
    pub centre: String,
    /// The head this was decided on.
    pub expected_seq: i64,
    /// The head after it.
    pub head: Head,
    /// The new events, `expected_seq + 1` and on, already linked (see [`crate::chain::link`]).
    pub events: Vec<EventRow>,
    /// The commands answered by this append.
    pub commands: Vec<CommandRow>,
    /// Reports as they are now.
    pub reports: Vec<ReportRow>,
    /// Incidents as they are now.
    pub incidents: Vec<IncidentRow>,
    /// Dispatches as they are now.
    pub dispatches: Vec<DispatchRow>,
    /// Deliveries as they are now.
    pub deliveries: Vec<DeliveryRow>,
    /// Units as they are now.
    pub units: Vec<UnitRow>,
    /// Deadlines that run from now on; set after those in `deadlines_cleared` are gone.
    pub deadlines_set: Vec<DeadlineRow>,
    /// Deadlines that no longer run: (subject, kind).
    pub deadlines_cleared: Vec<(String, String)>,
    /// Reporters' names and numbers. What was erased stays erased.
    pub people: Vec<PersonRow>,
    /// Texts. What was erased stays erased.
    pub texts: Vec<TextRow>,
}

impl Batch {
    /// A batch that changes nothing yet: the head is `head` and stays there.
    pub fn at(centre: impl Into<String>, head: Head) -> Self {
        Self {
            centre: centre.into(),
            expected_seq: head.seq,
            head,
            events: Vec::new(),
            commands: Vec::new(),
            reports: Vec::new(),
            incidents: Vec::new(),
            dispatches: Vec::new(),
            deliveries: Vec::new(),
            units: Vec::new(),
            deadlines_set: Vec::new(),
            deadlines_cleared: Vec::new(),
            people: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Whether the events continue the log without a gap and end at the new head.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let mut seq = self.expected_seq;
        let mut previous: Option<&EventRow> = None;
        for event in &self.events {
            seq += 1;
            if event.centre != self.centre {
                return Err(invalid("an event of another centre"));
            }
            if event.seq != seq {
                return Err(invalid("a gap between events"));
            }
            if previous.is_some_and(|before| before.hash != event.prev_hash) {
                return Err(invalid("events that are not linked"));
            }
            previous = Some(event);
        }
        if self.head.seq != seq {
            return Err(invalid("a head that is not the last event"));
        }
        if previous.is_some_and(|last| last.hash != self.head.hash) {
            return Err(invalid("a head without the last event's hash"));
        }
        Ok(())
    }
}

fn invalid(what: &str) -> StoreError {
    StoreError::Invalid(format!("the batch holds {what}"))
}
