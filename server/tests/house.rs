//! The rules of the house that no compiler checks: who may depend on whom, what may never be linked,
//! how long a file may be, what every file says of itself.
//!
//! Reads the manifests, the lock file and the sources; runs nothing but `cargo metadata`, which needs
//! no network here.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// Longest file of the server and its crates, in lines.
const LINES: usize = 400;

/// Files that may be longer, with the reason.
const LONG: &[(&str, &str)] = &[
    ("server/src/http/routes.rs", "one table of all routes, read as a table"),
    ("server/crates/domain/tests/golden.rs", "one list of all kinds of events"),
    ("server/crates/domain/tests/properties.rs", "one model of the whole core with its generators"),
    ("server/crates/domain/tests/transitions.rs", "tables of the legal steps, read as tables"),
];

/// Who may depend on whom within the workspace, outside of tests.
const DIRECTION: &[(&str, &[&str])] = &[
    ("kentongan-domain", &[]),
    ("kentongan-triage", &["kentongan-domain"]),
    ("kentongan-geography", &["kentongan-domain"]),
    ("kentongan-protocol", &["kentongan-domain"]),
    ("kentongan-store", &["kentongan-domain"]),
    (
        "kentongan",
        &[
            "kentongan-domain",
            "kentongan-triage",
            "kentongan-geography",
            "kentongan-protocol",
            "kentongan-store",
        ],
    ),
];

/// The functional core: values in, values out.
const PURE: &[&str] = &["kentongan-domain", "kentongan-triage", "kentongan-geography"];

/// What brings a clock, randomness, a network or a database with it.
const IMPURE: &[&str] = &["tokio", "sqlx", "axum", "hyper", "rand", "jiff", "chrono", "reqwest"];

/// Who may bring an impure package into a pure crate all the same, with the reason.
const TOLERATED: &[(&str, &str, &str)] =
    &[("geo", "rand", "for clusterings with a generator that the caller hands in; we call none of them")];

/// Never linked: one TLS only, rustls with ring.
const BANNED: &[&str] = &["openssl-sys", "aws-lc-sys", "native-tls"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `None` for an ordinary one.
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The workspace's own packages.
fn members() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice::<Metadata>(&output.stdout).unwrap().packages
}

fn lock() -> Vec<Locked> {
    locked("Cargo.lock")
}

fn locked(path: &str) -> Vec<Locked> {
    toml::from_str::<Lock>(&fs::read_to_string(root().join(path)).unwrap()).unwrap().package
}

/// Names of a package's ordinary dependencies.
fn ordinary(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind.is_none())
        .map(|dependency| dependency.name.as_str())
        .collect()
}

/// Files below a folder of the project whose name ends so, with their paths from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let (root, mut found, mut open) = (root(), Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") && !path.ends_with("target") {
                    open.push(path);
                }
            } else if path.to_str().is_some_and(|path| path.ends_with(ending)) {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no {ending} below {folder}");
    found
}

#[test]
fn dependencies_point_inward() {
    let members = members();
    let own: BTreeSet<&str> = members.iter().map(|package| package.name.as_str()).collect();
    for package in &members {
        // Tests may look at anything; a new crate must be given its place in the picture.
        if package.name == "kentongan-tests" || package.name == "kentongan-simulations" {
            continue;
        }
        let allowed = DIRECTION
            .iter()
            .find(|(name, _)| *name == package.name)
            .unwrap_or_else(|| panic!("{} has no place in the picture of dependencies", package.name))
            .1;
        for dependency in ordinary(package).intersection(&own) {
            assert!(allowed.contains(dependency), "{} must not depend on {dependency}", package.name);
        }
    }
}

#[test]
fn the_core_stays_pure() {
    let (members, lock) = (members(), lock());
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for locked in &lock {
        let names = locked.dependencies.iter().filter_map(|name| name.split(' ').next());
        below.entry(&locked.name).or_default().extend(names);
    }
    // The lock file does not tell a member's ordinary dependencies from those of its tests.
    for package in &members {
        below.insert(&package.name, ordinary(package));
    }
    for pure in PURE {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*pure]);
        while let Some(name) = open.pop() {
            for next in below.get(name).into_iter().flatten() {
                if TOLERATED.iter().any(|(by, what, _)| (name, *next) == (*by, *what)) {
                    continue;
                }
                assert!(!IMPURE.contains(next), "{name} brings {next} into {pure}");
                if seen.insert(*next) {
                    open.push(next);
                }
            }
        }
        assert!(!seen.is_empty(), "{pure} was not found");
    }
}

#[test]
fn nothing_banned_is_linked() {
    let lock = lock();
    for banned in BANNED {
        let fuzzed = locked("server/fuzz/Cargo.lock");
        assert!(!lock.iter().chain(&fuzzed).any(|package| package.name == *banned), "{banned} came in");
    }
    let socket: Vec<&str> = lock
        .iter()
        .filter(|package| package.name == "tungstenite")
        .map(|package| package.version.as_str())
        .collect();
    assert_eq!(socket.len(), 1, "more than one tungstenite has more than one set of limits: {socket:?}");
}

#[test]
fn files_are_short_enough_to_be_read() {
    let mut long = Vec::new();
    for (name, text) in files("server", ".rs") {
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(excused, _)| *excused == name);
        if lines > LINES && !excused {
            long.push(format!("{name}: {lines} lines"));
        }
    }
    assert!(long.is_empty(), "longer than {LINES} lines: {long:#?}");
    for (name, _) in LONG {
        assert!(root().join(name).exists(), "{name} is excused and gone");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for folder in ["server/src", "server/crates", "server/fuzz", "tests/src", "tests/blackbox"] {
        for (name, text) in files(folder, ".rs") {
            assert!(text.starts_with("//!"), "{name} does not begin with what it owns");
        }
    }
}

#[test]
fn nothing_is_left_unfinished() {
    // Written apart, so that this file does not find itself.
    let marks = [["to", "do!"], ["unimple", "mented!"], ["db", "g!"]].map(|halves| halves.concat());
    for folder in ["server", "tests"] {
        for (name, text) in files(folder, ".rs") {
            for (number, line) in text.lines().enumerate() {
                let found = marks.iter().find(|mark| line.contains(mark.as_str()));
                assert!(found.is_none(), "{name}:{}: {}", number + 1, line.trim());
            }
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |engine: &str| -> Vec<String> {
        let folder = format!("migrations/{engine}");
        files(&folder, ".sql").into_iter().map(|(name, _)| name.replacen(&folder, "", 1)).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn lock_files_name_no_registry() {
    for folder in ["console-web", "tests/browser", "tests/peers"] {
        let text = fs::read_to_string(root().join(folder).join("package-lock.json")).unwrap();
        assert!(!text.contains("\"resolved\""), "{folder}/package-lock.json tells where packages came from");
    }
}
