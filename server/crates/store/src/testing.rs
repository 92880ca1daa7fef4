//! A scratch PostgreSQL server for tests: made, used, and gone without a trace.
//!
//! The server runs from the installed PostgreSQL on a free port of 127.0.0.1, in a folder of
//! its own, as an unprivileged user (PostgreSQL refuses root). A small shell guards it: when
//! the test process ends, however it ends, the shell's input closes, and it stops the server
//! and removes the folder.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The tables and settings matter more than the disk: nothing here survives a power cut.
const FAST: &str = "-c fsync=off -c full_page_writes=off -c synchronous_commit=on";
/// What every scratch server runs with.
const COMMON: &str = "-c shared_buffers=64MB -c max_connections=120 -c jit=off \
     -c unix_socket_directories= -c listen_addresses=127.0.0.1 -c log_min_messages=fatal";
/// Stops and starts the server as it is told, line by line, and stops it for good as soon as nobody
/// holds the shell's input any more.
const GUARD: &str = r#"trap '' INT HUP TERM
    begin() { "$1" -D "$2/data" -p "$3" $4 >>"$2/log" 2>&1 & server=$!; }
    end() { kill -QUIT $server 2>/dev/null; wait $server; }
    begin "$@"
    while read -r word; do case $word in stop) end ;; start) begin "$@" ;; esac; done
    end; rm -rf "$2""#;

const ATTEMPTS: u32 = 3;
const POLL_INTERVAL: Duration = Duration::from_millis(20);
const READY_POLLS: u32 = 1_500;

/// A running PostgreSQL server; stopped and removed when dropped.
#[derive(Debug)]
pub struct ScratchPostgres {
    guard: Child,
    programs: PathBuf,
    port: u16,
}

/// Whom the server runs as.
#[derive(Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl ScratchPostgres {
    /// Starts a server that does not wait for the disk. Blocks until it answers.
    ///
    /// Errors: a sentence for a human, e.g. that PostgreSQL is not installed.
    pub fn start() -> Result<Self, String> {
        Self::start_with(FAST)
    }

    /// Starts a server that waits for the disk as a real one does, for measurements.
    pub fn start_durable() -> Result<Self, String> {
        Self::start_with("")
    }

    fn start_with(settings: &str) -> Result<Self, String> {
        let programs = programs()?;
        let mut outcome = Err(String::new());
        for _ in 0..ATTEMPTS {
            // The port is free when it is chosen and may be taken by the time it is used.
            outcome = Self::attempt(&programs, free_port()?, settings);
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    fn attempt(programs: &Path, port: u16, settings: &str) -> Result<Self, String> {
        let folder = tempfile::Builder::new()
            .prefix("kentongan-postgres-")
            .tempdir()
            .map_err(|error| format!("no folder for a scratch PostgreSQL: {error}"))?;
        let account = unprivileged(folder.path())?;
        let mut initdb = as_account(&programs.join("initdb"), account);
        initdb.args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]);
        run(initdb.arg("-D").arg(folder.path().join("data")))?;
        let mut guard = as_account(Path::new("/bin/sh"), account);
        guard.args(["-c", GUARD, "sh"]).arg(programs.join("postgres")).arg(folder.path());
        guard.arg(port.to_string()).arg(format!("{COMMON} {settings}"));
        let guard = guard
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("a scratch PostgreSQL did not start: {error}"))?;
        let mut server = Self { guard, programs: programs.to_owned(), port };
        if let Err(error) = server.wait_until_ready() {
            return Err(format!("{error}: {}", log(folder.path())));
        }
        // From here on the guard removes the folder.
        let _kept = folder.keep();
        Ok(server)
    }

    /// Makes an empty database and answers its URL.
    pub fn database(&self, name: &str) -> Result<String, String> {
        let mut createdb = self.client("createdb");
        run(createdb.args(["--template=template0", name]))?;
        Ok(format!("postgres://postgres@127.0.0.1:{}/{name}", self.port))
    }

    /// Ends the server at once, as a crash would, and waits until nobody answers.
    pub fn stop(&mut self) -> Result<(), String> {
        self.tell("stop")?;
        for _ in 0..READY_POLLS {
            if self.client("pg_isready").output().is_ok_and(|output| !output.status.success()) {
                return Ok(());
            }
            sleep(POLL_INTERVAL);
        }
        Err("a scratch PostgreSQL did not stop".into())
    }

    /// Starts the server again on the same data and port, and waits until it answers.
    pub fn start_again(&mut self) -> Result<(), String> {
        self.tell("start")?;
        self.wait_until_ready()
    }

    fn tell(&mut self, word: &str) -> Result<(), String> {
        let guard = self.guard.stdin.as_mut().ok_or("the guard of a scratch PostgreSQL is gone")?;
        writeln!(guard, "{word}").and_then(|()| guard.flush()).map_err(|error| error.to_string())
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        for _ in 0..READY_POLLS {
            if let Ok(Some(status)) = self.guard.try_wait() {
                return Err(format!("a scratch PostgreSQL ended with {status}"));
            }
            let mut ready = self.client("pg_isready");
            if ready.output().is_ok_and(|output| output.status.success()) {
                return Ok(());
            }
            sleep(POLL_INTERVAL);
        }
        Err("a scratch PostgreSQL did not become ready".into())
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["-h", "127.0.0.1", "-U", "postgres", "-p"]).arg(self.port.to_string());
        command
    }
}

impl Drop for ScratchPostgres {
    fn drop(&mut self) {
        // Closing the guard's input is what stops the server.
        drop(self.guard.stdin.take());
        self.guard.wait().ok();
    }
}

/// The folder of PostgreSQL's programs: the newest installed, else the one in PATH.
fn programs() -> Result<PathBuf, String> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    found.sort();
    if let Some((_, folder)) = found.pop() {
        return Ok(folder);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file()).ok_or_else(|| {
        "PostgreSQL is not installed: initdb is neither in /usr/lib/postgresql/*/bin nor in PATH".into()
    })
}

/// For root: an account that is not, which then owns `folder`. Else nothing to do.
fn unprivileged(folder: &Path) -> Result<Option<Account>, String> {
    let owner = fs::metadata(folder).map_err(|error| error.to_string())?.uid();
    if owner != 0 {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
    let account = ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| accounts.lines().find_map(|line| account_of(line, name)))
        .ok_or("PostgreSQL refuses to run as root, and there is no user postgres or nobody")?;
    chown(folder, Some(account.user), Some(account.group)).map_err(|error| error.to_string())?;
    Ok(Some(account))
}

/// The account on this line of `/etc/passwd`, if it is the named one.
fn account_of(line: &str, name: &str) -> Option<Account> {
    let mut fields = line.split(':');
    let found = fields.next()?;
    let (user, group) = (fields.nth(1)?, fields.next()?);
    (found == name).then_some(Account { user: user.parse().ok()?, group: group.parse().ok()? })
}

fn as_account(program: &Path, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let Output { status, stderr, .. } =
        command.stdin(Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("{name}: {}", String::from_utf8_lossy(&stderr).trim()))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

fn log(folder: &Path) -> String {
    let mut text = String::new();
    if let Ok(mut file) = fs::File::open(folder.join("log")) {
        file.read_to_string(&mut text).ok();
    }
    text
}
