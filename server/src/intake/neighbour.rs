//! What a neighbouring centre's server brings: an incident that it hands over becomes a report in our queue, and
//! its answer to what we offered is noted.
//!
//! Who sends was found out by the caller; here nothing of a neighbour's is believed further than it must be: codes and
//! numbers that go into the log are letters and digits, words are bounded and erasable.

use kentongan_domain::command::Command;
use kentongan_domain::handover::{HandedOver, Handover, HandoverResult};
use kentongan_domain::ids::{EpochUs, IncidentId, ReportId, TransferId};
use kentongan_domain::people::Actor;
use kentongan_domain::place::{ClaimSource, LocationClaim, Place};
use kentongan_domain::queue::Rank;
use kentongan_domain::rejection::Rejection;
use kentongan_domain::report::{Channel, Suggestion};
use kentongan_protocol::neighbours::{HandoverNoted, HandoverOffer, HandoverReceived, HandoverReply};
use kentongan_protocol::requests::{REPORT_TEXT_MAX_CHARS, ReporterInput};
use kentongan_triage::nuisance::CallFacts;

use super::report::{NewReport, report_submission};
use super::understand::{Heard, Understood};
use crate::centre::{Centre, LiveCentre};
use crate::command::{Submission, SubmitError, Target, report_from_row};
use crate::platform::Platform;

/// The longest number or code of a neighbour's, in characters.
const CODE_MAX_CHARS: usize = 40;
const PLACE_MAX_CHARS: usize = 500;
const NAME_MAX_CHARS: usize = 200;
const PHONE_MAX_CHARS: usize = 32;
const NOTE_MAX_CHARS: usize = 1_000;

/// Why something was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// A field is wrong.
    Field(&'static str, String),
    /// There is no such hand-over between the two.
    Unknown,
    /// The writer did not take it.
    Submit(SubmitError),
    /// Our mistake.
    Internal(String),
}

impl From<SubmitError> for NotTaken {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Rejected(Rejection::NotFound { .. }) => Self::Unknown,
            other => Self::Submit(other),
        }
    }
}

/// Puts an offered incident into the queue of a live centre; the same offer again finds the same report.
///
/// # Errors
/// [`NotTaken`]; nothing was stored then.
pub async fn receive(
    to: &LiveCentre,
    offer: HandoverOffer,
    now: EpochUs,
) -> Result<HandoverReceived, NotTaken> {
    let centre = to.centre();
    let (transfer, from) = (offer.transfer, offer.from.clone());
    if !is_code(&offer.number) {
        return Err(NotTaken::Field(
            "/number",
            "a number has up to 40 letters, digits and dashes".to_owned(),
        ));
    }
    let handed_over = HandedOver { centre: from.clone(), number: offer.number.clone(), transfer };
    let claim = claim_of(&offer.place, now);
    let words = offer.text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(&offer.type_name);
    let place_text = clean(offer.place_text.as_deref().unwrap_or_default(), PLACE_MAX_CHARS);
    let area = area_of(&offer.place);
    let told = if place_text.is_empty() { &area } else { &place_text };
    let reporter = offer.reporter.as_ref().map(|reporter| ReporterInput {
        name: reporter.name.as_deref().map(|name| clean(name, NAME_MAX_CHARS)),
        phone: reporter.phone.as_deref().map(|phone| clean(phone, PHONE_MAX_CHARS)),
    });
    let heard = Heard {
        text: words,
        place_text: (!told.is_empty()).then_some(told),
        claim: claim.as_ref(),
        phone: reporter.as_ref().and_then(|reporter| reporter.phone.as_deref()),
        call: CallFacts::default(),
        report: None,
        now,
    };
    let understood = as_decided_there(centre, &offer, centre.understander.understand(&centre.hub, &heard));
    let new = NewReport {
        channel: Channel::Neighbour,
        text: text_of(&offer, &area),
        place_text: (!told.is_empty()).then(|| told.clone()),
        reporter,
        external_id: Some(transfer.to_string()),
        occurred_at: Some(offer.opened_at),
        handed_over: Some(handed_over.clone()),
    };
    let mut ids = Platform.ids().map_err(|error| NotTaken::Internal(error.to_string()))?;
    // The transfer's id is the channel's own id of the report: by it a repetition is found, not by this key.
    let key = (ids.next_id(), [0; 32]);
    let submission = report_submission(new, &understood, actor(&from), key, now, &mut ids)
        .map_err(|error| NotTaken::Internal(error.to_string()))?;
    let committed = centre.commands.submit(submission).await?;
    let Target::Report(report) = committed.target else { return Err(NotTaken::Unknown) };
    let (number, held) = stored(centre, report).await?;
    // Somebody else's transfer is not told.
    if held.as_ref() != Some(&handed_over) {
        return Err(NotTaken::Unknown);
    }
    Ok(HandoverReceived { transfer, number })
}

/// Notes a neighbour's answer to what a live centre has offered; the same answer again changes nothing.
///
/// # Errors
/// [`NotTaken`].
pub async fn take_answer(
    at: &LiveCentre,
    reply: &HandoverReply,
    now: EpochUs,
) -> Result<HandoverNoted, NotTaken> {
    let centre = at.centre();
    let (incident, _) = offered(centre, reply.transfer, &reply.from).ok_or(NotTaken::Unknown)?;
    let coded = |word: &Option<String>, pointer| match word.as_deref() {
        Some(word) if is_code(word) => Ok(Some(word.to_owned())),
        Some(_) => Err(NotTaken::Field(pointer, "up to 40 letters, digits and dashes".to_owned())),
        None => Ok(None),
    };
    let number = coded(&reply.number, "/number")?;
    let reason = coded(&reply.reason, "/reason")?;
    let result = if reply.accepted {
        HandoverResult::Accepted { number }
    } else {
        HandoverResult::Refused { reason: reason.unwrap_or_else(|| "unsaid".to_owned()) }
    };
    let command = Command::RecordHandover { incident, transfer: reply.transfer, result };
    let key = format!("handover/{}/answered", reply.transfer);
    let submission = Submission { actor: actor(&reply.from), ..Submission::of_system(&key, command, now) };
    centre.commands.submit(submission).await?;
    let (_, held) = offered(centre, reply.transfer, &reply.from).ok_or(NotTaken::Unknown)?;
    Ok(HandoverNoted { transfer: held.transfer, state: held.state })
}

fn actor(neighbour: &str) -> Actor {
    Actor { name: format!("neighbour:{neighbour}"), role: None, agency: None }
}

/// The incident that was offered to that neighbour under this id.
fn offered(centre: &Centre, transfer: TransferId, to: &str) -> Option<(IncidentId, Handover)> {
    centre.hub.read(|memory| {
        memory.incidents().find_map(|held| {
            let of = held.incident.handover.as_ref()?;
            (of.transfer == transfer && of.to == to).then(|| (held.incident.id, of.clone()))
        })
    })
}

/// The number of a stored report, and where it says that it comes from.
async fn stored(centre: &Centre, id: ReportId) -> Result<(String, Option<HandedOver>), NotTaken> {
    let told =
        |report: &kentongan_domain::report::Report| (report.number.clone(), report.handed_over.clone());
    if let Some(held) = centre.hub.read(|memory| memory.report(id)) {
        return Ok(told(&held.report));
    }
    let store = |error| NotTaken::Submit(SubmitError::Store(error));
    let row = centre.store.load_report(&centre.code, id.0).await.map_err(store)?;
    let row = row.ok_or(NotTaken::Unknown)?;
    Ok(told(&report_from_row(&row).map_err(store)?))
}

/// What people at a desk have decided weighs more than what we read out of the words, and nothing puts it behind.
fn as_decided_there(centre: &Centre, offer: &HandoverOffer, understood: Understood) -> Understood {
    let types = &centre.reference.pack.types;
    let of_category = || types.iter().filter(|kind| kind.category == offer.category);
    let same = of_category().find(|kind| kind.code == offer.type_code);
    let read = of_category().find(|kind| Some(&kind.code) == understood.suggestion.type_code.as_ref());
    let general = format!("{}_other", offer.category.code());
    let kind = same.or(read).or_else(|| of_category().find(|kind| kind.code == general));
    let suggestion = Suggestion {
        category: Some(offer.category),
        type_code: kind.map(|kind| kind.code.clone()),
        priority: understood.suggestion.priority.min(offer.priority),
        confidence: 1.0,
        nuisance: 0.0,
        contact: understood.suggestion.contact,
    };
    Understood { suggestion, rank: Rank::default(), ..understood }
}

/// The incident as our desk reads it.
fn text_of(offer: &HandoverOffer, area: &str) -> String {
    let mut lines = vec![
        format!("Serah terima dari {}: {}", clean(&offer.from_name, NAME_MAX_CHARS), offer.number),
        format!("{} (P{})", clean(&offer.type_name, NAME_MAX_CHARS), u8::from(offer.priority)),
    ];
    let mut line = |label: &str, words: &str, most: usize| {
        let words = clean(words, most);
        if !words.is_empty() {
            lines.push(format!("{label}: {words}"));
        }
    };
    line("Lokasi", area, PLACE_MAX_CHARS);
    line("Kata pelapor tentang lokasi", offer.place_text.as_deref().unwrap_or_default(), PLACE_MAX_CHARS);
    line("Catatan", offer.note.as_deref().unwrap_or_default(), NOTE_MAX_CHARS);
    line("Laporan pertama", offer.text.as_deref().unwrap_or_default(), REPORT_TEXT_MAX_CHARS);
    clean(&lines.join("\n"), REPORT_TEXT_MAX_CHARS)
}

fn area_of(place: &Place) -> String {
    let parts = [&place.label, &place.village, &place.district, &place.regency];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    clean(&parts.join(", "), PLACE_MAX_CHARS)
}

fn claim_of(place: &Place, now: EpochUs) -> Option<LocationClaim> {
    let (lat, lon) = place.point()?;
    Some(LocationClaim {
        lat,
        lon,
        accuracy_m: place.accuracy_m,
        source: place.source.unwrap_or(ClaimSource::Unknown),
        claimed_at: now,
    })
}

/// Words without what no text column takes, bounded.
fn clean(words: &str, most: usize) -> String {
    words.trim().chars().take(most).map(|sign| if sign == '\0' { '\u{fffd}' } else { sign }).collect()
}

/// Whether it may stand in the log: a number or a code, no words of people.
pub fn is_code(word: &str) -> bool {
    let fits = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '/' | '.');
    !word.is_empty() && word.len() <= CODE_MAX_CHARS && word.chars().all(fits)
}
