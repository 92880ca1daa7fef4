//! How urgent: the type's own priority, moved by the cues of the text.
//!
//! A sign of danger to life outweighs every soothing word but one kind: what is over or was a
//! question keeps no more than P2, so that a contradiction still reaches a human soon. Too urgent is
//! the cheaper mistake.

use kentongan_domain::catalogue::{Category, Priority};

use super::reading::{Hit, Reading};
use crate::lexicon::{Effect, Lexicon, Shift, TypeEntry};
use crate::triage::{Reason, ReasonKind};

/// Cue of the past that words of the present take back.
const PAST: &str = "past";

/// The priority and what led to it.
#[derive(Debug)]
pub(super) struct Urgency {
    pub priority: Priority,
    pub reasons: Vec<Reason>,
    pub cues: Vec<String>,
}

/// Judges the urgency of a text about this category and type.
pub(super) fn judge(
    lexicon: &Lexicon,
    reading: &Reading,
    category: Option<Category>,
    type_entry: Option<&TypeEntry>,
) -> Urgency {
    let now = reading.says(Effect::Now);
    let in_scope: Vec<(&Hit, Shift)> = reading
        .hits
        .iter()
        .filter(|hit| !hit.denied && hit.entry.scope.holds(category))
        .filter_map(|hit| match hit.entry.effect {
            Effect::Priority(shift) => Some((hit, shift)),
            _ => None,
        })
        .filter(|(hit, _)| !(now && lexicon.cue(hit.entry) == PAST))
        .collect();
    // The longest phrase wins here too, but only among those that hold for the category.
    let mut shifts: Vec<(&Hit, Shift)> = in_scope
        .iter()
        .filter(|(hit, _)| {
            !in_scope.iter().any(|(other, _)| {
                other.found.width() > hit.found.width() && hit.found.lies_within(&other.found)
            })
        })
        .copied()
        .collect();
    shifts.sort_by_key(|(_, shift)| *shift);

    let has = |wanted: Shift| shifts.iter().any(|(_, shift)| *shift == wanted);
    let own = type_entry.map_or(Priority::P3, |known| known.priority);
    let priority = if category.is_some_and(|category| !category.is_emergency()) {
        if has(Shift::Raise1) && !has(Shift::Lower4) { Priority::P3 } else { own }
    } else {
        emergency(own, &has)
    };
    let mut reasons: Vec<Reason> = shifts
        .iter()
        .map(|(hit, shift)| Reason {
            kind: ReasonKind::Priority,
            words: hit.words.clone(),
            effect: shift.code().to_owned(),
        })
        .collect();
    reasons.dedup();
    let cues = shifts.iter().map(|(hit, _)| lexicon.cue(hit.entry).to_owned()).collect();
    Urgency { priority, reasons, cues }
}

fn emergency(own: Priority, has: &impl Fn(Shift) -> bool) -> Priority {
    if has(Shift::Raise1) {
        return if has(Shift::Lower4) || has(Shift::Lower3) { Priority::P2 } else { Priority::P1 };
    }
    let mut priority = own;
    if has(Shift::Raise2) {
        priority = priority.min(Priority::P2);
    }
    if has(Shift::Raise) && priority > Priority::P2 {
        priority = step_up(priority);
    }
    if has(Shift::Lower) {
        priority = step_down(priority);
    }
    if has(Shift::Lower3) {
        priority = priority.max(Priority::P3);
    }
    if has(Shift::Lower4) {
        priority = Priority::P4;
    }
    priority
}

fn step_up(priority: Priority) -> Priority {
    match priority {
        Priority::P1 | Priority::P2 => Priority::P1,
        Priority::P3 => Priority::P2,
        Priority::P4 => Priority::P3,
    }
}

fn step_down(priority: Priority) -> Priority {
    match priority {
        Priority::P1 => Priority::P2,
        Priority::P2 => Priority::P3,
        Priority::P3 | Priority::P4 => Priority::P4,
    }
}
