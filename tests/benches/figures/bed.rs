//! Where everything is measured: a folder on the disk, the binary, a PostgreSQL of our own.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Context as _;
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::api::{Api, CITY};
use kentongan_tests::server::{Server, Start};
use tempfile::TempDir;

/// The database under the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// The folder, and a PostgreSQL once somebody asks for one.
#[derive(Debug)]
pub struct Bed {
    folder: PathBuf,
    postgres: OnceLock<Result<ScratchPostgres, String>>,
}

/// A demo server with its data, and a token for an operator.
#[derive(Debug)]
pub struct Served {
    pub server: Server,
    pub data: TempDir,
    pub token: String,
}

impl Bed {
    pub fn new() -> anyhow::Result<Self> {
        let folder = match std::env::var_os("KENTONGAN_BENCH_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => target_folder()?.join("bench-data"),
        };
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder, postgres: OnceLock::new() })
    }

    /// On the disk that is measured; kept between reports.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// An empty folder on the disk that is measured, gone when dropped.
    pub fn scratch(&self) -> anyhow::Result<TempDir> {
        Ok(tempfile::Builder::new().prefix("run-").tempdir_in(&self.folder)?)
    }

    /// A fresh demo server.
    pub fn serve(&self, engine: Engine) -> anyhow::Result<Served> {
        let data = self.scratch()?;
        let start = match engine {
            Engine::Sqlite => Start::demo(),
            Engine::Postgres => Start::demo_on(&self.database(&data)?),
        };
        let server = Server::start(data.path(), start)?;
        let token = operator_token(&server)?;
        Ok(Served { server, data, token })
    }

    /// An empty database in a PostgreSQL that waits for the disk, named after a folder.
    fn database(&self, data: &TempDir) -> anyhow::Result<String> {
        let postgres = self.postgres.get_or_init(ScratchPostgres::start_durable);
        let postgres = postgres.as_ref().map_err(|error| anyhow::anyhow!(error.clone()))?;
        let folder = data.path().file_name().unwrap_or_default().to_string_lossy();
        let name: String = folder.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = format!("bench_{}_{}", name.to_ascii_lowercase(), crate::samples::epoch_us());
        postgres.database(&name).map_err(anyhow::Error::msg)
    }
}

impl Served {
    pub fn api(&self) -> anyhow::Result<Api> {
        Api::with_token(&self.server.base, &self.token)
    }
}

/// A token of an operator of the demo city.
pub fn operator_token(server: &Server) -> anyhow::Result<String> {
    let (code, said) = server.cli(&["token", "create", "--centre", CITY, "--role", "operator"])?;
    anyhow::ensure!(code == 0, "no token: {said}");
    Ok(said.trim().to_owned())
}

/// Cargo's target folder: this bench is in `target/release/deps`.
fn target_folder() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.ancestors().nth(3).context("the bench's own path has no folder")?.to_owned())
}
