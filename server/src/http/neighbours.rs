//! Neighbouring centres: offering an incident to one, writing down what it said by telephone, and what another
//! centre's server brings, signed.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use kentongan_domain::command::Command;
use kentongan_protocol::answers::IncidentAnswer;
use kentongan_protocol::neighbours::{
    AnswerOffer, HandoverNoted, HandoverOffer, HandoverReceived, HandoverReply, NeighbourAnswer,
    OfferIncident,
};
use kentongan_protocol::page::Page;

use super::App;
use super::body::{Json, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::Path;
use super::incidents::{answer as answer_with, parse_id};
use super::submit::submit;
use crate::centre::LiveCentre;
use crate::command::Erasable;
use crate::forward::{NEIGHBOUR_CHANNEL, Signature, secrets_of};
use crate::intake::neighbour::{NotTaken, is_code, receive, take_answer};
use crate::platform::Platform;

type Answer = Result<axum::Json<IncidentAnswer>, ApiError>;

/// `GET …/neighbours`.
pub async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<axum::Json<Page<NeighbourAnswer>>, ApiError> {
    let endpoints = app.store.endpoints(&caller.centre.code).await?;
    let reached = |code: &str| match app.centres.get(code) {
        Some(centre) => !centre.is_drill(),
        None => {
            endpoints.iter().any(|row| row.active && row.channel == NEIGHBOUR_CHANNEL && row.agency == code)
        }
    };
    // A drill has neighbours to look at; nothing gets there.
    let live = !caller.centre.is_drill();
    let items = caller.centre.reference.pack.neighbours.iter().map(|neighbour| NeighbourAnswer {
        code: neighbour.code.clone(),
        name: neighbour.name.clone(),
        regencies: neighbour.regencies.clone(),
        phone: neighbour.phone.clone(),
        connected: live && reached(&neighbour.code),
    });
    Ok(axum::Json(Page { items: items.collect(), next: None }))
}

/// `POST …/incidents/{id}/offer`.
pub async fn offer(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<OfferIncident>,
) -> Answer {
    let incident = parse_id(&id)?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let note = bounded(body.note, "/note", NOTE_MAX_CHARS)?;
    let note = erasable.note(&mut ids, &incident.to_string(), note);
    let command = Command::OfferIncident { incident, to: body.to, note };
    let what = format!("incidents/{incident}/offer");
    let committed = submit(&caller, key, &what, &bytes, command, erasable).await?;
    answer_with(&caller, incident, &committed).await
}

/// `POST …/incidents/{id}/offer/answer`.
pub async fn answer(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<AnswerOffer>,
) -> Answer {
    let incident = parse_id(&id)?;
    if body.number.as_deref().is_some_and(|number| !is_code(number)) {
        return Err(ApiError::invalid("/number", "a number has up to 40 letters, digits and dashes"));
    }
    let command = Command::AnswerOffer { incident, accepted: body.accepted, number: body.number };
    let what = format!("incidents/{incident}/offer/answer");
    let committed = submit(&caller, key, &what, &bytes, command, Erasable::default()).await?;
    answer_with(&caller, incident, &committed).await
}

/// `POST …/handovers`, by another centre's server.
pub async fn receive_offer(
    State(app): State<App>,
    Path(code): Path<String>,
    headers: HeaderMap,
    Json { value: body, bytes }: Json<HandoverOffer>,
) -> Result<axum::Json<HandoverReceived>, ApiError> {
    let parties = Parties { to: &body.to, from: &body.from, transfer: body.transfer.to_string() };
    let live = signed(&app, &code, &headers, &bytes, &parties).await?;
    receive(&live, body, Platform.now()).await.map(axum::Json).map_err(not_taken)
}

/// `POST …/handovers/{transfer}/answer`, by another centre's server.
pub async fn receive_answer(
    State(app): State<App>,
    Path((code, transfer)): Path<(String, String)>,
    headers: HeaderMap,
    Json { value: body, bytes }: Json<HandoverReply>,
) -> Result<axum::Json<HandoverNoted>, ApiError> {
    let parties = Parties { to: &body.to, from: &body.from, transfer: body.transfer.to_string() };
    let live = signed(&app, &code, &headers, &bytes, &parties).await?;
    if parties.transfer != transfer {
        return Err(ApiError::invalid("/transfer", "the body speaks of another hand-over than the address"));
    }
    take_answer(&live, &body, Platform.now()).await.map(axum::Json).map_err(not_taken)
}

/// Whom a message says that it is from and for, and its id.
struct Parties<'a> {
    to: &'a str,
    from: &'a str,
    transfer: String,
}

/// The live centre that a message is for, once it is certain who sent it.
async fn signed(
    app: &App,
    code: &str,
    headers: &HeaderMap,
    body: &[u8],
    parties: &Parties<'_>,
) -> Result<LiveCentre, ApiError> {
    let unknown = || {
        let detail = "no such neighbour is known here; its administrator has to join the two centres";
        ApiError::new(StatusCode::NOT_FOUND, "unknown_neighbour", detail)
    };
    let centre = app.centres.get(code).ok_or_else(unknown)?;
    let live = centre.live().ok_or_else(|| {
        let detail = "this is a drill: nothing real may come in";
        ApiError::new(StatusCode::CONFLICT, "drill_centre", detail)
    })?;
    let endpoints = app.store.endpoints(code).await?;
    let endpoint = endpoints
        .iter()
        .find(|row| row.active && row.channel == NEIGHBOUR_CHANNEL && row.agency == parties.from)
        .ok_or_else(unknown)?;
    // What is signed names both centres and the hand-over: a message for somebody else is none for us.
    let good = Signature::of(headers).is_some_and(|signature| {
        signature.id == parties.transfer
            && parties.to == code
            && signature.is_good(&secrets_of(&endpoint.secret), body, Platform.now())
    });
    good.then_some(live).ok_or_else(|| {
        let detail = "the signature is not this neighbour's, or the two clocks lie more than 5 minutes apart";
        ApiError::new(StatusCode::UNAUTHORIZED, "bad_signature", detail)
    })
}

fn not_taken(error: NotTaken) -> ApiError {
    match error {
        NotTaken::Field(pointer, detail) => ApiError::invalid(pointer, detail),
        NotTaken::Unknown => {
            let detail = "there is no such hand-over between the two centres";
            ApiError::new(StatusCode::NOT_FOUND, "unknown_transfer", detail)
        }
        NotTaken::Submit(error) => error.into(),
        NotTaken::Internal(cause) => ApiError::internal(cause),
    }
}
