//! The signed webhook: a CloudEvents 1.0 body with Standard Webhooks headers.
//!
//! `webhook-id` is the delivery's id and stays the same on every attempt. No redirects are followed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_protocol::views::{DispatchView, IncidentView, ReportView};
use kentongan_store::rows::EndpointRow;
use serde::Serialize;
use sha2::Sha256;

use crate::centre::LiveCentre;

/// How long a peer may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a peer may take to be reached.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// What a webhook carries: what the agency itself may see, and nothing else.
#[derive(Debug, Serialize)]
pub struct Parcel {
    /// The dispatch.
    pub dispatch: DispatchView,
    /// Its incident.
    pub incident: IncidentView,
    /// The incident's reports, without reporters.
    pub reports: Vec<ReportView>,
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A stable code: `timeout`, `refused`, `status_500`, `gone` …
    pub code: String,
    /// Whether trying again is pointless.
    pub for_good: bool,
}

/// A link to one agency's endpoint. Made for a live centre only.
#[derive(Clone)]
pub struct WebhookLink {
    client: reqwest::Client,
    centre: String,
    target: String,
    secret: Vec<u8>,
}

impl WebhookLink {
    /// A link for a live centre's endpoint.
    ///
    /// # Errors
    /// When the secret is no secret, or no client can be made.
    pub fn new(live: &LiveCentre, endpoint: &EndpointRow, client: reqwest::Client) -> anyhow::Result<Self> {
        Ok(Self {
            client,
            centre: live.centre().code.clone(),
            target: endpoint.target.clone(),
            secret: secret_bytes(&endpoint.secret)?,
        })
    }

    /// The client that links share.
    ///
    /// # Errors
    /// When the TLS library cannot start.
    pub fn client() -> anyhow::Result<reqwest::Client> {
        Ok(reqwest::Client::builder()
            .timeout(ANSWER_WITHIN)
            .connect_timeout(CONNECT_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("kentongan")
            .build()?)
    }

    /// Sends one parcel. `now` is epoch µs.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn send(&self, delivery: &str, parcel: &Parcel, now: i64) -> Result<(), Failure> {
        let body = cloud_event(&self.centre, delivery, parcel, now)
            .map_err(|_| Failure { code: "no_json".to_owned(), for_good: true })?;
        let timestamp = now.div_euclid(1_000_000);
        let signature = sign(&self.secret, delivery, timestamp, &body);
        let request = self
            .client
            .post(&self.target)
            .header("content-type", "application/cloudevents+json")
            .header("webhook-id", delivery)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .body(body);
        let response =
            request.send().await.map_err(|error| Failure { code: code_of(&error), for_good: false })?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let gone = status == reqwest::StatusCode::GONE;
        let code = if gone { "gone".to_owned() } else { format!("status_{}", status.as_u16()) };
        Err(Failure { code, for_good: gone })
    }
}

fn code_of(error: &reqwest::Error) -> String {
    let code = if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "refused"
    } else {
        "broken"
    };
    code.to_owned()
}

/// The body: CloudEvents 1.0, structured mode.
fn cloud_event(centre: &str, delivery: &str, parcel: &Parcel, now: i64) -> Result<String, serde_json::Error> {
    let time = jiff::Timestamp::from_microsecond(now).map(|at| at.to_string()).unwrap_or_default();
    serde_json::to_string(&serde_json::json!({
        "specversion": "1.0",
        "id": delivery,
        "source": format!("/centres/{centre}"),
        "type": "id.kentongan.dispatch.queued",
        "subject": parcel.dispatch.id.to_string(),
        "time": time,
        "datacontenttype": "application/json",
        "data": parcel,
    }))
}

/// The bytes of a Standard Webhooks secret: `whsec_` and base64.
///
/// # Errors
/// When it is not base64 or shorter than 24 bytes.
pub fn secret_bytes(secret: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap_or(secret))
        .map_err(|_| anyhow::anyhow!("a webhook secret is `whsec_` and base64"))?;
    anyhow::ensure!((24..=64).contains(&bytes.len()), "a webhook secret has 24 to 64 bytes");
    Ok(bytes)
}

/// The `webhook-signature` header (Standard Webhooks, symmetric): `v1,` and base64 of HMAC-SHA256 over
/// `id.timestamp.body`; the timestamp is in whole seconds.
pub fn sign(secret: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_checked() {
        assert!(secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").is_ok());
        assert!(secret_bytes("whsec_c2hvcnQ=").is_err());
        assert!(secret_bytes("whsec_***").is_err());
    }

    /// The reference vector of standardwebhooks.com, read from the shared vectors where they are.
    #[test]
    fn signatures_agree_with_the_reference() {
        let shared = std::env::var("KENTONGAN_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").to_owned());
        let Ok(text) = std::fs::read_to_string(format!("{shared}/vectors/webhooks/standard-webhooks.json"))
        else {
            println!("skipped: no shared vectors");
            return;
        };
        let vector: serde_json::Value = serde_json::from_str(&text).unwrap();
        let field = |name: &str| vector[name].as_str().unwrap().to_owned();
        let secret = secret_bytes(&field("secret")).unwrap();
        let timestamp = field("webhook-timestamp").parse().unwrap();
        assert_eq!(
            sign(&secret, &field("webhook-id"), timestamp, &field("body")),
            field("webhook-signature")
        );
    }
}
