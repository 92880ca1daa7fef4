//! Faults: what cannot be stored is never acknowledged, and the store recovers.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::{StoreError, connect};
use std::time::Duration;

pub async fn a_locked_database_is_busy_and_recovers(bench: Bench) {
    let mut batch = bench.batch().await;
    rows::add_event(&mut batch, "r1", 1);
    let lock = bench.lock().await;
    assert_eq!(bench.store.append(&batch).await, Err(StoreError::Busy));
    if bench.is_sqlite() {
        assert_eq!(bench.store.probe().await, Err(StoreError::Busy));
        assert_eq!(bench.store.events_after("kediri", 0, 9).await, Ok(vec![]), "reads go on");
    }
    lock.release().await;
    bench.store.append(&batch).await.expect("the lock is gone");
    bench.store.probe().await.expect("the lock is gone");
    assert_eq!(bench.store.head("kediri").await.expect("read").expect("a head").seq, 1);
}

pub async fn a_closed_store_is_unavailable(bench: Bench) {
    let batch = bench.batch().await;
    bench.store.close().await;
    let code = bench.store.append(&batch).await.map_err(|error| error.code());
    assert_eq!(code, Err("store_unavailable"));
    let code = bench.store.head("kediri").await.map_err(|error| error.code());
    assert_eq!(code, Err("store_unavailable"));
    bench.store.close().await;
}

pub async fn a_newer_schema_is_refused(bench: Bench) {
    bench.store.close().await;
    let blob = if bench.is_sqlite() {
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', 1, x'00', 0)"
    } else {
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', true, '\\x00', 0)"
    };
    bench.tamper(blob).await;
    let code = connect(&bench.url).await.map(drop).map_err(|error| error.code());
    assert_eq!(code, Err("store_unavailable"));
    let code = connect("mysql://localhost/kentongan").await.map(drop).map_err(|error| error.code());
    assert_eq!(code, Err("store_invalid"));
}

/// SQLite: the file is removed, or replaced. PostgreSQL: the connections are cut.
pub async fn a_lost_database_is_unavailable(bench: Bench) {
    let mut batch = bench.batch().await;
    rows::add_event(&mut batch, "r1", 1);
    bench.store.append(&batch).await.expect("stored");
    let mut next = bench.batch().await;
    rows::add_event(&mut next, "r2", 1);
    if bench.is_sqlite() {
        let (file, aside) = (bench.file(), bench.file().with_extension("aside"));
        std::fs::rename(&file, &aside).expect("to move the file");
        let code = bench.store.append(&next).await.map_err(|error| error.code());
        assert_eq!(code, Err("store_unavailable"), "removed");
        let code = bench.store.probe().await.map_err(|error| error.code());
        assert_eq!(code, Err("store_unavailable"), "removed");
        std::fs::copy(&aside, &file).expect("to copy the file");
        let code = bench.store.append(&next).await.map_err(|error| error.code());
        assert_eq!(code, Err("store_unavailable"), "replaced");
        std::fs::rename(&aside, &file).expect("to move the file back");
    } else {
        // Every connection of the pool meets the cut once.
        bench
            .tamper(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
    }
    bench.store.append(&next).await.expect("the database is back");
    assert_eq!(bench.store.head("kediri").await.expect("read").expect("a head").seq, 2);
}

pub async fn a_durable_log_survives_reopening(bench: Bench) {
    for number in 1..=200 {
        let mut batch = bench.batch().await;
        rows::add_event(&mut batch, &number.to_string(), 1);
        batch.reports.push(rows::report(number));
        bench.store.append(&batch).await.expect("stored");
    }
    bench.store.close().await;
    if bench.is_sqlite() {
        let mut log = bench.file().into_os_string();
        log.push("-wal");
        assert!(!std::path::Path::new(&log).exists(), "closing moves everything into the file");
    }
    let store = connect(&bench.url).await.expect("a store");
    assert_eq!(store.events_after("kediri", 0, 1_000).await.expect("read").len(), 200);
    assert_eq!(store.all_reports("kediri", None, 1_000).await.expect("read").len(), 200);
}

/// PostgreSQL: a node hears the others' appends, not its own. SQLite has no other nodes.
pub async fn other_nodes_are_heard(bench: Bench) {
    let Some(mut heard) = bench.store.follow() else {
        assert!(bench.is_sqlite());
        return;
    };
    let soon = Duration::from_secs(10);
    let first = tokio::time::timeout(soon, heard.recv()).await.expect("in time");
    assert_eq!(first.as_deref(), Some("kediri"), "all centres are named at the start");
    let mut own = bench.batch().await;
    rows::add_event(&mut own, "own", 1);
    bench.store.append(&own).await.expect("stored");
    let other = bench.second().await;
    other.put_centre(&rows::centre("blitar")).await.expect("stored");
    let head = other.head("blitar").await.expect("read").expect("a head");
    let mut batch = kentongan_store::Batch::at("blitar", head);
    rows::add_event(&mut batch, "theirs", 1);
    other.append(&batch).await.expect("stored");
    let next = tokio::time::timeout(soon, heard.recv()).await.expect("in time");
    assert_eq!(next.as_deref(), Some("blitar"), "its own append was not named");
    bench
        .tamper(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND application_name = 'kentongan listener'",
        )
        .await;
    let mut all = Vec::new();
    for _ in 0..2 {
        all.push(tokio::time::timeout(soon, heard.recv()).await.expect("in time").expect("a centre"));
    }
    assert_eq!(all, ["blitar", "kediri"], "after a lost connection all are named");
}
