//! The HTTP API: one file per resource, the table of routes, access, errors.
//!
//! Handlers translate between wire and commands; they never decide a rule and never touch the log.

pub mod access;
pub mod body;
pub mod caller;
pub mod error;
pub mod extract;
pub mod openapi;
pub mod routes;

mod agreement;
mod alarm;
mod centres;
mod console;
mod devices;
mod dispatches;
mod duty;
mod echo;
mod events;
mod find;
mod geography;
mod health;
mod inbound;
mod incidents;
mod landmarks;
mod links;
mod neighbours;
mod observe;
mod pages;
mod patience;
mod photos;
mod push;
mod positions;
mod recommendation;
mod reports;
mod session;
mod stream;
mod submit;
mod surge;
mod units;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use kentongan_store::Store;
use tokio_util::sync::CancellationToken;

use self::access::Permission;
use crate::auth::Accounts;
use crate::centre::Centres;
use crate::forward::Forwarding;
use crate::link::Links;
use crate::metrics::Metrics;
use crate::travel::TravelTimes;

/// What every handler may use; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The centres.
    pub centres: Arc<Centres>,
    /// Who may come in.
    pub accounts: Accounts,
    /// The database, for what belongs to no centre.
    pub store: Arc<dyn Store>,
    /// Measures.
    pub metrics: Arc<Metrics>,
    /// Signed links in messages.
    pub links: Arc<Links>,
    /// The way out, for what comes back by it.
    pub forwarding: Arc<Forwarding>,
    /// Whether people reach us over TLS.
    pub secure: bool,
    /// Origins besides our own whose pages may call us.
    pub allowed_origins: Arc<Vec<String>>,
    /// Who knows how long units need.
    pub travel: Arc<dyn TravelTimes>,
    /// Closes sockets.
    pub shutdown: CancellationToken,
    /// Permissions by method and pattern, from the table of routes.
    pub permissions: Arc<HashMap<(Method, String), Permission>>,
    /// The rendered OpenAPI document.
    pub openapi: Arc<String>,
}

/// The whole service.
pub fn router(app: App, diagnostics: bool) -> Router {
    let mut router = Router::new();
    for route in routes::table(diagnostics) {
        router = router.route(route.path, route.handler);
    }
    router
        .route_layer(axum::middleware::from_fn_with_state(app.clone(), access::check))
        .fallback(console::serve)
        .layer(axum::middleware::from_fn(patience::limit))
        .layer(axum::middleware::from_fn_with_state(app.clone(), observe::observe))
        .with_state(app)
}
