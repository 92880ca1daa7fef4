//! When many contacts are one known event, and what is never taken for known: figures and cues, no rules.

/// When contacts are held for one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Contacts that match one of them, itself counted, before an event is proposed.
    pub contacts: usize,
    /// Different callers among them; somebody who calls again is one. A contact without a key is one.
    pub callers: usize,
    /// Microseconds within which they come in.
    pub within_us: i64,
    /// Score from which a contact belongs to an event; what lies below stays with the people.
    pub belongs_from: f64,
    /// Contacts kept to be compared with, the latest; 25 came in five minutes in Jakarta's flood of
    /// 21 February 2017, so this is more than twice what twenty minutes of the worst known bring.
    pub most_recent: usize,
    /// Events kept, ended ones the first to go.
    pub most_events: usize,
}

impl Default for Policy {
    /// The product's own starting values: five contacts of four callers within twenty minutes.
    fn default() -> Self {
        Self {
            contacts: 5,
            callers: 4,
            within_us: 20 * 60 * 1_000_000,
            belongs_from: super::super::JOIN_FROM,
            most_recent: 250,
            most_events: 32,
        }
    }
}

/// Cues of a body in danger: who says this is heard, whatever event they stand beside.
pub(super) const ALWAYS_NEW: &[&str] = &[
    "not-breathing",
    "unconscious",
    "breathing",
    "heart",
    "life-signs",
    "moaning",
    "birth-now",
    "poison-taken",
    "child-in-danger",
    "about-to-jump",
    "self-danger",
    "life-threat",
    "weapon",
];

/// Cues that change what has to be sent: new as long as nobody told them of the event.
pub(super) const NEW_AT_FIRST: &[&str] = &[
    "trapped",
    "stuck",
    "people-inside",
    "dead",
    "many-victims",
    "mass-illness",
    "explosion",
    "fast-water",
    "live-danger",
];
