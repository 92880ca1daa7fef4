//! Decisions about what the field tells: notes, calls for help, which ring at the desk until somebody there answers,
//! and pictures of the scene.

use super::deadline::HELP_WITHIN_US;
use super::dispatch::illegal_on_dispatch as illegal;
use super::find_dispatch;
use crate::command::Context;
use crate::deadline::{Deadline, DeadlineKind};
use crate::dispatch::{Dispatch, DispatchState, MOST_NOTES, MOST_PHOTOS};
use crate::event::Event;
use crate::ids::{DispatchId, PhotoId, TextId};
use crate::place::LocationClaim;
use crate::rejection::Rejection;
use crate::state::CentreState;

/// Whoever works on a dispatch may call, as often as it takes.
pub fn ask(
    state: &CentreState,
    id: DispatchId,
    note: Option<TextId>,
    context: &Context,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    if !may_ask(dispatch) {
        return Err(illegal(dispatch, "ask_for_help"));
    }
    let due_at = context.now.saturating_add(HELP_WITHIN_US);
    let deadline = Deadline { kind: DeadlineKind::HelpAnswered, due_at, level: 0 };
    Ok(vec![Event::HelpAsked { dispatch: id, note, deadline }])
}

pub fn answer(state: &CentreState, id: DispatchId) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    if !waits_for_help(dispatch) {
        return Err(illegal(dispatch, "answer_help"));
    }
    Ok(vec![Event::HelpAnswered { dispatch: id }])
}

/// Something worth knowing from whoever was sent; what it says is for the desk to read.
pub fn add_note(state: &CentreState, id: DispatchId, note: Option<TextId>) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    if !may_add_photo(dispatch) {
        return Err(illegal(dispatch, "add_note"));
    }
    let Some(note) = note else {
        return Err(Rejection::Invalid { pointer: "/note", message: "a note needs words".into() });
    };
    if dispatch.notes.len() >= MOST_NOTES {
        return Err(Rejection::Invalid {
            pointer: "/note",
            message: format!("a dispatch has at most {MOST_NOTES} notes"),
        });
    }
    Ok(vec![Event::FieldNoted { dispatch: id, note }])
}

/// A picture of the scene, from whoever was sent; also when the work is done.
pub fn add_photo(
    state: &CentreState,
    id: DispatchId,
    photo: PhotoId,
    claim: Option<&LocationClaim>,
) -> Result<Vec<Event>, Rejection> {
    let dispatch = find_dispatch(state, id)?;
    if !may_add_photo(dispatch) {
        return Err(illegal(dispatch, "add_photo"));
    }
    if dispatch.photos.len() >= MOST_PHOTOS {
        return Err(Rejection::Invalid {
            pointer: "",
            message: format!("a dispatch has at most {MOST_PHOTOS} pictures"),
        });
    }
    Ok(vec![Event::PhotoAdded { dispatch: id, photo, claim: claim.cloned() }])
}

/// Whether somebody may have been there.
pub const fn may_add_photo(dispatch: &Dispatch) -> bool {
    may_ask(dispatch) || matches!(dispatch.state, DispatchState::Completed)
}

/// Whether a team may be at work on it.
pub const fn may_ask(dispatch: &Dispatch) -> bool {
    matches!(
        dispatch.state,
        DispatchState::Acknowledged
            | DispatchState::Accepted
            | DispatchState::EnRoute
            | DispatchState::OnScene
    )
}

/// Whether a call for help waits for the desk.
pub fn waits_for_help(dispatch: &Dispatch) -> bool {
    dispatch.help.as_ref().is_some_and(|help| help.answered_at.is_none()) && !dispatch.state.is_final()
}
