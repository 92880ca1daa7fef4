//! The wire as it is written down: each file under `golden` is one message, decoded and encoded again
//! without a difference. `console-web/src/stream/golden.test.ts` reads the same files, so that both ends
//! agree on them; `docs/PROTOCOL.md` explains every field in them, which `server/tests/docs.rs` checks.
//!
//! A failure here means that the wire has changed. If that is wanted, write the file anew by hand, tell
//! it in `docs/PROTOCOL.md`, and raise `PROTOCOL_VERSION` when an older console could not live with it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;

use kentongan_protocol::PROTOCOL_VERSION;
use kentongan_protocol::problem::Problem;
use kentongan_protocol::stream::{ClientMessage, ServerMessage};
use kentongan_protocol::views::View;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn files() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Reads a file as `T`; what is written of it again must be the same, absent fields and all.
fn check<T: DeserializeOwned + Serialize + Debug>(file: &str) -> T {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    let message: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut again = serde_json::to_value(&message).unwrap();
    if file.starts_with("hello") {
        // What the client leaves out and what it sends as null mean the same in a hello.
        again.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    }
    assert_eq!(again, written, "{file} is not what is on the wire now");
    message
}

fn client_kind(message: &ClientMessage) -> &'static str {
    match message {
        ClientMessage::Hello { .. } => "hello",
        ClientMessage::Look { .. } => "look",
    }
}

fn server_kind(message: &ServerMessage) -> &'static str {
    match message {
        ServerMessage::Welcome { .. } => "welcome",
        ServerMessage::Snapshot { .. } => "snapshot",
        ServerMessage::Changes { .. } => "changes",
        ServerMessage::Positions { .. } => "positions",
        ServerMessage::Tick { .. } => "tick",
    }
}

fn view_kind(view: &View) -> &'static str {
    match view {
        View::Report(_) => "report",
        View::Incident(_) => "incident",
        View::Dispatch(_) => "dispatch",
        View::Unit(_) => "unit",
    }
}

/// What a file must hold by its name: `changes_report.json` a `changes` with one report.
#[test]
fn every_file_is_the_wire_and_says_so_in_its_name() {
    for file in files() {
        let name = file.strip_suffix(".json").unwrap_or_else(|| panic!("{file} is no golden file"));
        let (kind, item) = name.split_once('_').map_or((name, None), |(kind, item)| (kind, Some(item)));
        match kind {
            "hello" | "look" => assert_eq!(client_kind(&check::<ClientMessage>(&file)), kind),
            "problem" => {
                check::<Problem>(&file);
            }
            _ => {
                let message = check::<ServerMessage>(&file);
                assert_eq!(server_kind(&message), kind, "{file}");
                if let (ServerMessage::Changes { items, .. }, Some(item)) = (&message, item) {
                    assert_eq!(items.iter().map(view_kind).collect::<Vec<_>>(), [item], "{file}");
                }
            }
        }
    }
}

#[test]
fn every_message_and_every_view_has_a_file() {
    let wanted = [
        "hello_fresh",
        "hello_resume",
        "look",
        "look_away",
        "positions",
        "welcome",
        "snapshot",
        "changes_report",
        "changes_incident",
        "changes_dispatch",
        "changes_unit",
        "tick",
        "problem",
        "problem_field",
    ];
    let wanted: BTreeSet<String> = wanted.iter().map(|name| format!("{name}.json")).collect();
    assert_eq!(files(), wanted);
}

#[test]
fn the_files_speak_the_version_of_now() {
    let ClientMessage::Hello { protocol, resume, .. } = check("hello_resume.json") else {
        panic!("hello_resume.json is no hello");
    };
    assert_eq!(protocol, PROTOCOL_VERSION);
    let ServerMessage::Welcome { protocol, epoch, .. } = check("welcome.json") else {
        panic!("welcome.json is no welcome");
    };
    assert_eq!(protocol, PROTOCOL_VERSION);
    assert_eq!(resume.unwrap().epoch, epoch, "the story goes on in the same log");
}

/// A client of a later version may send more than this server knows; that must not shut it out.
#[test]
fn a_hello_with_an_unknown_field_is_understood() {
    let hello = r#"{"type":"hello","protocol":1,"colour":"red"}"#;
    assert!(serde_json::from_str::<ClientMessage>(hello).is_ok());
}
