//! Decisions about the queue: lifting a report, and putting a contact's next reports behind.

use super::find_report;
use super::report::must_wait;
use crate::command::Context;
use crate::contact::{Deprioritised, HoldLevel, LONGEST_DEPRIORITISED_US};
use crate::event::Event;
use crate::ids::{EpochUs, ReportId};
use crate::queue::{Lane, Rank};
use crate::rejection::Rejection;
use crate::report::{Report, ReportState};
use crate::state::CentreState;

/// A person has heard that it is something else, or more.
pub fn lift(state: &CentreState, id: ReportId) -> Result<Vec<Event>, Rejection> {
    let report = find_report(state, id)?;
    must_wait(report, "lift")?;
    let rank = Rank {
        lane: if report.rank.lane == Lane::New { Lane::New } else { Lane::Update },
        held_back: None,
        ..report.rank
    };
    Ok(if rank == report.rank { Vec::new() } else { vec![Event::ReportRanked { report: id, rank }] })
}

/// A report waits behind for its contact no longer than was asked for: looked at whenever its deadline passes,
/// because the order of the queue knows no clock.
pub fn expired(report: &Report, now: EpochUs) -> Option<Event> {
    report.rank.held_back.filter(|held| held.until <= now)?;
    Some(Event::ReportRanked { report: report.id, rank: Rank { held_back: None, ..report.rank } })
}

/// Taking it back brings what waits behind for it to the front as well.
pub fn rank_contact(
    state: &CentreState,
    id: ReportId,
    level: Option<HoldLevel>,
    until: EpochUs,
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    let report = find_report(state, id)?;
    let Some(level) = level else {
        let mut events = Vec::new();
        if report.deprioritised.is_some() {
            events.push(Event::ContactRanked { report: id, deprioritised: None });
        }
        let behind = state.reports.values().filter(|held| {
            held.state == ReportState::Waiting
                && held.rank.held_back.is_some_and(|back| back.because_of == id)
        });
        events.extend(behind.map(|held| Event::ReportRanked {
            report: held.id,
            rank: Rank { held_back: None, ..held.rank },
        }));
        return Ok(events);
    };
    if report.person.is_none() {
        return Err(Rejection::Invalid {
            pointer: "/level",
            message: "this report came without a number: there is nobody to put behind".into(),
        });
    }
    if until <= context.now || until.saturating_sub(context.now) > LONGEST_DEPRIORITISED_US {
        return Err(Rejection::Invalid {
            pointer: "/hours",
            message: "a contact is put behind for more than nothing and at most seven days".into(),
        });
    }
    let deprioritised = Deprioritised { level, until, by: context.actor.name.clone(), at: context.now };
    Ok(vec![Event::ContactRanked { report: id, deprioritised: Some(deprioritised) }])
}
