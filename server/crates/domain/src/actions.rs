//! What a role may do with a thing now. Computed here, sent with every view, so that no client
//! ever repeats a rule.

use crate::decide::{may_add_photo, may_ask, waits_for_help};
use crate::dispatch::{Dispatch, DispatchAct, dispatch_next};
use crate::incident::{Incident, IncidentAct, IncidentState, incident_may};
use crate::people::Role;
use crate::plan::HIGHEST_ALARM;
use crate::queue::Lane;
use crate::report::{Report, ReportState};
use crate::unit::{Unit, UnitState};

/// Actions on a report.
pub fn report_actions(report: &Report, role: Role) -> Vec<&'static str> {
    if role.is_desk() && report.state == ReportState::Waiting {
        let mut actions = vec!["outcome", "attach", "open_incident"];
        if report.rank.held_back.is_some()
            || matches!(report.rank.lane, Lane::Known | Lane::Unclear | Lane::Gathering)
        {
            actions.push("lift");
        }
        actions.extend(possible_on_contact(report));
        actions
    } else if role.is_desk() {
        possible_on_contact(report)
    } else {
        Vec::new()
    }
}

/// What people may do about a report's contact: it needs a number to be put behind.
fn possible_on_contact(report: &Report) -> Vec<&'static str> {
    let mut actions = Vec::new();
    if report.person.is_some() {
        actions.push("put_behind");
    }
    if report.deprioritised.is_some() {
        actions.push("bring_forward");
    }
    actions
}

/// Actions on an incident.
pub fn incident_actions(incident: &Incident, role: Role) -> Vec<&'static str> {
    if role.is_desk() { possible_on_incident(incident) } else { Vec::new() }
}

/// What the state allows on an incident, whoever asks.
pub fn possible_on_incident(incident: &Incident) -> Vec<&'static str> {
    let state = incident.state;
    let mut actions = Vec::new();
    if state.is_live() {
        actions.extend(["dispatch", "attach", "change"]);
        if !incident.is_offered() {
            actions.push("merge");
        }
        if incident.reports.len() > 1 {
            actions.push("split");
        }
        if !incident.is_offered() {
            actions.push("offer");
        }
        if incident.alarm_level < HIGHEST_ALARM {
            actions.push("alarm");
        }
        actions.push(if incident.known_since.is_some() { "end_known" } else { "confirm_known" });
    }
    if incident.is_offered() {
        actions.push("answer_offer");
    }
    if incident_may(state, IncidentAct::Resolve, IncidentState::Resolved) {
        actions.push("resolve");
    }
    if incident_may(state, IncidentAct::Close, IncidentState::Closed) {
        actions.push("close");
    }
    if incident_may(state, IncidentAct::Reopen, IncidentState::Open) {
        actions.push("reopen");
    }
    actions
}

/// Actions on a dispatch: the agency's own acts, and for the desk the same (recorded on the agency's
/// word by telephone) with withdrawing.
pub fn dispatch_actions(dispatch: &Dispatch, role: Role, agency: Option<&str>) -> Vec<&'static str> {
    let own = role == Role::Agency && agency == Some(dispatch.agency.as_str());
    if !own && !role.is_desk() {
        return Vec::new();
    }
    everything_on_dispatch(dispatch)
        .into_iter()
        .filter(|act| role.is_desk() || !matches!(*act, "withdraw" | "answer_help"))
        .collect()
}

/// Where a unit may be moved now: the agency moves its own, the desk any on somebody's word.
pub fn unit_actions(unit: &Unit, role: Role, agency: Option<&str>) -> Vec<&'static str> {
    let own = role == Role::Agency && agency == Some(unit.agency.as_str());
    if own || role.is_desk() { unit.people_may().map(UnitState::code).collect() } else { Vec::new() }
}

/// What the state allows on a dispatch besides its steps, too, whoever asks.
pub fn everything_on_dispatch(dispatch: &Dispatch) -> Vec<&'static str> {
    let acts = possible_on_dispatch(dispatch).into_iter().map(DispatchAct::code);
    let ask = may_ask(dispatch).then_some("ask_for_help");
    let answer = waits_for_help(dispatch).then_some("answer_help");
    let field = may_add_photo(dispatch).then_some(["add_note", "add_photo"]);
    acts.chain(ask).chain(answer).chain(field.into_iter().flatten()).collect()
}

/// The steps that people may take with a dispatch, whoever asks.
pub fn possible_on_dispatch(dispatch: &Dispatch) -> Vec<DispatchAct> {
    DispatchAct::OF_PEOPLE.into_iter().filter(|act| dispatch_next(dispatch.state, *act).is_some()).collect()
}
