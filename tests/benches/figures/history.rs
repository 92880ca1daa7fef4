//! A centre's past, made by the same core as the real one: reports with and without incidents, forwarded,
//! acknowledged, driven to, done and closed. Every event is decided and folded, every row is of the fold, the
//! chain holds; `kentongan verify` finds nothing in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use kentongan::command::{
    actor_words, delivery_rows, dispatch_to_row, incident_to_row, report_to_row, unit_to_row,
};
use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::command::{Command, Context, DeadlineSubject, ReceiveReport};
use kentongan_domain::decide::decide;
use kentongan_domain::dispatch::{DispatchAct, DispatchRole};
use kentongan_domain::event::{Event, Record, SCHEMA_VERSION, Stream};
use kentongan_domain::evolve::evolve;
use kentongan_domain::ids::{
    DispatchId, EpochUs, IdSource, IncidentId, PersonId, ReportId, SECOND_US, TextId,
};
use kentongan_domain::incident::CloseResult;
use kentongan_domain::number::Numbers;
use kentongan_domain::people::{Actor, Role};
use kentongan_domain::place::{ClaimSource, Place};
use kentongan_domain::report::{Channel, Outcome, Suggestion};
use kentongan_domain::state::{CentreState, Reference};
use kentongan_store::rows::{CommandRow, DeadlineRow, EventRow, Head, PersonRow, TextRow};
use kentongan_store::{Batch, Store, chain};

use crate::texts;

/// Events stored in one transaction, about.
const EVENTS_A_BATCH: usize = 4_000;
/// Between two acts.
const STEP_US: EpochUs = 5 * SECOND_US;
const AGENCY: &str = "damkar";

/// What the triage suggests about the `nth` report.
pub fn suggestion(nth: usize) -> Suggestion {
    let priority = Priority::ALL.get(nth % Priority::ALL.len()).copied().unwrap_or(Priority::P3);
    Suggestion {
        category: Some(Category::Fire),
        type_code: Some("fire_building".to_owned()),
        priority,
        confidence: 0.93,
        nuisance: 0.01,
        contact: kentongan_domain::contact::ContactHistory::default(),
    }
}

/// Where the `nth` report is.
pub fn place(nth: usize) -> Place {
    let spread = (nth % 997) as f64 / 25_000.0;
    Place {
        lat: Some(-7.83 + spread),
        lon: Some(111.99 + spread),
        accuracy_m: Some(40.0),
        source: Some(ClaimSource::Device),
        label: Some("Jalan Brawijaya".to_owned()),
        village_code: Some("35.71.02.1005".to_owned()),
        village: Some("Kampung Dalem".to_owned()),
        district: Some("Kota".to_owned()),
        regency: Some("Kota Kediri".to_owned()),
        regency_code: Some("35.71".to_owned()),
        confidence: Some(0.9),
    }
}

/// Writes a centre's history from where its log ends.
pub struct Historian {
    store: Arc<dyn Store>,
    centre: String,
    state: CentreState,
    head: Head,
    now: EpochUs,
    ids: IdSource,
    nth: usize,
    batch: Batch,
    reports: BTreeSet<ReportId>,
    incidents: BTreeSet<IncidentId>,
    dispatches: BTreeSet<DispatchId>,
    units: BTreeSet<String>,
}

impl Historian {
    /// At the end of the log; the next act is at `now`. Nothing open of before is touched.
    pub async fn at(
        store: Arc<dyn Store>,
        centre: &str,
        reference: Arc<Reference>,
        now: EpochUs,
    ) -> anyhow::Result<Self> {
        let head = store.head(centre).await?.ok_or_else(|| anyhow::anyhow!("the centre is missing"))?;
        let mut state = CentreState::new(reference);
        state.numbers = Numbers { day: head.number_day.clone(), last: head.number_last };
        Ok(Self {
            store,
            centre: centre.to_owned(),
            state,
            batch: Batch::at(centre, head.clone()),
            nth: usize::try_from(head.seq).unwrap_or(0),
            ids: IdSource::new(now, head.seq.unsigned_abs()),
            head,
            now,
            reports: BTreeSet::new(),
            incidents: BTreeSet::new(),
            dispatches: BTreeSet::new(),
            units: BTreeSet::new(),
        })
    }

    /// Where the log ends.
    pub fn seq(&self) -> i64 {
        self.head.seq + self.batch.events.len() as i64
    }

    /// Three contacts for which advice was enough, and one fire from the call to the closed record.
    pub async fn chapter(&mut self) -> anyhow::Result<()> {
        for _ in 0..3 {
            let report = self.report()?;
            let note = self.words(&report.to_string(), "note", "Sudah diberi penjelasan".to_owned());
            self.act(Command::SetOutcome {
                report,
                outcome: Outcome::Advised,
                incident: None,
                note: Some(note),
            })?;
        }
        let incident = self.incident()?;
        let mut dispatch = None;
        for event in self.act(Command::Dispatch {
            incident,
            agency: AGENCY.to_owned(),
            role: DispatchRole::Lead,
            units: Vec::new(),
            recommended: None,
        })? {
            if let Event::DispatchQueued { dispatch: made, .. } = event {
                dispatch = Some(made);
            }
        }
        let dispatch = dispatch.ok_or_else(|| anyhow::anyhow!("nothing was dispatched"))?;
        for act in [
            DispatchAct::Acknowledge,
            DispatchAct::Accept,
            DispatchAct::EnRoute,
            DispatchAct::OnScene,
            DispatchAct::Complete,
        ] {
            self.act(Command::Act {
                dispatch,
                act,
                via: kentongan_domain::dispatch::Via::Console,
                reason: None,
                units: Vec::new(),
            })?;
        }
        self.act(Command::ResolveIncident { incident, note: None })?;
        self.act(Command::CloseIncident { incident, result: CloseResult::Handled, note: None })?;
        self.store_when(EVENTS_A_BATCH).await
    }

    /// Something unfinished: a report that waits, and every other time an incident that nobody has.
    pub async fn loose_end(&mut self) -> anyhow::Result<()> {
        self.report()?;
        if self.nth.is_multiple_of(2) {
            self.incident()?;
        }
        self.store_when(EVENTS_A_BATCH).await
    }

    /// Stores what is left.
    pub async fn finish(mut self) -> anyhow::Result<i64> {
        self.store_when(1).await?;
        Ok(self.head.seq)
    }

    fn report(&mut self) -> anyhow::Result<ReportId> {
        self.nth += 1;
        let report = ReportId(self.ids.next_id());
        let text = self.words(&report.to_string(), "report", texts::words(self.nth));
        let person = PersonId(self.ids.next_id());
        self.batch.people.push(PersonRow {
            id: person.0,
            report: report.0,
            name: Some(format!("Warga {}", self.nth)),
            phone: Some(format!("+62812{:07}", self.nth % 10_000_000)),
            digits: Some(format!("812{:07}", self.nth % 10_000_000)),
            erased_at: None,
        });
        self.act(Command::ReceiveReport(Box::new(ReceiveReport {
            report,
            channel: Channel::Phone,
            external_id: None,
            occurred_at: None,
            text,
            person: Some(person),
            suggestion: suggestion(self.nth),
            claims: Vec::new(),
            place: place(self.nth),
            rank: kentongan_domain::queue::Rank::default(),
            handed_over: None,
        })))?;
        Ok(report)
    }

    fn incident(&mut self) -> anyhow::Result<IncidentId> {
        let report = self.report()?;
        let events = self.act(Command::OpenIncident {
            reports: vec![report],
            category: Category::Fire,
            type_code: "fire_building".to_owned(),
            priority: Priority::P2,
            place: place(self.nth),
        })?;
        let opened = events.into_iter().find_map(|event| match event {
            Event::IncidentOpened { incident, .. } => Some(incident),
            _ => None,
        });
        opened.ok_or_else(|| anyhow::anyhow!("no incident was opened"))
    }

    fn words(&mut self, about: &str, kind: &str, body: String) -> TextId {
        let id = self.ids.next_id();
        self.batch.texts.push(TextRow {
            id,
            about: about.to_owned(),
            kind: kind.to_owned(),
            body: Some(body),
            erased_at: None,
        });
        TextId(id)
    }

    /// Decides, folds and notes one command.
    fn act(&mut self, command: Command) -> anyhow::Result<Vec<Event>> {
        self.now += STEP_US;
        self.ids = IdSource::new(self.now, self.ids.next_id().as_u64_pair().1);
        let actor = Actor { name: "operator".to_owned(), role: Some(Role::Operator), agency: None };
        let mut context = Context { now: self.now, actor: actor.clone(), ids: self.ids.clone() };
        let events = decide(&self.state, &command, &mut context)?;
        self.ids = context.ids;
        let command_id = self.ids.next_id();
        for event in &events {
            self.touch(event);
            let record = Record { at: self.now, actor: actor.clone(), event: event.clone() };
            evolve(&mut self.state, &record);
            let stream = event.stream();
            self.batch.events.push(EventRow {
                centre: self.centre.clone(),
                seq: self.seq() + 1,
                stream_kind: stream.kind().to_owned(),
                version: self.version(&stream),
                stream_id: stream.id(),
                kind: event.kind().to_owned(),
                schema_version: i64::from(SCHEMA_VERSION),
                occurred_at: self.now,
                recorded_at: self.now,
                actor: actor_words(&actor),
                command_id,
                payload: event.payload()?,
                prev_hash: [0; 32],
                hash: [0; 32],
            });
        }
        self.batch.commands.push(CommandRow {
            command_id,
            fingerprint: [7; 32],
            status: 200,
            outcome: r#"{"target":{"kind":"nothing"}}"#.to_owned(),
            seq: self.seq(),
            recorded_at: self.now,
        });
        Ok(events)
    }

    fn touch(&mut self, event: &Event) {
        match event.stream() {
            Stream::Report(id) => {
                self.reports.insert(id);
            }
            Stream::Incident(id) => {
                self.incidents.insert(id);
            }
            Stream::Dispatch(id) => {
                self.dispatches.insert(id);
            }
            Stream::Unit(code) => {
                self.units.insert(code);
            }
        }
        // A dispatch is in its incident's list from the moment it is queued.
        if let Event::DispatchQueued { incident, .. } = event {
            self.incidents.insert(*incident);
        }
    }

    fn version(&self, stream: &Stream) -> i64 {
        let state = &self.state;
        let version = match stream {
            Stream::Report(id) => state.reports.get(id).map(|held| held.version),
            Stream::Incident(id) => state.incidents.get(id).map(|held| held.version),
            Stream::Dispatch(id) => state.dispatches.get(id).map(|held| held.version),
            Stream::Unit(code) => state.units.get(code).map(|held| held.version),
        };
        version.map_or(0, i64::from)
    }

    async fn store_when(&mut self, events: usize) -> anyhow::Result<()> {
        if self.batch.events.len() < events {
            return Ok(());
        }
        let seq = self.seq();
        let hash = chain::link(self.head.hash, &mut self.batch.events);
        self.head = Head {
            seq,
            hash,
            number_day: self.state.numbers.day.clone(),
            number_last: self.state.numbers.last,
        };
        let mut batch = std::mem::replace(&mut self.batch, Batch::at(&self.centre, self.head.clone()));
        batch.head = self.head.clone();
        let state = &self.state;
        for report in self.reports.iter().filter_map(|id| state.reports.get(id)) {
            batch.reports.push(report_to_row(report, seq)?);
        }
        for incident in self.incidents.iter().filter_map(|id| state.incidents.get(id)) {
            batch.incidents.push(incident_to_row(incident, seq)?);
        }
        for dispatch in self.dispatches.iter().filter_map(|id| state.dispatches.get(id)) {
            batch.dispatches.push(dispatch_to_row(dispatch, seq)?);
            batch.deliveries.extend(delivery_rows(dispatch, seq)?);
        }
        for unit in self.units.iter().filter_map(|code| state.units.get(code)) {
            batch.units.push(unit_to_row(unit, seq)?);
        }
        batch.deadlines_set = self.running();
        self.store.append(&batch).await?;
        self.forget();
        Ok(())
    }

    /// What is still to be watched; deadlines that came and went within a batch were never stored.
    fn running(&self) -> Vec<DeadlineRow> {
        let touched = |subject: &DeadlineSubject| match subject {
            DeadlineSubject::Report(id) => self.reports.contains(id),
            DeadlineSubject::Incident(id) => self.incidents.contains(id),
            DeadlineSubject::Dispatch(id) => self.dispatches.contains(id),
        };
        let running = self.state.deadlines().filter(|(subject, _)| touched(subject));
        running
            .map(|(subject, deadline)| DeadlineRow {
                subject: subject.id(),
                kind: deadline.kind.code().to_owned(),
                level: i64::from(deadline.level),
                due_at: deadline.due_at,
            })
            .collect()
    }

    /// What is stored is not needed again: chapters do not hang together.
    fn forget(&mut self) {
        self.state.reports.clear();
        self.state.incidents.clear();
        self.state.dispatches.clear();
        self.reports.clear();
        self.incidents.clear();
        self.dispatches.clear();
        self.units.clear();
    }
}
