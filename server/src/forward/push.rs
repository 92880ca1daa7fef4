//! Web Push to the agency's browsers: encrypted for the one browser (RFC 8291), signed as this server's.
//!
//! The payload wakes; it does not tell: number, priority, category, agency and what kind of notice it is.
//! Nothing in it names a person or a place. 404 and 410 mean that the browser asked to be left alone.

use async_trait::async_trait;
use kentongan_domain::catalogue::Priority;
use kentongan_domain::delivery::{DeliveryChannel, Notice};
use kentongan_domain::ids::EpochUs;
use reqwest::StatusCode;
use serde::Serialize;
use web_push_native::{Auth, encrypt, p256};

use super::address::Address;
use super::answer::ask;
use super::dial::Dialler;
use super::message::Message;
use super::sender::{Failure, Permit, Receipt, Sender, fingerprint};
use super::vapid::Vapid;

/// How long a push service keeps a notice for a browser that sleeps, in seconds: an hour.
const KEPT_FOR_S: u32 = 3600;

/// Sends to browsers. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct PushSender {
    dialler: Dialler,
    vapid: Vapid,
}

impl PushSender {
    /// The pushes of a live centre.
    pub const fn new(_permit: &Permit, dialler: Dialler, vapid: Vapid) -> Self {
        Self { dialler, vapid }
    }
}

/// What a browser gets: what the console's service worker shows before anybody has logged in.
#[derive(Debug, Serialize)]
struct Payload<'a> {
    number: &'a str,
    priority: Priority,
    category: &'a str,
    agency: &'a str,
    notice: Notice,
    dispatch: &'a str,
}

#[async_trait]
impl Sender for PushSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Push
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Push { endpoint, key, auth } = to else {
            return Err(Failure::for_good("wrong_address"));
        };
        let payload = serde_json::to_vec(&Payload {
            number: &message.incident_number,
            priority: message.priority,
            category: message.category.code(),
            agency: &message.agency,
            notice: message.notice,
            dispatch: &message.dispatch,
        })
        .map_err(|_| Failure::for_good("no_json"))?;
        let key = p256::PublicKey::from_sec1_bytes(key).map_err(|_| Failure::for_good("wrong_address"))?;
        let body =
            encrypt(payload, &key, &Auth::from(*auth)).map_err(|_| Failure::for_good("not_encrypted"))?;
        let authorization =
            self.vapid.authorization(endpoint, now).ok_or_else(|| Failure::for_good("wrong_address"))?;
        let urgent = matches!(message.priority, Priority::P1 | Priority::P2);
        // A newer notice of the same dispatch takes the place of one that still waits.
        let topic: String = message.dispatch.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        let request = self
            .dialler
            .post_to_agency(endpoint, false)?
            .header("ttl", KEPT_FOR_S)
            .header("urgency", if urgent { "high" } else { "normal" })
            .header("topic", topic)
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("authorization", authorization)
            .body(body);
        let answer = ask(request, now).await?;
        match answer.status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(Failure::for_good("gone")),
            StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE => Err(Failure::for_good("rejected")),
            _ => {
                if let Some(failure) = answer.failure() {
                    return Err(failure);
                }
                let place = answer.headers.get("location").and_then(|place| place.to_str().ok());
                Ok(Receipt::sent(place.map(fingerprint)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::super::secret::Secret;
    use super::super::trial::{Fake, Reply, dialler, message, permit};
    use super::*;

    fn sender() -> PushSender {
        let key = Secret::new("RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw");
        let vapid = Vapid::new(&key, "mailto:112@kota.example").unwrap();
        PushSender::new(&permit(), dialler("127.0.0.1"), vapid)
    }

    fn subscription(url: &str) -> Address {
        let browser = p256::SecretKey::from_slice(&[7; 32]).unwrap();
        let point = browser.public_key().to_sec1_bytes();
        let (key, auth) = (URL_SAFE_NO_PAD.encode(&point), URL_SAFE_NO_PAD.encode([9; 16]));
        Address::browser(&format!("{url}/browser"), &key, &auth).unwrap()
    }

    #[tokio::test]
    async fn a_browser_that_left_is_gone_and_a_busy_service_is_waited_for() {
        for (reply, failure) in [
            (Reply::status(404), Failure::for_good("gone")),
            (Reply::status(410), Failure::for_good("gone")),
            (Reply::status(413), Failure::for_good("rejected")),
            (Reply::status(500), Failure::again("status_500")),
            (
                Reply::status(429).with("retry-after", "30"),
                Failure { retry_after_ms: Some(30_000), ..Failure::again("rate_limited") },
            ),
        ] {
            let fake = Fake::start(vec![reply]).await;
            let sent = sender().send(&subscription(&fake.url), &message(Notice::Order), 0).await;
            assert_eq!(sent, Err(failure));
        }
    }

    #[tokio::test]
    async fn what_is_sent_is_for_that_browser_only() {
        let fake = Fake::start(vec![Reply::status(201).with("location", "/message/1")]).await;
        let receipt = sender().send(&subscription(&fake.url), &message(Notice::Order), 0).await.unwrap();
        assert!(receipt.provider_id.unwrap().starts_with("fp-"));
        let got = fake.only();
        assert_eq!((got.line.as_str(), got.header("urgency").as_str()), ("POST /browser", "high"));
        assert_eq!(got.header("topic").len(), 32);
        assert!(!got.body.contains("KDR"), "not encrypted");
    }
}
