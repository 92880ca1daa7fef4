//! What is known of a number from before: how its reports ended, and whether it was put behind.
//!
//! Looked up while the caller speaks. When the store cannot tell, the contact is a new one: nobody waits
//! longer for a broken disk.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use kentongan_domain::contact::{ContactHistory, HeldBack};
use kentongan_domain::ids::{EpochUs, ReportId};
use kentongan_domain::report::{Outcome, Report};
use kentongan_store::Store;

use crate::command::report_from_row;

/// Earlier reports of a number that are looked at, the newest.
const MOST_EARLIER: u32 = 100;
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

/// The key of a number; none when it has no digits.
pub fn key(phone: &str) -> Option<u64> {
    let digits = digits(phone)?;
    let mut hasher = DefaultHasher::new();
    digits.hash(&mut hasher);
    Some(hasher.finish())
}

/// Looks a number up; without one there is nothing to know. A report that is read again does not count.
pub async fn look_up(
    store: &Arc<dyn Store>,
    centre: &str,
    phone: Option<&str>,
    again: Option<ReportId>,
    now: EpochUs,
) -> Contact {
    let Some(digits) = phone.and_then(digits) else { return Contact::default() };
    let mut contact = Contact { key: phone.and_then(key), ..Contact::default() };
    let rows = match store.list_reports_of(centre, &digits, MOST_EARLIER).await {
        Ok(rows) => rows,
        Err(error) => {
            tracing::warn!(centre, %error, "what is known of a contact could not be read");
            return contact;
        }
    };
    for row in rows.into_iter().filter(|row| again.is_none_or(|id| id.0 != row.id)) {
        match report_from_row(&row) {
            Ok(report) => count(&mut contact, &report, now),
            Err(error) => tracing::warn!(centre, %error, "an earlier report of a contact could not be read"),
        }
    }
    contact
}

fn count(contact: &mut Contact, report: &Report, now: EpochUs) {
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
    let before = contact.held_back;
    contact.held_back = report
        .puts_behind(now)
        .filter(|held| before.is_none_or(|known| (held.level, held.until) > (known.level, known.until)))
        .or(before);
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
