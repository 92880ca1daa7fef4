//! The command that stores a report, from what a channel handed in and what was understood of it.

use kentongan_domain::command::{Command, ReceiveReport};
use kentongan_domain::handover::HandedOver;
use kentongan_domain::ids::{IdSource, ReportId};
use kentongan_domain::people::Actor;
use kentongan_domain::report::Channel;
use kentongan_protocol::requests::ReporterInput;
use uuid::Uuid;

use super::contact::digits;
use super::understand::Understood;
use crate::command::{Erasable, Submission, TextKind, fingerprint};
use crate::stream::ReportWords;

/// A report as a channel hands it in, checked.
#[derive(Clone)]
pub struct NewReport {
    /// How it came in.
    pub channel: Channel,
    /// The words.
    pub text: String,
    /// The place in the caller's words.
    pub place_text: Option<String>,
    /// Who reports.
    pub reporter: Option<ReporterInput>,
    /// The channel's own id.
    pub external_id: Option<String>,
    /// When it happened (epoch µs).
    pub occurred_at: Option<i64>,
    /// The neighbouring centre that hands it over.
    pub handed_over: Option<HandedOver>,
}

/// Namespace of the keys made of a channel's own ids.
const EXTERNAL_KEYS: Uuid = Uuid::from_u128(0x6b65_6e74_6f6e_6761_6e5f_6578_7465_726e);

/// The submission. The channel's own id, if there is one, finds the same report again.
///
/// # Errors
/// When the understanding has no JSON form.
pub fn report_submission(
    new: NewReport,
    understood: &Understood,
    actor: Actor,
    key: (Uuid, [u8; 32]),
    now: i64,
    ids: &mut IdSource,
) -> Result<Submission, serde_json::Error> {
    let report = ReportId(ids.next_id());
    let mut erasable = Erasable::default();
    let words = ReportWords { text: Some(new.text), place_text: new.place_text };
    let text = erasable.text(ids, &report.to_string(), TextKind::Report, serde_json::to_string(&words)?);
    let person =
        new.reporter.filter(|reporter| reporter.name.is_some() || reporter.phone.is_some()).map(|reporter| {
            let digits = reporter.phone.as_deref().and_then(digits);
            erasable.person(ids, report.0, reporter.name, reporter.phone, digits)
        });
    let alias = new.external_id.as_ref().map(|id| {
        let name = fingerprint(&[new.channel.code().as_bytes(), id.as_bytes()]);
        Uuid::new_v5(&EXTERNAL_KEYS, &name)
    });
    let (command_id, fingerprint) = key;
    Ok(Submission {
        command_id,
        alias,
        fingerprint,
        command: Command::ReceiveReport(Box::new(ReceiveReport {
            report,
            channel: new.channel,
            external_id: new.external_id,
            occurred_at: new.occurred_at,
            text,
            person,
            suggestion: understood.suggestion.clone(),
            claims: understood.claims.clone(),
            place: understood.place.clone(),
            rank: understood.rank,
            handed_over: new.handed_over,
        })),
        actor,
        received_at: now,
        erasable,
        keepsake: Some(serde_json::to_string(&understood.keepsake)?),
    })
}
