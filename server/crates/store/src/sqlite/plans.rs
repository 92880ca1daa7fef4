//! What is asked for often must be found by an index, whatever the database holds.
//!
//! SQLite plans without statistics here, so its choice does not depend on the rows. Knowing
//! only the centre is as bad as a scan: all rows ever are of one centre.

use super::{MIGRATIONS, append, decided, list, load, positions};
use crate::loads::{DispatchFilter, IncidentFilter, ReportFilter};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use uuid::Uuid;

async fn plan(statement: &str) -> Vec<String> {
    let mut conn = SqliteConnection::connect("sqlite::memory:").await.expect("a database");
    MIGRATIONS.run(&mut conn).await.expect("the schema");
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(explain).fetch_all(&mut conn).await.expect("a plan");
    steps.into_iter().map(|(_, _, _, step)| step).collect()
}

async fn check(statement: &str) {
    for step in plan(statement).await {
        let derived = ["SCAN loaded", "SCAN gone", "CONSTANT ROW"].iter().any(|name| step.contains(name));
        assert!(derived || !step.starts_with("SCAN"), "{step}\n{statement}");
        assert!(!step.contains("(centre=?)"), "{step}\n{statement}");
    }
}

/// A list must come in its order from this index: sorted rows would all have to be read first.
async fn check_list(statement: &str, index: &str) {
    let plan = plan(statement).await;
    assert_eq!(plan.len(), 1, "{plan:?}\n{statement}");
    assert!(plan[0].contains(&format!("USING INDEX {index} (centre=? AND ")), "{plan:?}\n{statement}");
}

#[tokio::test]
async fn the_writers_memory_loads_by_index() {
    for statement in [load::OPEN_REPORTS, load::OPEN_INCIDENTS, load::OPEN_DISPATCHES] {
        check(statement).await;
    }
}

#[tokio::test]
async fn an_incident_loads_by_index() {
    for statement in [load::INCIDENT_REPORTS, load::INCIDENT_DISPATCHES, load::INCIDENT_DELIVERIES] {
        check(statement).await;
    }
}

#[tokio::test]
async fn decided_reports_come_in_order_from_an_index() {
    check(decided::DECIDED).await;
    let plan = plan(decided::DECIDED).await;
    assert_eq!(plan.len(), 2, "one index each, and nothing sorted: {plan:?}");
    assert!(plan[0].contains("USING INDEX reports_received (centre=? AND "), "{plan:?}");
    assert!(plan[1].contains("(centre=? AND id=?)"), "{plan:?}");
}

#[tokio::test]
async fn the_reports_of_a_number_are_found_by_index() {
    check(list::REPORTS_OF).await;
    let plan = plan(list::REPORTS_OF).await;
    assert!(plan.iter().any(|step| step.contains("people_digits (centre=? AND digits=?")), "{plan:?}");
}

#[tokio::test]
async fn tracks_are_read_and_forgotten_by_their_time() {
    for statement in [positions::TRACK, positions::CUT, positions::FORGET] {
        check(statement).await;
        let plan = plan(statement).await;
        assert!(plan.len() == 1 && plan[0].contains("(centre=? AND at"), "{plan:?}\n{statement}");
    }
}

#[tokio::test]
async fn deadlines_are_cleared_by_index() {
    for rows in [1, 2, 64] {
        let (_, statement) = append::DEADLINES_CLEARED.for_rows(rows).expect("a statement");
        check(statement).await;
    }
}

#[tokio::test]
async fn lists_come_in_order_from_an_index() {
    let after = Some((1, Uuid::nil()));
    let none = ReportFilter::default();
    let open = ReportFilter { open: Some(true), ..none.clone() };
    let waiting = ReportFilter { state: Some("waiting".into()), ..none.clone() };
    let fire = ReportFilter { category: Some("fire".into()), ..open.clone() };
    let joined = ReportFilter { incident: Some(Uuid::nil()), ..none.clone() };
    let reports = [
        (none, "reports_received"),
        (open, "reports_closed"),
        (waiting, "reports_state"),
        (fire, "reports_closed"),
        (joined, "reports_incident"),
    ];
    for (filter, index) in reports {
        let listing = list::reports_listing("kediri", &filter, after, 10).expect("a list");
        check_list(&listing.text, index).await;
    }
    let none = IncidentFilter::default();
    let open = IncidentFilter { open: Some(true), ..none.clone() };
    for (filter, index) in [(none, "incidents_opened"), (open, "incidents_closed")] {
        let listing = list::incidents_listing("kediri", &filter, after, 10).expect("a list");
        check_list(&listing.text, index).await;
    }
    let none = DispatchFilter::default();
    let open = DispatchFilter { open: Some(true), ..none.clone() };
    let overdue = DispatchFilter { overdue: Some(true), ..open.clone() };
    let agency = DispatchFilter { agency: Some("damkar".into()), ..none.clone() };
    let agency_open = DispatchFilter { agency: Some("damkar".into()), ..open.clone() };
    let incident = DispatchFilter { incident: Some(Uuid::nil()), ..agency.clone() };
    let dispatches = [
        (none, "dispatches_queued"),
        (open, "dispatches_ended"),
        (overdue, "dispatches_ended"),
        (agency, "dispatches_agency"),
        (agency_open, "dispatches_agency_open"),
        (incident, "dispatches_incident"),
    ];
    for (filter, index) in dispatches {
        let listing = list::dispatches_listing("kediri", &filter, after, 10).expect("a list");
        check_list(&listing.text, index).await;
    }
}
