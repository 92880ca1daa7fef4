//! Striking the next alarm of an incident: whoever the plan adds is sent in one go, or whoever the desk names.

use axum::extract::State;
use kentongan_domain::command::{AlarmDispatch, Command, Recommended};
use kentongan_domain::dispatch::DispatchRole;
use kentongan_domain::ids::{IdSource, IncidentId};
use kentongan_domain::plan::HIGHEST_ALARM;
use kentongan_domain::rejection::Rejection;
use kentongan_protocol::answers::IncidentAnswer;
use kentongan_protocol::recommendation::{RecommendationAnswer, RecommendedInput, StrikeAlarm};

use super::App;
use super::body::{Json, NOTE_MAX_CHARS, bounded};
use super::caller::{Caller, IdempotencyKey};
use super::dispatches::known_units;
use super::error::ApiError;
use super::extract::Path;
use super::find;
use super::incidents::{answer, parse_id};
use super::recommendation::recommended;
use crate::command::{Erasable, Submission, SubmitError};
use crate::platform::Platform;

/// Attempts at most to send what is recommended: somebody may take a unit between looking and sending.
const ATTEMPTS: u32 = 3;
/// Units that a recommendation may name at most, as told back.
const UNITS_TOLD: usize = 50;
/// The longest code or version told back, in characters.
const CODE_MAX_CHARS: usize = 64;

/// `POST …/incidents/{id}/alarm`.
pub async fn strike(
    caller: Caller,
    State(app): State<App>,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
    Json { value: body, bytes }: Json<StrikeAlarm>,
) -> Result<axum::Json<IncidentAnswer>, ApiError> {
    let incident = parse_id(&id)?;
    if !(1..=HIGHEST_ALARM).contains(&body.level) {
        return Err(ApiError::invalid("/level", format!("an alarm is 1 to {HIGHEST_ALARM}")));
    }
    let mut erasable = Erasable::default();
    let named = body.dispatches.map(|named| check(&caller, incident, named, &mut erasable)).transpose()?;
    let (command_id, fingerprint) = key.of(&caller, &format!("incidents/{incident}/alarm"), &bytes);
    let mut attempt = 1;
    let committed = loop {
        let dispatches = match &named {
            Some(named) => named.clone(),
            None => by_recommendation(&caller, &app, incident, body.level).await?,
        };
        let submission = Submission {
            command_id,
            alias: None,
            fingerprint,
            command: Command::StrikeAlarm { incident, level: body.level, dispatches },
            actor: caller.actor.clone(),
            received_at: Platform.now(),
            erasable: erasable.clone(),
            keepsake: None,
        };
        match caller.centre.commands.submit(submission).await {
            Ok(committed) => break committed,
            Err(SubmitError::Rejected(why))
                if named.is_none() && attempt < ATTEMPTS && was_overtaken(&why) =>
            {
                attempt += 1;
            }
            Err(error) => return Err(error.into()),
        }
    };
    answer(&caller, incident, &committed).await
}

/// Whether somebody else took a unit or sent an agency in the meantime.
fn was_overtaken(why: &Rejection) -> bool {
    matches!(why, Rejection::IllegalStep { what: "unit", .. } | Rejection::AlreadyForwarded { .. })
}

/// What is recommended at this alarm and not yet done.
async fn by_recommendation(
    caller: &Caller,
    app: &App,
    incident: IncidentId,
    level: u32,
) -> Result<Vec<AlarmDispatch>, ApiError> {
    let held = find::held_incident(caller, incident).await?;
    let advice = recommended(caller, app, &held, Some(level)).await;
    let alarms = advice.plan.as_ref().map_or(1, |plan| plan.alarms);
    // A repetition of an alarm struck before is told its first outcome, whatever the plan says now.
    if level > alarms && held.incident.alarm_level < level {
        let said = format!("the plan for this has {alarms} alarms: name the dispatches of a further one");
        return Err(ApiError::invalid("/level", said));
    }
    Ok(to_do(&advice))
}

/// The dispatches that a recommendation comes down to.
fn to_do(advice: &RecommendationAnswer) -> Vec<AlarmDispatch> {
    let runs = |one: &kentongan_protocol::recommendation::AgencyRecommendation| {
        one.state.is_some_and(|state| !state.is_final())
    };
    let mut wanted: Vec<(String, DispatchRole)> = Vec::new();
    let led = advice.agencies.iter().any(|one| runs(one) && one.proposed.role == DispatchRole::Lead);
    let next = advice.next_best.iter().find(|one| one.role == DispatchRole::Lead && !led);
    wanted.extend(next.map(|one| (one.agency.clone(), one.role)));
    let replacing = advice.next_best.iter().filter(|one| one.role == DispatchRole::Support);
    let open = advice.agencies.iter().filter(|one| one.state.is_none()).map(|one| &one.proposed);
    for one in open.chain(replacing) {
        if wanted.iter().all(|(agency, _)| *agency != one.agency) {
            wanted.push((one.agency.clone(), one.role));
        }
    }
    for pick in &advice.units.picks {
        if wanted.iter().all(|(agency, _)| *agency != pick.agency) {
            wanted.push((pick.agency.clone(), DispatchRole::Support));
        }
    }
    wanted
        .into_iter()
        .map(|(agency, role)| {
            let own = advice.units.picks.iter().filter(|pick| pick.agency == agency);
            let units = own.map(|pick| pick.unit.clone()).collect();
            AlarmDispatch { agency, role, units, recommended: None }
        })
        .collect()
}

fn check(
    caller: &Caller,
    incident: IncidentId,
    named: Vec<kentongan_protocol::recommendation::AlarmDispatch>,
    erasable: &mut Erasable,
) -> Result<Vec<AlarmDispatch>, ApiError> {
    let mut ids = Platform.ids().map_err(ApiError::internal)?;
    let mut checked = Vec::with_capacity(named.len());
    for (index, one) in named.into_iter().enumerate() {
        if caller.centre.reference.agency(&one.agency).is_none() {
            let said = format!("{} is not an agency of this centre", one.agency);
            return Err(ApiError::invalid(format!("/dispatches/{index}/agency"), said));
        }
        let units = one.units.unwrap_or_default();
        known_units(caller, &units)?;
        let pointer = format!("/dispatches/{index}/recommended");
        let said = one.recommended.map(|said| told_back(said, &pointer, incident, &mut ids, erasable));
        checked.push(AlarmDispatch {
            agency: one.agency,
            role: one.role,
            units,
            recommended: said.transpose()?,
        });
    }
    Ok(checked)
}

/// What a client says was recommended, bounded; the reason goes where it can be erased.
pub(super) fn told_back(
    said: RecommendedInput,
    pointer: &str,
    incident: IncidentId,
    ids: &mut IdSource,
    erasable: &mut Erasable,
) -> Result<Recommended, ApiError> {
    let short = |text: &str| text.chars().count() <= CODE_MAX_CHARS;
    let codes = said.units.iter().chain(&said.agency).chain([&said.policy_version]);
    if said.units.len() > UNITS_TOLD || !codes.into_iter().all(|code| short(code)) {
        let bounds = format!("at most {UNITS_TOLD} units, codes of at most {CODE_MAX_CHARS} characters");
        return Err(ApiError::invalid(pointer, bounds));
    }
    let reason = bounded(said.reason, &format!("{pointer}/reason"), NOTE_MAX_CHARS)?;
    Ok(Recommended {
        policy_version: said.policy_version,
        agency: said.agency,
        units: said.units,
        reason: erasable.note(ids, &incident.to_string(), reason),
    })
}
