//! Rows of the log: centres, their reference data, the head, events and commands.
//!
//! These are the truth; everything in [`super::work`] is folded from them.

use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, FromRow, Type};
use uuid::Uuid;

/// A 32-byte SHA-256 as the databases keep it; only the way from a column to `[u8; 32]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl<DB: Database> Type<DB> for Digest
where
    Vec<u8>: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <Vec<u8> as Type<DB>>::type_info()
    }

    fn compatible(ty: &DB::TypeInfo) -> bool {
        <Vec<u8> as Type<DB>>::compatible(ty)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Digest
where
    &'r [u8]: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(<[u8; 32]>::try_from(<&[u8]>::decode(value)?)?))
    }
}

impl From<Digest> for [u8; 32] {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

/// One centre: a city's service, or a drill that looks like one.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct CentreRow {
    /// Short stable code, e.g. `kediri`.
    pub code: String,
    /// What the centre is, e.g. `live` or `drill`.
    pub kind: String,
    /// The centre's own settings, JSON.
    pub profile: String,
    /// Changes whenever the log is restored, so that old stream cursors are refused.
    pub epoch: Uuid,
    /// When the centre was made.
    pub created_at: i64,
}

/// One version of one piece of reference data (a city pack, boundaries, places).
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct ReferenceRow {
    /// The centre it belongs to.
    pub centre: String,
    /// What it is, e.g. `pack`, `boundaries`, `places`.
    pub kind: String,
    /// Which one of its kind.
    pub name: String,
    /// Counts up; the newest is in force.
    pub version: i64,
    /// The data itself.
    pub body: String,
    /// When this version was stored.
    pub recorded_at: i64,
}

/// The end of one centre's log: what the next append must be decided on.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Head {
    /// The newest event's number; 0 when there is none.
    pub seq: i64,
    /// The newest event's hash; zeros when there is none.
    #[sqlx(try_from = "Digest")]
    pub hash: [u8; 32],
    /// The local day that `number_last` counts in, e.g. `261122`; empty before the first.
    pub number_day: String,
    /// The last human number given out that day.
    pub number_last: i64,
}

impl Head {
    /// The head of a log without events.
    pub const fn empty() -> Self {
        Self { seq: 0, hash: [0; 32], number_day: String::new(), number_last: 0 }
    }
}

/// One event: it happened, and its row is never changed. Carries no personal data.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct EventRow {
    /// The centre whose log it is in.
    pub centre: String,
    /// Its place in that log: 1, 2, 3 … without gaps.
    pub seq: i64,
    /// The kind of aggregate it changed, e.g. `incident`.
    pub stream_kind: String,
    /// Which aggregate of that kind.
    pub stream_id: String,
    /// The aggregate's version after this event; unique within the stream.
    pub version: i64,
    /// What happened, e.g. `incident_opened`.
    pub kind: String,
    /// Version of the payload's shape.
    pub schema_version: i64,
    /// When it happened in the world.
    pub occurred_at: i64,
    /// When the centre recorded it.
    pub recorded_at: i64,
    /// Who did it.
    pub actor: String,
    /// The command that caused it.
    pub command_id: Uuid,
    /// What happened in full, JSON, kept byte for byte.
    pub payload: String,
    /// Hash of the event before it; zeros for the first.
    #[sqlx(try_from = "Digest")]
    pub prev_hash: [u8; 32],
    /// Hash of this event, see [`crate::chain::event_hash`].
    #[sqlx(try_from = "Digest")]
    pub hash: [u8; 32],
}

/// A command that was answered: repeating it gets the same answer.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct CommandRow {
    /// The caller's idempotency key.
    pub command_id: Uuid,
    /// SHA-256 of what was asked: the same key with another content is a mistake.
    #[sqlx(try_from = "Digest")]
    pub fingerprint: [u8; 32],
    /// The status that was answered.
    pub status: i64,
    /// The answer that was given.
    pub outcome: String,
    /// The log's head after the command.
    pub seq: i64,
    /// When it was answered.
    pub recorded_at: i64,
}
