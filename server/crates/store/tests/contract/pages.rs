//! Lists in pages: nothing doubled, nothing left out.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::{DispatchFilter, IncidentFilter, ReportFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

const TOTAL: u64 = 53;

/// Many rows share an instant, so that only the id tells them apart.
async fn fill(bench: &Bench) {
    let mut batch = bench.batch().await;
    for number in 1..=TOTAL {
        let third = number % 3;
        let mut incident = rows::incident(number);
        incident.opened_at = (number / 10).cast_signed();
        incident.closed_at = (third == 0).then_some(7);
        let mut report = rows::report(number);
        report.received_at = (number / 10).cast_signed();
        report.closed_at = (third == 0).then_some(7);
        report.state = if third == 1 { "waiting" } else { "open" }.into();
        report.category = (third == 2).then(|| "fire".into());
        report.incident = (number < 5).then_some(incident.id);
        let mut dispatch = rows::dispatch(number, incident.id);
        dispatch.queued_at = (number / 10).cast_signed();
        dispatch.overdue = third == 1;
        dispatch.agency = if third == 0 { "bpbd" } else { "damkar" }.into();
        dispatch.ended_at = (third == 0).then_some(7);
        let mut unit = rows::unit(&format!("D-{number:03}"));
        unit.agency.clone_from(&dispatch.agency);
        batch.deliveries.push(rows::delivery(number, dispatch.id));
        batch.deadlines_set.push(rows::deadline(&format!("{}", number % 7), number.cast_signed()));
        batch.incidents.push(incident);
        batch.reports.push(report);
        batch.dispatches.push(dispatch);
        batch.units.push(unit);
    }
    bench.store.append(&batch).await.expect("stored");
}

/// Reads page after page with `$fetch(after)`; answers all rows.
macro_rules! read_all {
    ($after:ident => $fetch:expr, $last:expr) => {{
        let mut all = Vec::new();
        let mut $after = None;
        loop {
            let page = $fetch.await.expect("a page");
            let Some(last) = page.last().cloned() else { break };
            $after = Some($last(last));
            all.extend(page);
            assert!(all.len() <= 500, "the pages never end");
        }
        all
    }};
}

fn newest_first(keys: Vec<(i64, Uuid)>) {
    assert_eq!(keys.len() as u64, TOTAL);
    assert!(keys.is_sorted_by(|a, b| a > b), "strictly from the newest to the oldest");
}

pub async fn pages_are_complete_and_without_doubles(bench: Bench) {
    fill(&bench).await;
    let store = &bench.store;
    let filter = ReportFilter::default();
    let all = read_all!(after => store.list_reports("kediri", &filter, after, 7),
        |row: kentongan_store::rows::ReportRow| (row.received_at, row.id));
    newest_first(all.iter().map(|row| (row.received_at, row.id)).collect());
    let filter = IncidentFilter::default();
    let all = read_all!(after => store.list_incidents("kediri", &filter, after, 7),
        |row: kentongan_store::rows::IncidentRow| (row.opened_at, row.id));
    newest_first(all.iter().map(|row| (row.opened_at, row.id)).collect());
    let filter = DispatchFilter::default();
    let all = read_all!(after => store.list_dispatches("kediri", &filter, after, 7),
        |row: kentongan_store::rows::DispatchRow| (row.queued_at, row.id));
    newest_first(all.iter().map(|row| (row.queued_at, row.id)).collect());
    let all = read_all!(after => store.list_units("kediri", None, after.as_deref(), 7),
        |row: kentongan_store::rows::UnitRow| row.code);
    let codes: BTreeSet<&str> = all.iter().map(|row| row.code.as_str()).collect();
    assert_eq!((codes.len() as u64, all.len() as u64), (TOTAL, TOTAL));
    assert_eq!(store.list_reports("kota", &ReportFilter::default(), None, 7).await, Ok(vec![]));
}

pub async fn filters_narrow_lists(bench: Bench) {
    fill(&bench).await;
    let store = &bench.store;
    let reports = async |filter: ReportFilter| {
        let all = read_all!(after => store.list_reports("kediri", &filter, after, 4),
            |row: kentongan_store::rows::ReportRow| (row.received_at, row.id));
        all.into_iter().map(|row| row.id.as_u64_pair().1).collect::<BTreeSet<u64>>()
    };
    let numbers = |keep: fn(u64) -> bool| (1..=TOTAL).filter(|number| keep(*number)).collect::<BTreeSet<_>>();
    let base = ReportFilter::default();
    let open = reports(ReportFilter { open: Some(true), ..base.clone() }).await;
    assert_eq!(open, numbers(|number| number % 3 != 0));
    let closed = reports(ReportFilter { open: Some(false), ..base.clone() }).await;
    assert_eq!(closed, numbers(|number| number % 3 == 0));
    let waiting = reports(ReportFilter { state: Some("waiting".into()), ..base.clone() }).await;
    assert_eq!(waiting, numbers(|number| number % 3 == 1));
    let fire =
        reports(ReportFilter { category: Some("fire".into()), open: Some(true), ..base.clone() }).await;
    assert_eq!(fire, numbers(|number| number % 3 == 2));
    let of_incident = reports(ReportFilter { incident: Some(rows::id(4, 2)), ..base.clone() }).await;
    assert_eq!(of_incident, BTreeSet::from([2]));
    let by_sms = reports(ReportFilter { channel: Some("sms".into()), ..base }).await;
    assert_eq!(by_sms, BTreeSet::new());

    let dispatches = async |filter: DispatchFilter| {
        let all = read_all!(after => store.list_dispatches("kediri", &filter, after, 4),
            |row: kentongan_store::rows::DispatchRow| (row.queued_at, row.id));
        all.into_iter().map(|row| row.id.as_u64_pair().1).collect::<BTreeSet<u64>>()
    };
    let base = DispatchFilter::default();
    let late = dispatches(DispatchFilter { overdue: Some(true), ..base.clone() }).await;
    assert_eq!(late, numbers(|number| number % 3 == 1));
    let filter =
        DispatchFilter { agency: Some("damkar".into()), overdue: Some(false), open: Some(true), ..base };
    assert_eq!(dispatches(filter).await, numbers(|number| number % 3 == 2));
    let filter = IncidentFilter { open: Some(false), state: Some("open".into()) };
    let incidents = store.list_incidents("kediri", &filter, None, 100).await.expect("read");
    assert_eq!(incidents.len(), numbers(|number| number % 3 == 0).len());
    let units = store.list_units("kediri", Some("bpbd"), Some("D-010"), 2).await.expect("read");
    assert_eq!(units.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["D-012", "D-015"]);
}

pub async fn everything_is_read_in_order_of_id(bench: Bench) {
    fill(&bench).await;
    let store = &bench.store;
    let ids = |ids: Vec<Uuid>| {
        assert_eq!(ids.len() as u64, TOTAL);
        assert!(ids.is_sorted_by(|a, b| a < b));
    };
    let all = read_all!(after => store.all_reports("kediri", after, 7),
        |row: kentongan_store::rows::ReportRow| row.id);
    ids(all.iter().map(|row| row.id).collect());
    let all = read_all!(after => store.all_incidents("kediri", after, 7),
        |row: kentongan_store::rows::IncidentRow| row.id);
    ids(all.iter().map(|row| row.id).collect());
    let all = read_all!(after => store.all_dispatches("kediri", after, 7),
        |row: kentongan_store::rows::DispatchRow| row.id);
    ids(all.iter().map(|row| row.id).collect());
    let all = read_all!(after => store.all_deliveries("kediri", after, 7),
        |row: kentongan_store::rows::DeliveryRow| row.id);
    ids(all.iter().map(|row| row.id).collect());
    let first = store.all_deadlines("kediri", None, 4).await.expect("read");
    let last = first.last().expect("a row").clone();
    let rest = store.all_deadlines("kediri", Some((&last.subject, &last.kind)), 9).await.expect("read");
    let subjects: Vec<&str> = first.iter().chain(&rest).map(|row| row.subject.as_str()).collect();
    assert_eq!(subjects, ["0", "1", "2", "3", "4", "5", "6"]);
}

pub async fn the_reports_of_a_number_come_newest_first(bench: Bench) {
    let mut batch = bench.batch().await;
    for number in 1..=6_u64 {
        let mut report = rows::report(number);
        report.received_at = number.cast_signed() * 10;
        let mut person = rows::person(number, report.id);
        person.digits = match number {
            1 | 2 | 4 => Some("81230001".into()),
            3 => Some("81239999".into()),
            _ => None,
        };
        batch.reports.push(report);
        batch.people.push(person);
    }
    bench.store.append(&batch).await.expect("stored");
    let of = async |digits: &str, limit| {
        let rows = bench.store.list_reports_of("kediri", digits, limit).await.expect("read");
        rows.iter().map(|row| row.received_at / 10).collect::<Vec<_>>()
    };
    assert_eq!(of("81230001", 10).await, [4, 2, 1]);
    assert_eq!(of("81230001", 2).await, [4, 2], "the newest");
    assert_eq!(of("800", 10).await, Vec::<i64>::new());
    assert!(bench.store.erase_person("kediri", rows::id(7, 2), 9).await.expect("erased"));
    assert_eq!(of("81230001", 10).await, [4, 1], "what was erased is not found");
}
