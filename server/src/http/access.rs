//! The one place that decides who may call what: a permission a route, a set of roles a permission.
//!
//! Fails closed: a route without an entry cannot be made, because [`super::routes`] is the router.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kentongan_domain::people::Role;

use super::caller::{Caller, LoggedInCaller};
use super::error::ApiError;
use super::{App, routes};
use crate::auth::{Principal, origin};

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    /// Nothing.
    Public,
    /// To be logged in.
    Person,
    /// To read a centre: its desk, its agencies (their own things) and its auditors.
    Read,
    /// To hand in reports.
    Report,
    /// To work at the desk.
    Desk,
    /// To move dispatches: the desk, and an agency its own.
    Act,
    /// To tell where units are: the desk, an agency of its own, a gateway's token made for it.
    Track,
    /// To read the whole log: supervisors, auditors, administrators.
    Audit,
}

impl Permission {
    /// Whether a role in the centre is enough. `Public` and `Person` ask for none.
    pub fn includes(self, role: Role) -> bool {
        match self {
            Self::Public | Self::Person => true,
            Self::Read => role != Role::Intake,
            Self::Report => role.is_desk() || role == Role::Intake,
            Self::Desk => role.is_desk(),
            Self::Act => role.is_desk() || role == Role::Agency,
            Self::Track => role.is_desk() || matches!(role, Role::Agency | Role::Intake),
            Self::Audit => matches!(role, Role::Supervisor | Role::Auditor | Role::Admin | Role::Trainer),
        }
    }
}

/// What a token is narrowed to that may tell positions and nothing else.
pub const POSITIONS_ONLY: &str = "positions";

impl Permission {
    /// Whether what a token is narrowed to leaves this permission. A tracker's token lies in many vehicles:
    /// it opens nothing else; and a gateway for messages tells no positions.
    fn fits(self, role: Role, channel: Option<&str>) -> bool {
        let narrowed = channel == Some(POSITIONS_ONLY);
        if self == Self::Track { narrowed || role != Role::Intake } else { !narrowed }
    }
}

/// Checks every request before its handler sees it.
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    match admit(&app, request).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn admit(app: &App, mut request: Request) -> Result<Request, ApiError> {
    let pattern = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let pattern = pattern.ok_or_else(|| ApiError::internal("a request came past the router"))?;
    let permission = routes::permission_of(app, request.method(), &pattern)
        .ok_or_else(|| ApiError::method_not_allowed(routes::methods_of(app, &pattern)))?;
    if permission == Permission::Public {
        return Ok(request);
    }
    let principal = app.accounts.authenticate(request.headers(), app.secure).await?;
    check_origin(app, &request, &principal)?;
    if permission == Permission::Person {
        request.extensions_mut().insert(LoggedInCaller(principal));
        return Ok(request);
    }
    let code = request.uri().path().split('/').nth(4).unwrap_or_default().to_owned();
    // A centre that one has no right in looks exactly like one that does not exist.
    let centre = app.centres.get(&code).cloned().ok_or_else(|| ApiError::not_found("the centre"))?;
    let grant = principal.grant_in(&code).cloned().ok_or_else(|| ApiError::not_found("the centre"))?;
    let actor = principal.actor_in(&code).ok_or_else(|| ApiError::not_found("the centre"))?;
    if !permission.includes(grant.role) || !permission.fits(grant.role, principal.channel.as_deref()) {
        return Err(ApiError::forbidden());
    }
    request.extensions_mut().insert(Caller { principal, grant, centre, actor });
    Ok(request)
}

/// A browser's cookie counts only for requests of our own pages: everything that changes something,
/// and the socket.
fn check_origin(app: &App, request: &Request, principal: &Principal) -> Result<(), ApiError> {
    let upgrades = request.headers().contains_key("upgrade");
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD) && !upgrades;
    if harmless || (!principal.by_cookie && !request.headers().contains_key("origin")) {
        return Ok(());
    }
    let host = request
        .headers()
        .get("host")
        .and_then(|host| host.to_str().ok())
        .or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str))
        .unwrap_or_default();
    let own = origin::allowed_origin(request.headers(), host, app.secure, &app.allowed_origins);
    if principal.by_cookie && !own {
        return Err(ApiError::new(
            axum::http::StatusCode::FORBIDDEN,
            "foreign_origin",
            "this request comes from another site's page",
        ));
    }
    if upgrades && !own {
        return Err(ApiError::new(
            axum::http::StatusCode::FORBIDDEN,
            "foreign_origin",
            "sockets are opened by this server's own pages only",
        ));
    }
    Ok(())
}
