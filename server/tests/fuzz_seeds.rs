//! The bodies of the fuzz targets on their seeds: what `make fuzz` runs for minutes still compiles, and holds for
//! the texts it begins with.
//!
//! The targets are a workspace of their own (`server/fuzz`), which needs a C++ compiler; their bodies do not,
//! and stand here as a module.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
mod targets;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

#[test]
fn every_target_takes_every_seed() {
    let mut seeds = Vec::new();
    for folder in fs::read_dir(fuzz().join("seeds")).unwrap() {
        for seed in fs::read_dir(folder.unwrap().path()).unwrap() {
            seeds.push(fs::read(seed.unwrap().path()).unwrap());
        }
    }
    assert!(seeds.len() > 20, "{} seeds", seeds.len());
    for (name, _) in targets::TARGETS {
        for seed in &seeds {
            targets::run(name, seed);
        }
    }
}

#[test]
fn every_target_has_its_program() {
    let names = targets::TARGETS.map(|(name, _)| format!("{name}.rs"));
    let programs = fs::read_dir(fuzz().join("src/bin")).unwrap();
    let programs = programs.map(|program| program.unwrap().file_name().into_string().unwrap());
    assert_eq!(programs.collect::<BTreeSet<_>>(), BTreeSet::from(names));
}
