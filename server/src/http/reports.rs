//! Reports: handing one in, understanding a text, deciding, reading.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kentongan_domain::catalogue::Category;
use kentongan_domain::command::Command;
use kentongan_domain::contact::DEPRIORITISED_US;
use kentongan_domain::ids::ReportId;
use kentongan_domain::place::{ClaimSource, LocationClaim};
use kentongan_domain::report::{Channel, Report};
use kentongan_geography::LatLon;
use kentongan_protocol::answers::{ReportAnswer, ReportStored, Understanding};
use kentongan_protocol::page::Page;
use kentongan_protocol::requests::{
    CallInput, CreateReport, InstantInput, LocationInput, PreviewTriage, REPORT_TEXT_MAX_CHARS, RankContact,
    ReporterInput, SetOutcome,
};
use kentongan_protocol::views::ReportView;
use kentongan_store::ReportFilter;
use kentongan_triage::nuisance::CallFacts;

use super::App;
use super::body::{Json, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::{Path, Query};
use super::find;
use super::pages::{ListQuery, take_page};
use super::submit::submit;
use crate::centre::Centre;
use crate::command::{Erasable, Target, report_from_row};
use crate::intake::{Heard, NewReport, Understood, report_submission};
use crate::platform::Platform;
use crate::stream::{Publication, report_view};

/// The longest place in the caller's words, in characters.
const PLACE_TEXT_MAX_CHARS: usize = 500;
/// The longest id that a channel may give a report, in characters.
const EXTERNAL_ID_MAX_CHARS: usize = 200;
/// The longest name and number of a reporter, in characters.
const NAME_MAX_CHARS: usize = 200;
const PHONE_MAX_CHARS: usize = 32;
/// How long after its answer a report is looked at again.
const AFTERWARDS: Duration = Duration::from_millis(50);

/// `POST …/reports`.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<CreateReport>,
) -> Result<Response, ApiError> {
    let now = Platform.now();
    let claim = claim_of(body.location.as_ref(), now)?;
    let call = call_of(body.call);
    let new = checked(body, &caller)?;
    let phone = new.reporter.as_ref().and_then(|reporter| reporter.phone.as_deref());
    let heard = Heard {
        text: &new.text,
        place_text: new.place_text.as_deref(),
        claim: claim.as_ref(),
        phone,
        call,
        report: None,
        now,
    };
    let understood = understand(&caller, &heard);
    let number = phone.map(str::to_owned);
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let key = key.of(&caller, "reports", &bytes);
    let submission = report_submission(new, &understood, caller.actor.clone(), key, now, &mut ids)
        .map_err(ApiError::internal)?;
    let committed = caller.centre.commands.submit(submission).await?;
    app.metrics.frame_lag_seconds.set((Platform.now() - now) as f64 / 1e6);
    let Target::Report(id) = committed.target else {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "idempotency_key_reused",
            "this Idempotency-Key was used for another kind of request; use a new one",
        ));
    };
    tokio::spawn(afterwards(Arc::clone(&caller.centre), number));
    let report = find_own(&caller, id).await?;
    let understanding = match committed.keepsake.filter(|_| committed.repeated) {
        Some(first) => serde_json::from_str::<Understanding>(&first).map_err(ApiError::internal)?,
        None => understood.understanding,
    };
    let status = if committed.repeated { StatusCode::OK } else { StatusCode::CREATED };
    let answer = ReportStored { report, seq: committed.seq, understanding };
    Ok((status, axum::Json(answer)).into_response())
}

/// Lets the surge count a stored report without waiting for the next one, and finds what else came from its
/// number for the next time. Not at once: first the consoles get it.
async fn afterwards(centre: Arc<Centre>, number: Option<String>) {
    tokio::time::sleep(AFTERWARDS).await;
    centre.understander.keep_up(&centre.hub);
    if let Some(number) = number {
        centre.understander.contacts().look_up_behind(&centre.store, &centre.code, &number).await;
    }
}

/// The stored report for whoever handed it in; a channel's machine sees what it sent.
async fn find_own(caller: &Caller, id: ReportId) -> Result<ReportView, ApiError> {
    if caller.audience().is_ok() {
        return find::report(caller, id).await;
    }
    let held = find::held_report(caller, id).await?;
    Ok(report_view(&held, &crate::stream::audience::Audience::Auditor))
}

/// `POST …/triage`.
pub async fn preview(
    caller: Caller,
    Json { value: body, .. }: Json<PreviewTriage>,
) -> Result<axum::Json<Understanding>, ApiError> {
    if body.text.chars().count() > REPORT_TEXT_MAX_CHARS {
        return Err(ApiError::invalid("/text", format!("at most {REPORT_TEXT_MAX_CHARS} characters")));
    }
    let now = Platform.now();
    let claim = claim_of(body.location.as_ref(), now)?;
    let place_text = bounded(body.place_text, "/place_text", PLACE_TEXT_MAX_CHARS)?;
    let reporter = body.reporter.map(bounded_reporter).transpose()?;
    let phone = reporter.as_ref().and_then(|reporter| reporter.phone.as_deref());
    let centre = &caller.centre;
    centre.understander.contacts().look_up(&centre.store, &centre.code, phone).await;
    let heard = Heard {
        text: &body.text,
        place_text: place_text.as_deref(),
        claim: claim.as_ref(),
        phone,
        call: call_of(body.call),
        report: body.report,
        now,
    };
    Ok(axum::Json(understand(&caller, &heard).understanding))
}

fn understand(caller: &Caller, heard: &Heard<'_>) -> Understood {
    caller.centre.understander.understand(&caller.centre.hub, heard)
}

fn call_of(call: Option<CallInput>) -> CallFacts {
    call.map_or_else(CallFacts::default, |call| CallFacts {
        ring_ms: call.ring_ms,
        silent_ms: call.silent_ms,
    })
}

fn bounded_reporter(reporter: ReporterInput) -> Result<ReporterInput, ApiError> {
    Ok(ReporterInput {
        name: bounded(reporter.name, "/reporter/name", NAME_MAX_CHARS)?,
        phone: bounded(reporter.phone, "/reporter/phone", PHONE_MAX_CHARS)?,
    })
}

/// `POST …/reports/{id}/outcome`.
pub async fn outcome(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<SetOutcome>,
) -> Result<axum::Json<ReportAnswer>, ApiError> {
    let report: ReportId = id.parse().map_err(|_| ApiError::not_found("the report"))?;
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut erasable = Erasable::default();
    let note = bounded(body.note, "/note", NOTE_MAX_CHARS)?;
    let note = erasable.note(&mut ids, &report.to_string(), note);
    let command = Command::SetOutcome { report, outcome: body.outcome, incident: body.incident, note };
    let committed =
        submit(&caller, key, &format!("reports/{report}/outcome"), &bytes, command, erasable).await?;
    Ok(axum::Json(ReportAnswer { report: find::report(&caller, report).await?, seq: committed.seq }))
}

/// `POST …/reports/{id}/lift`.
pub async fn lift(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
) -> Result<axum::Json<ReportAnswer>, ApiError> {
    let report: ReportId = id.parse().map_err(|_| ApiError::not_found("the report"))?;
    let what = format!("reports/{report}/lift");
    let command = Command::LiftReport { report };
    let committed = submit(&caller, key, &what, b"", command, Erasable::default()).await?;
    Ok(axum::Json(ReportAnswer { report: find::report(&caller, report).await?, seq: committed.seq }))
}

/// `POST …/reports/{id}/contact`.
pub async fn rank_contact(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<RankContact>,
) -> Result<axum::Json<ReportAnswer>, ApiError> {
    const HOUR_US: i64 = 3_600 * 1_000_000;
    let report: ReportId = id.parse().map_err(|_| ApiError::not_found("the report"))?;
    let span_us = body.hours.map_or(DEPRIORITISED_US, |hours| i64::from(hours) * HOUR_US);
    let until = Platform.now().saturating_add(span_us);
    let command = Command::RankContact { report, level: body.level, until };
    let what = format!("reports/{report}/contact");
    let committed = submit(&caller, key, &what, &bytes, command, Erasable::default()).await?;
    Ok(axum::Json(ReportAnswer { report: find::report(&caller, report).await?, seq: committed.seq }))
}

/// `GET …/reports`.
pub async fn list(
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<axum::Json<Page<ReportView>>, ApiError> {
    let audience = caller.audience()?;
    let centre = &caller.centre;
    let path = format!("/api/v1/centres/{}/reports", centre.code);
    if find::from_memory(&audience) {
        let seen: Vec<_> = centre.hub.read(|memory| {
            memory
                .reports()
                .filter(|held| audience.sees(&held.agencies))
                .filter(|held| is_asked_for(&held.report, &query))
                .map(|held| (held.report.received_at, held.report.id.0, report_view(held, &audience)))
                .collect()
        });
        let (items, last) = take_page(seen, query.after()?, query.limit()?);
        return Ok(axum::Json(query.page(&path, items, last)));
    }
    let filter = ReportFilter {
        state: query.state.clone(),
        category: query.category.clone(),
        open: query.open,
        incident: query.incident,
        channel: query.channel.clone(),
    };
    let rows = centre.store.list_reports(&centre.code, &filter, query.after()?, query.limit()?).await?;
    let last = rows.last().map(|row| (row.received_at, row.id));
    let mut loaded = Publication::default();
    for row in &rows {
        loaded.reports.push(report_from_row(row)?);
    }
    let order: Vec<ReportId> = loaded.reports.iter().map(|report| report.id).collect();
    find::add_words(&caller, &mut loaded).await?;
    let memory = find::scratch(&caller, loaded);
    let items = order
        .into_iter()
        .filter_map(|id| memory.report(id).map(|held| report_view(&held, &audience)))
        .collect();
    Ok(axum::Json(query.page(&path, items, last)))
}

/// Whether a report in memory fits the query, as the store would have it.
fn is_asked_for(report: &Report, query: &ListQuery) -> bool {
    let fits = |asked: Option<&str>, is: Option<&str>| asked.is_none() || asked == is;
    fits(query.state.as_deref(), Some(report.state.code()))
        && fits(query.category.as_deref(), report.suggestion.category.map(Category::code))
        && fits(query.channel.as_deref(), Some(report.channel.code()))
        && query.open.is_none_or(|open| open == report.handled_at.is_none())
        && query.incident.is_none_or(|incident| report.incident.is_some_and(|of| of.0 == incident))
}

/// `GET …/reports/{id}`.
pub async fn one(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<axum::Json<ReportView>, ApiError> {
    let id = id.parse().map_err(|_| ApiError::not_found("the report"))?;
    Ok(axum::Json(find::report(&caller, id).await?))
}

/// A claim from a location as it was sent. 0,0 is a place like any other.
///
/// # Errors
/// 422 outside the world, or with a negative accuracy.
pub fn claim_of(location: Option<&LocationInput>, now: i64) -> Result<Option<LocationClaim>, ApiError> {
    let Some(location) = location else { return Ok(None) };
    if !location.lat.is_finite() || !(-90.0..=90.0).contains(&location.lat) {
        let swapped = location.lat.abs() <= 180.0 && location.lon.abs() <= 90.0;
        let hint = if swapped { "; it looks as if lat and lon were swapped" } else { "" };
        return Err(ApiError::invalid(
            "/location/lat",
            format!("a latitude is a number from -90 to 90{hint}"),
        ));
    }
    if !location.lon.is_finite() || !(-180.0..=180.0).contains(&location.lon) {
        return Err(ApiError::invalid("/location/lon", "a longitude is a number from -180 to 180"));
    }
    LatLon::new(location.lat, location.lon)
        .map_err(|error| ApiError::invalid("/location", error.to_string()))?;
    if location.accuracy_m.is_some_and(|metres| !metres.is_finite() || metres < 0.0) {
        return Err(ApiError::invalid(
            "/location/accuracy_m",
            "an accuracy is a number of metres, not negative",
        ));
    }
    Ok(Some(LocationClaim {
        lat: location.lat,
        lon: location.lon,
        accuracy_m: location.accuracy_m,
        source: location.source.as_deref().map_or(ClaimSource::Unknown, ClaimSource::from_words),
        claimed_at: now,
    }))
}

fn checked(body: CreateReport, caller: &Caller) -> Result<NewReport, ApiError> {
    if body.text.trim().is_empty() {
        return Err(ApiError::invalid("/text", "a report needs words; write what was heard, even `(diam)`"));
    }
    if body.text.chars().count() > REPORT_TEXT_MAX_CHARS {
        return Err(ApiError::invalid("/text", format!("at most {REPORT_TEXT_MAX_CHARS} characters")));
    }
    if let Some(only) = caller.principal.channel.as_deref()
        && Channel::from_code(only) != Some(body.channel)
    {
        return Err(ApiError::invalid("/channel", format!("this token may hand in reports of {only} only")));
    }
    if body.channel == Channel::Neighbour {
        return Err(ApiError::invalid(
            "/channel",
            "a neighbouring centre's server hands over signed, not here",
        ));
    }
    let reporter = body.reporter.map(bounded_reporter).transpose()?;
    let occurred_at = body.occurred_at.map(|at| instant(at, "/occurred_at")).transpose()?;
    Ok(NewReport {
        channel: body.channel,
        text: body.text,
        place_text: bounded(body.place_text, "/place_text", PLACE_TEXT_MAX_CHARS)?,
        reporter,
        external_id: bounded(body.external_id, "/external_id", EXTERNAL_ID_MAX_CHARS)?,
        occurred_at,
        handed_over: None,
    })
}

/// Epoch µs from either form.
///
/// # Errors
/// 422 at `pointer`.
pub fn instant(input: InstantInput, pointer: &str) -> Result<i64, ApiError> {
    match input {
        InstantInput::EpochUs(at) => Ok(at),
        InstantInput::Rfc3339(text) => text
            .parse::<jiff::Timestamp>()
            .map(jiff::Timestamp::as_microsecond)
            .map_err(|error| ApiError::invalid(pointer, format!("not an RFC 3339 instant: {error}"))),
    }
}
