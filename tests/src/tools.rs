//! The real peers that outbound channels are tested against, as `scripts/install_test_tools.sh` put them into
//! `tests/peers/`: programs in Node and Python, started on free ports of this machine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, ensure};

/// How long a peer may take to start, or to say something, on a busy machine.
const WITHIN: Duration = Duration::from_secs(30);

/// Which language a peer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Node, with the packages of npm.
    Node,
    /// Python, with the packages of PyPI.
    Python,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/peers"))
}

/// Whether the peers of a language are there; says "skipped" when they are not. A machine that runs the
/// tests for others must have them.
///
/// # Panics
/// When they are missing and `CI` is set.
pub fn installed(language: Language) -> bool {
    let mark = match language {
        Language::Node => folder().join("node_modules/.installed"),
        Language::Python => folder().join(".venv/installed.txt"),
    };
    let there = mark.exists();
    if !there {
        println!("skipped: no network ({language:?} peers are not installed; run `make tools`)");
        assert!(std::env::var_os("CI").is_none(), "the {language:?} peers are missing");
    }
    there
}

fn command(language: Language, program: &str) -> Command {
    let mut command = match language {
        Language::Node => Command::new("node"),
        Language::Python => Command::new(folder().join(".venv/bin/python")),
    };
    command.arg(folder().join(program)).current_dir(folder());
    command
}

/// Runs a program to its end with these words on its standard input; what it said.
///
/// # Errors
/// When it cannot be run or fails.
pub fn run(language: Language, program: &str, input: &str) -> anyhow::Result<String> {
    let mut child = command(language, program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()?;
    child.stdin.take().context("no stdin")?.write_all(input.as_bytes())?;
    let mut said = String::new();
    child.stdout.take().context("no stdout")?.read_to_string(&mut said)?;
    ensure!(child.wait()?.success(), "{program} failed: {said}");
    Ok(said.trim().to_owned())
}

/// A peer that listens.
#[derive(Debug)]
pub struct Tool {
    child: Child,
    /// Ends the peer when dropped.
    _stdin: ChildStdin,
    lines: mpsc::Receiver<String>,
    /// Its port.
    pub port: u16,
}

impl Tool {
    /// Starts a peer and waits until it listens.
    ///
    /// # Errors
    /// When it does not.
    pub fn start(language: Language, program: &str) -> anyhow::Result<Self> {
        let mut child = command(language, program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let stdin = child.stdin.take().context("no stdin")?;
        let stdout = child.stdout.take().context("no stdout")?;
        let (out, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if out.send(line).is_err() {
                    return;
                }
            }
        });
        let mut tool = Self { child, _stdin: stdin, lines, port: 0 };
        while tool.port == 0 {
            let line = tool.line().with_context(|| format!("{program} did not come up"))?;
            tool.port = line.strip_prefix("port ").and_then(|port| port.parse().ok()).unwrap_or_default();
        }
        Ok(tool)
    }

    /// The next line that it says.
    ///
    /// # Errors
    /// When it says none in time.
    pub fn line(&self) -> anyhow::Result<String> {
        self.lines.recv_timeout(WITHIN).context("nothing was said")
    }

    /// A line that it has said already, if there is one.
    pub fn said(&self) -> Option<String> {
        self.lines.try_recv().ok()
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
