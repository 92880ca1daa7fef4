//! Loading: everything that belongs together, as it was at one moment.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::{Batch, Store, StoreError};
use std::sync::Arc;
use uuid::Uuid;

pub async fn open_rows_come_with_all_that_belongs_to_them(bench: Bench) {
    let mut batch = bench.batch().await;
    // Incident 1 is open, 2 closed lately, 3 closed long ago, 4 long ago but with an open report.
    for (number, closed_at) in [(1, None), (2, Some(900)), (3, Some(100)), (4, Some(100))] {
        let mut incident = rows::incident(number);
        incident.closed_at = closed_at;
        // Its report and its dispatch ended long ago.
        let mut report = rows::report(number);
        report.incident = Some(incident.id);
        report.closed_at = Some(50);
        let mut dispatch = rows::dispatch(number, incident.id);
        dispatch.ended_at = Some(50);
        batch.people.push(rows::person(number, report.id));
        batch.texts.push(rows::text(number, report.id));
        batch.texts.push(rows::text(number + 10, dispatch.id));
        batch.incidents.push(incident);
        batch.reports.push(report);
        batch.dispatches.push(dispatch);
    }
    let mut late = rows::report(5);
    late.incident = Some(rows::id(4, 4));
    let mut old = rows::report(6);
    old.closed_at = Some(10);
    let mut recent = rows::report(7);
    recent.closed_at = Some(501);
    batch.reports.extend([late, old, recent]);
    batch.units = vec![rows::unit("D-02"), rows::unit("D-01")];
    batch.deadlines_set = vec![rows::deadline("b", 2), rows::deadline("a", 3), rows::deadline("c", 1)];
    bench.store.append(&batch).await.expect("stored");

    let open = bench.store.load_open("kediri", 500).await.expect("read");
    let numbers = |ids: Vec<Uuid>| ids.into_iter().map(|id| id.as_u64_pair().1).collect::<Vec<_>>();
    assert_eq!(numbers(open.incidents.iter().map(|row| row.id).collect()), [1, 2, 4]);
    assert_eq!(numbers(open.reports.iter().map(|row| row.id).collect()), [1, 2, 4, 5, 7]);
    assert_eq!(numbers(open.dispatches.iter().map(|row| row.id).collect()), [1, 2, 4]);
    let mut people = numbers(open.people.iter().map(|row| row.id).collect());
    people.sort_unstable();
    assert_eq!(people, [1, 2, 4]);
    let mut texts = numbers(open.texts.iter().map(|row| row.id).collect());
    texts.sort_unstable();
    assert_eq!(texts, [1, 2, 4, 11, 12, 14]);
    assert_eq!(open.units.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["D-01", "D-02"]);
    assert_eq!(open.deadlines.iter().map(|row| row.due_at).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(open.head, batch.head);
    let missing = StoreError::NotFound { what: "centre".into() };
    assert_eq!(bench.store.load_open("nowhere", 0).await, Err(missing));
}

/// While a writer adds one open report with every event, a load never sees one without the other.
pub async fn open_rows_are_of_one_moment(bench: Bench) {
    async fn write(store: Arc<dyn Store>) {
        for number in 1..=100 {
            let head = store.head("kediri").await.expect("a head").expect("a centre");
            let mut batch = Batch::at("kediri", head);
            rows::add_event(&mut batch, &number.to_string(), 1);
            batch.reports.push(rows::report(number));
            batch.deadlines_set.push(rows::deadline(&number.to_string(), 1));
            store.append(&batch).await.expect("stored");
        }
    }
    let writer = tokio::spawn(write(bench.second().await));
    let mut loads = 0;
    while !writer.is_finished() || loads == 0 {
        let open = bench.store.load_open("kediri", 0).await.expect("read");
        let seq = usize::try_from(open.head.seq).expect("a seq");
        assert_eq!((open.reports.len(), open.deadlines.len()), (seq, seq));
        let changed = bench.store.changed_since("kediri", 0, 1_000).await.expect("read");
        assert_eq!(changed.reports.len() as i64, changed.head.seq);
        loads += 1;
    }
    writer.await.expect("the writer");
}

pub async fn an_incident_comes_whole(bench: Bench) {
    let mut batch = bench.batch().await;
    batch.incidents = vec![rows::incident(1), rows::incident(2)];
    for number in 1..=6 {
        let mut report = rows::report(number);
        report.incident = Some(rows::id(4, 1 + number % 2));
        report.closed_at = Some(5);
        batch.reports.push(report);
        batch.dispatches.push(rows::dispatch(number, rows::id(4, 1 + number % 2)));
        let mut delivery = rows::delivery(number, rows::id(5, number));
        delivery.next_attempt_at = None;
        batch.deliveries.push(delivery);
    }
    bench.store.append(&batch).await.expect("stored");
    let found = bench.store.load_incident("kediri", rows::id(4, 1)).await.expect("read").expect("there");
    let expected = [2, 4, 6];
    assert_eq!(found.incident, rows::incident(1));
    assert_eq!(found.reports.iter().map(|row| row.id.as_u64_pair().1).collect::<Vec<_>>(), expected);
    assert_eq!(found.dispatches.iter().map(|row| row.id.as_u64_pair().1).collect::<Vec<_>>(), expected);
    assert_eq!(found.deliveries.iter().map(|row| row.id.as_u64_pair().1).collect::<Vec<_>>(), expected);
    assert_eq!(bench.store.load_incident("kediri", rows::id(4, 9)).await, Ok(None));
}

pub async fn changed_rows_come_in_order_and_say_when_cut(bench: Bench) {
    let mut batch = bench.batch().await;
    for number in 1..=10 {
        rows::add_event(&mut batch, &number.to_string(), 1);
        let mut report = rows::report(11 - number);
        report.changed_seq = batch.head.seq;
        batch.reports.push(report);
    }
    let mut unit = rows::unit("D-01");
    unit.changed_seq = 10;
    batch.units.push(unit);
    bench.store.append(&batch).await.expect("stored");
    let changed = bench.store.changed_since("kediri", 7, 3).await.expect("read");
    assert_eq!(changed.reports.iter().map(|row| row.changed_seq).collect::<Vec<_>>(), [8, 9, 10]);
    assert_eq!((changed.units.len(), changed.truncated, changed.head.seq), (1, false, 10));
    let changed = bench.store.changed_since("kediri", 6, 3).await.expect("read");
    assert_eq!(changed.reports.iter().map(|row| row.changed_seq).collect::<Vec<_>>(), [7, 8, 9]);
    assert!(changed.truncated);
    let changed = bench.store.changed_since("kediri", 10, 3).await.expect("read");
    assert_eq!((changed.reports, changed.truncated), (vec![], false));
}

pub async fn deliveries_come_while_something_is_left_to_do(bench: Bench) {
    let mut batch = bench.batch().await;
    let (mut sent, mut overdue) = (rows::delivery(1, rows::id(5, 1)), rows::delivery(2, rows::id(5, 1)));
    sent.next_attempt_at = None;
    overdue.next_attempt_at = Some(-5);
    batch.deliveries = vec![sent, rows::delivery(3, rows::id(5, 1)), overdue];
    bench.store.append(&batch).await.expect("stored");
    let open = bench.store.load_open("kediri", i64::MAX).await.expect("read");
    assert_eq!(open.deliveries, [batch.deliveries[2].clone(), batch.deliveries[1].clone()]);
    let mut again = rows::delivery(4, rows::id(5, 1));
    again.contact = "contact-1".into();
    batch.deliveries = vec![again];
    let twice = StoreError::Duplicate { what: "deliveries.channel".into() };
    assert_eq!(bench.store.append(&batch).await, Err(twice));
}

pub async fn an_external_id_finds_its_report(bench: Bench) {
    let mut batch = bench.batch().await;
    let mut report = rows::report(1);
    report.external_id = Some("wa-1".into());
    batch.reports = vec![report.clone(), rows::report(2)];
    bench.store.append(&batch).await.expect("stored");
    let find = |channel: &'static str, external_id: &'static str| {
        bench.store.report_by_external("kediri", channel, external_id)
    };
    assert_eq!(find("phone", "wa-1").await, Ok(Some(report)));
    assert_eq!(find("sms", "wa-1").await, Ok(None));
    assert_eq!(find("phone", "wa-2").await, Ok(None));
}
