//! The page behind a signed link: GET shows what the dispatch is about, POST acknowledges it.
//!
//! Messengers and mail scanners fetch links to preview them: a GET never changes anything. Whoever holds the
//! link sees what the agency sees of it, without reporters, and only as long as the dispatch runs.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use kentongan_domain::command::Command;
use kentongan_domain::dispatch::{DispatchAct, DispatchState, Via};
use kentongan_domain::people::{Actor, Role};

use super::App;
use super::extract::Path;
use crate::centre::Centre;
use crate::command::{Submission, SubmitError};
use crate::link::{BadLink, Linked};
use crate::platform::Platform;
use crate::stream::HeldDispatch;

const STYLE: &str = include_str!("../../assets/link.css");

const NOT_KEPT: &str = "<h1>Belum tercatat</h1><p class=\"over\">Server sedang tidak bisa menyimpan. Tekan lagi \
    sebentar lagi, atau telepon 112.</p>";
const UNKNOWN: &str = "<h1>Tautan tidak dikenal</h1><p class=\"over\">Tautan ini tidak lengkap atau berubah. Buka lagi \
    dari pesan aslinya, atau telepon 112.</p>";
const OVER: &str = "<h1>Tautan sudah berakhir</h1><p class=\"over\">Penugasan ini sudah lewat waktunya. Telepon 112 bila \
    masih perlu.</p>";

/// `GET /t/link.css`.
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

/// `GET /t/{centre}/{token}`.
pub async fn show(State(app): State<App>, Path((code, token)): Path<(String, String)>) -> Response {
    match find(&app, &code, &token) {
        Ok((centre, _, held)) => page(StatusCode::OK, &body_of(centre, &held)),
        Err(refused) => refused,
    }
}

/// `POST /t/{centre}/{token}`.
pub async fn acknowledge(State(app): State<App>, Path((code, token)): Path<(String, String)>) -> Response {
    let (centre, linked, held) = match find(&app, &code, &token) {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let dispatch = &held.dispatch;
    let Some(delivery) = dispatch.deliveries.iter().find(|one| one.id == linked.delivery) else {
        return refused(BadLink::Forged);
    };
    let actor = Actor {
        name: format!("contact:{}/{}", dispatch.agency, delivery.contact),
        role: Some(Role::Agency),
        agency: Some(dispatch.agency.clone()),
    };
    let command = Command::Act {
        dispatch: dispatch.id,
        act: DispatchAct::Acknowledge,
        via: Via::Link,
        reason: None,
        units: Vec::new(),
    };
    let key = format!("link/{}/acknowledge", linked.delivery);
    let submission = Submission { actor, ..Submission::of_system(&key, command, Platform.now()) };
    match centre.commands.submit(submission).await {
        // Already acknowledged, by whomever: the page says so.
        Ok(_) | Err(SubmitError::Rejected(_) | SubmitError::KeyReused) => {
            let now = centre.hub.read(|memory| memory.dispatch(dispatch.id)).unwrap_or(held);
            page(StatusCode::OK, &body_of(centre, &now))
        }
        Err(SubmitError::Store(_) | SubmitError::Overloaded) => {
            page(StatusCode::SERVICE_UNAVAILABLE, NOT_KEPT)
        }
    }
}

fn find<'a>(
    app: &'a App,
    code: &str,
    token: &str,
) -> Result<(&'a Centre, Linked, std::sync::Arc<HeldDispatch>), Response> {
    // A centre that does not exist looks like a link that was changed.
    let centre = app.centres.get(code).ok_or_else(|| refused(BadLink::Forged))?;
    let linked = app.links.read(code, token, Platform.now()).map_err(refused)?;
    // What ended more than a day ago is not held, and no link lives as long.
    let held = centre.hub.read(|memory| memory.dispatch(linked.dispatch));
    held.map(|held| (centre.as_ref(), linked, held)).ok_or_else(|| refused(BadLink::Expired))
}

fn refused(why: BadLink) -> Response {
    match why {
        BadLink::Forged => page(StatusCode::NOT_FOUND, UNKNOWN),
        BadLink::Expired => page(StatusCode::GONE, OVER),
    }
}

fn body_of(centre: &Centre, held: &HeldDispatch) -> String {
    let dispatch = &held.dispatch;
    let incident = centre.hub.read(|memory| memory.incident(dispatch.incident));
    let drill = if centre.is_drill() { "<p class=\"mark\">LATIHAN</p>" } else { "" };
    let number = escaped(&held.incident_number);
    let Some(incident) = incident else {
        return format!("{drill}<h1>{number}</h1><p class=\"over\">Penugasan ini sudah berakhir.</p>");
    };
    let incident = &incident.incident;
    let type_name = centre.reference.incident_type(&incident.type_code);
    let what = type_name.map_or(incident.category.name_id(), |kind| kind.name_id.as_str());
    if dispatch.state.is_final() {
        // A link that was forwarded must not go on telling where somebody lives.
        let how = if dispatch.state == DispatchState::Withdrawn {
            "Dibatalkan: jangan berangkat."
        } else {
            "Penugasan ini sudah selesai."
        };
        return format!("{drill}<h1>{number}</h1><p class=\"over\">{how}</p>");
    }
    let place = &incident.place;
    let parts = [&place.label, &place.village, &place.district, &place.regency];
    let place = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { "belum diketahui; telepon 112" } else { &place };
    let corrected = dispatch.corrected_at.map_or("", |_| "<p class=\"mark\">DIUBAH: baca lagi</p>");
    let act = match dispatch.acknowledged_at {
        None => "<form method=\"post\"><button type=\"submit\">TERIMA</button></form>".to_owned(),
        Some(_) => "<p class=\"done\">Sudah diterima. Kabari kemajuan ke 112.</p>".to_owned(),
    };
    format!(
        "{drill}{corrected}<h1>{number}</h1><dl><dt>Prioritas</dt><dd>P{}</dd><dt>Kejadian</dt><dd>{}</dd>\
         <dt>Lokasi</dt><dd>{}</dd></dl>{act}",
        u8::from(incident.priority),
        escaped(what),
        escaped(place),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn page(status: StatusCode, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>Penugasan 112</title>\
         <link rel=\"stylesheet\" href=\"/t/link.css\"><main>{body}</main></html>"
    );
    (status, Html(html)).into_response()
}
