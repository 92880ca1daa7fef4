//! WhatsApp Cloud API: template messages, as only those may begin a conversation, with quick-reply buttons.
//!
//! The city registers one template a kind of notice, each with four variables: what, where, number, what
//! to do. A message's id holds the receiver's number in base64, so it is kept by its fingerprint only.

use async_trait::async_trait;
use kentongan_domain::delivery::{DeliveryChannel, Notice};
use kentongan_domain::ids::EpochUs;
use serde::Deserialize;
use serde_json::{Value, json};

use super::address::Address;
use super::answer::{Answer, ask};
use super::dial::Dialler;
use super::message::Message;
use super::secret::Secret;
use super::sender::{Failure, Permit, Receipt, Sender, fingerprint};
use super::text::{one_line, shortened};

/// Characters of one variable at most: four of them and the template's own words stay below 1,024.
const MOST_CHARS: usize = 220;

/// The city's templates, by notice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Templates {
    /// Their language, as registered.
    pub language: String,
    /// For orders; has two quick-reply buttons.
    pub order: String,
    /// For corrections; has two quick-reply buttons.
    pub correction: String,
    /// For withdrawals; has no button.
    pub withdrawal: String,
    /// For information; has no button.
    pub information: String,
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            language: "id".to_owned(),
            order: "kentongan_penugasan".to_owned(),
            correction: "kentongan_ralat".to_owned(),
            withdrawal: "kentongan_batal".to_owned(),
            information: "kentongan_informasi".to_owned(),
        }
    }
}

/// Sends from one number. Made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct WhatsappSender {
    dialler: Dialler,
    url: String,
    token: Secret,
    templates: Templates,
}

impl WhatsappSender {
    /// The number of a live centre; `api` is the provider's address with its version, without a slash at
    /// the end, `number_id` the number's id there.
    pub fn new(
        _permit: &Permit,
        dialler: Dialler,
        api: &str,
        number_id: &str,
        token: Secret,
        templates: Templates,
    ) -> Self {
        let url = format!("{}/{number_id}/messages", api.trim_end_matches('/'));
        Self { dialler, url, token, templates }
    }

    fn body(&self, number: &str, message: &Message) -> Value {
        let template = match message.notice {
            Notice::Order => &self.templates.order,
            Notice::Correction => &self.templates.correction,
            Notice::Withdrawal => &self.templates.withdrawal,
            Notice::Information => &self.templates.information,
        };
        let place = message.point.as_ref().map_or_else(
            || message.place.clone(),
            |point| format!("{} ({point})", shortened(&message.place, MOST_CHARS - 30)),
        );
        // The link is never cut: it goes in whole or not at all.
        let act = match &message.link {
            Some(link) if message.act.chars().count() + link.chars().count() < 2 * MOST_CHARS => {
                format!("{} {link}", message.act)
            }
            _ => message.act.clone(),
        };
        let told = [&message.headline, &place, &message.incident_number].map(|one| one_line(one, MOST_CHARS));
        let parameters: Vec<Value> =
            told.into_iter().chain([act]).map(|text| json!({ "type": "text", "text": text })).collect();
        let mut components = vec![json!({ "type": "body", "parameters": parameters })];
        for (index, button) in message.buttons.iter().enumerate() {
            components.push(json!({ "type": "button", "sub_type": "quick_reply", "index": index.to_string(),
                "parameters": [{ "type": "payload", "payload": button.token }] }));
        }
        json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": number,
            "type": "template",
            "template": { "name": template, "language": { "code": self.templates.language },
                "components": components },
            // Comes back with each status, also when the answer to this request was lost.
            "biz_opaque_callback_data": message.delivery,
        })
    }
}

#[async_trait]
impl Sender for WhatsappSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Whatsapp
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        let Address::Number(number) = to else { return Err(Failure::for_good("wrong_address")) };
        let request = self
            .dialler
            .provider()
            .post(&self.url)
            .bearer_auth(self.token.reveal())
            .json(&self.body(number, message));
        receipt_of(&ask(request, now).await?)
    }
}

/// The API's own codes that mean: wait. Too many calls, too many messages, to this number too many.
const BUSY: [i64; 6] = [4, 80_007, 130_429, 131_048, 131_056, 133_016];
/// Those that mean: the API is not well, or our token is not.
const AGAIN: [i64; 7] = [0, 1, 2, 10, 190, 131_000, 131_016];

fn receipt_of(answer: &Answer) -> Result<Receipt, Failure> {
    let told = answer.json();
    if let Some(failure) = answer.failure() {
        return Err(match told.pointer("/error/code").and_then(Value::as_i64) {
            Some(code) if BUSY.contains(&code) => Failure { code: "rate_limited".to_owned(), ..failure },
            Some(190) => Failure { code: "unauthorized".to_owned(), ..failure },
            Some(code) if AGAIN.contains(&code) => Failure { code: format!("whatsapp_{code}"), ..failure },
            Some(code) => Failure::for_good(&format!("whatsapp_{code}")),
            None => failure,
        });
    }
    match told.pointer("/messages/0/id").and_then(Value::as_str) {
        Some(id) => Ok(Receipt::sent(Some(fingerprint(id)))),
        None => Err(Failure { may_have_arrived: true, ..Failure::again("no_receipt") }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Fake, Got, Reply, address, dialler, message, permit};
    use super::*;

    async fn send(reply: Reply, notice: Notice) -> (Result<Receipt, Failure>, Got) {
        let fake = Fake::start(vec![reply]).await;
        let (api, token) = (format!("{}/v23.0", fake.url), Secret::new("abc"));
        let sender = WhatsappSender::new(
            &permit(),
            dialler("10.0.0.0/8"),
            &api,
            "106540352242922",
            token,
            Templates::default(),
        );
        let number = address(DeliveryChannel::Whatsapp, "0812-3456-7890");
        (sender.send(&number, &message(notice), 0).await, fake.only())
    }

    const TAKEN: &str = r#"{"messaging_product":"whatsapp","contacts":[{"input":"6281234567890","wa_id":"6281234567890"}],"messages":[{"id":"wamid.HBgNNjI4MTIzNDU2Nzg5MBUCABEYEjY=","message_status":"accepted"}]}"#;

    #[tokio::test]
    async fn a_template_with_its_variables_and_buttons() {
        let (receipt, got) = send(Reply::json(200, TAKEN), Notice::Order).await;
        assert!(receipt.unwrap().provider_id.unwrap().starts_with("fp-"));
        assert_eq!(got.line, "POST /v23.0/106540352242922/messages");
        let body = got.json();
        assert_eq!(
            (&body["to"], &body["template"]["name"]),
            (&"6281234567890".into(), &"kentongan_penugasan".into())
        );
        let parts = body["template"]["components"].as_array().unwrap();
        assert_eq!(parts.len(), 3);
        for parameter in parts[0]["parameters"].as_array().unwrap() {
            let text = parameter["text"].as_str().unwrap();
            assert!(!text.contains(['\n', '\t']) && !text.contains("    "), "{text}");
        }
        assert_eq!(parts[2]["parameters"][0]["payload"], "t:0193a4d0:tolak");
        assert_eq!(body["biz_opaque_callback_data"], "0193a4d0-0000-7000-8000-000000000099");
        let (_, got) = send(Reply::json(200, TAKEN), Notice::Withdrawal).await;
        assert_eq!(got.json()["template"]["components"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_the_api_answers() {
        let error = |code: i64| {
            format!(r#"{{"error":{{"message":"x","type":"OAuthException","code":{code},"fbtrace_id":"A"}}}}"#)
        };
        for (reply, failure) in [
            (Reply::json(400, &error(131_026)), Failure::for_good("whatsapp_131026")),
            (Reply::json(400, &error(130_429)), Failure::again("rate_limited")),
            (Reply::json(401, &error(190)), Failure::again("unauthorized")),
            (Reply::json(404, &error(132_001)), Failure::for_good("whatsapp_132001")),
            (Reply::json(500, &error(131_000)), Failure::again("whatsapp_131000")),
            (Reply::status(503), Failure::again("status_503")),
            (Reply::json(200, "{}"), Failure { may_have_arrived: true, ..Failure::again("no_receipt") }),
        ] {
            assert_eq!(send(reply, Notice::Order).await.0, Err(failure));
        }
    }
}
