//! Whether stations stay covered: how many available units of a kind stand at each, and who could move up.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Candidate;
use super::policy::UnitPolicy;
use super::{MoveUp, Pick};
use crate::unit::UnitState;

/// Metres in one degree of latitude.
const METRES_A_DEGREE: f64 = 111_195.0;

/// Available units by station and kind.
#[derive(Debug, Clone)]
pub struct Cover<'a> {
    left: BTreeMap<(&'a str, &'a str), u32>,
    keep_back: &'a BTreeMap<String, u32>,
}

impl<'a> Cover<'a> {
    /// As it is before anybody is sent.
    pub fn of(candidates: &[Candidate<'a>], policy: &'a UnitPolicy) -> Self {
        let mut left = BTreeMap::new();
        for unit in candidates.iter().filter(|unit| unit.state == UnitState::Available && !unit.on_incident) {
            *left.entry((unit.station, unit.kind)).or_insert(0) += 1;
        }
        Self { left, keep_back: &policy.keep_back }
    }

    /// How many of its kind a unit's station would keep if it went, when those are too few; none when they
    /// are enough, and when it is not there.
    pub fn too_few_without(&self, unit: &Candidate<'_>) -> Option<u32> {
        if unit.state != UnitState::Available {
            return None;
        }
        let keep = self.keep(unit.kind);
        let left = self.left(unit.station, unit.kind).saturating_sub(1);
        (left < keep).then_some(left)
    }

    /// Takes a unit away.
    pub fn take(&mut self, unit: &Candidate<'a>) {
        if unit.state == UnitState::Available
            && let Some(left) = self.left.get_mut(&(unit.station, unit.kind))
        {
            *left = left.saturating_sub(1);
        }
    }

    fn keep(&self, kind: &str) -> u32 {
        self.keep_back.get(kind).copied().unwrap_or(0)
    }

    fn left(&self, station: &str, kind: &str) -> u32 {
        self.left.get(&(station, kind)).copied().unwrap_or(0)
    }

    /// The stations that the picks leave uncovered, in the order of the picks, each with the nearest unit that
    /// another station can spare.
    pub fn moves(mut self, candidates: &[Candidate<'a>], picks: &[Pick]) -> Vec<MoveUp> {
        let mut away: BTreeSet<&str> = picks.iter().map(|pick| pick.unit.as_str()).collect();
        let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut moves = Vec::new();
        for pick in picks {
            let Some(gone) = candidates.iter().find(|unit| unit.code == pick.unit) else { continue };
            let left = self.left(gone.station, gone.kind);
            if left >= self.keep(gone.kind) || !seen.insert((gone.station, gone.kind)) {
                continue;
            }
            let spare = self.spare(candidates, gone, &away);
            if let Some((unit, _)) = spare {
                away.insert(unit.code);
                self.take(unit);
            }
            moves.push(MoveUp {
                station: gone.station.to_owned(),
                unit_kind: gone.kind.to_owned(),
                left,
                unit: spare.map(|(unit, _)| unit.code.to_owned()),
                from: spare.map(|(unit, _)| unit.station.to_owned()),
                distance_m: spare.map(|(_, metres)| metres),
            });
        }
        moves
    }

    /// The nearest available unit of the same kind whose own station can spare it.
    fn spare<'c>(
        &self,
        candidates: &'c [Candidate<'a>],
        gone: &Candidate<'a>,
        away: &BTreeSet<&str>,
    ) -> Option<(&'c Candidate<'a>, u32)> {
        candidates
            .iter()
            .filter(|unit| unit.kind == gone.kind && unit.station != gone.station)
            .filter(|unit| {
                unit.state == UnitState::Available && !unit.on_incident && !away.contains(unit.code)
            })
            .filter(|unit| self.too_few_without(unit).is_none())
            .map(|unit| (unit, metres_between(unit, gone)))
            .min_by_key(|(unit, metres)| (*metres, unit.code))
    }
}

/// Metres between two units' stations, on a plane: exact enough within a province.
fn metres_between(one: &Candidate<'_>, other: &Candidate<'_>) -> u32 {
    let north = (one.home_lat - other.home_lat) * METRES_A_DEGREE;
    let east = (one.home_lon - other.home_lon) * METRES_A_DEGREE * one.home_lat.to_radians().cos();
    // Saturates, and gives 0 for what is no number.
    north.hypot(east).round() as u32
}
