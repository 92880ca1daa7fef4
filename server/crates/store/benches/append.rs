//! What an append costs on SQLite, next to what the disk itself costs.
//!
//! Prints the median of a raw `fdatasync` of 4 KiB in the same folder, the median append of
//! one command, and the rate of batches of 64. A command here is a new report: an event, the
//! report, a deadline, its person, its text and the answer. `KENTONGAN_BENCH_DIR` names the
//! folder (default: the system's for temporary files); `KENTONGAN_BENCH_EVENTS=1000000` also
//! fills a database to that many events and measures opening and loading it.

use kentongan_store::rows::{
    CentreRow, CommandRow, DeadlineRow, DispatchRow, EventRow, IncidentRow, PersonRow, ReportRow, TextRow,
};
use kentongan_store::{Batch, ReportFilter, Store, chain, connect};
use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error>>;

const CENTRE: &str = "kediri";
const BODY_BYTES: usize = 900;

#[tokio::main]
async fn main() -> Outcome<()> {
    let parent = std::env::var_os("KENTONGAN_BENCH_DIR").unwrap_or_else(|| std::env::temp_dir().into());
    let folder = tempfile::tempdir_in(parent)?;
    println!("fdatasync_4kib_p50_us {}", raw_sync(folder.path(), 300)?.as_micros());

    let store = open(&folder.path().join("append.db")).await?;
    let mut head = store.head(CENTRE).await?.ok_or("no centre")?;
    let mut single = Vec::new();
    for _ in 0..500 {
        let batch = received(&mut head, 1);
        let (done, took) = timed(store.append(&batch)).await;
        done?;
        single.push(took);
    }
    println!("append_1_p50_us {}", median(&mut single).as_micros());
    println!("append_1_p99_us {}", percentile(&mut single, 99).as_micros());

    for size in [64_usize, 256] {
        let batches: Vec<Batch> = (0..20_000 / size).map(|_| received(&mut head, size)).collect();
        let mut each = Vec::new();
        for batch in &batches {
            let (done, took) = timed(store.append(batch)).await;
            done?;
            each.push(took);
        }
        let total: Duration = each.iter().sum();
        let rate = (batches.len() * size) as f64 / total.as_secs_f64();
        println!("append_{size}_commands_per_s {rate:.0}");
        println!("append_{size}_p50_us {}", median(&mut each).as_micros());
        println!("append_{size}_p99_us {}", percentile(&mut each, 99).as_micros());
    }
    store.close().await;

    if let Ok(events) = std::env::var("KENTONGAN_BENCH_EVENTS") {
        startup(folder.path(), events.parse()?).await?;
    }
    Ok(())
}

/// Opening and loading a database of many events, nearly all of closed rows.
async fn startup(folder: &Path, events: usize) -> Outcome<()> {
    let path = folder.join("full.db");
    let store = open(&path).await?;
    let mut head = store.head(CENTRE).await?.ok_or("no centre")?;
    let (filled, took) = timed(fill(store.as_ref(), &mut head, events)).await;
    filled?;
    println!("fill_{events}_events_s {:.1}", took.as_secs_f64());
    println!("database_mib {}", std::fs::metadata(&path)?.len() / (1 << 20));
    store.close().await;
    let (store, took) = timed(connect(&format!("sqlite:{}", path.display()))).await;
    let store = store?;
    println!("open_ms {}", took.as_millis());
    let (open, took) = timed(store.load_open(CENTRE, head.seq - 1_000)).await;
    let open = open?;
    println!("load_open_ms {} ({} reports)", took.as_millis(), open.reports.len());
    let (changed, took) = timed(store.changed_since(CENTRE, head.seq - 500, 1_000)).await;
    println!("changed_since_us {} ({} reports)", took.as_micros(), changed?.reports.len());
    let filters = [
        ReportFilter::default(),
        ReportFilter { open: Some(true), ..ReportFilter::default() },
        ReportFilter { state: Some("test".into()), ..ReportFilter::default() },
        ReportFilter { category: Some("fire".into()), open: Some(false), ..ReportFilter::default() },
    ];
    for filter in filters {
        let (page, took) =
            timed(store.list_reports(CENTRE, &filter, Some((head.seq / 2, Uuid::nil())), 200)).await;
        println!("page_us {} ({} rows)", took.as_micros(), page?.len());
    }
    let mut each = Vec::new();
    for _ in 0..200 {
        let batch = received(&mut head, 64);
        let (done, took) = timed(store.append(&batch)).await;
        done?;
        each.push(took);
    }
    println!("append_64_on_full_p50_us {}", median(&mut each).as_micros());
    store.close().await;
    Ok(())
}

/// A third of the events make reports, incidents and dispatches; all but the last few closed.
async fn fill(store: &dyn Store, head: &mut kentongan_store::rows::Head, events: usize) -> Outcome<()> {
    while (head.seq as usize) < events {
        let mut batch = received(head, 1_000);
        let closed = batch.head.seq as usize + 2_000 < events;
        for index in 0..333 {
            let number = batch.expected_seq * 2 + index;
            let incident = Uuid::from_u64_pair(4, number as u64);
            batch.incidents.push(IncidentRow {
                id: incident,
                version: 1,
                number: format!("I-{number}"),
                state: "closed".into(),
                category: "fire".into(),
                incident_type: "house_fire".into(),
                priority: 1,
                opened_at: batch.expected_seq,
                closed_at: closed.then_some(batch.expected_seq),
                changed_seq: batch.head.seq,
                body: "x".repeat(BODY_BYTES),
            });
            batch.dispatches.push(DispatchRow {
                id: Uuid::from_u64_pair(5, number as u64),
                version: 1,
                incident,
                agency: "damkar".into(),
                role: "lead".into(),
                state: "completed".into(),
                overdue: false,
                queued_at: batch.expected_seq,
                ended_at: closed.then_some(batch.expected_seq),
                changed_seq: batch.head.seq,
                body: "x".repeat(BODY_BYTES),
            });
        }
        batch.reports.truncate(333);
        for (index, report) in batch.reports.iter_mut().enumerate() {
            report.closed_at = closed.then_some(batch.expected_seq);
            report.incident = batch.incidents.get(index).map(|incident| incident.id);
        }
        if closed {
            batch.deadlines_set.clear();
        }
        store.append(&batch).await?;
    }
    Ok(())
}

async fn open(path: &Path) -> Outcome<std::sync::Arc<dyn Store>> {
    let store = connect(&format!("sqlite:{}", path.display())).await?;
    let epoch = Uuid::from_u64_pair(1, 1);
    let centre =
        CentreRow { code: CENTRE.into(), kind: "live".into(), profile: "{}".into(), epoch, created_at: 1 };
    store.put_centre(&centre).await?;
    Ok(store)
}

/// A batch of new reports on `head`, which moves on.
fn received(head: &mut kentongan_store::rows::Head, count: usize) -> Batch {
    let mut batch = Batch::at(CENTRE, head.clone());
    for _ in 0..count {
        let seq = head.seq + 1;
        head.seq = seq;
        head.number_last = seq;
        let report = Uuid::from_u64_pair(3, seq as u64);
        let command_id = Uuid::from_u64_pair(2, seq as u64);
        batch.events.push(EventRow {
            centre: CENTRE.into(),
            seq,
            stream_kind: "report".into(),
            stream_id: report.to_string(),
            version: 1,
            kind: "report_received".into(),
            schema_version: 1,
            occurred_at: seq,
            recorded_at: seq,
            actor: "operator".into(),
            command_id,
            payload: "x".repeat(BODY_BYTES / 2),
            prev_hash: [0; 32],
            hash: [0; 32],
        });
        batch.reports.push(ReportRow {
            id: report,
            version: 1,
            number: format!("KDR-{seq}"),
            state: "open".into(),
            channel: "phone".into(),
            external_id: None,
            category: Some("fire".into()),
            priority: 2,
            incident: None,
            received_at: seq,
            closed_at: None,
            changed_seq: seq,
            body: "x".repeat(BODY_BYTES),
        });
        let subject = report.to_string();
        batch.deadlines_set.push(DeadlineRow { subject, kind: "triage".into(), level: 0, due_at: seq });
        let (name, phone) = (Some("Siti".to_owned()), Some("+628123456789".to_owned()));
        batch.people.push(PersonRow {
            id: Uuid::from_u64_pair(7, seq as u64),
            report,
            name,
            phone,
            digits: Some("8123456789".to_owned()),
            erased_at: None,
        });
        batch.texts.push(TextRow {
            id: Uuid::from_u64_pair(8, seq as u64),
            about: report.to_string(),
            kind: "said".into(),
            body: Some("x".repeat(200)),
            erased_at: None,
        });
        batch.commands.push(CommandRow {
            command_id,
            fingerprint: [7; 32],
            status: 201,
            outcome: "x".repeat(300),
            seq,
            recorded_at: seq,
        });
    }
    head.hash = chain::link(head.hash, &mut batch.events);
    batch.head = head.clone();
    batch
}

/// The median time to bring 4 KiB at the end of a growing file to the disk.
fn raw_sync(folder: &Path, times: usize) -> Outcome<Duration> {
    let mut file = std::fs::File::create(folder.join("raw"))?;
    let mut each = Vec::new();
    for _ in 0..times {
        let started = now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        each.push(started.elapsed());
    }
    Ok(median(&mut each))
}

async fn timed<T>(future: impl Future<Output = T>) -> (T, Duration) {
    let started = now();
    let value = future.await;
    (value, started.elapsed())
}

/// A benchmark measures real time; the product itself takes its clock as a value.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

fn median(each: &mut [Duration]) -> Duration {
    percentile(each, 50)
}

fn percentile(each: &mut [Duration], percent: usize) -> Duration {
    each.sort_unstable();
    each.get(each.len() * percent / 100).copied().unwrap_or_default()
}
