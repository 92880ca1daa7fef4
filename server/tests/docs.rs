//! The documents say what is so: paths and functions they name exist, tables made from the code are the
//! code's, commands parse, settings, codes, measures and fields of the wire are all told.
//!
//! `UPDATE_DOCS=1 cargo test -p kentongan --test docs` rewrites the tables between
//! `<!-- table: NAME -->` and `<!-- end -->`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use kentongan::cli::Cli;
use kentongan::http::access::Permission;
use kentongan::http::routes;
use kentongan::metrics::Metrics;
use kentongan_domain::catalogue::Priority;
use kentongan_domain::deadline::unassigned_within_us;
use kentongan_domain::dispatch::{DispatchAct, DispatchState, dispatch_next};
use kentongan_domain::incident::{IncidentAct, IncidentState, incident_may};
use kentongan_domain::people::Role;
use kentongan_domain::unit::{UNIT_TRANSITIONS, UnitMover, UnitState};
use kentongan_protocol::stream::CloseCode;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every document with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path, text)
    };
    files_below(&root().join("docs"), "md").into_iter().map(read).collect()
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// What stands in single backticks, outside of fenced blocks.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    found
}

/// Lines of fenced blocks and of blocks indented by four.
fn block_lines(text: &str) -> Vec<&str> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced || line.starts_with("    ") {
            found.push(line.trim());
        }
    }
    found
}

const FOLDERS: [&str; 6] = ["server/", "console-web/", "migrations/", "docs/", "tests/", "store/"];
const ENDINGS: [&str; 11] =
    ["rs", "ts", "svelte", "toml", "md", "sql", "json", "geojson", "csv", "lex", "ftl"];

/// The path and the name in it that a quoted word means, if it looks like one of this repository's.
fn path_of(word: &str) -> Option<(&str, Option<&str>)> {
    let strange = |c: char| c.is_whitespace() || "…{}<>*?=|".contains(c);
    if word.starts_with('/') || word.contains("://") || word.contains(strange) || !word.contains(['/', ':']) {
        return None;
    }
    let (path, name) = word.split_once("::").map_or((word, None), |(path, name)| (path, Some(name)));
    let ending = path.rsplit_once('.').is_some_and(|(_, end)| ENDINGS.contains(&end));
    (ending || FOLDERS.iter().any(|folder| path.starts_with(folder))).then_some((path, name))
}

fn resolve(path: &str) -> Option<PathBuf> {
    let bases = ["", "server/src", "server/crates"];
    bases.iter().map(|base| root().join(base).join(path)).find(|full| full.exists())
}

/// Whether a text defines something of this name.
fn defines(text: &str, name: &str) -> bool {
    let keywords =
        ["fn", "struct", "enum", "const", "static", "trait", "type", "class", "function", "interface"];
    keywords.iter().any(|keyword| {
        let wanted = format!("{keyword} {name}");
        text.match_indices(&wanted).any(|(at, _)| {
            let after = text[at + wanted.len()..].chars().next();
            !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}

#[test]
fn paths_and_names_exist() {
    let mut problems = Vec::new();
    let mut looked_at = 0;
    for (document, text) in documents() {
        for word in quoted(&text) {
            let Some((path, name)) = path_of(&word) else { continue };
            looked_at += 1;
            let Some(full) = resolve(path) else {
                problems.push(format!("{}: {path} does not exist", document.display()));
                continue;
            };
            if let Some(name) = name.and_then(|name| name.rsplit("::").next())
                && !defines(&std::fs::read_to_string(&full).unwrap_or_default(), name)
            {
                problems.push(format!("{}: {path} does not define {name}", document.display()));
            }
        }
    }
    assert!(looked_at > 50, "the paths were found");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn links_lead_somewhere() {
    for (document, text) in documents() {
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap();
            let path = target.split('#').next().unwrap();
            if !target.contains("://") && !path.is_empty() {
                assert!(document.parent().unwrap().join(path).exists(), "{}: {target}", document.display());
            }
        }
    }
}

#[test]
fn commands_parse() {
    let mut seen = 0;
    for (document, text) in documents() {
        for line in block_lines(&text) {
            let line = line.split("  #").next().unwrap();
            let words: Vec<&str> = line.split_whitespace().collect();
            if words.first() != Some(&"kentongan") {
                continue;
            }
            seen += 1;
            if let Err(error) = Cli::try_parse_from(&words) {
                panic!("{}: {line}: {error}", document.display());
            }
        }
    }
    assert!(seen > 10, "the commands were found");
}

/// Words of capitals that begin with the prefix of our settings.
fn settings_in(text: &str) -> BTreeSet<String> {
    let apart = |c: char| !(c.is_ascii_uppercase() || c == '_');
    let named = |word: &&str| word.strip_prefix("KENTONGAN_").is_some_and(|rest| !rest.is_empty());
    text.split(apart).filter(named).map(str::to_owned).collect()
}

#[test]
fn settings_are_told_and_exist() {
    let mut known = BTreeSet::new();
    for folder in ["server/src", "tests/src"] {
        for path in files_below(&root().join(folder), "rs") {
            known.extend(settings_in(&std::fs::read_to_string(path).unwrap()));
        }
    }
    for (document, text) in documents() {
        for name in settings_in(&text) {
            assert!(known.contains(&name), "{}: {name} is no setting", document.display());
        }
    }
    let told = settings_in(&document("OPERATIONS.md"));
    for name in settings_in(&std::fs::read_to_string(root().join("server/src/settings.rs")).unwrap()) {
        assert!(told.contains(&name), "OPERATIONS.md does not tell {name}");
    }
}

#[test]
fn measures_are_told() {
    let told = document("OPERATIONS.md");
    let text = Metrics::default().text().unwrap();
    let names: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    assert!(names.len() > 5);
    for name in names {
        assert!(told.contains(&format!("`{name}")), "OPERATIONS.md does not tell {name}");
    }
}

/// Codes of problems: the first quoted word after a status.
fn problem_codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files_below(&root().join("server/src/http"), "rs") {
        let text = std::fs::read_to_string(path).unwrap();
        for part in text.split("StatusCode::").skip(1) {
            let after_status = part.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_');
            let Some(rest) = after_status.strip_prefix(',') else { continue };
            if let Some(code) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                codes.insert(code.to_owned());
            }
        }
    }
    codes
}

#[test]
fn codes_of_problems_are_told() {
    let told = document("PROTOCOL.md");
    let codes = problem_codes();
    assert!(codes.len() > 10, "the codes were found: {codes:?}");
    let others = ["unauthenticated", "wrong_credentials", "too_many_attempts"].map(str::to_owned);
    for code in codes.into_iter().chain(others) {
        assert!(told.contains(&format!("`{code}`")), "PROTOCOL.md does not tell the code {code}");
    }
}

fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_of_the_golden_messages_is_told() {
    let told = document("PROTOCOL.md");
    let mut found = BTreeSet::new();
    for path in files_below(&root().join("server/crates/protocol/tests/golden"), "json") {
        let text = std::fs::read_to_string(path).unwrap();
        keys(&serde_json::from_str(&text).unwrap(), &mut found);
    }
    assert!(found.len() > 50);
    for key in found {
        assert!(told.contains(&format!("`{key}`")), "PROTOCOL.md does not tell the field {key}");
    }
}

/// A table with these headings.
fn table(headings: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", headings.join(" | "), "---|".repeat(headings.len()));
    for row in rows {
        writeln!(text, "| {} |", row.join(" | ")).unwrap();
    }
    text
}

fn code(word: &str) -> String {
    format!("`{word}`")
}

fn route_table() -> String {
    let rows = routes::table(false).into_iter().map(|route| {
        let path = route.path.strip_prefix("/api/v1/centres/{centre}").filter(|rest| !rest.is_empty());
        let path = path.map_or_else(|| route.path.to_owned(), |rest| format!("…{rest}"));
        vec![
            route.method.to_string(),
            code(&path),
            format!("{:?}", route.permission),
            route.summary.replace("; see docs/PROTOCOL.md", ""),
        ]
    });
    table(&["method", "path", "permission", "what"], rows)
}

fn permission_table() -> String {
    use Permission::{Act, Audit, Desk, Read, Report, Track};
    let rows = Role::ALL.into_iter().map(|role| {
        let may = |one: Permission| if one.includes(role) { "yes" } else { "" }.to_owned();
        let marks = [Read, Report, Desk, Act, Track, Audit].into_iter().map(may);
        std::iter::once(code(role.code())).chain(marks).collect()
    });
    table(&["role", "Read", "Report", "Desk", "Act", "Track", "Audit"], rows)
}

fn close_table() -> String {
    let all = [
        (CloseCode::GoingAway, "the server stops, or cannot read its store now: reconnect"),
        (CloseCode::HelloTimeout, "no `hello` within 10 s: reconnect"),
        (CloseCode::TooSlow, "the reader fell too far behind: reconnect and resume"),
        (CloseCode::BadMessage, "a message that is not of the protocol: stop"),
        (CloseCode::Revoked, "session or token ended: stop, log in again"),
        (CloseCode::WrongProtocol, "another protocol version: stop, reload the page"),
    ];
    let rows = all.map(|(code, what)| vec![code.number().to_string(), format!("{code:?}"), what.to_owned()]);
    table(&["code", "name", "meaning"], rows)
}

fn incident_table() -> String {
    use IncidentAct::{Advance, Close, Merge, Reopen, Resolve};
    let rows = IncidentState::ALL.into_iter().map(|from| {
        let cells = [Advance, Resolve, Close, Merge, Reopen].map(|act| {
            let to = IncidentState::ALL.into_iter().filter(|to| incident_may(from, act, *to));
            to.map(IncidentState::code).collect::<Vec<_>>().join(", ")
        });
        std::iter::once(code(from.code())).chain(cells).collect()
    });
    table(&["from", "by its dispatches", "resolve", "close", "merge", "reopen"], rows)
}

fn dispatch_table() -> String {
    let acts: Vec<DispatchAct> =
        [DispatchAct::Send, DispatchAct::Deliver].into_iter().chain(DispatchAct::OF_PEOPLE).collect();
    let headings: Vec<&str> = std::iter::once("from").chain(acts.iter().map(|act| act.code())).collect();
    let rows = DispatchState::ALL.into_iter().map(|from| {
        let to = |act: &DispatchAct| dispatch_next(from, *act).map_or("", DispatchState::code).to_owned();
        std::iter::once(code(from.code())).chain(acts.iter().map(to)).collect()
    });
    table(&headings, rows)
}

fn unit_table() -> String {
    let rows = UnitState::ALL.into_iter().map(|from| {
        let to = |by: [UnitMover; 2]| {
            let steps = UNIT_TRANSITIONS.iter().filter(|(at, _, mover)| *at == from && by.contains(mover));
            steps.map(|(_, to, _)| to.code()).collect::<Vec<_>>().join(", ")
        };
        vec![
            code(from.code()),
            to([UnitMover::People, UnitMover::Both]),
            to([UnitMover::Dispatch, UnitMover::Both]),
            if from.keeps_dispatch() { code(from.released().code()) } else { String::new() },
        ]
    });
    table(&["from", "by people", "by its dispatch", "once its dispatch is over"], rows)
}

fn priority_table() -> String {
    let said = |seconds: i64| match seconds {
        hours if hours % 3_600 == 0 => format!("{} h", hours / 3_600),
        minutes if minutes % 60 == 0 => format!("{} min", minutes / 60),
        seconds => format!("{seconds} s"),
    };
    let rows = Priority::ALL.into_iter().map(|priority| {
        let first = unassigned_within_us(priority) / 1_000_000;
        vec![format!("P{}", u8::from(priority)), said(first), said(first * 2), said(first * 4)]
    });
    table(&["priority", "taken up within", "then after another", "then after another"], rows)
}

#[test]
fn tables_are_the_codes() {
    let tables = [
        ("PROTOCOL.md", "routes", route_table()),
        ("PROTOCOL.md", "permissions", permission_table()),
        ("PROTOCOL.md", "close codes", close_table()),
        ("DOMAIN.md", "incident steps", incident_table()),
        ("DOMAIN.md", "dispatch steps", dispatch_table()),
        ("DOMAIN.md", "unit steps", unit_table()),
        ("DOMAIN.md", "priorities", priority_table()),
    ];
    for (name, title, table) in tables {
        let text = document(name);
        let start = format!("<!-- table: {title} -->\n");
        let from = text.find(&start).unwrap_or_else(|| panic!("{name} has no table {title}")) + start.len();
        let rest = &text[from..];
        let length = rest.find("<!-- end -->").unwrap_or_else(|| panic!("{name}: {title} has no end"));
        if rest[..length] == table {
            continue;
        }
        assert!(
            std::env::var_os("UPDATE_DOCS").is_some(),
            "{name}: the table {title} is not the code's; UPDATE_DOCS=1 cargo test -p kentongan --test docs"
        );
        let new = format!("{}{table}{}", &text[..from], &rest[length..]);
        std::fs::write(root().join("docs").join(name), new).unwrap();
    }
}
