//! Known events: what many contacts tell of, proposed to the desk, confirmed and ended by people.

use kentongan_domain::command::Command;
use kentongan_protocol::answers::{IncidentAnswer, SurgeProposal};
use kentongan_protocol::page::Page;

use super::caller::{Caller, IdempotencyKey};
use super::error::ApiError;
use super::extract::Path;
use super::incidents::{answer, parse_id};
use super::submit::submit;
use crate::command::Erasable;
use crate::platform::Platform;

/// `GET …/surge`: the one with the most contacts first.
pub async fn list(caller: Caller) -> axum::Json<Page<SurgeProposal>> {
    let centre = &caller.centre;
    let items = centre.understander.proposals(&centre.hub);
    axum::Json(Page { items, next: None })
}

/// `POST …/incidents/{id}/confirm-known`: the waiting reports that tell of nothing else go behind.
pub async fn confirm(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
) -> Result<axum::Json<IncidentAnswer>, ApiError> {
    let incident = parse_id(&id)?;
    let centre = &caller.centre;
    let reports = centre.understander.would_be_known(&centre.hub, incident, Platform.now());
    let command = Command::ConfirmKnown { incident, reports };
    let what = format!("incidents/{incident}/confirm-known");
    let committed = submit(&caller, key, &what, b"", command, Erasable::default()).await?;
    answer(&caller, incident, &committed).await
}

/// `POST …/incidents/{id}/end-known`: what waited behind it comes to the front.
pub async fn end(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    key: IdempotencyKey,
) -> Result<axum::Json<IncidentAnswer>, ApiError> {
    let incident = parse_id(&id)?;
    let what = format!("incidents/{incident}/end-known");
    let command = Command::EndKnown { incident };
    let committed = submit(&caller, key, &what, b"", command, Erasable::default()).await?;
    answer(&caller, incident, &committed).await
}
