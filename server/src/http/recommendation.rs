//! Who and what should go: for an incident, and for what may become one.

use axum::extract::State;
use kentongan_domain::dispatch::{Dispatch, DispatchRole};
use kentongan_domain::ids::IncidentId;
use kentongan_domain::plan::HIGHEST_ALARM;
use kentongan_domain::routing::{Area, ProposedAgency, leads};
use kentongan_protocol::page::Page;
use kentongan_protocol::recommendation::{RecommendFor, RecommendationAnswer};
use kentongan_protocol::requests::REPORT_TEXT_MAX_CHARS;
use serde::Deserialize;

use super::App;
use super::body::{Json, bounded};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Path, Query};
use super::find;
use super::incidents::{known_type, parse_id, place_from};
use crate::intake::Asked;
use crate::platform::Platform;
use crate::recommendation::{AtWork, Subject, recommendation};
use crate::stream::HeldIncident;

/// Reports of an incident whose words are asked at most, the first ones.
const TEXTS_READ: usize = 8;

/// Query of a recommendation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmQuery {
    alarm: Option<u32>,
}

/// `GET …/incidents/{id}/recommendation`.
pub async fn for_incident(
    caller: Caller,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<AlarmQuery>,
) -> Result<axum::Json<RecommendationAnswer>, ApiError> {
    let held = find::held_incident(&caller, parse_id(&id)?).await?;
    if query.alarm.is_some_and(|alarm| !(1..=HIGHEST_ALARM).contains(&alarm)) {
        return Err(ApiError::bad_parameter("alarm", format!("an alarm is 1 to {HIGHEST_ALARM}")));
    }
    Ok(axum::Json(recommended(&caller, &app, &held, query.alarm).await))
}

/// The recommendation for an incident at an alarm; at the one struck so far, the first at least, when none is
/// named.
pub(super) async fn recommended(
    caller: &Caller,
    app: &App,
    held: &HeldIncident,
    alarm: Option<u32>,
) -> RecommendationAnswer {
    let at_work = at_work(caller, held);
    let incident = &held.incident;
    let subject = Subject {
        category: incident.category,
        type_code: &incident.type_code,
        priority: incident.priority,
        place: &incident.place,
        alarm: alarm.unwrap_or(at_work.alarm_level.max(1)),
        now: Platform.now(),
    };
    recommendation(&caller.centre, app.travel.as_ref(), &subject, &at_work).await
}

/// `POST …/recommendation`.
pub async fn for_particulars(
    caller: Caller,
    State(app): State<App>,
    Json { value: body, .. }: Json<RecommendFor>,
) -> Result<axum::Json<RecommendationAnswer>, ApiError> {
    let (category, type_code) = known_type(&caller, &body.type_code)?;
    let place = body.place.as_ref().map(|place| place_from(&caller, place)).transpose()?.unwrap_or_default();
    let alarm = body.alarm.unwrap_or(1);
    if !(1..=HIGHEST_ALARM).contains(&alarm) {
        return Err(ApiError::invalid("/alarm", format!("an alarm is 1 to {HIGHEST_ALARM}")));
    }
    let own = caller.centre.reference.incident_type(&type_code).map(|kind| kind.priority);
    let Some(priority) = body.priority.or(own) else {
        return Err(ApiError::internal("a known type has no priority"));
    };
    let text = bounded(body.text, "/text", REPORT_TEXT_MAX_CHARS)?;
    let at_work = AtWork { texts: text.into_iter().collect(), ..AtWork::default() };
    let now = Platform.now();
    let subject = Subject { category, type_code: &type_code, priority, place: &place, alarm, now };
    Ok(axum::Json(recommendation(&caller.centre, app.travel.as_ref(), &subject, &at_work).await))
}

/// `GET …/incidents/{id}/agencies`: who is responsible, with the reason, and who is next after a refusal.
pub async fn agencies(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<Page<ProposedAgency>>, ApiError> {
    let id: IncidentId = parse_id(&id)?;
    let view = find::incident(&caller, id).await?;
    let held = find::held_incident(&caller, id).await?;
    let at_work = at_work(&caller, &held);
    let area = Area::of(&view.place);
    let asked = Asked { category: view.category, type_code: &view.type_code, area };
    let refused = at_work.refused();
    let found = caller.centre.understander.responsible(&asked, &at_work.texts, &refused);
    let mut items = found.proposed;
    items.retain(|one| !refused.contains(&one.agency.as_str()));
    // Of those who may lead next only the best: what has to be done now stands first.
    let mut led = leads(&items).is_some();
    for next in found.next {
        if next.role == DispatchRole::Support {
            items.push(next);
        } else if !std::mem::replace(&mut led, true) {
            items.retain(|one| one.agency != next.agency);
            items.insert(0, next);
        }
    }
    Ok(axum::Json(Page { items, next: None }))
}

/// What memory holds of an incident's present life: its dispatches and the words of its first reports.
fn at_work(caller: &Caller, held: &HeldIncident) -> AtWork {
    let incident = &held.incident;
    caller.centre.hub.read(|memory| {
        let present = incident.dispatches.difference(&incident.earlier);
        let mut dispatches: Vec<Dispatch> =
            present.filter_map(|id| memory.dispatch(*id)).map(|held| held.dispatch.clone()).collect();
        dispatches.sort_by_key(|held| (held.queued_at, held.id));
        let reports = incident.reports.iter().filter_map(|id| memory.report(*id));
        let texts = reports.filter_map(|report| report.words.text.clone()).take(TEXTS_READ).collect();
        AtWork { alarm_level: incident.alarm_level, texts, dispatches }
    })
}
