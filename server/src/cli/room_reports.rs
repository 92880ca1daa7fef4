//! A centre's decided reports as examples to learn from: the words as they came, the labels as people set
//! them in the end.
//!
//! The texts go to the trainer and nowhere else: never to stdout, a log or a message.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use anyhow::Context as _;
use kentongan_domain::catalogue::Category;
use kentongan_domain::centre::{CentreKind, CentrePack};
use kentongan_domain::dispatch::{Dispatch, DispatchRole, DispatchState};
use kentongan_domain::report::{Channel, Report};
use kentongan_store::Store;
use kentongan_store::rows::DecidedRow;
use kentongan_triage::AGENCY_KINDS;
use kentongan_triage::training::corpus::Example;
use uuid::Uuid;

use crate::agreement::month_of;
use crate::centre::read_pack;
use crate::command::{dispatch_from_row, report_from_row};

/// Decided reports learnt from at most, the newest: beyond that more of the same room bring little, and
/// training takes its time by the text.
const MOST: usize = 20_000;
/// Rows read at once.
const PAGE: u32 = 1_000;

/// What was found to learn from.
#[derive(Debug, Default)]
pub struct RoomReports {
    /// The oldest first, grouped by centre and month.
    pub examples: Vec<Example>,
    /// Decided reports whose words were erased.
    pub erased: usize,
}

/// The decided reports of one centre, or of every live one. A drill's reports are invented.
///
/// # Errors
/// A centre that is not there or a drill's, a store that cannot be read.
pub async fn room_reports(store: &Arc<dyn Store>, only: Option<&str>) -> anyhow::Result<RoomReports> {
    let centres = store.centres().await?;
    if let Some(code) = only {
        anyhow::ensure!(
            centres.iter().any(|row| row.code == code),
            "there is no centre {code}; leave --centre out to take every live one"
        );
    }
    let mut found = RoomReports::default();
    let mut dated: Vec<(i64, Example)> = Vec::new();
    for row in centres.iter().filter(|row| only.is_none_or(|code| code == row.code)) {
        let pack = read_pack(store, &row.code).await?;
        if pack.profile.kind == CentreKind::Drill {
            anyhow::ensure!(
                only.is_none(),
                "{} is a drill centre: what is written in drills is invented and is not learnt from",
                row.code
            );
            continue;
        }
        of_centre(store, &row.code, &pack, &mut found, &mut dated).await?;
    }
    dated.sort_by(|left, right| (left.0, &left.1.id).cmp(&(right.0, &right.1.id)));
    let spare = dated.len().saturating_sub(MOST);
    found.examples = dated.into_iter().skip(spare).map(|(_, example)| example).collect();
    Ok(found)
}

async fn of_centre(
    store: &Arc<dyn Store>,
    centre: &str,
    pack: &CentrePack,
    found: &mut RoomReports,
    dated: &mut Vec<(i64, Example)>,
) -> anyhow::Result<()> {
    let mut after = None;
    let mut read = 0;
    while read < MOST {
        let page = store.list_decided(centre, i64::MIN..i64::MAX, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some((last.received_at, last.report));
        read += page.len();
        let incidents: HashSet<Uuid> = page.iter().map(|row| row.incident).collect();
        let (mut reports, mut agencies) = (HashMap::new(), HashMap::new());
        for id in incidents {
            let rows = store.load_incident(centre, id).await?.context("an incident is gone")?;
            for row in &rows.reports {
                reports.insert(row.id, report_from_row(row)?);
            }
            let dispatches: Vec<Dispatch> =
                rows.dispatches.iter().map(dispatch_from_row).collect::<Result<_, _>>()?;
            agencies.insert(id, kinds_of(pack, &dispatches));
        }
        let ids: Vec<Uuid> =
            page.iter().filter_map(|row| reports.get(&row.report)).map(|report| report.text.0).collect();
        let words: HashMap<Uuid, String> = store
            .texts(centre, &ids)
            .await?
            .into_iter()
            .filter_map(|row| Some((row.id, row.body?)))
            .collect();
        for row in &page {
            // A report that moved between the two reads counts next time.
            let Some(report) = reports.get(&row.report) else { continue };
            let Some(text) = words.get(&report.text.0) else {
                found.erased += 1;
                continue;
            };
            let kinds = agencies.get(&row.incident).cloned().unwrap_or_default();
            dated.push((row.received_at, example(centre, pack, row, report, text, kinds)?));
        }
    }
    Ok(())
}

fn example(
    centre: &str,
    pack: &CentrePack,
    row: &DecidedRow,
    report: &Report,
    text: &str,
    agencies: Vec<usize>,
) -> anyhow::Result<Example> {
    let category = Category::from_code(&row.final_category)
        .with_context(|| format!("incident {} has no category of the catalogue", row.incident))?;
    let noted = matches!(report.channel, Channel::Phone | Channel::Radio | Channel::WalkIn);
    Ok(Example {
        id: row.report.to_string(),
        kind: if noted { "note" } else { "message" }.to_owned(),
        language: String::new(),
        text: text.to_owned(),
        category,
        acceptable: vec![category],
        agencies,
        priority: u8::try_from(row.final_priority)?,
        type_code: Some(row.final_type.clone()),
        group: Some(format!("{centre} {}", month_of(row.received_at, pack.profile.utc_offset_minutes))),
    })
}

/// The kinds of the agencies it was sent to, the lead first, each once; an agency that refused was not the
/// one. `none` when nobody was sent.
fn kinds_of(pack: &CentrePack, dispatches: &[Dispatch]) -> Vec<usize> {
    let mut sent: Vec<&Dispatch> =
        dispatches.iter().filter(|dispatch| dispatch.state != DispatchState::Rejected).collect();
    sent.sort_by_key(|dispatch| (dispatch.role != DispatchRole::Lead, dispatch.queued_at));
    let mut kinds: Vec<usize> = Vec::new();
    for dispatch in sent {
        let agency = pack.agencies.iter().find(|agency| agency.code == dispatch.agency);
        let kind = agency.and_then(|agency| AGENCY_KINDS.iter().position(|known| *known == agency.kind));
        if let Some(kind) = kind.filter(|kind| !kinds.contains(kind)) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() { vec![0] } else { kinds }
}
