//! Whom agencies' dispatches reach: statements and calls.
//!
//! Compiled once for each engine.

use super::{Conn, Engine};
use crate::contacts::ContactStore;
use crate::error::StoreError;
use crate::rows::{ContactLinkRow, ContactRow, DutyRow, PhotoRow, PushRow};
use crate::sql::select;
use crate::store::Stored;
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl ContactStore for Engine {
    async fn put_contact(&self, centre: &str, contact: &ContactRow, links: &[ContactLinkRow]) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = put_contact(&mut conn, centre, contact, links).await;
        conn.finish(done).await
    }

    async fn remove_contact(&self, centre: &str, agency: &str, code: &str) -> Stored<bool> {
        let mut conn = self.write().await?;
        let done = remove_contact(&mut conn, centre, agency, code).await;
        conn.finish(done).await
    }

    async fn contacts(&self, centre: &str) -> Stored<Vec<ContactRow>> {
        let mut conn = self.read().await?;
        let text = select!(contacts, "WHERE centre = $1 ORDER BY agency, place, code");
        Ok(sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?)
    }

    async fn contact_links(&self, centre: &str) -> Stored<Vec<ContactLinkRow>> {
        let mut conn = self.read().await?;
        let text = select!(contact_links, "WHERE centre = $1 ORDER BY agency, contact, channel");
        Ok(sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?)
    }

    async fn set_duties(&self, centre: &str, agency: &str, duties: &[DutyRow], now: i64) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = set_duties(&mut conn, centre, agency, duties, now).await;
        conn.finish(done).await
    }

    async fn duties(&self, centre: &str, after: i64) -> Stored<Vec<DutyRow>> {
        let mut conn = self.read().await?;
        let text = select!(duties, "WHERE centre = $1 AND ends_at > $2 ORDER BY agency, starts_at, place");
        Ok(sqlx::query_as(text).bind(centre).bind(after).fetch_all(&mut *conn).await?)
    }

    async fn put_push(&self, centre: &str, push: &PushRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let done = put_push(&mut conn, centre, push).await;
        conn.finish(done).await
    }

    async fn drop_push(&self, centre: &str, endpoint: &str) -> Stored<bool> {
        let mut conn = self.write().await?;
        let text = "DELETE FROM push_subscriptions WHERE centre = $1 AND endpoint = $2";
        let done = sqlx::query(text).bind(centre).bind(endpoint).execute(&mut *conn).await;
        let done = done.map(|gone| gone.rows_affected() == 1).map_err(StoreError::from);
        conn.finish(done).await
    }

    async fn pushes(&self, centre: &str) -> Stored<Vec<PushRow>> {
        let mut conn = self.read().await?;
        let text = select!(push_subscriptions, "WHERE centre = $1 ORDER BY agency, created_at, endpoint");
        Ok(sqlx::query_as(text).bind(centre).fetch_all(&mut *conn).await?)
    }

    async fn secret(&self, name: &str, body: &str, now: i64) -> Stored<String> {
        let mut conn = self.write().await?;
        let done = secret(&mut conn, name, body, now).await;
        conn.finish(done).await
    }

    async fn put_photo(&self, centre: &str, photo: &PhotoRow) -> Stored<()> {
        let mut conn = self.write().await?;
        let text = "INSERT INTO photos (centre, id, dispatch, media_type, body, created_at, erased_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let done = sqlx::query(text)
            .bind(centre)
            .bind(photo.id)
            .bind(photo.dispatch)
            .bind(photo.media_type.as_str())
            .bind(photo.body.as_deref())
            .bind(photo.created_at)
            .bind(photo.erased_at)
            .execute(&mut *conn)
            .await;
        conn.finish(done.map(drop).map_err(StoreError::from)).await
    }

    async fn photo(&self, centre: &str, id: Uuid) -> Stored<Option<PhotoRow>> {
        let mut conn = self.read().await?;
        let text = select!(photos, "WHERE centre = $1 AND id = $2");
        Ok(sqlx::query_as(text).bind(centre).bind(id).fetch_optional(&mut *conn).await?)
    }

    async fn drop_photo(&self, centre: &str, id: Uuid) -> Stored<bool> {
        let mut conn = self.write().await?;
        let text = "DELETE FROM photos WHERE centre = $1 AND id = $2";
        let done = sqlx::query(text).bind(centre).bind(id).execute(&mut *conn).await;
        conn.finish(done.map(|gone| gone.rows_affected() == 1).map_err(StoreError::from)).await
    }

    async fn erase_photo(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool> {
        let mut conn = self.write().await?;
        let text = "UPDATE photos SET body = NULL, erased_at = coalesce(erased_at, $1) \
                    WHERE centre = $2 AND id = $3";
        let done = sqlx::query(text).bind(at).bind(centre).bind(id).execute(&mut *conn).await;
        conn.finish(done.map(|gone| gone.rows_affected() == 1).map_err(StoreError::from)).await
    }
}

async fn put_contact(
    conn: &mut Conn,
    centre: &str,
    contact: &ContactRow,
    links: &[ContactLinkRow],
) -> Result<(), StoreError> {
    if links.iter().any(|link| link.agency != contact.agency || link.contact != contact.code) {
        return Err(StoreError::Invalid("a link of another contact".into()));
    }
    sqlx::query(
        "INSERT INTO contacts (centre, agency, code, name, phone, place, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (centre, agency, code) \
         DO UPDATE SET name = excluded.name, phone = excluded.phone, place = excluded.place, \
         changed_at = excluded.changed_at",
    )
    .bind(centre)
    .bind(contact.agency.as_str())
    .bind(contact.code.as_str())
    .bind(contact.name.as_str())
    .bind(contact.phone.as_deref())
    .bind(contact.place)
    .bind(contact.changed_at)
    .execute(&mut *conn)
    .await?;
    drop_links(conn, centre, &contact.agency, &contact.code).await?;
    for link in links {
        sqlx::query(
            "INSERT INTO contact_links (centre, agency, contact, channel, target) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(centre)
        .bind(link.agency.as_str())
        .bind(link.contact.as_str())
        .bind(link.channel.as_str())
        .bind(link.target.as_str())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

async fn drop_links(conn: &mut Conn, centre: &str, agency: &str, contact: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM contact_links WHERE centre = $1 AND agency = $2 AND contact = $3")
        .bind(centre)
        .bind(agency)
        .bind(contact)
        .execute(conn)
        .await?;
    Ok(())
}

async fn remove_contact(conn: &mut Conn, centre: &str, agency: &str, code: &str) -> Result<bool, StoreError> {
    drop_links(conn, centre, agency, code).await?;
    sqlx::query("DELETE FROM duties WHERE centre = $1 AND agency = $2 AND contact = $3")
        .bind(centre)
        .bind(agency)
        .bind(code)
        .execute(&mut *conn)
        .await?;
    let gone = sqlx::query("DELETE FROM contacts WHERE centre = $1 AND agency = $2 AND code = $3")
        .bind(centre)
        .bind(agency)
        .bind(code)
        .execute(conn)
        .await?;
    Ok(gone.rows_affected() == 1)
}

async fn set_duties(
    conn: &mut Conn,
    centre: &str,
    agency: &str,
    duties: &[DutyRow],
    now: i64,
) -> Result<(), StoreError> {
    if duties.iter().any(|duty| duty.agency != agency) {
        return Err(StoreError::Invalid("a duty of another agency".into()));
    }
    sqlx::query("DELETE FROM duties WHERE centre = $1 AND agency = $2 AND ends_at > $3")
        .bind(centre)
        .bind(agency)
        .bind(now)
        .execute(&mut *conn)
        .await?;
    for duty in duties {
        sqlx::query(
            "INSERT INTO duties (centre, agency, contact, starts_at, ends_at, place) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(centre)
        .bind(agency)
        .bind(duty.contact.as_str())
        .bind(duty.starts_at)
        .bind(duty.ends_at)
        .bind(duty.place)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

async fn put_push(conn: &mut Conn, centre: &str, push: &PushRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO push_subscriptions (centre, agency, endpoint, p256dh, auth, user_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (centre, endpoint) \
         DO UPDATE SET agency = excluded.agency, p256dh = excluded.p256dh, auth = excluded.auth, \
         user_id = excluded.user_id",
    )
    .bind(centre)
    .bind(push.agency.as_str())
    .bind(push.endpoint.as_str())
    .bind(push.p256dh.as_str())
    .bind(push.auth.as_str())
    .bind(push.user_id)
    .bind(push.created_at)
    .execute(conn)
    .await?;
    Ok(())
}

async fn secret(conn: &mut Conn, name: &str, body: &str, now: i64) -> Result<String, StoreError> {
    sqlx::query(
        "INSERT INTO secrets (name, body, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
    )
    .bind(name)
    .bind(body)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    let text = "SELECT body FROM secrets WHERE name = $1";
    Ok(sqlx::query_scalar(text).bind(name).fetch_one(conn).await?)
}
