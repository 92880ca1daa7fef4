//! Dispatches: forwarding an incident, every act on the way, reading.

use axum::http::StatusCode;
use kentongan_domain::command::Command;
use kentongan_domain::dispatch::{DispatchAct, Via};
use kentongan_domain::ids::{DispatchId, IncidentId};
use kentongan_protocol::answers::DispatchAnswer;
use kentongan_protocol::field::{AddFieldNote, AskForHelp};
use kentongan_protocol::page::Page;
use kentongan_protocol::requests::{ActOnDispatch, CreateDispatch};
use kentongan_protocol::views::DispatchView;
use kentongan_store::DispatchFilter;

use super::alarm::told_back;
use super::body::{Json, JsonOrNothing, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::{Path, Query};
use super::find;
use super::pages::ListQuery;
use super::submit::submit;
use crate::command::{Erasable, Submission, Target, dispatch_from_row};
use crate::platform::Platform;
use crate::stream::{Publication, dispatch_view};

/// `POST …/incidents/{id}/dispatches`.
pub async fn create(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<CreateDispatch>,
) -> Result<(StatusCode, axum::Json<DispatchAnswer>), ApiError> {
    let incident: IncidentId = id.parse().map_err(|_| ApiError::not_found("the incident"))?;
    // An agency that does not exist is a wrong field here, not a wrong address.
    if caller.centre.reference.agency(&body.agency).is_none() {
        return Err(ApiError::invalid("/agency", format!("{} is not an agency of this centre", body.agency)));
    }
    let units = body.units.unwrap_or_default();
    known_units(&caller, &units)?;
    let mut erasable = Erasable::default();
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let said =
        body.recommended.map(|said| told_back(said, "/recommended", incident, &mut ids, &mut erasable));
    let recommended = said.transpose()?;
    let (command_id, fingerprint) = key.of(&caller, &format!("incidents/{incident}/dispatches"), &bytes);
    let submission = Submission {
        command_id,
        alias: None,
        fingerprint,
        command: Command::Dispatch { incident, agency: body.agency, role: body.role, units, recommended },
        actor: caller.actor.clone(),
        received_at: Platform.now(),
        erasable,
        keepsake: None,
    };
    let committed = caller.centre.commands.submit(submission).await?;
    let Target::Dispatch(id) = committed.target else {
        return Err(ApiError::internal("forwarding gave no dispatch"));
    };
    let status = if committed.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let dispatch = find::dispatch(&caller, id).await?;
    Ok((status, axum::Json(DispatchAnswer { dispatch, seq: committed.seq })))
}

pub(super) fn known_units(caller: &Caller, units: &[String]) -> Result<(), ApiError> {
    let pack = &caller.centre.reference.pack;
    for (index, code) in units.iter().enumerate() {
        if !pack.units.iter().any(|unit| &unit.code == code) {
            return Err(ApiError::invalid(
                format!("/units/{index}"),
                format!("{code} is not a unit of this centre"),
            ));
        }
    }
    Ok(())
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident => $act:ident),* $(,)?) => { $(
        $(#[$doc])*
        pub async fn $name(
            caller: Caller,
            path: Path<(String, String)>,
            key: IdempotencyKey,
            body: JsonOrNothing<ActOnDispatch>,
        ) -> Result<axum::Json<DispatchAnswer>, ApiError> {
            act(caller, path, key, body, DispatchAct::$act).await
        }
    )* };
}

acts! {
    /// `POST …/dispatches/{id}/acknowledge`.
    acknowledge => Acknowledge,
    /// `POST …/dispatches/{id}/accept`.
    accept => Accept,
    /// `POST …/dispatches/{id}/reject`.
    reject => Reject,
    /// `POST …/dispatches/{id}/en-route`.
    en_route => EnRoute,
    /// `POST …/dispatches/{id}/on-scene`.
    on_scene => OnScene,
    /// `POST …/dispatches/{id}/complete`.
    complete => Complete,
    /// `POST …/dispatches/{id}/withdraw`.
    withdraw => Withdraw,
}

async fn act(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    JsonOrNothing(Json { value: body, bytes }): JsonOrNothing<ActOnDispatch>,
    act: DispatchAct,
) -> Result<axum::Json<DispatchAnswer>, ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    if caller.is_agency() {
        // Another agency's dispatch does not exist for this one.
        find::dispatch(&caller, dispatch).await?;
    }
    let units = body.units.unwrap_or_default();
    known_units(&caller, &units)?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let reason = bounded(body.reason, "/reason", NOTE_MAX_CHARS)?;
    let verbal = bounded(body.verbal, "/verbal", NOTE_MAX_CHARS)?;
    if verbal.is_some() && (act != DispatchAct::Acknowledge || caller.is_agency()) {
        return Err(ApiError::invalid("/verbal", "only the desk notes who acknowledged by word of mouth"));
    }
    // What the desk acknowledges, the agency has said to it.
    let via = if caller.is_agency() { Via::Console } else { Via::Verbal };
    let reason = erasable.note(&mut ids, &dispatch.to_string(), verbal.or(reason));
    let (command_id, fingerprint) = key.of(&caller, &format!("dispatches/{dispatch}/{}", act.code()), &bytes);
    let submission = Submission {
        command_id,
        alias: None,
        fingerprint,
        command: Command::Act { dispatch, act, via, reason, units },
        actor: caller.actor.clone(),
        received_at: Platform.now(),
        erasable,
        keepsake: None,
    };
    let committed = caller.centre.commands.submit(submission).await?;
    Ok(axum::Json(DispatchAnswer { dispatch: find::dispatch(&caller, dispatch).await?, seq: committed.seq }))
}

/// `POST …/dispatches/{id}/help`.
pub async fn ask_for_help(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    JsonOrNothing(Json { value: body, bytes }): JsonOrNothing<AskForHelp>,
) -> Result<axum::Json<DispatchAnswer>, ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    find::dispatch(&caller, dispatch).await?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let note = bounded(body.note, "/note", NOTE_MAX_CHARS)?;
    let note = erasable.note(&mut ids, &dispatch.to_string(), note);
    let command = Command::AskForHelp { dispatch, note };
    let what = format!("dispatches/{dispatch}/help");
    let committed = submit(&caller, key, &what, &bytes, command, erasable).await?;
    Ok(axum::Json(DispatchAnswer { dispatch: find::dispatch(&caller, dispatch).await?, seq: committed.seq }))
}

/// `POST …/dispatches/{id}/notes`.
pub async fn add_note(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<AddFieldNote>,
) -> Result<axum::Json<DispatchAnswer>, ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    find::dispatch(&caller, dispatch).await?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let note = bounded(Some(body.note), "/note", NOTE_MAX_CHARS)?;
    let note = erasable.note(&mut ids, &dispatch.to_string(), note);
    let command = Command::AddNote { dispatch, note };
    let what = format!("dispatches/{dispatch}/notes");
    let committed = submit(&caller, key, &what, &bytes, command, erasable).await?;
    Ok(axum::Json(DispatchAnswer { dispatch: find::dispatch(&caller, dispatch).await?, seq: committed.seq }))
}

/// `POST …/dispatches/{id}/help/answer`.
pub async fn answer_help(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
) -> Result<axum::Json<DispatchAnswer>, ApiError> {
    let dispatch: DispatchId = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    let what = format!("dispatches/{dispatch}/help/answer");
    let command = Command::AnswerHelp { dispatch };
    let committed = submit(&caller, key, &what, b"", command, Erasable::default()).await?;
    Ok(axum::Json(DispatchAnswer { dispatch: find::dispatch(&caller, dispatch).await?, seq: committed.seq }))
}

/// `GET …/dispatches`.
pub async fn list(
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<Page<DispatchView>>, ApiError> {
    let audience = caller.audience()?;
    let centre = &caller.centre;
    let path = format!("/api/v1/centres/{}/dispatches", centre.code);
    // An agency asks for its own, whatever it asks for.
    let agency = if caller.is_agency() { caller.grant.agency.clone() } else { query.agency.clone() };
    let filter = DispatchFilter {
        agency,
        incident: query.incident,
        state: query.state.clone(),
        overdue: query.overdue,
        open: query.open,
    };
    let rows = centre.store.list_dispatches(&centre.code, &filter, query.after()?, query.limit()?).await?;
    let last = rows.last().map(|row| (row.queued_at, row.id));
    let mut items = Vec::with_capacity(rows.len());
    let mut loaded = Publication::default();
    for row in &rows {
        loaded.dispatches.push(dispatch_from_row(row)?);
    }
    let order: Vec<DispatchId> = loaded.dispatches.iter().map(|dispatch| dispatch.id).collect();
    for incident in
        loaded.dispatches.iter().map(|dispatch| dispatch.incident).collect::<std::collections::BTreeSet<_>>()
    {
        loaded.incidents.push(find::held_incident(&caller, incident).await?.incident.clone());
    }
    find::add_words(&caller, &mut loaded).await?;
    let memory = find::scratch(&caller, loaded);
    items.extend(
        order.into_iter().filter_map(|id| memory.dispatch(id).map(|held| dispatch_view(&held, &audience))),
    );
    Ok(axum::Json(query.page(&path, items, last)))
}

/// `GET …/dispatches/{id}`.
pub async fn one(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<DispatchView>, ApiError> {
    let id = id.parse().map_err(|_| ApiError::not_found("the dispatch"))?;
    Ok(axum::Json(find::dispatch(&caller, id).await?))
}
