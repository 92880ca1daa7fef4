//! The statements of one append, run one after the other: PostgreSQL prepares no text of several.

use super::{Args, Conn};
use crate::error::StoreError;
use sqlx::Executor as _;
use sqlx::error::BoxDynError;

/// Moves the head if it is where the batch expects it, and locks it.
pub const MOVE_HEAD: &str = "UPDATE log_head SET seq = $1, hash = $2, number_day = $3, number_last = $4 \
                             WHERE centre = $5 AND seq = $6";

/// Statements in order, with what is bound to them.
#[derive(Default)]
pub struct Script {
    statements: Vec<(&'static str, Args)>,
}

impl Script {
    /// Adds a statement; the first one must be [`MOVE_HEAD`].
    pub fn add(
        &mut self,
        statement: &'static str,
        bind: impl FnOnce(&mut Args) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        let mut args = Args::default();
        bind(&mut args).map_err(|error| StoreError::Invalid(error.to_string()))?;
        self.statements.push((statement, args));
        Ok(())
    }

    /// Runs the statements inside the caller's transaction; answers whether the first one found its row.
    /// If it did not, none of the others was run.
    pub async fn run(self, conn: &mut Conn) -> Result<bool, StoreError> {
        let mut first = true;
        for (text, args) in self.statements {
            let done = conn.execute(sqlx::query_with(text, args)).await?;
            if first && done.rows_affected() != 1 {
                return Ok(false);
            }
            first = false;
        }
        Ok(true)
    }
}
