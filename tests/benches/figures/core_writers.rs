//! The same sixty-four writers without HTTP: commands handed to the centre's writer in this process.
//! What is left is deciding, storing and publishing.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kentongan::centre::{Shared, open_centres};
use kentongan::command::{Erasable, Submission, TextKind, fingerprint};
use kentongan::link::Links;
use kentongan::metrics::Metrics;
use kentongan::pack::{demo_pack, store_pack};
use kentongan::platform::Platform;
use kentongan::weights::in_use;
use kentongan_domain::command::{Command, ReceiveReport};
use kentongan_domain::ids::ReportId;
use kentongan_domain::people::{Actor, Role};
use kentongan_tests::api::CITY;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bed::Bed;
use crate::history::{place, suggestion};
use crate::latency::sync_for;
use crate::samples::{Samples, now};
use crate::table::{Figure, Goal, Table};
use crate::texts;
use crate::writers::{LASTS, RATIO, WRITERS};

const WARM_UP: Duration = Duration::from_secs(1);

pub async fn measure(bed: &Bed, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let (mut rates, mut ratios, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let folder = bed.scratch()?;
        let raw = sync_for(folder.path(), LASTS).await?;
        let samples = run(folder.path()).await?;
        let rate = samples.len() as f64 / LASTS.as_secs_f64();
        rates.push(rate);
        ratios.push(rate / raw.rate());
        slowest.push(samples.max_ms());
    }
    let how = format!("{WRITERS} tasks hand commands to the writer in one process, no HTTP, 5 s");
    table.add(Figure::new(format!("SQLite: {WRITERS} writers in process"), rates, "/s", &how));
    table.add(
        Figure::new(
            format!("SQLite: {WRITERS} writers in process, ratio"),
            ratios,
            "x",
            "to the bare fdatasync rate of the same run",
        )
        .goal(Goal::AtLeast(RATIO)),
    );
    table.add(Figure::new("SQLite: command in process, slowest", slowest, "ms", how));
    Ok(())
}

async fn run(folder: &Path) -> anyhow::Result<Samples> {
    let store = kentongan_store::connect(&format!("sqlite:{}", folder.join("core.db").display())).await?;
    store_pack(&store, &demo_pack()?).await?;
    let shared = Shared {
        store: Arc::clone(&store),
        metrics: Arc::new(Metrics::default()),
        links: Arc::new(Links::open(&store, None).await?),
        shutdown: CancellationToken::new(),
        tasks: TaskTracker::new(),
    };
    let centres = open_centres(&shared, Arc::new(in_use(folder)?.reader)).await?;
    let centre = centres.get(CITY).ok_or_else(|| anyhow::anyhow!("the demo city is missing"))?;
    let begin = now() + WARM_UP;
    let end = begin + LASTS;
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let centre = Arc::clone(centre);
            tokio::spawn(async move {
                let mut samples = Samples::default();
                for nth in (writer..).step_by(WRITERS) {
                    let submission = report(nth)?;
                    let started = now();
                    if started >= end {
                        break;
                    }
                    centre.commands.submit(submission).await?;
                    let done = now();
                    if started >= begin && done <= end {
                        samples.push(done.saturating_duration_since(started));
                    }
                }
                anyhow::Ok(samples)
            })
        })
        .collect();
    let mut samples = Samples::default();
    for task in tasks {
        samples.extend(task.await??);
    }
    shared.shutdown.cancel();
    shared.tasks.close();
    shared.tasks.wait().await;
    store.close().await;
    Ok(samples)
}

/// A report as the intake hands it to the writer.
fn report(nth: usize) -> anyhow::Result<Submission> {
    let mut ids = Platform.ids()?;
    let report = ReportId(ids.next_id());
    let mut erasable = Erasable::default();
    let text = erasable.text(&mut ids, &report.to_string(), TextKind::Report, texts::words(nth));
    let person = erasable.person(
        &mut ids,
        report.0,
        Some(format!("Warga {nth}")),
        Some("+62812".to_owned()),
        Some("812".to_owned()),
    );
    Ok(Submission {
        command_id: ids.next_id(),
        alias: None,
        fingerprint: fingerprint(&[&nth.to_le_bytes()]),
        command: Command::ReceiveReport(Box::new(ReceiveReport {
            report,
            channel: kentongan_domain::report::Channel::Phone,
            external_id: None,
            occurred_at: None,
            text,
            person: Some(person),
            suggestion: suggestion(nth),
            claims: Vec::new(),
            place: place(nth),
            rank: kentongan_domain::queue::Rank::default(),
            handed_over: None,
        })),
        actor: Actor { name: "operator".to_owned(), role: Some(Role::Operator), agency: None },
        received_at: Platform.now(),
        erasable,
        keepsake: Some(texts::understanding()),
    })
}
