//! What is known of a contact from before: how its reports ended, and whether people have asked that
//! its next ones wait a little.
//!
//! Nothing here refuses or hides a report. Putting a contact behind is a person's act, graduated, ends by
//! itself and can be taken back; it hangs on the report that was its occasion, so that no number stands
//! in the log.

use serde::{Deserialize, Serialize};

use crate::ids::{EpochUs, ReportId};

/// Microseconds for which a contact is put behind unless said otherwise: a day.
pub const DEPRIORITISED_US: EpochUs = 24 * HOUR_US;
/// Microseconds for which a contact is put behind at most. An emergency from a misused telephone is still
/// one, and a week without a new prank is a clean week.
pub const LONGEST_DEPRIORITISED_US: EpochUs = 7 * 24 * HOUR_US;
const HOUR_US: EpochUs = 3_600 * 1_000_000;

/// How the earlier reports of the same number ended, as far as the centre still knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct ContactHistory {
    /// Reports within the last 24 hours, those that still wait among them.
    pub today: u32,
    /// Earlier reports with an outcome, all that are counted below among them.
    pub handled: u32,
    /// Silent calls.
    pub silent: u32,
    /// Pranks.
    pub prank: u32,
    /// Mistakes, broken lines and tests.
    pub accidental: u32,
    /// Reports that became part of an incident.
    pub real: u32,
}

impl ContactHistory {
    /// Whether there is nothing to tell.
    pub const fn is_empty(&self) -> bool {
        self.today == 0 && self.handled == 0
    }
}

/// How far behind a contact's next reports are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HoldLevel {
    /// Behind others of the same priority.
    Behind,
    /// Behind others of the next lower priority.
    Lower,
    /// Behind all that waits, unless the words tell of an emergency.
    Last,
}

/// That the next reports of a report's contact are put behind, kept with the report that was the occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Deprioritised {
    /// How far.
    pub level: HoldLevel,
    /// Until when (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub until: EpochUs,
    /// Who asked for it.
    pub by: String,
    /// When (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub at: EpochUs,
}

/// That a report waits behind because its contact was put behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct HeldBack {
    /// How far.
    pub level: HoldLevel,
    /// Until when (epoch µs).
    #[cfg_attr(feature = "schema", ts(type = "number"))]
    pub until: EpochUs,
    /// The report with which the contact was put behind.
    pub because_of: ReportId,
}
