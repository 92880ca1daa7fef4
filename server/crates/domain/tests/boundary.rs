//! The core stays pure: it depends on nothing that knows a clock, a socket, a file or a database.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};

/// What the core may depend on; the last two only for the schema of the wire types.
const ALLOWED: [&str; 4] = ["serde", "serde_json", "thiserror", "uuid"];
const OPTIONAL: [&str; 2] = ["ts-rs", "utoipa"];

/// What the words of its sources must not contain.
const FORBIDDEN: [&str; 24] = [
    "std::time",
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "std::io",
    "SystemTime",
    "Instant::now",
    "now_v7",
    "new_v4",
    "thread_rng",
    "HashMap",
    "HashSet",
    "RandomState",
    "async fn",
    ".await",
    "println!",
    "eprintln!",
    "static mut",
    "unsafe ",
    "tokio::",
    "sqlx::",
    "axum::",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of one section of the crate's `Cargo.toml`: names with what they are set to.
fn section(name: &str) -> Vec<(String, String)> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let header = format!("[{name}]");
    manifest
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != header)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("not understood: {line}"));
            (key.split('.').next().unwrap().trim().to_owned(), value.trim().to_owned())
        })
        .collect()
}

#[test]
fn the_core_depends_on_values_only() {
    let dependencies = section("dependencies");
    assert!(!dependencies.is_empty(), "the section was found");
    for (name, value) in dependencies {
        if OPTIONAL.contains(&name.as_str()) {
            assert!(value.contains("optional = true"), "{name} must be optional");
        } else {
            assert!(ALLOWED.contains(&name.as_str()), "{name} does not belong into the core");
        }
    }
    assert_eq!(section("build-dependencies"), []);
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let others = ["[dependencies.", "[target.", "[build-dependencies"];
    assert!(others.iter().all(|other| !manifest.contains(other)), "dependencies stand in one section");
}

#[test]
fn nothing_optional_is_on_by_default() {
    assert!(section("features").iter().all(|(name, _)| name != "default"));
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_sources_know_no_clock_no_chance_and_no_world() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 10);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for word in FORBIDDEN {
                assert!(!code.contains(word), "{}:{}: {word}", file.display(), number + 1);
            }
        }
    }
}
