//! Builds the one transaction of a batch: events linked into the chain, and the rows of everything
//! they touched as it is now.

use kentongan_domain::event::{Event, SCHEMA_VERSION, Stream};
use kentongan_domain::ids::EpochUs;
use kentongan_domain::people::Actor;
use kentongan_domain::state::CentreState;
use kentongan_store::rows::{CommandRow, DeadlineRow, EventRow, Head};
use kentongan_store::{Batch, StoreError, chain};
use uuid::Uuid;

use super::rows::{delivery_rows, dispatch_to_row, incident_to_row, report_to_row, unit_to_row};
use super::undo::Touched;
use super::{Committed, StoredOutcome, Submission};

/// The events of a batch while it is being decided.
#[derive(Debug)]
pub struct Draft {
    centre: String,
    head: Head,
    pub(crate) events: Vec<EventRow>,
    pub(crate) commands: Vec<CommandRow>,
    pub(crate) touched: Touched,
}

impl Draft {
    pub fn new(centre: &str, head: &Head) -> Self {
        Self {
            centre: centre.to_owned(),
            head: head.clone(),
            events: Vec::new(),
            commands: Vec::new(),
            touched: Touched::default(),
        }
    }

    /// The number the next event gets, less one.
    pub fn seq(&self) -> i64 {
        self.head.seq + i64::try_from(self.events.len()).unwrap_or(i64::MAX)
    }

    /// Adds an event that `state` has already taken in.
    pub fn push(
        &mut self,
        state: &CentreState,
        event: &Event,
        command_id: Uuid,
        actor: &Actor,
        at: EpochUs,
    ) -> Result<(), StoreError> {
        let stream = event.stream();
        let version = version_of(state, &stream);
        let payload = event.payload().map_err(|error| StoreError::Invalid(error.to_string()))?;
        self.events.push(EventRow {
            centre: self.centre.clone(),
            seq: self.seq() + 1,
            stream_kind: stream.kind().to_owned(),
            stream_id: stream.id(),
            version,
            kind: event.kind().to_owned(),
            schema_version: i64::from(SCHEMA_VERSION),
            occurred_at: at,
            recorded_at: at,
            actor: actor_words(actor),
            command_id,
            payload,
            prev_hash: [0; 32],
            hash: [0; 32],
        });
        Ok(())
    }

    /// Notes the outcome of a command under its key and its alias.
    pub fn outcome(
        &mut self,
        submission: &Submission,
        committed: &Committed,
        at: EpochUs,
    ) -> Result<(), StoreError> {
        let keepsake = submission
            .keepsake
            .as_ref()
            .map(|json| serde_json::value::RawValue::from_string(json.clone()))
            .transpose()
            .map_err(|error| StoreError::Invalid(error.to_string()))?;
        let stored = StoredOutcome { target: committed.target, keepsake };
        let outcome =
            serde_json::to_string(&stored).map_err(|error| StoreError::Invalid(error.to_string()))?;
        for command_id in std::iter::once(submission.command_id).chain(submission.alias) {
            self.commands.push(CommandRow {
                command_id,
                fingerprint: submission.fingerprint,
                status: 200,
                outcome: outcome.clone(),
                seq: committed.seq,
                recorded_at: at,
            });
        }
        Ok(())
    }

    /// The transaction.
    pub fn finish(&mut self, state: &CentreState, submissions: &[&Submission]) -> Result<Batch, StoreError> {
        let hash = chain::link(self.head.hash, &mut self.events);
        let seq = self.seq();
        let head = Head { seq, hash, number_day: state.numbers.day.clone(), number_last: state.numbers.last };
        let mut batch = Batch::at(self.centre.clone(), self.head.clone());
        batch.head = head;
        batch.events.clone_from(&self.events);
        batch.commands.clone_from(&self.commands);
        let touched = &self.touched;
        for report in touched.reports.keys().filter_map(|id| state.reports.get(id)) {
            batch.reports.push(report_to_row(report, seq)?);
        }
        for incident in touched.incidents.keys().filter_map(|id| state.incidents.get(id)) {
            batch.incidents.push(incident_to_row(incident, seq)?);
        }
        for dispatch in touched.dispatches.keys().filter_map(|id| state.dispatches.get(id)) {
            batch.dispatches.push(dispatch_to_row(dispatch, seq)?);
            batch.deliveries.extend(delivery_rows(dispatch, seq)?);
        }
        for unit in touched.units.keys().filter_map(|code| state.units.get(code)) {
            batch.units.push(unit_to_row(unit, seq)?);
        }
        let deadlines = touched.deadlines(state);
        batch.deadlines_set.extend(deadlines.set.iter().map(|(subject, deadline)| DeadlineRow {
            subject: subject.id(),
            kind: deadline.kind.code().to_owned(),
            level: i64::from(deadline.level),
            due_at: deadline.due_at,
        }));
        let cleared = deadlines.cleared.iter();
        batch.deadlines_cleared.extend(cleared.map(|(subject, kind)| (subject.id(), kind.code().to_owned())));
        for submission in submissions {
            batch.people.extend(submission.erasable.people.iter().cloned());
            batch.texts.extend(submission.erasable.texts.iter().cloned());
        }
        Ok(batch)
    }
}

fn version_of(state: &CentreState, stream: &Stream) -> i64 {
    let version = match stream {
        Stream::Report(id) => state.reports.get(id).map(|held| held.version),
        Stream::Incident(id) => state.incidents.get(id).map(|held| held.version),
        Stream::Dispatch(id) => state.dispatches.get(id).map(|held| held.version),
        Stream::Unit(code) => state.units.get(code).map(|held| held.version),
    };
    version.map_or(0, i64::from)
}

/// How an actor stands in the log: `name`, `name/role` or `name/role@agency`.
pub fn actor_words(actor: &Actor) -> String {
    match (actor.role, &actor.agency) {
        (Some(role), Some(agency)) => format!("{}/{}@{agency}", actor.name, role.code()),
        (Some(role), None) => format!("{}/{}", actor.name, role.code()),
        (None, _) => actor.name.clone(),
    }
}

/// Reads [`actor_words`] back.
pub fn actor_from_words(words: &str) -> Actor {
    use kentongan_domain::people::Role;
    let (name, rest) = words.rsplit_once('/').unwrap_or((words, ""));
    let (role, agency) = rest.split_once('@').map_or((rest, None), |(role, agency)| (role, Some(agency)));
    match Role::from_code(role) {
        Some(role) => Actor { name: name.to_owned(), role: Some(role), agency: agency.map(str::to_owned) },
        None => Actor { name: words.to_owned(), role: None, agency: None },
    }
}
