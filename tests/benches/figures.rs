//! The figures the product is held to, measured over real sockets on real disks, in one table.
//!
//! `make bench`, or `cargo bench -p kentongan-tests --bench figures -- [--json FILE] [--only PART,…] [--quick]`.
//! Every figure is the median of several runs. What the machine itself costs (a bare `fdatasync`, a bare
//! loopback send) is measured in the same run and stands beside it, because a figure without its floor says
//! nothing about the product. The report never fails a build: a goal that is missed says `NO`, a part that
//! cannot be measured says why.
//!
//! `KENTONGAN_BIN` names the binary (default: the release binary), `KENTONGAN_BENCH_DIR` the folder on the
//! disk to measure (default: `target/bench-data`).

#[path = "figures/bed.rs"]
mod bed;
#[path = "figures/consoles.rs"]
mod consoles;
#[path = "figures/core_writers.rs"]
mod core_writers;
#[path = "figures/footprint.rs"]
mod footprint;
#[path = "figures/handover.rs"]
mod handover;
#[path = "figures/history.rs"]
mod history;
#[path = "figures/latency.rs"]
mod latency;
#[path = "figures/line.rs"]
mod line;
#[path = "figures/listener.rs"]
mod listener;
#[path = "figures/positions.rs"]
mod positions;
#[path = "figures/raw.rs"]
mod raw;
#[path = "figures/samples.rs"]
mod samples;
#[path = "figures/start.rs"]
mod start;
#[path = "figures/table.rs"]
mod table;
#[path = "figures/texts.rs"]
mod texts;
#[path = "figures/writers.rs"]
mod writers;

use bed::{Bed, Engine};
use table::Table;

/// What can be measured by itself, with `--only`.
const PARTS: [&str; 8] =
    ["footprint", "latency", "handover", "writers", "core", "consoles", "positions", "start"];

/// What was asked for on the command line.
struct Options {
    json: Option<String>,
    only: Vec<String>,
    runs: usize,
}

impl Options {
    fn read() -> anyhow::Result<Self> {
        let mut options = Self { json: None, only: Vec::new(), runs: 3 };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let (name, given) = arg.split_once('=').map_or((arg.as_str(), None), |(n, v)| (n, Some(v)));
            let mut value = || given.map(str::to_owned).or_else(|| args.next());
            match name {
                "--json" => options.json = value(),
                "--only" => {
                    options.only = value().unwrap_or_default().split(',').map(str::to_owned).collect();
                }
                "--quick" => options.runs = 1,
                // Cargo says so itself.
                "--bench" => {}
                other => anyhow::bail!(
                    "{other} is unknown; there is --json FILE, --quick, and --only with some of {}",
                    PARTS.join(",")
                ),
            }
        }
        Ok(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|asked| asked == part)
    }
}

fn main() -> anyhow::Result<()> {
    let options = Options::read()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let bed = Bed::new()?;
    let mut table = Table::default();
    runtime.block_on(measure(&options, &bed, &mut table));
    table.print();
    if let Some(path) = &options.json {
        std::fs::write(path, table.json()?)?;
    }
    Ok(())
}

async fn measure(options: &Options, bed: &Bed, table: &mut Table) {
    let runs = options.runs;
    for part in PARTS.into_iter().filter(|part| options.wants(part)) {
        let outcome = match part {
            "footprint" => footprint::measure(bed, runs, table).await,
            "core" => core_writers::measure(bed, runs, table).await,
            "consoles" => consoles::measure(bed, runs, table).await,
            "positions" => positions::measure(bed, table).await,
            "start" => start::measure(bed, runs.max(5), table).await,
            on_both => {
                for engine in [Engine::Sqlite, Engine::Postgres] {
                    let outcome = match on_both {
                        "handover" => handover::measure(bed, engine, runs, table).await,
                        "latency" => latency::measure(bed, engine, runs, table).await,
                        _ => writers::measure(bed, engine, runs, table).await,
                    };
                    table.note(&format!("{on_both} on {}", engine.name()), outcome);
                }
                Ok(())
            }
        };
        table.note(part, outcome);
    }
}
