//! The start on a database of a million events: from exec to "listening".
//!
//! The database is made once and kept in the bench's folder, named after its schema; each report adds a last
//! day to it, so that there is as much to load as in a room at work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kentongan::centre::read_pack;
use kentongan_domain::ids::{EpochUs, SECOND_US};
use kentongan_domain::state::Reference;
use kentongan_store::{Store, connect};
use kentongan_tests::api::CITY;
use kentongan_tests::server::{Server, Start};

use crate::bed::Bed;
use crate::history::Historian;
use crate::samples::{epoch_us, ms, now};
use crate::table::{Figure, Goal, Table};

const EVENTS: i64 = 1_000_000;
/// Past this the database is made anew.
const EVENTS_AT_MOST: i64 = 1_200_000;
/// Chapters of the last day: more than a start loads of closed things.
const LAST_DAY: usize = 400;
/// What is unfinished: reports waiting, and half as many incidents without an agency.
const LOOSE_ENDS: usize = 60;
/// Time an event stands for: a million of them are some four months.
const EVENT_TAKES_US: EpochUs = 10 * SECOND_US;

pub async fn measure(bed: &Bed, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let data = prepared(bed).await?;
    let mut took = Vec::new();
    let mut resident = Vec::new();
    for run in 0..=runs {
        let started = now();
        let mut server = Server::start(&data, Start::default())?;
        // The first one finds a cold cache; what counts is a restart.
        if run > 0 {
            took.push(ms(started.elapsed()));
            resident.push(server.resident_bytes()? as f64 / f64::from(1 << 20));
        }
        server.stop()?;
    }
    let size = std::fs::metadata(data.join("kentongan.db"))?.len() >> 20;
    let how = format!(
        "from exec to `listening`, {EVENTS} events and more, SQLite of {size} MiB, files in the cache"
    );
    table.add(Figure::new("start on a million events", took, "ms", how).goal(Goal::AtMost(1_000.0)));
    table.add(Figure::new("server just started on them", resident, "MiB", "resident memory"));
    Ok(())
}

/// The data folder, with a day that ended just now.
async fn prepared(bed: &Bed) -> anyhow::Result<PathBuf> {
    let data = bed.folder().join(format!("million-{:016x}", schema()));
    if events(&data).await? > EVENTS_AT_MOST {
        std::fs::remove_dir_all(&data)?;
    }
    if !data.join("kentongan.db").exists() {
        std::fs::create_dir_all(&data)?;
        // Makes the centres and the accounts.
        Server::demo(&data)?.stop()?;
    }
    let store = open(&data).await?;
    let reference = Arc::new(Reference { pack: read_pack(&store, CITY).await? });
    let base = store.head(CITY).await?.map_or(0, |head| head.seq);
    if base < EVENTS {
        eprintln!("  making a database of {EVENTS} events; this takes minutes, once");
        let begin = epoch_us() - (EVENTS - base) * EVENT_TAKES_US;
        let mut historian = Historian::at(Arc::clone(&store), CITY, Arc::clone(&reference), begin).await?;
        while historian.seq() < EVENTS {
            historian.chapter().await?;
        }
        historian.finish().await?;
    }
    // A chapter takes less than a minute and a half.
    let this_morning = epoch_us() - 10 * 3_600 * SECOND_US;
    let mut historian = Historian::at(Arc::clone(&store), CITY, Arc::clone(&reference), this_morning).await?;
    for _ in 0..LAST_DAY {
        historian.chapter().await?;
    }
    historian.finish().await?;
    let lately = epoch_us() - 600 * SECOND_US;
    let mut historian = Historian::at(Arc::clone(&store), CITY, reference, lately).await?;
    for _ in 0..LOOSE_ENDS {
        historian.loose_end().await?;
    }
    historian.finish().await?;
    store.checkpoint().await?;
    store.close().await;
    Ok(data)
}

async fn events(data: &Path) -> anyhow::Result<i64> {
    if !data.join("kentongan.db").exists() {
        return Ok(0);
    }
    let store = open(data).await?;
    let head = store.head(CITY).await?;
    store.close().await;
    Ok(head.map_or(0, |head| head.seq))
}

async fn open(data: &Path) -> anyhow::Result<Arc<dyn Store>> {
    Ok(connect(&format!("sqlite:{}", data.join("kentongan.db").display())).await?)
}

/// Names the schema: another one needs another database.
fn schema() -> u64 {
    const TEXT: &str = include_str!("../../../migrations/sqlite/0001_log_and_projections.sql");
    // FNV-1a; only has to differ.
    TEXT.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
