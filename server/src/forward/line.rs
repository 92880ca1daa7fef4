//! LINE: push messages of a messaging channel, with two buttons whose postback comes back inbound.
//!
//! The delivery's id is the retry key: LINE itself drops a second copy, also when the first answer was lost.

use async_trait::async_trait;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::address::Address;
use super::answer::{Answer, ask};
use super::dial::Dialler;
use super::message::Message;
use super::secret::Secret;
use super::sender::{Failure, Permit, Receipt, Sender, opaque_id};
use super::text::shortened;

/// Characters of a text message at most.
const MOST_CHARS: usize = 5000;
/// Characters above the buttons at most.
const MOST_ASKED: usize = 240;
/// Characters on a button at most.
const MOST_LABEL: usize = 20;

/// Sends through one LINE channel. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct LineSender {
    dialler: Dialler,
    api: String,
    token: Secret,
}

impl LineSender {
    /// The channel of a live centre; `api` is the provider's address, without a slash at the end.
    pub fn new(_permit: &Permit, dialler: Dialler, api: &str, token: Secret) -> Self {
        Self { dialler, api: api.trim_end_matches('/').to_owned(), token }
    }
}

#[async_trait]
impl Sender for LineSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Line
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Chat(chat) = to else { return Err(Failure::for_good("wrong_address")) };
        let mut messages = vec![json!({ "type": "text", "text": message.plain(MOST_CHARS) })];
        // The form with exactly two buttons.
        if message.buttons.len() == 2 {
            let asked = format!("{} {}", message.incident_number, message.headline);
            let actions: Vec<Value> = message
                .buttons
                .iter()
                .map(|button| {
                    let label = shortened(&button.label, MOST_LABEL);
                    json!({ "type": "postback", "label": label, "displayText": label, "data": button.token })
                })
                .collect();
            messages.push(json!({ "type": "template", "altText": shortened(&asked, MOST_ASKED), "template":
                { "type": "confirm", "text": shortened(&asked, MOST_ASKED), "actions": actions } }));
        }
        let request = self
            .dialler
            .provider()
            .post(format!("{}/v2/bot/message/push", self.api))
            .bearer_auth(self.token.reveal())
            .header("x-line-retry-key", &message.delivery)
            .json(&json!({ "to": chat, "messages": messages }));
        receipt_of(&ask(request, now).await?)
    }
}

fn receipt_of(answer: &Answer) -> Result<Receipt, Failure> {
    let told = answer.json();
    let id = told.pointer("/sentMessages/0/id").and_then(Value::as_str).map(opaque_id);
    // 409: the same retry key was taken before, and its answer was lost on the way.
    let repeated =
        answer.status == StatusCode::CONFLICT && answer.headers.contains_key("x-line-accepted-request-id");
    if repeated {
        return Ok(Receipt::sent(id));
    }
    if let Some(failure) = answer.api_failure() {
        let words = told.get("message").and_then(Value::as_str).unwrap_or_default();
        let spent = answer.status == StatusCode::TOO_MANY_REQUESTS && words.contains("monthly limit");
        return Err(if spent { Failure { code: "quota".to_owned(), ..failure } } else { failure });
    }
    match id {
        Some(id) => Ok(Receipt::sent(Some(id))),
        None => Err(Failure { may_have_arrived: true, ..Failure::again("no_receipt") }),
    }
}

#[cfg(test)]
mod tests {
    use kentongan_domain::delivery::Notice;

    use super::super::trial::{Fake, Reply, address, dialler, message, permit};
    use super::*;

    async fn send(reply: Reply) -> (Result<Receipt, Failure>, super::super::trial::Got) {
        let fake = Fake::start(vec![reply]).await;
        let sender = LineSender::new(&permit(), dialler("10.0.0.0/8"), &fake.url, Secret::new("abc"));
        let user = address(DeliveryChannel::Line, "U206d25c2ea6bd87c17655609a1c37cb8");
        (sender.send(&user, &message(Notice::Order), 0).await, fake.only())
    }

    #[tokio::test]
    async fn a_text_and_two_buttons_under_the_deliverys_key() {
        let taken = r#"{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}"#;
        let (receipt, got) = send(Reply::json(200, taken)).await;
        assert_eq!(receipt, Ok(Receipt::sent(Some("461230966842064897".to_owned()))));
        assert_eq!(got.line, "POST /v2/bot/message/push");
        assert_eq!(got.header("authorization"), "Bearer abc");
        assert_eq!(got.header("x-line-retry-key"), "0193a4d0-0000-7000-8000-000000000099");
        let body = got.json();
        assert_eq!(body["messages"][0]["type"], "text");
        assert_eq!(body["messages"][1]["template"]["actions"][0]["data"], "t:0193a4d0:terima");
    }

    #[tokio::test]
    async fn what_the_api_answers() {
        let again = Reply::json(
            409,
            r#"{"message":"The retry key is already accepted","sentMessages":[{"id":"42"}]}"#,
        );
        let repeated = again.with("x-line-accepted-request-id", "72b45b9f");
        assert_eq!(send(repeated).await.0, Ok(Receipt::sent(Some("42".to_owned()))));
        for (reply, failure) in [
            (Reply::json(409, r#"{"message":"Conflict"}"#), Failure::again("status_409")),
            (
                Reply::json(400, r#"{"message":"The property, 'to', in the request body is invalid"}"#),
                Failure::for_good("rejected"),
            ),
            (Reply::json(401, "{}"), Failure::again("status_401")),
            (
                Reply::json(429, r#"{"message":"You have reached your monthly limit."}"#),
                Failure::again("quota"),
            ),
            (
                Reply::json(429, r#"{"message":"The API rate limit has been exceeded."}"#),
                Failure::again("rate_limited"),
            ),
            (Reply::json(200, "{}"), Failure { may_have_arrived: true, ..Failure::again("no_receipt") }),
        ] {
            assert_eq!(send(reply).await.0, Err(failure));
        }
    }
}
