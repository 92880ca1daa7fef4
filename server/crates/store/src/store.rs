//! The one trait of the store; [`crate::connect`] gives it for either engine.
//!
//! Reads answer rows as they are stored; writes are durable when they return `Ok`. Nothing
//! is retried here, and an error never stands for a success. Lists hold at most `limit`
//! rows; `after` names the last row of the page before (none for the first page).

use crate::batch::Batch;
use crate::contacts::ContactStore;
use crate::error::StoreError;
use crate::loads::{ChangedRows, DispatchFilter, IncidentFilter, IncidentRows, OpenRows, ReportFilter};
use crate::positions::PositionStore;
use crate::rows::{
    CentreRow, CommandRow, DeadlineRow, DecidedRow, DeliveryRow, DispatchRow, EndpointRow, EventRow,
    GrantRow, Head, IncidentRow, PersonRow, ReferenceRow, ReportRow, SessionRow, TextRow, TokenRow, UnitRow,
    UserRow,
};
use async_trait::async_trait;
use std::ops::Range;
use tokio::sync::mpsc;
use uuid::Uuid;

/// What every call of the store answers.
pub type Stored<T> = Result<T, StoreError>;

/// The log, its projections, and who may use them.
#[async_trait]
pub trait Store: ContactStore + PositionStore + std::fmt::Debug + Send + Sync + 'static {
    // The log.

    /// Stores a batch in one transaction, if the head is still where it was decided on.
    ///
    /// Errors: [`StoreError::HeadMoved`] when another node was first, [`StoreError::NotFound`]
    /// for an unknown centre, [`StoreError::Invalid`] for a batch with a gap. After any error
    /// nothing of the batch is there, except that a connection lost during the commit leaves
    /// it open; the command ids tell.
    async fn append(&self, batch: &Batch) -> Stored<()>;
    /// The end of a centre's log; none for an unknown centre.
    async fn head(&self, centre: &str) -> Stored<Option<Head>>;
    /// Events after `seq`, in order.
    async fn events_after(&self, centre: &str, seq: i64, limit: u32) -> Stored<Vec<EventRow>>;
    /// The answer given to a command.
    async fn command(&self, centre: &str, id: Uuid) -> Stored<Option<CommandRow>>;
    /// The answers given to those of these commands that were answered, in no order.
    async fn commands_of(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<CommandRow>>;
    /// Centre codes whose log another node appended to, from now on; a code may come without
    /// a change, and after a lost connection all codes come. None where no other node can
    /// write (SQLite). Ends when the receiver is dropped.
    fn follow(&self) -> Option<mpsc::Receiver<String>>;

    // Centres and their reference data.

    /// All centres, in order of code.
    async fn centres(&self) -> Stored<Vec<CentreRow>>;
    /// Stores a centre; a new one gets an empty log, a known one keeps its log and its
    /// `created_at`.
    async fn put_centre(&self, centre: &CentreRow) -> Stored<()>;
    /// Stores a new version of reference data; [`StoreError::Duplicate`] if it is there.
    async fn put_reference(&self, reference: &ReferenceRow) -> Stored<()>;
    /// The newest version of one piece of reference data.
    async fn reference(&self, centre: &str, kind: &str, name: &str) -> Stored<Option<ReferenceRow>>;
    /// The newest version of every piece of one kind, in order of name.
    async fn references(&self, centre: &str, kind: &str) -> Stored<Vec<ReferenceRow>>;

    // What the writer and the stream load.

    /// Everything open, and what was closed at or after `closed_since`, as it was at one head.
    async fn load_open(&self, centre: &str, closed_since: i64) -> Stored<OpenRows>;
    /// One report.
    async fn load_report(&self, centre: &str, id: Uuid) -> Stored<Option<ReportRow>>;
    /// One incident with all its reports, dispatches and deliveries.
    async fn load_incident(&self, centre: &str, id: Uuid) -> Stored<Option<IncidentRows>>;
    /// One dispatch.
    async fn load_dispatch(&self, centre: &str, id: Uuid) -> Stored<Option<DispatchRow>>;
    /// One unit.
    async fn load_unit(&self, centre: &str, code: &str) -> Stored<Option<UnitRow>>;
    /// All deliveries of a dispatch, finished ones too.
    async fn deliveries_of(&self, centre: &str, dispatch: Uuid) -> Stored<Vec<DeliveryRow>>;
    /// The report that came by `channel` with this id of the sender's.
    async fn report_by_external(
        &self,
        centre: &str,
        channel: &str,
        external_id: &str,
    ) -> Stored<Option<ReportRow>>;
    /// Those of these people that are there, in no order.
    async fn people(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<PersonRow>>;
    /// Those of these texts that are there, in no order.
    async fn texts(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<TextRow>>;
    /// Rows changed by events after `seq`; each list holds at most `limit`.
    async fn changed_since(&self, centre: &str, seq: i64, limit: u32) -> Stored<ChangedRows>;

    // Lists, the newest first.

    /// Reports; `after` is (received_at, id).
    async fn list_reports(
        &self,
        centre: &str,
        filter: &ReportFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<ReportRow>>;
    /// Incidents; `after` is (opened_at, id).
    async fn list_incidents(
        &self,
        centre: &str,
        filter: &IncidentFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<IncidentRow>>;
    /// Dispatches; `after` is (queued_at, id).
    async fn list_dispatches(
        &self,
        centre: &str,
        filter: &DispatchFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<DispatchRow>>;
    /// Reports received in this range (from the start, up to before the end) whose incident is closed, with
    /// what was suggested and what it was closed as; `after` is (received_at, report).
    async fn list_decided(
        &self,
        centre: &str,
        received: Range<i64>,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<DecidedRow>>;
    /// Reports of people whose number has these digits, the newest first.
    async fn list_reports_of(&self, centre: &str, digits: &str, limit: u32) -> Stored<Vec<ReportRow>>;
    /// Units in order of code, of one agency or of all; `after` is a code.
    async fn list_units(
        &self,
        centre: &str,
        agency: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Stored<Vec<UnitRow>>;

    // Everything, in order of id, for `verify`. Units: `list_units` without an agency.

    /// All reports.
    async fn all_reports(&self, centre: &str, after: Option<Uuid>, limit: u32) -> Stored<Vec<ReportRow>>;
    /// All incidents.
    async fn all_incidents(&self, centre: &str, after: Option<Uuid>, limit: u32) -> Stored<Vec<IncidentRow>>;
    /// All dispatches.
    async fn all_dispatches(&self, centre: &str, after: Option<Uuid>, limit: u32)
    -> Stored<Vec<DispatchRow>>;
    /// All deliveries.
    async fn all_deliveries(&self, centre: &str, after: Option<Uuid>, limit: u32)
    -> Stored<Vec<DeliveryRow>>;
    /// All deadlines; `after` is (subject, kind).
    async fn all_deadlines(
        &self,
        centre: &str,
        after: Option<(&str, &str)>,
        limit: u32,
    ) -> Stored<Vec<DeadlineRow>>;

    // Erasure.

    /// Empties a person's name and number; false when there is no such person, true also
    /// when it was done before (the first instant stays).
    async fn erase_person(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool>;
    /// Empties a text, like [`Store::erase_person`].
    async fn erase_text(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool>;

    // Users, rights, sessions, tokens.

    /// Stores a user, or changes name, password and `disabled` of a known one.
    async fn put_user(&self, user: &UserRow) -> Stored<()>;
    /// A user by id.
    async fn user(&self, id: Uuid) -> Stored<Option<UserRow>>;
    /// A user by the name they log in with.
    async fn user_by_name(&self, name: &str) -> Stored<Option<UserRow>>;
    /// All users, in order of name.
    async fn users(&self) -> Stored<Vec<UserRow>>;
    /// Changes a user's password hash; false when there is no such user.
    async fn set_password(&self, user: Uuid, password_hash: &str) -> Stored<bool>;
    /// Replaces all rights of a user; [`StoreError::Invalid`] for a right of another user.
    async fn set_grants(&self, user: Uuid, grants: &[GrantRow]) -> Stored<()>;
    /// The rights of a user.
    async fn grants(&self, user: Uuid) -> Stored<Vec<GrantRow>>;
    /// Stores a new session.
    async fn put_session(&self, session: &SessionRow) -> Stored<()>;
    /// A session, also an expired or revoked one: the caller compares the instants.
    async fn session(&self, token_hash: &[u8; 32]) -> Stored<Option<SessionRow>>;
    /// Notes that a session was used at `at`; false when there is none. A durable write: not
    /// for every request.
    async fn touch_session(&self, token_hash: &[u8; 32], at: i64) -> Stored<bool>;
    /// Ends a session; false when there is none.
    async fn revoke_session(&self, token_hash: &[u8; 32], at: i64) -> Stored<bool>;
    /// Ends all sessions of a user; answers how many.
    async fn revoke_sessions_of(&self, user: Uuid, at: i64) -> Stored<u64>;
    /// Stores a new token.
    async fn put_token(&self, token: &TokenRow) -> Stored<()>;
    /// A token, also an expired or revoked one: the caller compares the instants.
    async fn token(&self, token_hash: &[u8; 32]) -> Stored<Option<TokenRow>>;
    /// All tokens of a centre, the oldest first.
    async fn tokens(&self, centre: &str) -> Stored<Vec<TokenRow>>;
    /// Ends a token; false when there is none.
    async fn revoke_token(&self, id: Uuid, at: i64) -> Stored<bool>;

    // Where agencies are reached.

    /// Stores an endpoint, or changes a known one.
    async fn put_endpoint(&self, endpoint: &EndpointRow) -> Stored<()>;
    /// All endpoints of a centre.
    async fn endpoints(&self, centre: &str) -> Stored<Vec<EndpointRow>>;

    // The database itself.

    /// Proves that the store can take a write right now.
    async fn probe(&self) -> Stored<()>;
    /// Moves what was written to its final place (SQLite's write-ahead log); elsewhere nothing.
    async fn checkpoint(&self) -> Stored<()>;
    /// Waits for what is under way and closes; every later call is `Unavailable`.
    async fn close(&self);
}
