//! Suggestions beside what people made of them.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::rows::DecidedRow;

/// Six reports, received at 10, 20, … 60. The second has no incident, the fourth one that is still open; the first
/// and the last two belong to the same incident; the last was handed over by a neighbour.
async fn fill(bench: &Bench) {
    let mut batch = bench.batch().await;
    for number in 1..=6_u64 {
        let mut report = rows::report(number);
        report.received_at = number.cast_signed() * 10;
        report.category = (number != 3).then(|| "fire".into());
        let kind = if number == 3 { "null" } else { r#""fire_building""# };
        report.body = format!(r#"{{"suggestion":{{"type":{kind},"confidence":0.{number},"priority":2}}}}"#);
        if number == 6 {
            report.channel = "neighbour".into();
        }
        report.incident = match number {
            2 => None,
            5 | 6 => Some(rows::id(4, 1)),
            other => Some(rows::id(4, other)),
        };
        batch.reports.push(report);
    }
    for (number, closed_at) in [(1, Some(90)), (3, Some(95)), (4, None)] {
        let mut incident = rows::incident(number);
        incident.body = format!(r#"{{"id":"x","opened_by":"operator-{number}"}}"#);
        incident.category = "medical".into();
        incident.incident_type = "medical_cardiac".into();
        incident.priority = 3;
        incident.closed_at = closed_at;
        batch.incidents.push(incident);
    }
    bench.store.append(&batch).await.expect("stored");
}

fn numbers(rows: &[DecidedRow]) -> Vec<u64> {
    rows.iter().map(|row| row.report.as_u64_pair().1).collect()
}

pub async fn what_was_suggested_comes_with_what_it_became(bench: Bench) {
    fill(&bench).await;
    let all = bench.store.list_decided("kediri", 0..100, None, 10).await.expect("read");
    assert_eq!(numbers(&all), [5, 3, 1], "the newest first; none without a closed incident, none decided elsewhere");
    let of = |number: u64, incident: u64, category: Option<&str>, kind: Option<&str>| DecidedRow {
        report: rows::id(3, number),
        incident: rows::id(4, incident),
        received_at: number.cast_signed() * 10,
        operator: format!("operator-{incident}"),
        suggested_category: category.map(Into::into),
        final_category: "medical".into(),
        suggested_type: kind.map(Into::into),
        final_type: "medical_cardiac".into(),
        suggested_priority: 2,
        final_priority: 3,
        confidence: number as f64 / 10.0,
    };
    let fire = (Some("fire"), Some("fire_building"));
    assert_eq!(all, [of(5, 1, fire.0, fire.1), of(3, 3, None, None), of(1, 1, fire.0, fire.1)]);
}

pub async fn decided_reports_keep_to_range_limit_and_centre(bench: Bench) {
    fill(&bench).await;
    let store = &bench.store;
    let read = async |range, after, limit| {
        numbers(&store.list_decided("kediri", range, after, limit).await.expect("read"))
    };
    assert_eq!(read(10..50, None, 10).await, [3, 1], "from the start, before the end");
    assert_eq!(read(11..51, None, 10).await, [5, 3]);
    assert_eq!(read(0..100, None, 2).await, [5, 3]);
    assert_eq!(read(0..100, Some((30, rows::id(3, 3))), 2).await, [1], "the page after");
    assert_eq!(read(20..100, Some((30, rows::id(3, 3))), 2).await, [] as [u64; 0]);
    assert_eq!(store.list_decided("kota", 0..100, None, 10).await, Ok(vec![]));
}
