//! What the product weighs: the binary, the console's first page, a server at rest.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use kentongan_tests::server::binary;

use crate::bed::{Bed, Engine};
use crate::table::{Figure, Goal, Table};

const MIB: f64 = 1_048_576.0;
const AT_REST: Duration = Duration::from_secs(10);

pub async fn measure(bed: &Bed, runs: usize, table: &mut Table) -> anyhow::Result<()> {
    let size = std::fs::metadata(binary()?)?.len() as f64;
    table.add(
        Figure::new("binary, console inside", vec![size / 1e6], "MB", "the release binary's file")
            .goal(Goal::AtMost(40.0)),
    );
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../console-web/dist");
    if dist.join("index.html").is_file() {
        let bytes = shell_bytes(&dist)? as f64;
        table.add(
            Figure::new(
                "console shell, gzipped",
                vec![bytes / 1e3],
                "kB",
                "index.html and every script and style it names, each by gzip -9",
            )
            .goal(Goal::AtMost(60.0)),
        );
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut resident = Vec::new();
        for _ in 0..runs {
            let served = bed.serve(engine)?;
            tokio::time::sleep(AT_REST).await;
            resident.push(served.server.resident_bytes()? as f64 / MIB);
        }
        let figure = Figure::new(
            format!("{}: server at rest", engine.name()),
            resident,
            "MiB",
            "resident memory of a fresh demo server, two centres, 10 s after its start",
        );
        table.add(figure.goal(Goal::AtMost(40.0)));
    }
    Ok(())
}

/// What a browser fetches before it can show anything.
fn shell_bytes(dist: &Path) -> anyhow::Result<usize> {
    let page = std::fs::read_to_string(dist.join("index.html"))?;
    let named = page.split(['"', '\'']).filter(|name| {
        let extension = Path::new(name).extension().and_then(std::ffi::OsStr::to_str);
        matches!(extension, Some("js" | "css" | "mjs"))
    });
    let mut bytes = gzipped(&dist.join("index.html"))?;
    for name in named {
        bytes += gzipped(&dist.join(name.trim_start_matches(['.', '/'])))?;
    }
    Ok(bytes)
}

fn gzipped(file: &Path) -> anyhow::Result<usize> {
    let output = Command::new("gzip").args(["-9", "-n", "-c"]).arg(file).output().context("gzip")?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    anyhow::ensure!(output.status.success(), "gzip of {name}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout.len())
}
