//! The two databases that everything must hold on.

use anyhow::anyhow;
use kentongan_store::testing::ScratchPostgres;
use kentongan_tests::server::Start;

/// A database of its own for one test.
#[derive(Debug)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A scratch server.
    Postgres(ScratchPostgres),
}

impl Engine {
    /// A new PostgreSQL server.
    pub fn postgres() -> anyhow::Result<Self> {
        Ok(Self::Postgres(ScratchPostgres::start().map_err(|error| anyhow!(error))?))
    }

    /// Its name, for what a test prints.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// How to start the demo city on it; on PostgreSQL in a new database.
    pub fn demo(&self) -> anyhow::Result<Start> {
        match self {
            Self::Sqlite => Ok(Start::demo()),
            Self::Postgres(server) => {
                let url = server.database("kentongan").map_err(|error| anyhow!(error))?;
                Ok(Start::demo_on(&url))
            }
        }
    }
}
