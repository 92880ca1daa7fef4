//! The store of either engine: every call gets its connection and its transaction here.
//!
//! Compiled once for each engine, which gives `Engine` with `read` (a connection), `snapshot`
//! (a transaction that sees one moment), `write` (a transaction that is stored by `finish`)
//! and what only it can do. Nothing is decided here.

use super::{Engine, access, append, decided, list, load, log};
use crate::batch::Batch;
use crate::loads::{ChangedRows, DispatchFilter, IncidentFilter, IncidentRows, OpenRows, ReportFilter};
use crate::rows::{
    CentreRow, CommandRow, DeadlineRow, DecidedRow, DeliveryRow, DispatchRow, EndpointRow, EventRow,
    GrantRow, Head, IncidentRow, PersonRow, ReferenceRow, ReportRow, SessionRow, TextRow, TokenRow, UnitRow,
    UserRow,
};
use crate::sql::select;
use crate::store::{Store, Stored};
use async_trait::async_trait;
use std::ops::Range;
use tokio::sync::mpsc;
use uuid::Uuid;

#[async_trait]
impl Store for Engine {
    async fn append(&self, batch: &Batch) -> Stored<()> {
        batch.check()?;
        let mut conn = self.write().await?;
        let mut done = append::append(&mut conn, batch).await;
        if done.is_ok() {
            done = self.announce(&mut conn, &batch.centre).await;
        }
        conn.finish(done).await
    }

    fn follow(&self) -> Option<mpsc::Receiver<String>> {
        self.follow_others()
    }

    async fn head(&self, centre: &str) -> Stored<Option<Head>> {
        let mut conn = self.read().await?;
        log::head(&mut conn, centre).await
    }

    async fn events_after(&self, centre: &str, seq: i64, limit: u32) -> Stored<Vec<EventRow>> {
        let mut conn = self.read().await?;
        log::events_after(&mut conn, centre, seq, limit).await
    }

    async fn command(&self, centre: &str, id: Uuid) -> Stored<Option<CommandRow>> {
        let mut conn = self.read().await?;
        log::command(&mut conn, centre, id).await
    }

    async fn commands_of(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<CommandRow>> {
        let mut conn = self.read().await?;
        log::commands_of(&mut conn, centre, ids).await
    }

    async fn centres(&self) -> Stored<Vec<CentreRow>> {
        let mut conn = self.read().await?;
        log::centres(&mut conn).await
    }

    async fn put_centre(&self, centre: &CentreRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = log::put_centre(&mut conn, centre).await;
        conn.finish(done).await
    }

    async fn put_reference(&self, reference: &ReferenceRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = log::put_reference(&mut conn, reference).await;
        conn.finish(done).await
    }

    async fn reference(&self, centre: &str, kind: &str, name: &str) -> Stored<Option<ReferenceRow>> {
        let mut conn = self.read().await?;
        log::reference(&mut conn, centre, kind, name).await
    }

    async fn references(&self, centre: &str, kind: &str) -> Stored<Vec<ReferenceRow>> {
        let mut conn = self.read().await?;
        log::references(&mut conn, centre, kind).await
    }

    async fn load_open(&self, centre: &str, closed_since: i64) -> Stored<OpenRows> {
        let mut conn = self.snapshot().await?;
        load::open(&mut conn, centre, closed_since).await
    }

    async fn load_report(&self, centre: &str, id: Uuid) -> Stored<Option<ReportRow>> {
        let mut conn = self.read().await?;
        load::report(&mut conn, centre, id).await
    }

    async fn load_incident(&self, centre: &str, id: Uuid) -> Stored<Option<IncidentRows>> {
        let mut conn = self.snapshot().await?;
        load::incident(&mut conn, centre, id).await
    }

    async fn load_dispatch(&self, centre: &str, id: Uuid) -> Stored<Option<DispatchRow>> {
        let mut conn = self.read().await?;
        load::dispatch(&mut conn, centre, id).await
    }

    async fn load_unit(&self, centre: &str, code: &str) -> Stored<Option<UnitRow>> {
        let mut conn = self.read().await?;
        load::unit(&mut conn, centre, code).await
    }

    async fn deliveries_of(&self, centre: &str, dispatch: Uuid) -> Stored<Vec<DeliveryRow>> {
        let mut conn = self.read().await?;
        load::deliveries_of(&mut conn, centre, dispatch).await
    }

    async fn report_by_external(
        &self,
        centre: &str,
        channel: &str,
        external_id: &str,
    ) -> Stored<Option<ReportRow>> {
        let mut conn = self.read().await?;
        load::report_by_external(&mut conn, centre, channel, external_id).await
    }

    async fn people(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<PersonRow>> {
        let mut conn = self.read().await?;
        load::people(&mut conn, centre, ids).await
    }

    async fn texts(&self, centre: &str, ids: &[Uuid]) -> Stored<Vec<TextRow>> {
        let mut conn = self.read().await?;
        load::texts(&mut conn, centre, ids).await
    }

    async fn changed_since(&self, centre: &str, seq: i64, limit: u32) -> Stored<ChangedRows> {
        let mut conn = self.snapshot().await?;
        load::changed_since(&mut conn, centre, seq, limit).await
    }

    async fn list_reports(
        &self,
        centre: &str,
        filter: &ReportFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<ReportRow>> {
        let mut conn = self.read().await?;
        list::reports(&mut conn, centre, filter, after, limit).await
    }

    async fn list_incidents(
        &self,
        centre: &str,
        filter: &IncidentFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<IncidentRow>> {
        let mut conn = self.read().await?;
        list::incidents(&mut conn, centre, filter, after, limit).await
    }

    async fn list_dispatches(
        &self,
        centre: &str,
        filter: &DispatchFilter,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<DispatchRow>> {
        let mut conn = self.read().await?;
        list::dispatches(&mut conn, centre, filter, after, limit).await
    }

    async fn list_decided(
        &self,
        centre: &str,
        received: Range<i64>,
        after: Option<(i64, Uuid)>,
        limit: u32,
    ) -> Stored<Vec<DecidedRow>> {
        let mut conn = self.read().await?;
        decided::list(&mut conn, centre, received, after, limit).await
    }

    async fn list_reports_of(&self, centre: &str, digits: &str, limit: u32) -> Stored<Vec<ReportRow>> {
        let mut conn = self.read().await?;
        list::reports_of(&mut conn, centre, digits, limit).await
    }

    async fn list_units(
        &self,
        centre: &str,
        agency: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Stored<Vec<UnitRow>> {
        let mut conn = self.read().await?;
        list::units(&mut conn, centre, agency, after, limit).await
    }

    async fn all_reports(&self, centre: &str, after: Option<Uuid>, limit: u32) -> Stored<Vec<ReportRow>> {
        let mut conn = self.read().await?;
        list::all(&mut conn, select!(reports, ""), centre, after, limit).await
    }

    async fn all_incidents(&self, centre: &str, after: Option<Uuid>, limit: u32) -> Stored<Vec<IncidentRow>> {
        let mut conn = self.read().await?;
        list::all(&mut conn, select!(incidents, ""), centre, after, limit).await
    }

    async fn all_dispatches(
        &self,
        centre: &str,
        after: Option<Uuid>,
        limit: u32,
    ) -> Stored<Vec<DispatchRow>> {
        let mut conn = self.read().await?;
        list::all(&mut conn, select!(dispatches, ""), centre, after, limit).await
    }

    async fn all_deliveries(
        &self,
        centre: &str,
        after: Option<Uuid>,
        limit: u32,
    ) -> Stored<Vec<DeliveryRow>> {
        let mut conn = self.read().await?;
        list::all(&mut conn, select!(deliveries, ""), centre, after, limit).await
    }

    async fn all_deadlines(
        &self,
        centre: &str,
        after: Option<(&str, &str)>,
        limit: u32,
    ) -> Stored<Vec<DeadlineRow>> {
        let mut conn = self.read().await?;
        list::all_deadlines(&mut conn, centre, after, limit).await
    }

    async fn erase_person(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::erase_person(&mut conn, centre, id, at).await;
        conn.finish(done).await
    }

    async fn erase_text(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::erase_text(&mut conn, centre, id, at).await;
        conn.finish(done).await
    }

    async fn put_user(&self, user: &UserRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = access::put_user(&mut conn, user).await;
        conn.finish(done).await
    }

    async fn user(&self, id: Uuid) -> Stored<Option<UserRow>> {
        let mut conn = self.read().await?;
        access::user(&mut conn, id).await
    }

    async fn user_by_name(&self, name: &str) -> Stored<Option<UserRow>> {
        let mut conn = self.read().await?;
        access::user_by_name(&mut conn, name).await
    }

    async fn users(&self) -> Stored<Vec<UserRow>> {
        let mut conn = self.read().await?;
        access::users(&mut conn).await
    }

    async fn set_password(&self, user: Uuid, password_hash: &str) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::set_password(&mut conn, user, password_hash).await;
        conn.finish(done).await
    }

    async fn set_grants(&self, user: Uuid, grants: &[GrantRow]) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = access::set_grants(&mut conn, user, grants).await;
        conn.finish(done).await
    }

    async fn grants(&self, user: Uuid) -> Stored<Vec<GrantRow>> {
        let mut conn = self.read().await?;
        access::grants(&mut conn, user).await
    }

    async fn put_session(&self, session: &SessionRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = access::put_session(&mut conn, session).await;
        conn.finish(done).await
    }

    async fn session(&self, token_hash: &[u8; 32]) -> Stored<Option<SessionRow>> {
        let mut conn = self.read().await?;
        access::session(&mut conn, token_hash).await
    }

    async fn touch_session(&self, token_hash: &[u8; 32], at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::touch_session(&mut conn, token_hash, at).await;
        conn.finish(done).await
    }

    async fn revoke_session(&self, token_hash: &[u8; 32], at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::revoke_session(&mut conn, token_hash, at).await;
        conn.finish(done).await
    }

    async fn revoke_sessions_of(&self, user: Uuid, at: i64) -> Stored<u64> {
        let mut conn = self.write().await?;
        let done = access::revoke_sessions_of(&mut conn, user, at).await;
        conn.finish(done).await
    }

    async fn put_token(&self, token: &TokenRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = access::put_token(&mut conn, token).await;
        conn.finish(done).await
    }

    async fn token(&self, token_hash: &[u8; 32]) -> Stored<Option<TokenRow>> {
        let mut conn = self.read().await?;
        access::token(&mut conn, token_hash).await
    }

    async fn tokens(&self, centre: &str) -> Stored<Vec<TokenRow>> {
        let mut conn = self.read().await?;
        access::tokens(&mut conn, centre).await
    }

    async fn revoke_token(&self, id: Uuid, at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = access::revoke_token(&mut conn, id, at).await;
        conn.finish(done).await
    }

    async fn put_endpoint(&self, endpoint: &EndpointRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = access::put_endpoint(&mut conn, endpoint).await;
        conn.finish(done).await
    }

    async fn endpoints(&self, centre: &str) -> Stored<Vec<EndpointRow>> {
        let mut conn = self.read().await?;
        access::endpoints(&mut conn, centre).await
    }

    async fn probe(&self) -> Stored<()> {
        self.probe_write().await
    }

    async fn checkpoint(&self) -> Stored<()> {
        self.checkpoint_now().await
    }

    async fn close(&self) {
        self.close_all().await;
    }
}
