//! The ladder: whom an unacknowledged dispatch is told to, when, and when it rings at the desk.
//!
//! Data of the city pack (`ladders.toml`). A dispatch keeps its own copy, so that a changed pack does not
//! change what is under way. Climbing is decided in [`crate::decide`].

use serde::{Deserialize, Serialize};

use crate::catalogue::Priority;
use crate::centre::Agency;
use crate::delivery::DeliveryChannel;
use crate::ids::EpochUs;

/// Which of an agency's contacts a rung tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The first contact on duty, and the agency's own console, browsers and webhook.
    First,
    /// The second contact on duty.
    Second,
    /// Everybody on duty.
    All,
}

/// What a rung does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RungAct {
    /// Tells contacts.
    Alert {
        /// Whom.
        to: Told,
        /// On these channels as far as they have them; empty: on all they have.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        channels: Vec<DeliveryChannel>,
    },
    /// Rings at the desk: not acknowledged, with number and words to say.
    Alarm,
    /// Stands in the supervisors' list.
    Supervisor,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Rung {
    /// How long after the dispatch was made, in milliseconds.
    pub after_ms: u32,
    /// What happens then.
    #[serde(flatten)]
    pub act: RungAct,
}

/// One ladder of the pack (`ladders.toml`, `[[ladders]]`). The most specific wins: one that names the
/// agency beats one that names its kind, that beats one that names neither; of equals the one that names
/// the priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Only for this agency.
    #[serde(default)]
    pub agency: Option<String>,
    /// Only for agencies of this kind.
    #[serde(default)]
    pub kind: Option<String>,
    /// Only for incidents of these priorities; empty: of all.
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// Its rungs, rising.
    pub rungs: Vec<Rung>,
    /// How long the agency has to take it on or refuse after it acknowledged, in milliseconds; 0: no clock.
    #[serde(default)]
    pub accept_within_ms: u32,
    /// The goal from the dispatch to the first unit on scene, in milliseconds; 0: no clock.
    #[serde(default)]
    pub arrive_within_ms: u32,
}

/// Rungs of a ladder at most.
const MOST_RUNGS: usize = 20;
/// A ladder that has not rung at the desk by then is none, in milliseconds: an hour.
const ALARM_WITHIN_MS: u32 = 3_600_000;

impl Ladder {
    /// What is wrong with it, each in a sentence; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.rungs.len() > MOST_RUNGS {
            faults.push(format!("has {} rungs; at most {MOST_RUNGS} are climbed", self.rungs.len()));
        }
        if self.rungs.windows(2).any(|two| matches!(two, [low, high] if low.after_ms > high.after_ms)) {
            faults.push("its rungs do not rise: a later one has a smaller after_ms".to_owned());
        }
        if !self.rungs.iter().any(|rung| rung.after_ms == 0 && matches!(rung.act, RungAct::Alert { .. })) {
            faults.push("tells nobody at 0 ms".to_owned());
        }
        let alarm = self.rungs.iter().find(|rung| rung.act == RungAct::Alarm);
        if !alarm.is_some_and(|rung| rung.after_ms > 0 && rung.after_ms <= ALARM_WITHIN_MS) {
            faults.push(format!("has no alarm at the desk between 1 and {ALARM_WITHIN_MS} ms"));
        }
        faults
    }

    fn fits(&self, agency: &Agency, priority: Priority) -> Option<u8> {
        let named = match (&self.agency, &self.kind) {
            (Some(code), _) if *code == agency.code => 4,
            (None, Some(kind)) if *kind == agency.kind => 2,
            (None, None) => 0,
            _ => return None,
        };
        match self.priorities.as_slice() {
            [] => Some(named),
            some => some.contains(&priority).then_some(named + 1),
        }
    }
}

/// The ladder for an agency and a priority; without one in the pack the plain one, by the agency's own time:
/// everybody at once, the alarm when that time is over, the second contact at one and a half times, the
/// supervisor at twice. A faulty one is not climbed either: then the plain one stands in.
pub fn ladder_for(ladders: &[Ladder], agency: &Agency, priority: Priority) -> Ladder {
    let mut best: Option<(u8, &Ladder)> = None;
    for ladder in ladders.iter().filter(|ladder| ladder.faults().is_empty()) {
        // Of equals the first in the file.
        if let Some(fit) = ladder.fits(agency, priority)
            && best.is_none_or(|(held, _)| fit > held)
        {
            best = Some((fit, ladder));
        }
    }
    best.map_or_else(|| plain(agency), |(_, ladder)| ladder.clone())
}

fn plain(agency: &Agency) -> Ladder {
    let within_ms = u32::try_from(agency.acknowledge_within_ms).unwrap_or(60_000).max(1);
    let rung = |after_ms, act| Rung { after_ms, act };
    let alert = |to| RungAct::Alert { to, channels: Vec::new() };
    Ladder {
        agency: None,
        kind: None,
        priorities: Vec::new(),
        rungs: vec![
            rung(0, alert(Told::First)),
            rung(within_ms, RungAct::Alarm),
            rung(within_ms.saturating_add(within_ms / 2), alert(Told::Second)),
            rung(within_ms.saturating_mul(2), RungAct::Supervisor),
        ],
        accept_within_ms: 0,
        arrive_within_ms: 0,
    }
}

/// When a rung is due, counted from the dispatch's own instant (both epoch µs).
pub fn due_at(rung: &Rung, queued_at: EpochUs) -> EpochUs {
    queued_at.saturating_add(i64::from(rung.after_ms).saturating_mul(1_000))
}
