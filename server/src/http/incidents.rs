//! Incidents: opening, changing, merging, splitting, ending, reading.

use axum::http::StatusCode;
use kentongan_domain::catalogue::Category;
use kentongan_domain::command::Command;
use kentongan_domain::ids::{IdSource, IncidentId};
use kentongan_domain::place::{ClaimSource, LocationClaim, Place};
use kentongan_protocol::answers::IncidentAnswer;
use kentongan_protocol::page::Page;
use kentongan_protocol::requests::{
    ChangeIncident, EndIncident, LocationInput, MergeIncident, OpenIncident, PlaceInput, SplitIncident,
};
use kentongan_protocol::views::IncidentView;
use kentongan_store::IncidentFilter;

use super::body::{Json, JsonOrNothing, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::{Path, Query};
use super::find;
use super::pages::{ListQuery, take_page};
use super::reports::claim_of;
use super::submit::submit;
use crate::command::{Committed, Erasable, Target, incident_from_row};
use crate::intake::place_of;
use crate::platform::Platform;
use crate::stream::{Publication, incident_view};

/// The longest name of a place, in characters.
const LABEL_MAX_CHARS: usize = 200;

type Answer = Result<axum::Json<IncidentAnswer>, ApiError>;
type Created = Result<(StatusCode, axum::Json<IncidentAnswer>), ApiError>;

/// `POST …/incidents`.
pub async fn open(
    caller: Caller,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<OpenIncident>,
) -> Created {
    let (category, type_code) = known_type(&caller, &body.type_code)?;
    let place = match body.place.as_ref().filter(|place| **place != PlaceInput::default()) {
        Some(place) => place_from(&caller, place)?,
        None => first_place(&caller, &body.report_ids).await?,
    };
    let command = Command::OpenIncident {
        reports: body.report_ids,
        category,
        type_code,
        priority: body.priority,
        place,
    };
    let committed = submit(&caller, key, "incidents", &bytes, command, Erasable::default()).await?;
    created(&caller, &committed).await
}

/// `PATCH …/incidents/{id}`.
pub async fn change(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<ChangeIncident>,
) -> Answer {
    let incident = parse_id(&id)?;
    let command = Command::ChangeIncident {
        incident,
        expected_version: body.version,
        kind: body.type_code.as_deref().map(|code| known_type(&caller, code)).transpose()?,
        priority: body.priority,
        place: body.place.as_ref().map(|place| place_from(&caller, place)).transpose()?,
    };
    let what = format!("incidents/{incident}");
    let committed = submit(&caller, key, &what, &bytes, command, Erasable::default()).await?;
    answer(&caller, incident, &committed).await
}

/// `POST …/incidents/{id}/merge`.
pub async fn merge(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<MergeIncident>,
) -> Answer {
    let incident = parse_id(&id)?;
    let command = Command::MergeIncident { incident, into: body.into };
    let what = format!("incidents/{incident}/merge");
    let committed = submit(&caller, key, &what, &bytes, command, Erasable::default()).await?;
    answer(&caller, body.into, &committed).await
}

/// `POST …/incidents/{id}/split`: answers with the new incident.
pub async fn split(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<SplitIncident>,
) -> Created {
    let incident = parse_id(&id)?;
    let command = Command::SplitIncident {
        incident,
        reports: body.report_ids,
        kind: body.type_code.as_deref().map(|code| known_type(&caller, code)).transpose()?,
        priority: body.priority,
        place: body.place.as_ref().map(|place| place_from(&caller, place)).transpose()?,
    };
    let what = format!("incidents/{incident}/split");
    let committed = submit(&caller, key, &what, &bytes, command, Erasable::default()).await?;
    created(&caller, &committed).await
}

/// `POST …/incidents/{id}/resolve`.
pub async fn resolve(
    caller: Caller,
    path: Path<(String, String)>,
    key: IdempotencyKey,
    body: JsonOrNothing<EndIncident>,
) -> Answer {
    end(caller, path, key, body, End::Resolve).await
}

/// `POST …/incidents/{id}/close`.
pub async fn close(
    caller: Caller,
    path: Path<(String, String)>,
    key: IdempotencyKey,
    body: JsonOrNothing<EndIncident>,
) -> Answer {
    end(caller, path, key, body, End::Close).await
}

/// `POST …/incidents/{id}/reopen`.
pub async fn reopen(
    caller: Caller,
    path: Path<(String, String)>,
    key: IdempotencyKey,
    body: JsonOrNothing<EndIncident>,
) -> Answer {
    end(caller, path, key, body, End::Reopen).await
}

#[derive(Clone, Copy)]
enum End {
    Resolve,
    Close,
    Reopen,
}

async fn end(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    JsonOrNothing(Json { value: body, bytes }): JsonOrNothing<EndIncident>,
    end: End,
) -> Answer {
    let incident = parse_id(&id)?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let about = incident.to_string();
    let mut text = |words, pointer, ids: &mut IdSource| {
        Ok::<_, ApiError>(erasable.note(ids, &about, bounded(words, pointer, NOTE_MAX_CHARS)?))
    };
    let (name, command) = match end {
        End::Resolve => {
            ("resolve", Command::ResolveIncident { incident, note: text(body.note, "/note", &mut ids)? })
        }
        End::Close => {
            let note = text(body.note.or(body.reason), "/note", &mut ids)?;
            ("close", Command::CloseIncident { incident, result: body.result.unwrap_or_default(), note })
        }
        End::Reopen => {
            let reason = text(body.reason.or(body.note), "/reason", &mut ids)?;
            ("reopen", Command::ReopenIncident { incident, reason })
        }
    };
    let what = format!("incidents/{incident}/{name}");
    let committed = submit(&caller, key, &what, &bytes, command, erasable).await?;
    answer(&caller, incident, &committed).await
}

/// `GET …/incidents`.
pub async fn list(
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<Page<IncidentView>>, ApiError> {
    let audience = caller.audience()?;
    let centre = &caller.centre;
    let path = format!("/api/v1/centres/{}/incidents", centre.code);
    if find::from_memory(&audience) {
        let seen: Vec<_> = centre.hub.read(|memory| {
            memory
                .incidents()
                .filter(|held| audience.sees(&held.agencies))
                .filter(|held| query.state.as_deref().is_none_or(|state| held.incident.state.code() == state))
                .filter(|held| query.open.is_none_or(|open| open == held.incident.closed_at.is_none()))
                .map(|held| (held.incident.opened_at, held.incident.id.0, incident_view(held, &audience)))
                .collect()
        });
        let (items, last) = take_page(seen, query.after()?, query.limit()?);
        return Ok(axum::Json(query.page(&path, items, last)));
    }
    let filter = IncidentFilter { state: query.state.clone(), open: query.open };
    let rows = centre.store.list_incidents(&centre.code, &filter, query.after()?, query.limit()?).await?;
    let last = rows.last().map(|row| (row.opened_at, row.id));
    let mut loaded = Publication::default();
    for row in &rows {
        loaded.incidents.push(incident_from_row(row)?);
    }
    let order: Vec<IncidentId> = loaded.incidents.iter().map(|incident| incident.id).collect();
    find::add_words(&caller, &mut loaded).await?;
    let memory = find::scratch(&caller, loaded);
    let items = order
        .into_iter()
        .filter_map(|id| memory.incident(id).map(|held| incident_view(&held, &audience)))
        .collect();
    Ok(axum::Json(query.page(&path, items, last)))
}

/// `GET …/incidents/{id}`.
pub async fn one(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<IncidentView>, ApiError> {
    Ok(axum::Json(find::incident(&caller, parse_id(&id)?).await?))
}

pub(super) fn parse_id(id: &str) -> Result<IncidentId, ApiError> {
    id.parse().map_err(|_| ApiError::not_found("the incident"))
}

pub(super) async fn answer(caller: &Caller, id: IncidentId, committed: &Committed) -> Answer {
    Ok(axum::Json(IncidentAnswer { incident: find::incident(caller, id).await?, seq: committed.seq }))
}

async fn created(caller: &Caller, committed: &Committed) -> Created {
    let Target::Incident(id) = committed.target else {
        return Err(ApiError::internal("opening an incident gave none"));
    };
    let status = if committed.repeated { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, answer(caller, id, committed).await?))
}

/// A type by its code, or the general type of a category by the category's.
pub(super) fn known_type(caller: &Caller, code: &str) -> Result<(Category, String), ApiError> {
    let types = &caller.centre.reference.pack.types;
    let general = Category::from_code(code).map(|category| format!("{}_other", category.code()));
    types
        .iter()
        .find(|kind| kind.code == code)
        .or_else(|| types.iter().find(|kind| general.as_deref() == Some(kind.code.as_str())))
        .map(|kind| (kind.category, kind.code.clone()))
        .ok_or_else(|| ApiError::invalid("/type", format!("{code} is not a type of this centre's catalogue")))
}

/// A place set by a person: the area is looked up, never believed.
pub(super) fn place_from(caller: &Caller, input: &PlaceInput) -> Result<Place, ApiError> {
    let label = bounded(input.label.clone(), "/place/label", LABEL_MAX_CHARS)?;
    let atlas = &caller.centre.atlas;
    match (input.lat, input.lon) {
        (Some(lat), Some(lon)) => {
            let source = input.source.clone().or_else(|| Some("operator_pin".to_owned()));
            let location = LocationInput { lat, lon, accuracy_m: input.accuracy_m, source };
            let claim = claim_of(Some(&location), Platform.now()).map_err(|_| {
                ApiError::invalid("/place", "coordinates must be finite and inside the world")
            })?;
            let claim: Option<LocationClaim> = claim;
            let mut place = claim.map(|claim| place_of(atlas, &claim)).unwrap_or_default();
            place.label = label;
            Ok(place)
        }
        (None, None) => {
            let Some(code) = &input.village_code else {
                return Ok(Place { label, ..Place::default() });
            };
            let village = atlas.village(code).ok_or_else(|| {
                ApiError::invalid("/place/village_code", format!("no village {code} is loaded"))
            })?;
            Ok(Place {
                lat: Some(village.lat),
                lon: Some(village.lon),
                source: Some(ClaimSource::OperatorPin),
                label,
                village_code: Some(village.code.clone()),
                village: Some(village.name.clone()),
                district: Some(village.district.clone()),
                regency: Some(village.regency.clone()),
                regency_code: Some(village.regency_code.clone()),
                ..Place::default()
            })
        }
        (Some(_), None) => Err(ApiError::invalid("/place/lon", "a latitude needs its longitude")),
        (None, Some(_)) => Err(ApiError::invalid("/place/lat", "a longitude needs its latitude")),
    }
}

/// The place of the first report that has one.
async fn first_place(
    caller: &Caller,
    reports: &[kentongan_domain::ids::ReportId],
) -> Result<Place, ApiError> {
    for id in reports {
        let report = find::report(caller, *id).await?;
        if report.place != Place::default() {
            return Ok(report.place);
        }
    }
    Ok(Place::default())
}
