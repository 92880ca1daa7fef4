//! What is known of a number from before: how its reports ended, and whether it was put behind.
//!
//! The reports of the last day are known from the stream's memory, so that no report waits for a look-up when
//! it is stored. Older ones are looked up while somebody types, or after a first report was answered, and kept.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::contact::{ContactHistory, Deprioritised, HeldBack};
use kentongan_domain::ids::{EpochUs, ReportId};
use kentongan_domain::report::{Outcome, Report};
use kentongan_store::Store;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::command::report_from_row;

/// Earlier reports of a number that are looked at, the newest.
const MOST_EARLIER: usize = 100;
/// Numbers that are kept; beyond them all but those of the last day are let go.
const MOST_NUMBERS: usize = 20_000;
const BETWEEN_LOOK_UPS: Duration = Duration::from_millis(50);
const DAY_US: EpochUs = 24 * 3_600 * 1_000_000;

/// A contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contact {
    /// The same for the same number, and tells nothing else; none without a number.
    pub key: Option<u64>,
    /// How its earlier reports ended.
    pub history: ContactHistory,
    /// Whether it was put behind: the furthest of what still holds.
    pub held_back: Option<HeldBack>,
}

/// What counts of an earlier report.
#[derive(Debug, Clone)]
struct Earlier {
    received_at: EpochUs,
    outcome: Option<Outcome>,
    deprioritised: Option<Deprioritised>,
}

/// The numbers of a centre.
#[derive(Debug)]
pub struct Contacts {
    known: Mutex<Known>,
    /// One look-up at a time behind the answers: a flood of new numbers must not keep the store from writing.
    behind: Semaphore,
}

impl Default for Contacts {
    fn default() -> Self {
        Self { known: Mutex::default(), behind: Semaphore::new(1) }
    }
}

#[derive(Debug, Default)]
struct Known {
    reports: HashMap<u64, HashMap<ReportId, Earlier>>,
    /// Numbers whose older reports were looked up.
    looked_up: HashSet<u64>,
}

impl Contacts {
    /// Notes a report of a number as it is now.
    pub fn note(&self, key: u64, report: &Report) {
        let mut known = self.known.lock();
        known.put(key, report);
        if known.reports.len() > MOST_NUMBERS {
            known.let_go(report.received_at.saturating_sub(DAY_US));
        }
    }

    /// What is known of a number now. A report that is read again does not count.
    pub fn known(&self, phone: Option<&str>, again: Option<ReportId>, now: EpochUs) -> Contact {
        let Some(key) = phone.and_then(key) else { return Contact::default() };
        let mut contact = Contact { key: Some(key), ..Contact::default() };
        let known = self.known.lock();
        for (id, report) in known.reports.get(&key).into_iter().flatten() {
            if again != Some(*id) {
                count(&mut contact, *id, report, now);
            }
        }
        contact
    }

    /// [`Contacts::look_up`] for the next time, unless another is under way.
    pub async fn look_up_behind(&self, store: &Arc<dyn Store>, centre: &str, phone: &str) {
        if let Ok(_one) = self.behind.try_acquire() {
            self.look_up(store, centre, Some(phone)).await;
            // In a flood of new numbers twenty a second are enough: the store has to write.
            tokio::time::sleep(BETWEEN_LOOK_UPS).await;
        }
    }

    /// Looks a number's older reports up, once. When the store cannot tell, what is known stays as it is.
    pub async fn look_up(&self, store: &Arc<dyn Store>, centre: &str, phone: Option<&str>) {
        let Some((digits, key)) = phone.and_then(|phone| Some((digits(phone)?, key(phone)?))) else { return };
        if self.known.lock().looked_up.contains(&key) {
            return;
        }
        let rows = match store.list_reports_of(centre, &digits, MOST_EARLIER as u32).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(centre, %error, "what is known of a contact could not be read");
                return;
            }
        };
        let mut known = self.known.lock();
        for row in rows {
            match report_from_row(&row) {
                // What the memory has told meanwhile is newer than what was read.
                Ok(report) if !known.has(key, report.id) => known.put(key, &report),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(centre, %error, "an earlier report of a contact could not be read");
                }
            }
        }
        known.looked_up.insert(key);
    }
}

impl Known {
    fn has(&self, key: u64, report: ReportId) -> bool {
        self.reports.get(&key).is_some_and(|reports| reports.contains_key(&report))
    }

    fn put(&mut self, key: u64, report: &Report) {
        let reports = self.reports.entry(key).or_default();
        let earlier = Earlier {
            received_at: report.received_at,
            outcome: report.outcome,
            deprioritised: report.deprioritised.clone(),
        };
        reports.insert(report.id, earlier);
        if reports.len() > MOST_EARLIER
            && let Some(oldest) = reports.iter().min_by_key(|(_, held)| held.received_at).map(|(id, _)| *id)
        {
            reports.remove(&oldest);
        }
    }

    /// Lets numbers go that nobody has called from since `before` (epoch µs).
    fn let_go(&mut self, before: EpochUs) {
        self.reports.retain(|_, reports| reports.values().any(|held| held.received_at >= before));
        let Self { reports, looked_up } = self;
        looked_up.retain(|key| reports.contains_key(key));
    }
}

fn count(contact: &mut Contact, id: ReportId, report: &Earlier, now: EpochUs) {
    let history = &mut contact.history;
    if now.saturating_sub(report.received_at) < DAY_US {
        history.today += 1;
    }
    if let Some(outcome) = report.outcome {
        history.handled += 1;
        match outcome {
            Outcome::Ghost => history.silent += 1,
            Outcome::Prank => history.prank += 1,
            Outcome::Accidental | Outcome::CutOff | Outcome::Test => history.accidental += 1,
            Outcome::IncidentCreated | Outcome::Attached => history.real += 1,
            _ => {}
        }
    }
    let Some(asked) = report.deprioritised.as_ref().filter(|asked| asked.until > now) else { return };
    let held = HeldBack { level: asked.level, until: asked.until, because_of: id };
    if contact.held_back.is_none_or(|known| (held.level, held.until) > (known.level, known.until)) {
        contact.held_back = Some(held);
    }
}

/// The key of a number; none when it has no digits.
pub fn key(phone: &str) -> Option<u64> {
    let digits = digits(phone)?;
    let mut hasher = DefaultHasher::new();
    digits.hash(&mut hasher);
    Some(hasher.finish())
}

/// The digits of a number without country code, leading zero and the signs that people write between them;
/// none when it is no number.
pub fn digits(phone: &str) -> Option<String> {
    let between = [' ', '-', '.', '(', ')', '/', '\u{a0}'];
    let written: String = phone.chars().filter(|sign| !between.contains(sign)).collect();
    let all = written.strip_prefix('+').unwrap_or(&written);
    let digits = all.strip_prefix("62").or_else(|| all.strip_prefix('0')).unwrap_or(all);
    let plausible = digits.len() >= 2 && digits.chars().all(|sign| sign.is_ascii_digit());
    plausible.then(|| digits.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let ways = ["0812-3000-1", "+62 812 30001", "62812.30001", "(0812) 30001", "81230001"];
        for way in ways {
            assert_eq!(key(way), key("081230001"), "{way}");
            assert_eq!(digits(way).as_deref(), Some("81230001"), "{way}");
        }
        assert_ne!(key("081230002"), key("081230001"));
        for none in ["", "+", "0", "tidak tahu", "rahasia"] {
            assert_eq!(key(none), None, "{none}");
        }
    }
}
