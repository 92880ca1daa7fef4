//! The statements of one append, handed over as one text.
//!
//! Every call to the connection wakes its thread and is woken by it, which on a machine at rest takes
//! longer than the statement; an append of one report would be six such calls, and is one.

use super::{Args, Conn};
use crate::error::StoreError;
use futures_util::TryStreamExt as _;
use sqlx::error::BoxDynError;
use sqlx::{AssertSqlSafe, Either};

/// Moves the head if it is where the batch expects it.
pub const MOVE_HEAD: &str = "UPDATE log_head SET seq = ?, hash = ?, number_day = ?, number_last = ? \
                             WHERE centre = ? AND seq = ?";

/// Texts longer than this are not kept prepared: their like seldom comes again.
const LONGEST_KEPT: usize = 16 * 1024;

/// Statements in order, with what is bound to them.
#[derive(Default)]
pub struct Script {
    text: String,
    args: Args,
}

impl Script {
    /// Adds a statement; the first one must be [`MOVE_HEAD`].
    pub fn add(
        &mut self,
        statement: &'static str,
        bind: impl FnOnce(&mut Args) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        self.text.push_str(statement);
        bind(&mut self.args).map_err(|error| StoreError::Invalid(error.to_string()))
    }

    /// Runs the statements inside the caller's transaction; answers whether the first one found its row.
    /// If it did not, what the others did is void, and the transaction must not be committed.
    pub async fn run(self, conn: &mut Conn) -> Result<bool, StoreError> {
        let kept = self.text.len() <= LONGEST_KEPT;
        // Made of the texts of this crate alone; every value is bound.
        let query = sqlx::query_with(AssertSqlSafe(self.text), self.args).persistent(kept);
        let mut results = sqlx::Executor::fetch_many(conn, query);
        let mut first = true;
        while let Some(result) = results.try_next().await? {
            if let Either::Left(done) = result {
                if first && done.rows_affected() != 1 {
                    return Ok(false);
                }
                first = false;
            }
        }
        Ok(true)
    }
}
