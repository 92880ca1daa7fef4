//! Who is proposed, from what was read: the city's routing table, what the reader of the words guesses, and the
//! city's rules by cues, joined by the domain's one rule ([`propose`]).
//!
//! Suggestions only; which agency a rule means is the domain's matter.

use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::centre::CentrePack;
use kentongan_domain::routing::{Area, CuedKind, Particulars, ProposedAgency, next_best, propose};
use kentongan_triage::Triage;

/// From this probability on the text decides who leads; below it the routing table does.
const LEADS_FROM: f64 = 0.5;

/// What people have set of an incident, as far as routing asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Its category.
    pub category: Category,
    /// Its type's code.
    pub type_code: &'a str,
    /// Where it is.
    pub area: Area<'a>,
}

/// Who is proposed for an incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Proposals {
    /// The agencies, lead first.
    pub proposed: Vec<ProposedAgency>,
    /// Who comes next after those that refused.
    pub next: Vec<ProposedAgency>,
}

/// Who is proposed for one text.
pub fn agencies_for(
    pack: &CentrePack,
    triage: &Triage,
    type_code: Option<&str>,
    area: Area<'_>,
) -> Vec<ProposedAgency> {
    let Some(category) = triage.category else { return Vec::new() };
    // Nobody needs to be sent, says the text. Where that may cost a life the table speaks all the same.
    let over = triage.priority == Priority::P4 || !category.is_emergency();
    if triage.agencies.is_empty() && over {
        return Vec::new();
    }
    let guessed = guessed(triage);
    let plain = Particulars::new(category, type_code, area);
    propose(pack, &Particulars { cues: &triage.cues, guessed: &guessed, ..plain })
}

/// Who is proposed for an incident as people have set it, with what the texts of its reports ask for: every cue
/// found in them, and the guess of the first that speaks of the incident's own category.
pub fn proposals(pack: &CentrePack, asked: &Asked<'_>, read: &[Triage], refused: &[&str]) -> Proposals {
    let mut cues: Vec<String> = read.iter().flat_map(|triage| triage.cues.iter().cloned()).collect();
    cues.sort();
    cues.dedup();
    let own = read.iter().find(|triage| triage.category == Some(asked.category));
    let guessed = own.map(guessed).unwrap_or_default();
    let plain = Particulars::new(asked.category, Some(asked.type_code), asked.area);
    let particulars = Particulars { cues: &cues, guessed: &guessed, ..plain };
    Proposals { proposed: propose(pack, &particulars), next: next_best(pack, &particulars, refused) }
}

/// The kinds of agencies that a text asks for, as far as it is sure of them.
fn guessed(triage: &Triage) -> Vec<CuedKind<'_>> {
    triage
        .agencies
        .iter()
        .filter(|guess| !guess.lead || guess.probability >= LEADS_FROM)
        .map(|guess| CuedKind { kind: &guess.kind, lead: guess.lead })
        .collect()
}
