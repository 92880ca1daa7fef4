//! Telegram: `sendMessage` of a bot, with buttons whose callback comes back on the inbound side.
//!
//! No `parse_mode`: whatever a caller typed is shown as it is. The bot's token stands in the address, so
//! the address is never logged.

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

/// Characters of a message at most.
const MOST_CHARS: usize = 4096;
/// Bytes of a button's data at most.
const MOST_DATA: usize = 64;

/// Sends through one bot. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct TelegramSender {
    dialler: Dialler,
    api: String,
    token: Secret,
}

impl TelegramSender {
    /// The bot of a live centre; `api` is the provider's address, without a slash at the end.
    pub fn new(_permit: &Permit, dialler: Dialler, api: &str, token: Secret) -> Self {
        Self { dialler, api: api.trim_end_matches('/').to_owned(), token }
    }
}

#[async_trait]
impl Sender for TelegramSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Telegram
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Chat(chat) = to else { return Err(Failure::for_good("wrong_address")) };
        let buttons: Vec<Value> = message
            .buttons
            .iter()
            .filter(|button| (1..=MOST_DATA).contains(&button.token.len()))
            .map(|button| json!({ "text": button.label, "callback_data": button.token }))
            .collect();
        let mut body = json!({
            "chat_id": chat,
            "text": message.plain(MOST_CHARS),
            // Whoever makes a preview would fetch the link.
            "link_preview_options": { "is_disabled": true },
        });
        if let Some(fields) = body.as_object_mut().filter(|_| !buttons.is_empty()) {
            fields.insert("reply_markup".to_owned(), json!({ "inline_keyboard": [buttons] }));
        }
        let url = format!("{}/bot{}/sendMessage", self.api, self.token.reveal());
        let answer = ask(self.dialler.provider().post(url).json(&body), now).await?;
        receipt_of(&answer)
    }
}

fn receipt_of(answer: &Answer) -> Result<Receipt, Failure> {
    let told = answer.json();
    if let Some(failure) = answer.api_failure() {
        let asked = told.pointer("/parameters/retry_after").and_then(Value::as_u64);
        let retry_after_ms = asked.map(|seconds| seconds.saturating_mul(1000)).or(failure.retry_after_ms);
        return Err(match answer.status {
            // The bot was blocked, or thrown out of the group.
            StatusCode::FORBIDDEN => Failure::for_good("gone"),
            // The API's word for a wrong token: the chat is not at fault.
            StatusCode::NOT_FOUND => Failure::again("unauthorized"),
            _ => Failure { retry_after_ms, ..failure },
        });
    }
    let id = told.pointer("/result/message_id").and_then(Value::as_i64);
    match (told.get("ok").and_then(Value::as_bool), id) {
        (Some(true), Some(id)) => Ok(Receipt::sent(Some(opaque_id(&id.to_string())))),
        // Somebody else answered 200, or nothing was sent.
        _ => Err(Failure { may_have_arrived: true, ..Failure::again("no_receipt") }),
    }
}

#[cfg(test)]
mod tests {
    use kentongan_domain::delivery::Notice;

    use super::super::trial::{Fake, Reply, address, dialler, message, permit};
    use super::*;

    async fn send(reply: Reply, notice: Notice) -> (Result<Receipt, Failure>, super::super::trial::Got) {
        let fake = Fake::start(vec![reply]).await;
        let sender = TelegramSender::new(&permit(), dialler("10.0.0.0/8"), &fake.url, Secret::new("1:abc"));
        let chat = address(DeliveryChannel::Telegram, "-1001234567890");
        (sender.send(&chat, &message(notice), 0).await, fake.only())
    }

    #[tokio::test]
    async fn a_message_with_buttons_and_no_markup() {
        let taken =
            Reply::json(200, r#"{"ok":true,"result":{"message_id":1042,"date":1764000000,"text":"x"}}"#);
        let (receipt, got) = send(taken, Notice::Order).await;
        assert_eq!(receipt, Ok(Receipt::sent(Some("1042".to_owned()))));
        assert_eq!(got.line, "POST /bot1:abc/sendMessage");
        let body = got.json();
        assert_eq!(body["parse_mode"], Value::Null);
        assert!(body["text"].as_str().unwrap().contains("<b>dpn</b>"), "{body}");
        assert_eq!(body["reply_markup"]["inline_keyboard"][0][1]["text"], "Tolak");
        let (_, got) = send(Reply::status(500), Notice::Withdrawal).await;
        assert_eq!(got.json()["reply_markup"], Value::Null);
    }

    #[tokio::test]
    async fn what_the_api_answers() {
        let wait = r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}"#;
        for (reply, failure) in [
            (
                Reply::json(429, wait),
                Failure { retry_after_ms: Some(14_000), ..Failure::again("rate_limited") },
            ),
            (
                Reply::json(
                    403,
                    r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
                ),
                Failure::for_good("gone"),
            ),
            (
                Reply::json(
                    400,
                    r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#,
                ),
                Failure::for_good("rejected"),
            ),
            (
                Reply::json(404, r#"{"ok":false,"error_code":404,"description":"Not Found"}"#),
                Failure::again("unauthorized"),
            ),
            (Reply::status(502), Failure { may_have_arrived: true, ..Failure::again("status_502") }),
            (
                Reply::json(200, "<html>Selamat datang di WiFi</html>"),
                Failure { may_have_arrived: true, ..Failure::again("no_receipt") },
            ),
            (
                Reply::json(200, r#"{"ok":false}"#),
                Failure { may_have_arrived: true, ..Failure::again("no_receipt") },
            ),
        ] {
            assert_eq!(send(reply, Notice::Order).await.0, Err(failure));
        }
    }
}
