//! The table of routes: what there is, who may call it, what goes in and out. The router, the access
//! check and the OpenAPI document are all made from it, so that none can know a route the others do not.

mod channels;
mod handover;
mod neighbours;
mod plans;
mod units;

use std::collections::HashMap;

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on, post};
use kentongan_protocol::agreement::AgreementAnswer;
use kentongan_protocol::answers as a;
use kentongan_protocol::page::Page;
use kentongan_protocol::requests as r;
use kentongan_protocol::views as v;

use super::access::Permission::{self, Act, Audit, Desk, Person, Public, Read, Report};
use super::openapi::SchemaOf;
use super::{
    App, agreement, centres, dispatches, echo, events, geography, health, incidents, landmarks, openapi,
    reports, session, stream, surge,
};

/// One route.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Pattern, with `{names}`.
    pub path: &'static str,
    /// Who may call it.
    pub permission: Permission,
    /// What it does, for the document.
    pub summary: &'static str,
    /// What goes in.
    pub body: Option<SchemaOf>,
    /// What comes out, with its status.
    pub answer: Option<(u16, SchemaOf)>,
    /// Query parameters, with what they mean.
    pub query: &'static [(&'static str, &'static str)],
    /// The handler.
    pub handler: MethodRouter<App>,
}

impl Route {
    fn new<H, T>(
        method: Method,
        path: &'static str,
        permission: Permission,
        summary: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        Self {
            method,
            path,
            permission,
            summary,
            body: None,
            answer: None,
            query: &[],
            handler: on(filter, handler),
        }
    }

    fn body<T: utoipa::ToSchema>(mut self) -> Self {
        self.body = Some(SchemaOf::of::<T>());
        self
    }

    fn answers<T: utoipa::ToSchema>(mut self, status: u16) -> Self {
        self.answer = Some((status, SchemaOf::of::<T>()));
        self
    }

    fn query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }
}

/// The permission of a route; none when there is no such route.
pub fn permission_of(app: &App, method: &Method, pattern: &str) -> Option<Permission> {
    let method = if method == Method::HEAD { Method::GET } else { method.clone() };
    app.permissions.get(&(method, pattern.to_owned())).copied()
}

/// The methods of a pattern, for `Allow`.
pub fn methods_of(app: &App, pattern: &str) -> String {
    let mut methods: Vec<&str> = app
        .permissions
        .keys()
        .filter(|(_, path)| path == pattern)
        .map(|(method, _)| method.as_str())
        .collect();
    methods.sort_unstable();
    methods.join(", ")
}

/// Permissions by method and pattern.
pub fn permissions(diagnostics: bool) -> HashMap<(Method, String), Permission> {
    table(diagnostics)
        .into_iter()
        .map(|route| ((route.method, route.path.to_owned()), route.permission))
        .collect()
}

const PAGE: &[(&str, &str)] = &[
    ("limit", "items a page, 1 to 200, default 50"),
    ("after", "the cursor that `next` carries"),
    ("state", "only those in this state"),
    ("open", "only open (true) or only ended (false)"),
];
const DISPATCH_PAGE: &[(&str, &str)] = &[
    ("limit", "items a page, 1 to 200, default 50"),
    ("after", "the cursor that `next` carries"),
    ("state", "only those in this state"),
    ("open", "only running (true) or only ended (false)"),
    ("overdue", "only overdue (true) or only those in time (false)"),
    ("agency", "only those to this agency"),
    ("incident", "only those of this incident"),
];
const EVENT_PAGE: &[(&str, &str)] =
    &[("after", "events after this seq, default 0"), ("limit", "items a page, 1 to 200, default 50")];
const CODE_PAGE: &[(&str, &str)] =
    &[("limit", "items a page, 1 to 200, default 200"), ("after", "the cursor that `next` carries")];
const PLACES: &[(&str, &str)] = &[
    ("q", "words, at least two letters"),
    ("near", "`lat,lon` to prefer places nearby"),
    ("limit", "1 to 50"),
];
const RANGE: &[(&str, &str)] = &[
    ("from", "reports that arrived from here on, epoch µs; default a year before `to`, at most 731 days"),
    ("to", "up to before here, epoch µs; default now"),
];
const POINT: &[(&str, &str)] = &[
    ("lat", "latitude, WGS 84 degrees"),
    ("lon", "longitude, WGS 84 degrees"),
    ("accuracy_m", "radius of uncertainty in metres"),
];

/// Every route.
pub fn table(diagnostics: bool) -> Vec<Route> {
    let (get, create, delete) = (Method::GET, Method::POST, Method::DELETE);
    let new = |method: &Method| method.clone();
    let mut routes = vec![
        Route::new(new(&get), "/healthz", Public, "The process is alive", health::healthz),
        Route::new(new(&get), "/readyz", Public, "The store takes writes", health::readyz),
        Route::new(new(&get), "/metrics", Public, "Measures, Prometheus text", health::metrics),
        Route::new(new(&get), "/api/openapi.json", Public, "This document", openapi::document),
        Route::new(new(&get), "/api/docs", Public, "This document for people", openapi::docs),
        Route::new(new(&create), "/api/v1/session", Public, "Log in", session::log_in)
            .body::<r::LogIn>()
            .answers::<a::SessionAnswer>(200),
        Route::new(new(&get), "/api/v1/session", Person, "Who is logged in", session::who)
            .answers::<a::SessionAnswer>(200),
        Route::new(new(&delete), "/api/v1/session", Person, "Log out", session::log_out),
        Route::new(new(&get), "/api/v1/centres", Person, "Centres one has a right in", centres::list)
            .answers::<Page<a::GrantAnswer>>(200),
        Route::new(new(&get), "/api/v1/centres/{centre}", Read, "A centre's reference data", centres::one)
            .answers::<a::CentreAnswer>(200),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/boundaries",
            Read,
            "Village outlines, GeoJSON (lon, lat)",
            centres::boundaries,
        ),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/reports",
            Report,
            "Hand in a report",
            reports::create,
        )
        .body::<r::CreateReport>()
        .answers::<a::ReportStored>(201),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/reports",
            Read,
            "Reports, newest first",
            reports::list,
        )
        .answers::<Page<v::ReportView>>(200)
        .query(PAGE),
        Route::new(new(&get), "/api/v1/centres/{centre}/reports/{id}", Read, "A report", reports::one)
            .answers::<v::ReportView>(200),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/triage",
            Report,
            "Understand a text without storing it",
            reports::preview,
        )
        .body::<r::PreviewTriage>()
        .answers::<a::Understanding>(200),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/triage/agreement",
            Audit,
            "How often people kept what was suggested",
            agreement::read,
        )
        .answers::<AgreementAnswer>(200)
        .query(RANGE),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/reports/{id}/outcome",
            Desk,
            "Decide a waiting report",
            reports::outcome,
        )
        .body::<r::SetOutcome>()
        .answers::<a::ReportAnswer>(200),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/reports/{id}/lift",
            Desk,
            "Bring a waiting report to the front",
            reports::lift,
        )
        .answers::<a::ReportAnswer>(200),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/reports/{id}/contact",
            Desk,
            "Put its contact's next reports behind for a while, or bring them forward",
            reports::rank_contact,
        )
        .body::<r::RankContact>()
        .answers::<a::ReportAnswer>(200),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/surge",
            Desk,
            "What many contacts tell of and nobody has confirmed",
            surge::list,
        )
        .answers::<Page<a::SurgeProposal>>(200),
    ];
    routes.extend(incident_routes());
    routes.extend(dispatch_routes());
    routes.extend(handover::routes());
    routes.extend(neighbours::routes());
    routes.extend(channels::routes());
    routes.extend(units::routes());
    routes.extend(plans::routes());
    routes.extend([
        Route::new(new(&get), "/api/v1/centres/{centre}/agencies", Read, "Agencies", centres::agencies)
            .query(CODE_PAGE),
        Route::new(new(&get), "/api/v1/centres/{centre}/agencies/{id}", Read, "An agency", centres::agency),
        Route::new(new(&get), "/api/v1/centres/{centre}/events", Audit, "The log", events::list)
            .answers::<Page<a::EventAnswer>>(200)
            .query(EVENT_PAGE),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/events/{id}",
            Audit,
            "A fact by its seq",
            events::one,
        )
        .answers::<a::EventAnswer>(200),
        Route::new(new(&get), "/api/v1/centres/{centre}/places", Read, "Places by words", geography::places)
            .answers::<Page<a::PlaceCandidate>>(200)
            .query(PLACES),
        Route::new(
            new(&create),
            "/api/v1/centres/{centre}/landmarks",
            Desk,
            "Add what people call a place",
            landmarks::add,
        )
        .body::<r::AddLandmark>()
        .answers::<a::LandmarkAnswer>(201),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/landmarks",
            Read,
            "Landmarks that people added",
            landmarks::list,
        )
        .answers::<Page<a::LandmarkAnswer>>(200),
        Route::new(
            Method::PATCH,
            "/api/v1/centres/{centre}/landmarks/{id}",
            Desk,
            "Correct the name or place of an added landmark",
            landmarks::change,
        )
        .body::<r::ChangeLandmark>()
        .answers::<a::LandmarkAnswer>(200),
        Route::new(
            new(&delete),
            "/api/v1/centres/{centre}/landmarks/{id}",
            Desk,
            "Take an added landmark away; an operator only their own",
            landmarks::remove,
        ),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/jurisdiction",
            Read,
            "Whose area a point is",
            geography::jurisdiction,
        )
        .answers::<a::JurisdictionAnswer>(200)
        .query(POINT),
        Route::new(
            new(&get),
            "/api/v1/centres/{centre}/stream",
            Read,
            "Live views (WebSocket; see docs/PROTOCOL.md)",
            stream::upgrade,
        ),
    ]);
    if diagnostics {
        routes.push(Route::new(get, "/ws/echo", Public, "Echo (WebSocket), for measuring", echo::upgrade));
    }
    routes
}

fn incident_routes() -> Vec<Route> {
    let act = |path, summary, handler: MethodRouter<App>| Route {
        method: Method::POST,
        path,
        permission: Desk,
        summary,
        body: None,
        answer: None,
        query: &[],
        handler,
    };
    vec![
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/incidents",
            Desk,
            "Open an incident",
            incidents::open,
        )
        .body::<r::OpenIncident>()
        .answers::<a::IncidentAnswer>(201),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/incidents",
            Read,
            "Incidents, newest first",
            incidents::list,
        )
        .answers::<Page<v::IncidentView>>(200)
        .query(PAGE),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/incidents/{id}",
            Read,
            "An incident",
            incidents::one,
        )
        .answers::<v::IncidentView>(200),
        Route::new(
            Method::PATCH,
            "/api/v1/centres/{centre}/incidents/{id}",
            Desk,
            "Set type, priority, place",
            incidents::change,
        )
        .body::<r::ChangeIncident>()
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/merge",
            "Make it part of another",
            post(incidents::merge),
        )
        .body::<r::MergeIncident>()
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/split",
            "Move reports to a new incident",
            post(incidents::split),
        )
        .body::<r::SplitIncident>()
        .answers::<a::IncidentAnswer>(201),
        act("/api/v1/centres/{centre}/incidents/{id}/resolve", "It is over", post(incidents::resolve))
            .body::<r::EndIncident>()
            .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/close",
            "Close the record, end its dispatches, release its units",
            post(incidents::close),
        )
        .body::<r::EndIncident>()
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/reopen",
            "Take it up again, with a reason",
            post(incidents::reopen),
        )
        .body::<r::EndIncident>()
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/confirm-known",
            "It is a known event: what tells of nothing else waits behind",
            post(surge::confirm),
        )
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/end-known",
            "It is a known event no longer",
            post(surge::end),
        )
        .answers::<a::IncidentAnswer>(200),
        act(
            "/api/v1/centres/{centre}/incidents/{id}/dispatches",
            "Forward to an agency",
            post(dispatches::create),
        )
        .body::<r::CreateDispatch>()
        .answers::<a::DispatchAnswer>(201),
    ]
}

fn dispatch_routes() -> Vec<Route> {
    let act = |path, permission, summary, handler: MethodRouter<App>| Route {
        method: Method::POST,
        path,
        permission,
        summary,
        body: Some(SchemaOf::of::<r::ActOnDispatch>()),
        answer: Some((200, SchemaOf::of::<a::DispatchAnswer>())),
        query: &[],
        handler,
    };
    vec![
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/dispatches",
            Read,
            "Dispatches, newest first",
            dispatches::list,
        )
        .answers::<Page<v::DispatchView>>(200)
        .query(DISPATCH_PAGE),
        Route::new(
            Method::GET,
            "/api/v1/centres/{centre}/dispatches/{id}",
            Read,
            "A dispatch",
            dispatches::one,
        )
        .answers::<v::DispatchView>(200),
        act(
            "/api/v1/centres/{centre}/dispatches/{id}/acknowledge",
            Act,
            "A person at the agency knows",
            post(dispatches::acknowledge),
        ),
        act(
            "/api/v1/centres/{centre}/dispatches/{id}/accept",
            Act,
            "The agency takes it on",
            post(dispatches::accept),
        ),
        act(
            "/api/v1/centres/{centre}/dispatches/{id}/reject",
            Act,
            "The agency refuses, with a reason",
            post(dispatches::reject),
        ),
        act(
            "/api/v1/centres/{centre}/dispatches/{id}/en-route",
            Act,
            "On the way",
            post(dispatches::en_route),
        ),
        act("/api/v1/centres/{centre}/dispatches/{id}/on-scene", Act, "There", post(dispatches::on_scene)),
        act("/api/v1/centres/{centre}/dispatches/{id}/complete", Act, "Done", post(dispatches::complete)),
        act(
            "/api/v1/centres/{centre}/dispatches/{id}/withdraw",
            Desk,
            "The desk calls it off",
            post(dispatches::withdraw),
        ),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/dispatches/{id}/help",
            Act,
            "The field needs help: rings at the desk",
            dispatches::ask_for_help,
        )
        .body::<kentongan_protocol::field::AskForHelp>()
        .answers::<a::DispatchAnswer>(200),
        Route::new(
            Method::POST,
            "/api/v1/centres/{centre}/dispatches/{id}/help/answer",
            Desk,
            "The desk has heard a call for help and sees to it",
            dispatches::answer_help,
        )
        .answers::<a::DispatchAnswer>(200),
    ]
}
