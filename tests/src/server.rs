//! The server as a process: started on a free port, killed or stopped, started again on the same data.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

/// How long a start may take, in a debug build on a busy machine.
const START_WITHIN: Duration = Duration::from_mins(1);

/// The binary under test: `KENTONGAN_BIN`, or the one beside this test's own.
///
/// # Errors
/// When there is none: build it first.
pub fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("KENTONGAN_BIN") {
        return Ok(PathBuf::from(path));
    }
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("the test's own path has no folder")?;
    let path = folder.join("kentongan");
    ensure!(path.exists(), "{} is missing: run `cargo build -p kentongan` first", path.display());
    Ok(path)
}

/// How a server is started.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Arguments after `serve`.
    pub args: Vec<OsString>,
    /// Database; none for SQLite in the data folder.
    pub database_url: Option<String>,
    /// Environment variables beside the test's own.
    pub env: Vec<(OsString, OsString)>,
}

impl Start {
    /// The demo city on SQLite.
    pub fn demo() -> Self {
        Self { args: vec!["--demo".into()], ..Self::default() }
    }

    /// The demo city on another database.
    pub fn demo_on(database_url: &str) -> Self {
        Self { database_url: Some(database_url.to_owned()), ..Self::demo() }
    }

    /// With an environment variable.
    #[must_use]
    pub fn with_env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// With another argument.
    #[must_use]
    pub fn with(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }
}

/// A running server; killed when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Its address, e.g. `http://127.0.0.1:34567`.
    pub base: String,
    /// Lines it printed before it was ready.
    pub said: Vec<String>,
    data: PathBuf,
    start: Start,
}

impl Server {
    /// Starts the demo city on SQLite in `data` and waits until it listens.
    ///
    /// # Errors
    /// When it does not come up; with what it said.
    pub fn demo(data: &Path) -> anyhow::Result<Self> {
        Self::start(data, Start::demo())
    }

    /// Starts a server and waits until it listens.
    ///
    /// # Errors
    /// When it does not come up; with what it said.
    pub fn start(data: &Path, start: Start) -> anyhow::Result<Self> {
        Self::start_at(data, start, "127.0.0.1:0")
    }

    fn start_at(data: &Path, start: Start, listen: &str) -> anyhow::Result<Self> {
        let mut command = command(data, start.database_url.as_deref())?;
        command.arg("serve").args(["--listen", listen]).args(&start.args);
        command.envs(start.env.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::piped()).stderr(log_file(data)?);
        let mut child = command.spawn()?;
        let stdout = child.stdout.take().context("no stdout")?;
        let (line_out, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if line_out.send(line).is_err() {
                    return;
                }
            }
        });
        let mut said = Vec::new();
        while let Ok(line) = lines.recv_timeout(START_WITHIN) {
            if let Some(base) = line.strip_prefix("listening on ") {
                let base = base.to_owned();
                return Ok(Self { child, base, said, data: data.to_owned(), start });
            }
            said.push(line);
        }
        drop(child.kill());
        drop(child.wait());
        let log = std::fs::read_to_string(data.join("server.log")).unwrap_or_default();
        bail!("the server did not come up; it said {said:?}; its log:\n{log}");
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        self.base.split_once("://").map_or("", |(_, address)| address)
    }

    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Kills it with SIGKILL and waits until it is gone.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Stops it with SIGTERM and waits; tells whether it ended well.
    ///
    /// # Errors
    /// When it cannot be signalled.
    pub fn stop(&mut self) -> anyhow::Result<bool> {
        let killed = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status()?;
        ensure!(killed.success(), "kill -TERM failed");
        Ok(self.child.wait()?.success())
    }

    /// Starts it again on the same data and the same address, after a kill or a stop.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        let listen = self.address().to_owned();
        let again = Self::start_at(&self.data, self.start.clone(), &listen)?;
        // The old one is gone already; dropping it kills nothing.
        *self = again;
        Ok(())
    }

    /// Resident memory in bytes.
    ///
    /// # Errors
    /// When /proc does not tell.
    pub fn resident_bytes(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kib * 1024)
    }

    /// Runs a subcommand on the same data; its exit code and stdout.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn cli(&self, args: &[&str]) -> anyhow::Result<(i32, String)> {
        run_cli(&self.data, self.start.database_url.as_deref(), args)
    }

    /// What it logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data.join("server.log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already is as good.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn log_file(data: &Path) -> anyhow::Result<std::fs::File> {
    Ok(std::fs::File::options().create(true).append(true).open(data.join("server.log"))?)
}

fn command(data: &Path, database_url: Option<&str>) -> anyhow::Result<Command> {
    let mut command = Command::new(binary()?);
    command.env_remove("KENTONGAN_DATABASE_URL").env_remove("KENTONGAN_CONFIG").arg("--data-dir").arg(data);
    if let Some(url) = database_url {
        command.args(["--database-url", url]);
    }
    Ok(command)
}

/// Runs a subcommand; its exit code, and stdout followed by stderr.
///
/// # Errors
/// When it cannot be run.
pub fn run_cli(data: &Path, database_url: Option<&str>, args: &[&str]) -> anyhow::Result<(i32, String)> {
    let output = command(data, database_url)?.args(args).output()?;
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Ok((output.status.code().unwrap_or(-1), text))
}
