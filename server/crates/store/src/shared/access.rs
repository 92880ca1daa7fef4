//! Users, rights, sessions, tokens, endpoints, and erasure.
//!
//! Compiled once for each engine. Nothing is deleted but a user's old rights: what was
//! revoked or erased stays as a row that says when.

use super::Conn;
use crate::error::StoreError;
use crate::rows::{EndpointRow, GrantRow, SessionRow, TokenRow, UserRow};
use crate::sql::select;
use uuid::Uuid;

pub async fn put_user(conn: &mut Conn, user: &UserRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (id, name, password_hash, disabled, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash, \
         disabled = excluded.disabled",
    )
    .bind(user.id)
    .bind(user.name.as_str())
    .bind(user.password_hash.as_str())
    .bind(user.disabled)
    .bind(user.created_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn user(conn: &mut Conn, id: Uuid) -> Result<Option<UserRow>, StoreError> {
    Ok(sqlx::query_as(select!(users, "WHERE id = $1")).bind(id).fetch_optional(conn).await?)
}

pub async fn user_by_name(conn: &mut Conn, name: &str) -> Result<Option<UserRow>, StoreError> {
    Ok(sqlx::query_as(select!(users, "WHERE name = $1")).bind(name).fetch_optional(conn).await?)
}

pub async fn users(conn: &mut Conn) -> Result<Vec<UserRow>, StoreError> {
    Ok(sqlx::query_as(select!(users, "ORDER BY name")).fetch_all(conn).await?)
}

pub async fn set_password(conn: &mut Conn, user: Uuid, password_hash: &str) -> Result<bool, StoreError> {
    let text = "UPDATE users SET password_hash = $1 WHERE id = $2";
    let changed = sqlx::query(text).bind(password_hash).bind(user).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}

pub async fn set_grants(conn: &mut Conn, user: Uuid, grants: &[GrantRow]) -> Result<(), StoreError> {
    if grants.iter().any(|grant| grant.user_id != user) {
        return Err(StoreError::Invalid("a right of another user".into()));
    }
    sqlx::query("DELETE FROM grants WHERE user_id = $1").bind(user).execute(&mut *conn).await?;
    for grant in grants {
        sqlx::query("INSERT INTO grants (user_id, centre, role, agency) VALUES ($1, $2, $3, $4)")
            .bind(user)
            .bind(grant.centre.as_str())
            .bind(grant.role.as_str())
            .bind(grant.agency.as_deref())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

pub async fn grants(conn: &mut Conn, user: Uuid) -> Result<Vec<GrantRow>, StoreError> {
    let text = select!(grants, "WHERE user_id = $1 ORDER BY centre, role, agency");
    Ok(sqlx::query_as(text).bind(user).fetch_all(conn).await?)
}

pub async fn put_session(conn: &mut Conn, session: &SessionRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, created_at, expires_at, last_seen_at, revoked_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(session.token_hash.as_slice())
    .bind(session.user_id)
    .bind(session.created_at)
    .bind(session.expires_at)
    .bind(session.last_seen_at)
    .bind(session.revoked_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn session(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, StoreError> {
    let text = select!(sessions, "WHERE token_hash = $1");
    Ok(sqlx::query_as(text).bind(token_hash.as_slice()).fetch_optional(conn).await?)
}

pub async fn touch_session(conn: &mut Conn, token_hash: &[u8; 32], at: i64) -> Result<bool, StoreError> {
    let text = "UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2";
    let changed = sqlx::query(text).bind(at).bind(token_hash.as_slice()).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}

pub async fn revoke_session(conn: &mut Conn, token_hash: &[u8; 32], at: i64) -> Result<bool, StoreError> {
    let text = "UPDATE sessions SET revoked_at = coalesce(revoked_at, $1) WHERE token_hash = $2";
    let changed = sqlx::query(text).bind(at).bind(token_hash.as_slice()).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}

pub async fn revoke_sessions_of(conn: &mut Conn, user: Uuid, at: i64) -> Result<u64, StoreError> {
    let text = "UPDATE sessions SET revoked_at = $1 WHERE user_id = $2 AND revoked_at IS NULL";
    Ok(sqlx::query(text).bind(at).bind(user).execute(conn).await?.rows_affected())
}

pub async fn put_token(conn: &mut Conn, token: &TokenRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO tokens (id, token_hash, label, centre, role, agency, channel, created_at, expires_at, \
         revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(token.id)
    .bind(token.token_hash.as_slice())
    .bind(token.label.as_str())
    .bind(token.centre.as_str())
    .bind(token.role.as_str())
    .bind(token.agency.as_deref())
    .bind(token.channel.as_deref())
    .bind(token.created_at)
    .bind(token.expires_at)
    .bind(token.revoked_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn token(conn: &mut Conn, token_hash: &[u8; 32]) -> Result<Option<TokenRow>, StoreError> {
    let text = select!(tokens, "WHERE token_hash = $1");
    Ok(sqlx::query_as(text).bind(token_hash.as_slice()).fetch_optional(conn).await?)
}

pub async fn tokens(conn: &mut Conn, centre: &str) -> Result<Vec<TokenRow>, StoreError> {
    let text = select!(tokens, "WHERE centre = $1 ORDER BY created_at, id");
    Ok(sqlx::query_as(text).bind(centre).fetch_all(conn).await?)
}

pub async fn revoke_token(conn: &mut Conn, id: Uuid, at: i64) -> Result<bool, StoreError> {
    let text = "UPDATE tokens SET revoked_at = coalesce(revoked_at, $1) WHERE id = $2";
    let changed = sqlx::query(text).bind(at).bind(id).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}

pub async fn put_endpoint(conn: &mut Conn, endpoint: &EndpointRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO endpoints (centre, agency, channel, target, secret, active, created_at, private_allowed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (centre, agency, channel) \
         DO UPDATE SET target = excluded.target, secret = excluded.secret, active = excluded.active, \
         private_allowed = excluded.private_allowed",
    )
    .bind(endpoint.centre.as_str())
    .bind(endpoint.agency.as_str())
    .bind(endpoint.channel.as_str())
    .bind(endpoint.target.as_str())
    .bind(endpoint.secret.as_str())
    .bind(endpoint.active)
    .bind(endpoint.created_at)
    .bind(endpoint.private_allowed)
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn endpoints(conn: &mut Conn, centre: &str) -> Result<Vec<EndpointRow>, StoreError> {
    let text = select!(endpoints, "WHERE centre = $1 ORDER BY agency, channel");
    Ok(sqlx::query_as(text).bind(centre).fetch_all(conn).await?)
}

pub async fn erase_person(conn: &mut Conn, centre: &str, id: Uuid, at: i64) -> Result<bool, StoreError> {
    let text = "UPDATE people SET name = NULL, phone = NULL, digits = NULL, erased_at = coalesce(erased_at, $1) \
                WHERE centre = $2 AND id = $3";
    let changed = sqlx::query(text).bind(at).bind(centre).bind(id).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}

pub async fn erase_text(conn: &mut Conn, centre: &str, id: Uuid, at: i64) -> Result<bool, StoreError> {
    let text = "UPDATE texts SET body = NULL, erased_at = coalesce(erased_at, $1) \
                WHERE centre = $2 AND id = $3";
    let changed = sqlx::query(text).bind(at).bind(centre).bind(id).execute(conn).await?;
    Ok(changed.rows_affected() == 1)
}
