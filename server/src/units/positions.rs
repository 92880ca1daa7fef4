//! The last position of every unit of a centre, in memory: bounded by the city pack, monotonic by fix time.
//!
//! Taking one in touches memory only. What is worth keeping goes into an outbox that
//! [`super::history`] empties; once a second what changed becomes a [`Beat`].

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::centre::CentrePack;
use kentongan_domain::ids::{EpochUs, SECOND_US};
use kentongan_store::rows::PositionRow;
use parking_lot::Mutex;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::sync::CancellationToken;

use super::area::Area;
use super::beat::{Beat, Shown, frame_of_all, sees};
use super::fix::Fix;
use crate::stream::audience::Audience;

/// Time between two beats.
const BEAT: Duration = Duration::from_secs(1);
/// A unit that came this far since its last kept position has another one kept.
const STEP_M: f64 = 100.0;
/// Or after this time, if it moved at all (µs).
const PAUSE_US: EpochUs = 30 * SECOND_US;
/// What counts as moving, for a receiver that never stands quite still.
const STIRRED_M: f64 = 15.0;
/// Or after this time even if it did not (µs): a track tells that it stood there.
const REST_US: EpochUs = 600 * SECOND_US;
/// Positions that may wait for the store; a national centre's twenty minutes.
const OUTBOX: usize = 200_000;

/// What became of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is the unit's position now.
    Moved,
    /// The unit's position is as new or newer: late news, or said twice.
    Older,
    /// The centre has no such unit.
    Unknown,
}

/// Where a unit is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The fix.
    pub fix: Fix,
    /// When the server heard of it (epoch µs).
    pub received_at: EpochUs,
}

#[derive(Debug)]
struct Unit {
    code: Arc<str>,
    agency: Arc<str>,
}

#[derive(Debug, Clone, Copy)]
struct Held {
    placed: Placed,
    /// The beat that told it, or will.
    beat: u64,
    /// The last one kept in the track.
    kept: Option<Fix>,
}

#[derive(Debug, Default)]
struct Inner {
    held: Vec<Option<Held>>,
    /// The number of the last beat.
    beat: u64,
    /// Units that moved since then.
    changed: Vec<usize>,
    outbox: Vec<PositionRow>,
    lost: u64,
}

/// The positions of a centre's units.
#[derive(Debug)]
pub struct Positions {
    units: Vec<Unit>,
    by_code: HashMap<Arc<str>, usize>,
    inner: Mutex<Inner>,
    beats: watch::Sender<Arc<Beat>>,
}

impl Positions {
    /// No unit of the pack has told where it is.
    pub fn new(pack: &CentrePack) -> Self {
        let units: Vec<Unit> = pack
            .units
            .iter()
            .map(|unit| Unit { code: unit.code.as_str().into(), agency: unit.agency.as_str().into() })
            .collect();
        let by_code = units.iter().enumerate().map(|(at, unit)| (Arc::clone(&unit.code), at)).collect();
        let inner = Inner { held: vec![None; units.len()], ..Inner::default() };
        let beats = watch::Sender::new(Arc::new(Beat::new(0, Vec::new())));
        Self { units, by_code, inner: Mutex::new(inner), beats }
    }

    /// Takes a fix in that was checked at `now` (epoch µs).
    pub fn put(&self, code: &str, fix: Fix, now: EpochUs) -> Outcome {
        let Some(at) = self.by_code.get(code).copied() else { return Outcome::Unknown };
        let mut inner = self.inner.lock();
        let Some(kept) = inner.replace(at, Placed { fix, received_at: now }) else { return Outcome::Older };
        if worth_keeping(kept.as_ref(), &fix) {
            if let Some(Some(held)) = inner.held.get_mut(at) {
                held.kept = Some(fix);
            }
            inner.post(row_of(code, &Placed { fix, received_at: now }));
        }
        Outcome::Moved
    }

    /// Takes in what the store holds: at the start, or of another node. It is there already: nothing is kept.
    pub fn load(&self, rows: &[PositionRow]) {
        let mut inner = self.inner.lock();
        for row in rows {
            let Some(at) = self.by_code.get(row.unit.as_str()).copied() else { continue };
            let placed = placed_of(row);
            if inner.replace(at, placed).is_some()
                && let Some(Some(held)) = inner.held.get_mut(at)
            {
                held.kept = Some(placed.fix);
            }
        }
    }

    /// Where a unit is, if it ever told.
    pub fn of(&self, code: &str) -> Option<Placed> {
        let at = self.by_code.get(code).copied()?;
        self.inner.lock().held.get(at).copied().flatten().map(|held| held.placed)
    }

    /// Whose a unit is, if the centre has it.
    pub fn agency_of(&self, code: &str) -> Option<&str> {
        let at = self.by_code.get(code).copied()?;
        self.units.get(at).map(|unit| &*unit.agency)
    }

    /// Follows the beats, one a second while something moves.
    pub fn follow(&self) -> watch::Receiver<Arc<Beat>> {
        self.beats.subscribe()
    }

    /// The frame of what an audience sees in an area, and the beat that it reaches: what changed after the
    /// beat `since`, if anything did, or with 0 everything there is, even if that is nothing.
    pub fn frame_since(&self, audience: &Audience, area: &Area, since: u64) -> (Option<Utf8Bytes>, u64) {
        let mut shown = Vec::new();
        let reached = {
            let inner = self.inner.lock();
            for (unit, held) in self.units.iter().zip(&inner.held) {
                let Some(held) = held.filter(|held| since == 0 || held.beat > since) else { continue };
                let fix = held.placed.fix;
                if area.holds(fix.lat, fix.lon) && sees(audience, &unit.agency) {
                    let (code, agency) = (Arc::clone(&unit.code), Arc::clone(&unit.agency));
                    shown.push(Shown { code, agency, fix });
                }
            }
            inner.beat
        };
        let frame = if since == 0 || !shown.is_empty() { frame_of_all(&shown) } else { None };
        (frame, reached)
    }

    /// Makes what changed since the last beat a new one; nothing when nothing did.
    pub fn beat(&self) {
        let (number, changed) = {
            let mut inner = self.inner.lock();
            if inner.changed.is_empty() {
                return;
            }
            inner.beat += 1;
            let changed = std::mem::take(&mut inner.changed);
            let shown: Vec<Shown> = changed.iter().filter_map(|at| self.shown(&inner, *at)).collect();
            (inner.beat, shown)
        };
        self.beats.send_replace(Arc::new(Beat::new(number, changed)));
    }

    fn shown(&self, inner: &Inner, at: usize) -> Option<Shown> {
        let (unit, held) = (self.units.get(at)?, inner.held.get(at)?.as_ref()?);
        let (code, agency) = (Arc::clone(&unit.code), Arc::clone(&unit.agency));
        Some(Shown { code, agency, fix: held.placed.fix })
    }

    /// Beats until it is stopped.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut tick = interval(BEAT);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => self.beat(),
                () = stop.cancelled() => return,
            }
        }
    }

    /// Takes what waits to be kept, the earliest first.
    pub(super) fn take_outbox(&self) -> Vec<PositionRow> {
        std::mem::take(&mut self.inner.lock().outbox)
    }

    /// Puts back what could not be kept; answers how many positions were lost so far because the store was
    /// away for too long.
    pub(super) fn put_back(&self, mut rows: Vec<PositionRow>) -> u64 {
        let mut inner = self.inner.lock();
        let later = std::mem::take(&mut inner.outbox);
        rows.extend(later);
        let surplus = rows.len().saturating_sub(OUTBOX);
        rows.drain(..surplus);
        inner.lost = inner.lost.saturating_add(surplus as u64);
        inner.outbox = rows;
        inner.lost
    }

    /// Last positions that no kept one tells: what a stop must not forget.
    pub(super) fn unkept(&self) -> Vec<PositionRow> {
        let inner = self.inner.lock();
        self.units
            .iter()
            .zip(&inner.held)
            .filter_map(|(unit, held)| Some((unit, held.as_ref()?)))
            .filter(|(_, held)| held.kept != Some(held.placed.fix))
            .map(|(unit, held)| row_of(&unit.code, &held.placed))
            .collect()
    }
}

impl Inner {
    /// Puts a position in place of an older one; answers what was kept of that unit last, or none when the
    /// one held is as new.
    fn replace(&mut self, at: usize, placed: Placed) -> Option<Option<Fix>> {
        let next = self.beat + 1;
        let slot = self.held.get_mut(at)?;
        if slot.as_ref().is_some_and(|held| held.placed.fix.at >= placed.fix.at) {
            return None;
        }
        let kept = slot.as_ref().and_then(|held| held.kept);
        let waits = slot.as_ref().is_some_and(|held| held.beat == next);
        *slot = Some(Held { placed, beat: next, kept });
        if !waits {
            self.changed.push(at);
        }
        Some(kept)
    }

    fn post(&mut self, row: PositionRow) {
        // A store that is away for long: the newest are worth more, see `put_back`.
        if self.outbox.len() < 2 * OUTBOX {
            self.outbox.push(row);
        } else {
            self.lost = self.lost.saturating_add(1);
        }
    }
}

/// Whether a track needs this fix: at most one a unit and 30 s or 100 m, far fewer while it stands.
fn worth_keeping(kept: Option<&Fix>, fix: &Fix) -> bool {
    let Some(kept) = kept else { return true };
    let (moved, passed) = (kept.metres_to(fix), fix.at.saturating_sub(kept.at));
    moved >= STEP_M || (passed >= PAUSE_US && moved >= STIRRED_M) || passed >= REST_US
}

fn row_of(code: &str, placed: &Placed) -> PositionRow {
    let Placed { fix, received_at } = *placed;
    PositionRow {
        unit: code.to_owned(),
        at: fix.at,
        lat: fix.lat,
        lon: fix.lon,
        accuracy_m: fix.accuracy_m,
        speed_kmh: fix.speed_kmh,
        heading: fix.heading,
        received_at,
    }
}

fn placed_of(row: &PositionRow) -> Placed {
    let fix = Fix {
        lat: row.lat,
        lon: row.lon,
        accuracy_m: row.accuracy_m,
        at: row.at,
        speed_kmh: row.speed_kmh,
        heading: row.heading,
    };
    Placed { fix, received_at: row.received_at }
}

#[cfg(test)]
mod tests;
