//! `centre check`: what is missing in a city pack or contradicts itself, by file and row. Reads; changes nothing.
//!
//! A pack that cannot be read at all is refused by `centre import` too. What stands here is worse: a pack that
//! loads, and sends nobody to a fire in one village.

mod lines;
mod plans;
mod routing;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;
use kentongan_domain::centre::CentrePack;
use kentongan_geography::Atlas;
use kentongan_store::Store;
use kentongan_triage::Lexicon;

pub use self::lines::Lines;
use crate::pack::{PackFiles, boundary_texts, demo_text, folder_text, problems_of, read_pack};
use crate::serve::announce;

/// `centre check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder of a city pack; the pack inside the binary when neither it nor a centre is named.
    #[arg(conflicts_with = "centre")]
    pub folder: Option<PathBuf>,
    /// A centre of the database, with the boundaries it uses.
    #[arg(long)]
    pub centre: Option<String>,
}

/// One thing that should be put right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, e.g. `routing.toml`.
    pub file: &'static str,
    /// Its line, where a file was read.
    pub line: Option<usize>,
    /// Which entry, e.g. `rule 12`; empty for the whole file.
    pub row: String,
    /// What is wrong.
    pub words: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.row.is_empty() {
            write!(f, " ({})", self.row)?;
        }
        write!(f, ": {}", self.words)
    }
}

/// A pack with what its checks need besides.
struct Checked<'a> {
    pack: &'a CentrePack,
    /// Where its entries stand.
    lines: &'a Lines,
    /// Its map.
    atlas: &'a Atlas,
    /// Names of the lexicon's cues.
    cues: &'a BTreeSet<String>,
}

impl Checked<'_> {
    /// The agency kinds there are.
    fn kinds(&self) -> BTreeSet<&str> {
        self.pack.agencies.iter().map(|agency| agency.kind.as_str()).collect()
    }

    /// Whether an area code names any village of the map.
    fn is_on_the_map(&self, code: &str) -> bool {
        kentongan_domain::routing::area_level(code).is_some()
            && self.atlas.villages.villages().any(|village| {
                village.code.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    }
}

/// Checks, prints what was found, and tells whether nothing was.
///
/// # Errors
/// When the pack cannot be read, or the centre does not exist.
pub async fn run(store: Option<&Arc<dyn Store>>, args: &CheckArgs) -> anyhow::Result<bool> {
    let (files, lines) = match (&args.centre, store) {
        (Some(code), Some(store)) => (stored(store, code).await?, Lines::default()),
        _ => from_texts(args)?,
    };
    let findings = findings(&files, &lines)?;
    for finding in &findings {
        announce(&finding.to_string());
    }
    let pack = &files.pack;
    announce(&match findings.len() {
        0 => format!(
            "nothing to put right: {} rules, {} plans, {} types, {} agencies, {} units",
            pack.routing.len(),
            pack.plans.plans.len(),
            pack.types.len(),
            pack.agencies.len(),
            pack.units.len()
        ),
        1 => "1 finding".to_owned(),
        more => format!("{more} findings"),
    });
    Ok(findings.is_empty())
}

/// Everything that should be put right, in the order of files and lines.
///
/// # Errors
/// When the boundaries or the lexicon cannot be read.
pub fn findings(files: &PackFiles, lines: &Lines) -> anyhow::Result<Vec<Finding>> {
    let (atlas, _) = Atlas::new(&[&files.boundaries], "")?;
    let lexicon = Lexicon::built_in()?;
    let cues: BTreeSet<String> = lexicon.cue_names().map(str::to_owned).collect();
    let checked = Checked { pack: &files.pack, lines, atlas: &atlas, cues: &cues };
    let mut findings = routing::findings(&checked);
    findings.extend(plans::findings(&checked));
    // What `centre import` refuses besides; routing is told more closely above.
    let others = problems_of(&files.pack).into_iter().filter(|words| !words.contains("routing"));
    findings.extend(others.map(|words| Finding { file: "pack", line: None, row: String::new(), words }));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

fn from_texts(args: &CheckArgs) -> anyhow::Result<(PackFiles, Lines)> {
    let read = |name: &str| match &args.folder {
        Some(folder) => folder_text(folder, name),
        None => demo_text(name),
    };
    let files = read_pack(&read)?;
    let text = |name: &str| anyhow::Ok(read(name)?.unwrap_or_default());
    Ok((files, Lines::of(&text("routing.toml")?, &text("plans.toml")?)?))
}

async fn stored(store: &Arc<dyn Store>, code: &str) -> anyhow::Result<PackFiles> {
    if store.head(code).await?.is_none() {
        bail!("there is no centre {code}; check a folder, or import it first: kentongan centre import DIR");
    }
    let pack = crate::centre::read_pack(store, code).await?;
    let (texts, _) = boundary_texts(store, code).await?;
    Ok(PackFiles { pack, boundaries: joined(&texts)?, places: String::new() })
}

/// Several maps as one.
fn joined(texts: &[String]) -> anyhow::Result<String> {
    let mut features = Vec::new();
    for text in texts {
        let mut map: serde_json::Value = serde_json::from_str(text)?;
        if let Some(own) = map.get_mut("features").and_then(serde_json::Value::as_array_mut) {
            features.append(own);
        }
    }
    Ok(serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string())
}
