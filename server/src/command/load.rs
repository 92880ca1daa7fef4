//! Loads what a writer must hold: the open part of a centre, and single aggregates that a command names.

use std::sync::Arc;

use kentongan_domain::command::{Command, DeadlineSubject};
use kentongan_domain::dispatch::Dispatch;
use kentongan_domain::ids::{DispatchId, EpochUs, IncidentId, ReportId};
use kentongan_domain::incident::Incident;
use kentongan_domain::number::Numbers;
use kentongan_domain::state::{CentreState, Reference};
use kentongan_store::rows::{Head, PersonRow, TextRow};
use kentongan_store::{IncidentFilter, ReportFilter, Store, StoreError};
use uuid::Uuid;

use super::rows::{dispatch_from_row, incident_from_row, report_from_row, unit_from_row};
use crate::stream::Publication;

/// How long a closed thing stays on screen: the console shows the last 24 hours.
pub const CLOSED_SHOWN_US: EpochUs = 24 * 3_600 * 1_000_000;
/// Closed things held at most, so that a start never depends on how much a day has brought.
const CLOSED_HELD: u32 = 1_000;

/// A centre's open part, and what the stream shows of it.
#[derive(Debug)]
pub struct Loaded {
    /// The state to decide on.
    pub state: CentreState,
    /// Where the log stands.
    pub head: Head,
    /// The same for the stream's memory.
    pub publication: Publication,
}

/// Loads the open part of a centre.
///
/// # Errors
/// When the store cannot be read, or holds something that is no aggregate.
pub async fn load_centre(
    store: &Arc<dyn Store>,
    centre: &str,
    reference: &Arc<Reference>,
    now: EpochUs,
) -> Result<Loaded, StoreError> {
    let since = closed_since(store, centre, now).await?;
    let rows = store.load_open(centre, since).await?;
    let mut state = CentreState::new(Arc::clone(reference));
    let mut publication = Publication { seq: rows.head.seq, committed_at: now, ..Publication::default() };
    for row in &rows.reports {
        let report = report_from_row(row)?;
        publication.reports.push(report.clone());
        state.reports.insert(report.id, report);
    }
    for row in &rows.incidents {
        let incident = incident_from_row(row)?;
        publication.incidents.push(incident.clone());
        state.incidents.insert(incident.id, incident);
    }
    for row in &rows.dispatches {
        let dispatch = dispatch_from_row(row)?;
        publication.dispatches.push(dispatch.clone());
        state.dispatches.insert(dispatch.id, dispatch);
    }
    for row in &rows.units {
        let unit = unit_from_row(row)?;
        state.units.insert(unit.code.clone(), unit);
    }
    publication.units.extend(state.units.values().cloned());
    publication.texts = rows.texts;
    let notes: Vec<Uuid> = state.units.values().filter_map(|unit| unit.note).map(|id| id.0).collect();
    if !notes.is_empty() {
        publication.texts.extend(store.texts(centre, &notes).await?);
    }
    publication.people = rows.people;
    state.numbers = Numbers { day: rows.head.number_day.clone(), last: rows.head.number_last };
    Ok(Loaded { state, head: rows.head, publication })
}

/// From when on closed things are held: 24 hours, less when those would be more than a screen needs.
async fn closed_since(store: &Arc<dyn Store>, centre: &str, now: EpochUs) -> Result<EpochUs, StoreError> {
    let day = now.saturating_sub(CLOSED_SHOWN_US);
    let closed = ReportFilter { open: Some(false), ..ReportFilter::default() };
    let reports = store.list_reports(centre, &closed, None, CLOSED_HELD).await?;
    let ended = IncidentFilter { open: Some(false), ..IncidentFilter::default() };
    let incidents = store.list_incidents(centre, &ended, None, CLOSED_HELD).await?;
    let full = |count: usize| u32::try_from(count).is_ok_and(|count| count >= CLOSED_HELD);
    let by_reports = reports.last().filter(|_| full(reports.len())).map(|row| row.received_at);
    let by_incidents = incidents.last().filter(|_| full(incidents.len())).map(|row| row.opened_at);
    Ok(by_reports.into_iter().chain(by_incidents).fold(day, EpochUs::max))
}

/// What a command needs to find in the state.
#[derive(Debug, Default)]
struct Needs {
    reports: Vec<ReportId>,
    incidents: Vec<IncidentId>,
    dispatches: Vec<DispatchId>,
}

fn needs(command: &Command) -> Needs {
    let mut needs = Needs::default();
    match command {
        // Every unit is held.
        Command::ReceiveReport(_) | Command::MoveUnit { .. } => {}
        Command::SetOutcome { report, incident, .. } => {
            needs.reports.push(*report);
            needs.incidents.extend(incident);
        }
        Command::OpenIncident { reports, .. } => needs.reports.clone_from(reports),
        Command::LiftReport { report } | Command::RankContact { report, .. } => needs.reports.push(*report),
        // Its reports wait, and what waits is held.
        Command::ConfirmKnown { incident, .. } | Command::EndKnown { incident } => {
            needs.incidents.push(*incident);
        }
        Command::SplitIncident { incident, .. }
        | Command::ChangeIncident { incident, .. }
        | Command::ResolveIncident { incident, .. }
        | Command::CloseIncident { incident, .. }
        | Command::ReopenIncident { incident, .. }
        | Command::OfferIncident { incident, .. }
        | Command::RecordHandover { incident, .. }
        | Command::AnswerOffer { incident, .. }
        | Command::StrikeAlarm { incident, .. }
        | Command::Dispatch { incident, .. } => needs.incidents.push(*incident),
        Command::MergeIncident { incident, into } => needs.incidents.extend([*incident, *into]),
        Command::Act { dispatch, .. }
        | Command::AskForHelp { dispatch, .. }
        | Command::AnswerHelp { dispatch }
        | Command::DoubtReply { dispatch, .. }
        | Command::AddPhoto { dispatch, .. }
        | Command::AddNote { dispatch, .. }
        | Command::RecordDelivery { dispatch, .. } => needs.dispatches.push(*dispatch),
        Command::PassDeadline { subject, .. } => match subject {
            DeadlineSubject::Report(id) => needs.reports.push(*id),
            DeadlineSubject::Incident(id) => needs.incidents.push(*id),
            DeadlineSubject::Dispatch(id) => needs.dispatches.push(*id),
        },
    }
    needs
}

/// Loads into `state` what a command names and the state does not hold. Returns what was loaded, for
/// the stream's memory; nothing when everything was there (the usual case, without a query).
///
/// # Errors
/// When the store cannot be read.
pub async fn load_needed(
    store: &Arc<dyn Store>,
    centre: &str,
    state: &mut CentreState,
    command: &Command,
) -> Result<Option<Publication>, StoreError> {
    let needs = needs(command);
    let mut loaded = Publication::default();
    let mut incidents = needs.incidents;
    for id in needs.dispatches {
        if !state.dispatches.contains_key(&id)
            && let Some(row) = store.load_dispatch(centre, id.0).await?
        {
            incidents.push(IncidentId(row.incident));
        }
    }
    for id in needs.reports {
        if !state.reports.contains_key(&id)
            && let Some(row) = store.load_report(centre, id.0).await?
        {
            let report = report_from_row(&row)?;
            if let Some(incident) = report.incident {
                incidents.push(incident);
            } else {
                loaded.reports.push(report.clone());
                state.reports.insert(id, report);
            }
        }
    }
    for id in incidents {
        if !state.incidents.contains_key(&id) {
            load_incident(store, centre, state, id, &mut loaded).await?;
        }
    }
    if loaded.reports.is_empty() && loaded.incidents.is_empty() {
        return Ok(None);
    }
    let (texts, people) = words_of(store, centre, &loaded).await?;
    loaded.texts = texts;
    loaded.people = people;
    Ok(Some(loaded))
}

async fn load_incident(
    store: &Arc<dyn Store>,
    centre: &str,
    state: &mut CentreState,
    id: IncidentId,
    loaded: &mut Publication,
) -> Result<(), StoreError> {
    let Some(rows) = store.load_incident(centre, id.0).await? else { return Ok(()) };
    let incident = incident_from_row(&rows.incident)?;
    loaded.incidents.push(incident.clone());
    state.incidents.insert(id, incident);
    for row in &rows.reports {
        let report = report_from_row(row)?;
        loaded.reports.push(report.clone());
        state.reports.insert(report.id, report);
    }
    for row in &rows.dispatches {
        let dispatch = dispatch_from_row(row)?;
        loaded.dispatches.push(dispatch.clone());
        state.dispatches.insert(dispatch.id, dispatch);
    }
    Ok(())
}

/// The texts and reporters that aggregates refer to.
///
/// # Errors
/// When the store cannot be read.
pub async fn words_of(
    store: &Arc<dyn Store>,
    centre: &str,
    loaded: &Publication,
) -> Result<(Vec<TextRow>, Vec<PersonRow>), StoreError> {
    let texts: Vec<Uuid> = loaded
        .reports
        .iter()
        .flat_map(|report| std::iter::once(report.text).chain(report.note))
        .chain(loaded.incidents.iter().flat_map(Incident::texts))
        .chain(loaded.dispatches.iter().flat_map(Dispatch::texts))
        .chain(loaded.units.iter().filter_map(|unit| unit.note))
        .map(|id| id.0)
        .collect();
    let people: Vec<Uuid> = loaded.reports.iter().filter_map(|report| report.person).map(|id| id.0).collect();
    let texts = if texts.is_empty() { Vec::new() } else { store.texts(centre, &texts).await? };
    let people = if people.is_empty() { Vec::new() } else { store.people(centre, &people).await? };
    Ok((texts, people))
}
