//! What a command is about, and the outcome it had before: repeating it gives the same again, reusing its
//! key does not.

use std::collections::HashMap;

use kentongan_domain::command::Command;
use kentongan_domain::event::Event;
use kentongan_store::StoreError;
use kentongan_store::rows::CommandRow;
use uuid::Uuid;

use super::{Committed, StoredOutcome, Submission, SubmitError, Target};

/// One command of a batch, decided.
pub(super) enum Decided {
    Done(Committed),
    Refused(SubmitError),
}

/// The outcome a command had before, in the store or earlier in this batch.
pub(super) fn earlier_outcome(
    submission: &Submission,
    known: &HashMap<Uuid, CommandRow>,
    in_batch: &HashMap<Uuid, (Committed, [u8; 32])>,
) -> Option<Decided> {
    let by_key = known
        .get(&submission.command_id)
        .map(|row| (committed_from(row), row.fingerprint))
        .or_else(|| in_batch.get(&submission.command_id).map(|(done, print)| (Ok(done.clone()), *print)));
    if let Some((committed, fingerprint)) = by_key {
        if fingerprint != submission.fingerprint {
            return Some(Decided::Refused(SubmitError::KeyReused));
        }
        return Some(repeated(committed));
    }
    // A channel's own id may come with another text: the first report stands.
    let alias = submission.alias?;
    let by_alias = known
        .get(&alias)
        .map(committed_from)
        .or_else(|| in_batch.get(&alias).map(|(done, _)| Ok(done.clone())))?;
    Some(repeated(by_alias))
}

fn repeated(committed: Result<Committed, StoreError>) -> Decided {
    match committed {
        Ok(committed) => Decided::Done(Committed { repeated: true, ..committed }),
        Err(error) => Decided::Refused(SubmitError::Store(error)),
    }
}

fn committed_from(row: &CommandRow) -> Result<Committed, StoreError> {
    let stored: StoredOutcome = serde_json::from_str(&row.outcome)
        .map_err(|error| StoreError::Corrupt(format!("the outcome of a command: {error}")))?;
    Ok(Committed {
        target: stored.target,
        seq: row.seq,
        repeated: true,
        keepsake: stored.keepsake.map(|json| json.get().to_owned()),
    })
}

/// What a command is about.
pub(super) fn target_of(command: &Command) -> Target {
    use Command as C;
    match command {
        C::ReceiveReport(received) => Target::Report(received.report),
        C::SetOutcome { report, .. } | C::LiftReport { report } | C::RankContact { report, .. } => {
            Target::Report(*report)
        }
        C::OpenIncident { .. } | C::PassDeadline { .. } | C::MoveUnit { .. } => Target::Nothing,
        C::ChangeIncident { incident, .. }
        | C::SplitIncident { incident, .. }
        | C::ConfirmKnown { incident, .. }
        | C::EndKnown { incident }
        | C::ResolveIncident { incident, .. }
        | C::CloseIncident { incident, .. }
        | C::ReopenIncident { incident, .. }
        | C::OfferIncident { incident, .. }
        | C::RecordHandover { incident, .. }
        | C::AnswerOffer { incident, .. }
        | C::StrikeAlarm { incident, .. }
        | C::Dispatch { incident, .. } => Target::Incident(*incident),
        C::MergeIncident { into, .. } => Target::Incident(*into),
        C::Act { dispatch, .. }
        | C::AskForHelp { dispatch, .. }
        | C::AnswerHelp { dispatch }
        | C::DoubtReply { dispatch, .. }
        | C::AddPhoto { dispatch, .. }
        | C::AddNote { dispatch, .. }
        | C::RecordDelivery { dispatch, .. } => Target::Dispatch(*dispatch),
    }
}

/// What an event brings into the world.
pub(super) fn made_by(event: &Event) -> Option<Target> {
    match event {
        Event::IncidentOpened { incident, .. } => Some(Target::Incident(*incident)),
        Event::DispatchQueued { dispatch, .. } => Some(Target::Dispatch(*dispatch)),
        _ => None,
    }
}
