//! Appends: whole or not at all, in turn, once.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::chain::{ChainBreak, verify_chain};
use kentongan_store::rows::EventRow;
use kentongan_store::{Batch, Store, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

pub async fn an_append_is_read_back_whole(bench: Bench) {
    let mut batch = bench.batch().await;
    rows::add_event(&mut batch, "r1", 1);
    rows::add_event(&mut batch, "r1", 2);
    let mut report = rows::report(1);
    report.external_id = Some("wa-1".into());
    report.category = Some("fire".into());
    report.incident = Some(rows::id(4, 1));
    report.closed_at = Some(5_000);
    let mut dispatch = rows::dispatch(1, rows::id(4, 1));
    dispatch.overdue = true;
    batch.reports.push(report.clone());
    batch.incidents.push(rows::incident(1));
    batch.dispatches.push(dispatch.clone());
    batch.deliveries.push(rows::delivery(1, dispatch.id));
    batch.units.push(rows::unit("D-01"));
    batch.deadlines_set.push(rows::deadline("dispatch 1", 9_000));
    batch.people.push(rows::person(1, report.id));
    batch.texts.push(rows::text(1, report.id));
    batch.commands.push(rows::command(1));
    bench.store.append(&batch).await.expect("stored");

    let store = &bench.store;
    assert_eq!(store.head("kediri").await.expect("read"), Some(batch.head.clone()));
    assert_eq!(store.events_after("kediri", 0, 10).await.expect("read"), batch.events);
    assert_eq!(store.events_after("kediri", 1, 10).await.expect("read"), batch.events[1..]);
    assert_eq!(store.load_report("kediri", report.id).await.expect("read"), Some(report.clone()));
    assert_eq!(store.load_dispatch("kediri", dispatch.id).await.expect("read"), Some(dispatch.clone()));
    assert_eq!(store.load_unit("kediri", "D-01").await.expect("read"), Some(rows::unit("D-01")));
    assert_eq!(store.people("kediri", &[rows::id(7, 1)]).await.expect("read"), batch.people);
    assert_eq!(store.texts("kediri", &[rows::id(8, 1)]).await.expect("read"), batch.texts);
    assert_eq!(store.all_deadlines("kediri", None, 10).await.expect("read"), batch.deadlines_set);
    assert_eq!(store.deliveries_of("kediri", dispatch.id).await.expect("read"), batch.deliveries);
    let whole = store.load_incident("kediri", rows::id(4, 1)).await.expect("read").expect("there");
    assert_eq!(whole.incident, rows::incident(1));
    store.probe().await.expect("writable");
    store.checkpoint().await.expect("copied");

    let mut later = bench.batch().await;
    later.deadlines_cleared.push(("dispatch 1".into(), "acknowledge".into()));
    bench.store.append(&later).await.expect("stored");
    assert_eq!(store.all_deadlines("kediri", None, 10).await.expect("read"), []);
}

pub async fn an_append_on_an_old_head_stores_nothing(bench: Bench) {
    let old = bench.batch().await;
    let mut first = old.clone();
    rows::add_event(&mut first, "r1", 1);
    bench.store.append(&first).await.expect("stored");
    let mut second = old;
    rows::add_event(&mut second, "r2", 1);
    second.reports.push(rows::report(2));
    assert_eq!(bench.store.append(&second).await, Err(StoreError::HeadMoved { actual: 1 }));
    assert_eq!(bench.store.load_report("kediri", rows::id(3, 2)).await, Ok(None));

    second.centre = "nowhere".into();
    second.events.clear();
    second.head.seq = 0;
    let missing = StoreError::NotFound { what: "centre".into() };
    assert_eq!(bench.store.append(&second).await, Err(missing));
}

/// Each writer decides again whenever the other was first, as the product does.
pub async fn two_writers_take_turns_and_lose_nothing(bench: Bench) {
    const EACH: i64 = 40;
    async fn write(store: Arc<dyn Store>, name: &'static str) {
        for number in 0..EACH {
            loop {
                let head = store.head("kediri").await.expect("a head").expect("a centre");
                let mut batch = Batch::at("kediri", head);
                rows::add_event(&mut batch, &format!("{name}-{number}"), 1);
                match store.append(&batch).await {
                    Ok(()) => break,
                    Err(StoreError::HeadMoved { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }
    let second = bench.second().await;
    let one = tokio::spawn(write(Arc::clone(&bench.store), "a"));
    let two = tokio::spawn(write(second, "b"));
    one.await.expect("the first writer");
    two.await.expect("the second writer");
    let events = bench.store.events_after("kediri", 0, 1_000).await.expect("read");
    let streams: BTreeSet<&str> = events.iter().map(|event| event.stream_id.as_str()).collect();
    assert_eq!(streams.len() as i64, 2 * EACH, "each was stored once");
    let head = bench.store.head("kediri").await.expect("read").expect("a head");
    assert_eq!(verify_chain(0, [0; 32], &events), Ok((2 * EACH, head.hash)), "no gap");
}

pub async fn an_answered_command_is_found(bench: Bench) {
    let mut batch = bench.batch().await;
    batch.commands = (1..=5).map(rows::command).collect();
    bench.store.append(&batch).await.expect("stored");
    assert_eq!(bench.store.command("kediri", rows::id(2, 3)).await, Ok(Some(rows::command(3))));
    assert_eq!(bench.store.command("kediri", rows::id(2, 9)).await, Ok(None));
    assert_eq!(bench.store.command("kota", rows::id(2, 3)).await, Ok(None));
    let ids = [rows::id(2, 9), rows::id(2, 2), rows::id(2, 5), rows::id(2, 2)];
    let mut found = bench.store.commands_of("kediri", &ids).await.expect("read");
    found.sort_by_key(|row| row.command_id);
    found.dedup();
    assert_eq!(found, [rows::command(2), rows::command(5)]);
    assert_eq!(bench.store.commands_of("kediri", &[]).await, Ok(vec![]));
}

pub async fn a_batch_that_fails_in_its_last_table_leaves_nothing(bench: Bench) {
    let mut first = bench.batch().await;
    first.commands.push(rows::command(1));
    bench.store.append(&first).await.expect("stored");
    let mut second = bench.batch().await;
    rows::add_event(&mut second, "r1", 1);
    second.reports.push(rows::report(1));
    second.people.push(rows::person(1, rows::id(3, 1)));
    second.deadlines_set.push(rows::deadline("report 1", 1));
    second.commands.push(rows::command(1));
    let twice = StoreError::Duplicate { what: "commands.command_id".into() };
    assert_eq!(bench.store.append(&second).await, Err(twice));
    let open = bench.store.load_open("kediri", 0).await.expect("read");
    assert_eq!((open.head.seq, open.reports, open.deadlines), (0, vec![], vec![]));
    assert_eq!(bench.store.people("kediri", &[rows::id(7, 1)]).await, Ok(vec![]));
    assert_eq!(bench.store.events_after("kediri", 0, 9).await, Ok(vec![]));
    second.commands.clear();
    bench.store.append(&second).await.expect("the store goes on");
}

pub async fn a_batch_with_a_gap_is_refused(bench: Bench) {
    let mut good = bench.batch().await;
    rows::add_event(&mut good, "r1", 1);
    rows::add_event(&mut good, "r1", 2);
    let spoil: [fn(&mut Batch); 5] = [
        |batch| batch.events[1].seq = 3,
        |batch| batch.head.seq = 5,
        |batch| batch.head.hash = [1; 32],
        |batch| batch.events[1].prev_hash = [1; 32],
        |batch| batch.events[0].centre = "kota".into(),
    ];
    for spoil in spoil {
        let mut bad = good.clone();
        spoil(&mut bad);
        let code = bench.store.append(&bad).await.map_err(|error| error.code());
        assert_eq!(code, Err("store_invalid"));
    }
    bench.store.append(&good).await.expect("stored");
}

pub async fn the_last_mention_of_a_row_counts(bench: Bench) {
    let mut batch = bench.batch().await;
    let mut newer = rows::report(1);
    newer.version = 2;
    batch.reports = vec![rows::report(1), rows::report(2), newer.clone()];
    batch.units = vec![rows::unit("D-01"), rows::unit("D-01")];
    let (sooner, later) = (rows::deadline("a", 1), rows::deadline("a", 2));
    batch.deadlines_set = vec![sooner, later.clone()];
    batch.deadlines_cleared = vec![("a".into(), "acknowledge".into())];
    bench.store.append(&batch).await.expect("stored");
    assert_eq!(bench.store.load_report("kediri", newer.id).await, Ok(Some(newer)));
    assert_eq!(bench.store.all_deadlines("kediri", None, 9).await, Ok(vec![later]));
}

pub async fn many_rows_in_odd_numbers_are_all_stored(bench: Bench) {
    for count in [1_u64, 3, 64, 191] {
        let mut batch = bench.batch().await;
        let first = batch.expected_seq.unsigned_abs() + 1;
        for number in first..first + count {
            rows::add_event(&mut batch, &format!("r{number}"), 1);
            batch.reports.push(rows::report(number));
            batch.deadlines_set.push(rows::deadline(&number.to_string(), 1));
            batch.commands.push(rows::command(number));
        }
        bench.store.append(&batch).await.expect("stored");
    }
    let total = 1 + 3 + 64 + 191;
    assert_eq!(bench.store.events_after("kediri", 0, 1_000).await.expect("read").len(), total);
    assert_eq!(bench.store.all_reports("kediri", None, 1_000).await.expect("read").len(), total);
    let ids: Vec<_> = (1..=total as u64).map(|number| rows::id(2, number)).collect();
    assert_eq!(bench.store.commands_of("kediri", &ids).await.expect("read").len(), total);
    let mut batch = bench.batch().await;
    batch.deadlines_cleared =
        (2..=total).map(|number| (number.to_string(), "acknowledge".to_owned())).collect();
    bench.store.append(&batch).await.expect("stored");
    assert_eq!(bench.store.all_deadlines("kediri", None, 9).await, Ok(vec![rows::deadline("1", 1)]));
}

pub async fn the_chain_shows_a_changed_event(bench: Bench) {
    let mut batch = bench.batch().await;
    for version in 1..=4 {
        rows::add_event(&mut batch, "r1", version);
    }
    bench.store.append(&batch).await.expect("stored");
    let read = async || bench.store.events_after("kediri", 0, 10).await.expect("read");
    let check = |events: &[EventRow]| verify_chain(0, [0; 32], events);
    assert_eq!(check(&read().await), Ok((4, batch.head.hash)));
    bench.tamper("UPDATE events SET actor = 'nobody' WHERE seq = 3").await;
    assert_eq!(check(&read().await), Err(ChainBreak::Changed { seq: 3 }));
    bench.tamper("DELETE FROM events WHERE seq = 2").await;
    assert_eq!(check(&read().await), Err(ChainBreak::Gap { expected: 2, found: 3 }));
    bench.tamper("UPDATE events SET seq = seq - 1 WHERE seq = 3").await;
    bench.tamper("UPDATE events SET seq = seq - 1 WHERE seq = 4").await;
    assert_eq!(check(&read().await), Err(ChainBreak::Unlinked { seq: 2 }));
}

/// A caller that goes away mid-append leaves no lock behind and no half of a batch.
pub async fn a_dropped_append_leaves_the_store_usable(bench: Bench) {
    for micros in (0..3_000).step_by(150) {
        let mut batch = bench.batch().await;
        for number in 1..=64 {
            rows::add_event(&mut batch, &format!("dropped-{micros}"), number);
        }
        let _cut = tokio::time::timeout(Duration::from_micros(micros), bench.store.append(&batch)).await;
        let mut next = bench.batch().await;
        rows::add_event(&mut next, &format!("next-{micros}"), 1);
        match bench.store.append(&next).await {
            // The dropped one may still have been committed after the head was read.
            Ok(()) | Err(StoreError::HeadMoved { .. }) => {}
            Err(error) => panic!("after {micros} µs: {error}"),
        }
    }
    let events = bench.store.events_after("kediri", 0, 10_000).await.expect("read");
    let head = bench.store.head("kediri").await.expect("read").expect("a head");
    assert_eq!(verify_chain(0, [0; 32], &events), Ok((head.seq, head.hash)));
}

pub async fn an_external_id_is_taken_once(bench: Bench) {
    let mut batch = bench.batch().await;
    let mut first = rows::report(1);
    first.external_id = Some("wa-1".into());
    let mut elsewhere = rows::report(2);
    elsewhere.external_id = Some("wa-1".into());
    elsewhere.channel = "sms".into();
    batch.reports = vec![first.clone(), elsewhere, rows::report(3), rows::report(4)];
    bench.store.append(&batch).await.expect("one on each channel, and any number without");
    batch.reports = vec![rows::report(5)];
    batch.reports[0].external_id = Some("wa-1".into());
    let twice = StoreError::Duplicate { what: "reports.external_id".into() };
    assert_eq!(bench.store.append(&batch).await, Err(twice));
    batch.reports = vec![rows::report(6)];
    batch.reports[0].number = first.number;
    let twice = StoreError::Duplicate { what: "reports.number".into() };
    assert_eq!(bench.store.append(&batch).await, Err(twice));
}
