//! One message to another server, signed, and what it answered.

use kentongan_domain::ids::{EpochUs, TransferId};
use kentongan_store::rows::EndpointRow;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::signed::secrets_of;
use crate::forward::answer::ask;
use crate::forward::dial::Dialler;
use crate::forward::sender::Failure;
use crate::forward::webhook::signatures;

/// The channel of a neighbouring centre's endpoint in the table of endpoints; its agency is the neighbour's code.
pub const CHANNEL: &str = "neighbour";

/// What another server said.
#[derive(Debug)]
pub enum Said<T> {
    /// It took it.
    Yes(T),
    /// It never will, with its stable code.
    No(String),
}

/// Codes of answers that stay what they are, however often one asks.
const FOR_GOOD: [&str; 2] = ["drill_centre", "unknown_transfer"];

/// Sends one message to a path below a neighbour's address. `now` is epoch µs.
///
/// # Errors
/// When it has to be sent again.
pub async fn post<T: DeserializeOwned>(
    dialler: &Dialler,
    endpoint: &EndpointRow,
    path: &str,
    transfer: TransferId,
    message: &impl Serialize,
    now: EpochUs,
) -> Result<Said<T>, Failure> {
    let body = serde_json::to_string(message).map_err(|_| Failure::for_good("no_json"))?;
    let secrets = secrets_of(&endpoint.secret);
    if secrets.is_empty() {
        return Err(Failure::again("no_secret"));
    }
    let (id, timestamp) = (transfer.to_string(), now.div_euclid(1_000_000));
    let url = format!("{}{path}", endpoint.target.trim_end_matches('/'));
    let request = dialler
        .post_to_agency(&url, endpoint.private_allowed)?
        .header("content-type", "application/json")
        .header("webhook-id", &id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signatures(&secrets, &id, timestamp, &body))
        .body(body);
    let answer = ask(request, now).await?;
    let Some(failure) = answer.failure() else {
        let taken = serde_json::from_slice(&answer.body);
        return taken.map(Said::Yes).map_err(|_| Failure::again("strange_answer"));
    };
    let told = answer.json();
    let code = told.get("code").and_then(serde_json::Value::as_str).unwrap_or_default();
    if FOR_GOOD.contains(&code) {
        return Ok(Said::No(code.to_owned()));
    }
    // What the other server calls it says more than a number.
    let known = ["bad_signature", "unknown_neighbour"].contains(&code);
    Err(if known { Failure { code: code.to_owned(), ..failure } } else { failure })
}
