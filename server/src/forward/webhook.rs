//! The signed webhook: a CloudEvents 1.0 body with Standard Webhooks headers.
//!
//! `webhook-id` is the delivery's id and stays the same on every attempt. While a secret changes, each
//! active one signs: the header carries several signatures. A 2xx is "delivered"; only an answer body
//! `{"accepted": true}` is an acknowledgement. 410 ends it, `Retry-After` is honoured, no redirect followed.

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_domain::delivery::{DeliveryChannel, Notice};
use kentongan_domain::ids::EpochUs;
use kentongan_protocol::views::{DispatchView, IncidentView, ReportView};
use serde::Serialize;
use sha2::Sha256;

use super::address::Address;
use super::answer::ask;
use super::dial::Dialler;
use super::message::Message;
use super::sender::{Failure, Permit, Receipt, Sender, Standing};

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

/// Sends to agencies' own servers. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct WebhookSender {
    dialler: Dialler,
    centre: String,
}

impl WebhookSender {
    /// The webhooks of a live centre.
    pub fn new(permit: &Permit, dialler: Dialler) -> Self {
        Self { dialler, centre: permit.centre().to_owned() }
    }
}

#[async_trait]
impl Sender for WebhookSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Webhook
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Webhook { url, secrets, house } = to else {
            return Err(Failure::for_good("wrong_address"));
        };
        let Some(parcel) = &message.parcel else { return Err(Failure::for_good("nothing_to_tell")) };
        let body =
            cloud_event(&self.centre, message, parcel, now).map_err(|_| Failure::for_good("no_json"))?;
        let timestamp = now.div_euclid(1_000_000);
        let request = self
            .dialler
            .post_to_agency(url, *house)?
            .header("content-type", "application/cloudevents+json")
            .header("webhook-id", &message.delivery)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signatures(secrets, &message.delivery, timestamp, &body))
            .body(body);
        let answer = ask(request, now).await?;
        if let Some(failure) = answer.failure() {
            return Err(failure);
        }
        let accepted = answer.json().get("accepted").and_then(serde_json::Value::as_bool) == Some(true);
        let standing = if accepted { Standing::Acknowledged } else { Standing::Delivered };
        Ok(Receipt { provider_id: None, standing })
    }
}

/// The type of a notice's event.
const fn event_type(notice: Notice) -> &'static str {
    match notice {
        Notice::Order => "id.kentongan.dispatch.queued",
        Notice::Correction => "id.kentongan.dispatch.corrected",
        Notice::Withdrawal => "id.kentongan.dispatch.withdrawn",
        Notice::Information => "id.kentongan.dispatch.informed",
    }
}

/// What the event tells: the parcel, and what this notice of it is.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    parcel: &'a Parcel,
    notice: Notice,
    wording: u32,
    reply_code: Option<&'a str>,
    acknowledge_url: Option<&'a str>,
}

/// The body: CloudEvents 1.0, structured mode.
fn cloud_event(
    centre: &str,
    message: &Message,
    parcel: &Parcel,
    now: EpochUs,
) -> Result<String, serde_json::Error> {
    let time = jiff::Timestamp::from_microsecond(now).map(|at| at.to_string()).unwrap_or_default();
    serde_json::to_string(&serde_json::json!({
        "specversion": "1.0",
        "id": message.delivery,
        "source": format!("/centres/{centre}"),
        "type": event_type(message.notice),
        "subject": message.dispatch,
        "time": time,
        "datacontenttype": "application/json",
        "data": Told {
            parcel,
            notice: message.notice,
            wording: message.wording,
            reply_code: message.reply_code.as_deref(),
            acknowledge_url: message.link.as_deref(),
        },
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

/// The `webhook-signature` header: one signature a secret, with spaces between.
pub fn signatures(secrets: &[Vec<u8>], id: &str, timestamp: i64, body: &str) -> String {
    let each: Vec<String> = secrets.iter().map(|secret| sign(secret, id, timestamp, body)).collect();
    each.join(" ")
}

/// One signature (Standard Webhooks, symmetric): `v1,` and base64 of HMAC-SHA256 over
/// `id.timestamp.body`; the timestamp is in whole seconds.
pub fn sign(secret: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Fake, Reply, message, permit};
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const OLD: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    const NOW: i64 = 1_764_000_000_000_000;

    #[test]
    fn secrets_are_checked() {
        assert!(secret_bytes(SECRET).is_ok());
        assert!(secret_bytes("whsec_c2hvcnQ=").is_err());
        assert!(secret_bytes("whsec_***").is_err());
    }

    /// The reference vector of standardwebhooks.com, read from the shared vectors where they are.
    #[test]
    fn signatures_agree_with_the_reference() {
        let Some(text) = super::super::trial::shared("vectors/webhooks/standard-webhooks.json") else {
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

    async fn send(fake: &Fake, opened: &str) -> Result<Receipt, Failure> {
        let sender = WebhookSender::new(&permit(), super::super::trial::dialler(opened));
        let secrets = format!("{SECRET} {OLD}");
        let to = Address::webhook(&format!("{}/112", fake.url), &secrets, opened == "house").unwrap();
        sender.send(&to, &message(Notice::Order), NOW).await
    }

    #[tokio::test]
    async fn each_secret_signs_and_a_2xx_is_delivered() {
        let fake = Fake::start(vec![Reply::status(202)]).await;
        let receipt = send(&fake, "127.0.0.0/8").await.unwrap();
        assert_eq!(receipt.standing, Standing::Delivered);
        let got = fake.only();
        let header = got.header("webhook-signature");
        let mut signed = header.split(' ');
        for secret in [SECRET, OLD] {
            let bytes = secret_bytes(secret).unwrap();
            assert_eq!(
                signed.next().unwrap(),
                sign(&bytes, &got.header("webhook-id"), NOW / 1_000_000, &got.body)
            );
        }
        assert_eq!(signed.next(), None);
        let event = got.json();
        assert_eq!(event["type"], "id.kentongan.dispatch.queued");
        assert_eq!((&event["data"]["notice"], &event["data"]["wording"]), (&"order".into(), &1.into()));
        assert_eq!(event["data"]["incident"]["number"], "KDR-261122-0042");
    }

    #[tokio::test]
    async fn answers_are_read() {
        let accepted = Fake::start(vec![Reply::json(200, r#"{"accepted": true}"#)]).await;
        assert_eq!(send(&accepted, "127.0.0.1").await.unwrap().standing, Standing::Acknowledged);
        for lie in [r#"{"accepted": false}"#, r#"{"accepted": "true"}"#, "accepted", "[]", ""] {
            let fake = Fake::start(vec![Reply::json(200, lie)]).await;
            assert_eq!(send(&fake, "127.0.0.1").await.unwrap().standing, Standing::Delivered, "{lie}");
        }
        let gone = Fake::start(vec![Reply::status(410)]).await;
        assert_eq!(send(&gone, "127.0.0.1").await, Err(Failure::for_good("gone")));
        let busy = Fake::start(vec![Reply::status(429).with("retry-after", "7")]).await;
        let failure = send(&busy, "127.0.0.1").await.unwrap_err();
        assert_eq!((failure.code.as_str(), failure.retry_after_ms), ("rate_limited", Some(7_000)));
        let moved = Fake::start(vec![Reply::status(307).with("location", "http://127.0.0.1:1/")]).await;
        assert_eq!(send(&moved, "127.0.0.1").await, Err(Failure::again("status_307")));
        let silent = Fake::start(vec![Reply::HangUp]).await;
        let failure = send(&silent, "127.0.0.1").await.unwrap_err();
        assert_eq!((failure.code.as_str(), failure.may_have_arrived), ("broken", true));
    }

    #[tokio::test]
    async fn addresses_of_the_own_house_are_not_dialled() {
        let fake = Fake::start(vec![]).await;
        assert_eq!(send(&fake, "10.0.0.0/8").await, Err(Failure::for_good("address_not_allowed")));
        // A name that leads there: judged after it was resolved, and a later answer may be another.
        let dialler = super::super::trial::dialler("10.0.0.0/8");
        let port = fake.url.rsplit(':').next().unwrap();
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://localhost:{port}/112");
            let error = dialler.post_to_agency(&url, false).unwrap().send().await.unwrap_err();
            assert_eq!(
                super::super::dial::failure_of(&error),
                Failure::again("address_not_allowed"),
                "{scheme}"
            );
        }
        for url in [
            "https://[::1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "http://8.8.8.8/",
            "file:///etc/passwd",
        ] {
            let refused = dialler.post_to_agency(url, false).map(drop).unwrap_err();
            assert_eq!(refused, Failure::for_good("address_not_allowed"), "{url}");
        }
        assert!(fake.received().is_empty(), "somebody was dialled");
        assert!(send(&fake, "house").await.is_ok(), "an administrator allowed it for this endpoint");
    }
}
