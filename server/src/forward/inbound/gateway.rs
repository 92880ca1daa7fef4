//! Calls of plain HTTP gateways, for text messages and messaging boxes alike: a form or JSON with fields
//! called this or that, for an answer of a person or for what became of a message. Whoever calls must
//! know the token that the gateway was given.

use serde::Deserialize;
use serde_json::Value;

use super::super::address::number;
use super::super::sender::opaque_id;
use super::{Fate, Inbound, Origin, Refusal, bounded, mac};

/// The header with the token; gateways that cannot set one put it into the field `token`.
pub const TOKEN_HEADER: &str = "x-kentongan-token";

/// What a gateway calls its fields; the usual names, unless the city's says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Names {
    /// Who wrote.
    pub from: Vec<String>,
    /// What was written.
    pub text: Vec<String>,
    /// The gateway's id of our message.
    pub id: Vec<String>,
    /// What became of it.
    pub status: Vec<String>,
}

impl Default for Names {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            from: names(&["from", "sender", "phone", "msisdn", "number", "nohp", "SMS_1_NUMBER"]),
            text: names(&["text", "message", "body", "msg", "pesan", "content", "SMS_1_TEXT"]),
            id: names(&["id", "message_id", "msgid", "messageid", "ref"]),
            status: names(&["status", "dlr", "delivery_status"]),
        }
    }
}

/// Reads a call; `token` is the header's.
///
/// # Errors
/// [`Refusal`].
pub fn read(secret: &str, token: Option<&str>, body: &[u8], names: &Names) -> Result<Vec<Inbound>, Refusal> {
    let fields = fields_of(body);
    let of = |wanted: &[String]| {
        let named = wanted.iter().find_map(|name| {
            fields.iter().find(|(field, value)| field.eq_ignore_ascii_case(name) && !value.is_empty())
        });
        named.map(|(_, value)| value.as_str())
    };
    mac::same(secret, token.or_else(|| of(&["token".to_owned()])))?;
    if fields.is_empty() {
        return Err(Refusal::NotUnderstood);
    }
    if let Some(fate) = of(&names.status).and_then(fate) {
        let id = of(&names.id).ok_or(Refusal::NotUnderstood)?;
        return Ok(vec![Inbound::Status { provider_id: opaque_id(id), delivery: None, fate }]);
    }
    let (Some(from), Some(text)) = (of(&names.from), of(&names.text)) else {
        return Err(Refusal::NotUnderstood);
    };
    // Whoever is no number (an operator's advertising) is no contact.
    let Some(chat) = number(from) else { return Ok(vec![]) };
    Ok(vec![Inbound::Reply { text: bounded(text), from: Origin { chat, user: None }, to: None }])
}

/// A form's or a flat JSON object's fields.
fn fields_of(body: &[u8]) -> Vec<(String, String)> {
    if let Ok(Value::Object(object)) = serde_json::from_slice(body) {
        let words = |value: Value| match value {
            Value::String(words) => Some(words),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        return object.into_iter().filter_map(|(name, value)| Some((name, words(value)?))).take(64).collect();
    }
    let pairs = url::form_urlencoded::parse(body).take(64);
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// What gateways' words for a message's fate mean: names, and the numbers of Kannel's reports.
fn fate(words: &str) -> Option<Fate> {
    match words.trim().to_ascii_lowercase().as_str() {
        "delivered" | "delivrd" | "success" | "sampai" | "1" => Some(Fate::Delivered),
        "read" | "seen" | "opened" | "dibaca" => Some(Fate::Seen),
        "sent" | "accepted" | "acceptd" | "submitted" | "queued" | "terkirim" | "4" | "8" => Some(Fate::Sent),
        "failed" | "undelivered" | "undeliv" | "rejected" | "rejectd" | "error" | "gagal" | "2" | "16" => {
            Some(Fate::Failed("rejected".to_owned()))
        }
        "expired" => Some(Fate::Failed("expired".to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Result<Vec<Inbound>, Refusal> {
        read("k", Some("k"), body.as_bytes(), &Names::default())
    }

    #[test]
    fn forms_and_objects() {
        let from = Origin { chat: "6281234567890".to_owned(), user: None };
        let reply = Inbound::Reply { text: "TERIMA 4821 pak".to_owned(), from, to: None };
        for body in [
            "from=%2B6281234567890&text=TERIMA+4821+pak",
            "nohp=0812-3456-7890&pesan=TERIMA%204821%20pak&tgl=2026",
            r#"{"sender":"6281234567890","message":"TERIMA 4821 pak","id":7}"#,
            "SMS_1_CLASS=-1&SMS_MESSAGES=1&SMS_1_NUMBER=%2B6281234567890&SMS_1_TEXT=TERIMA 4821 pak",
        ] {
            assert_eq!(told(body), Ok(vec![reply.clone()]), "{body}");
        }
        let status = |fate| Inbound::Status { provider_id: "A-77".to_owned(), delivery: None, fate };
        for (words, fate) in [
            ("DELIVRD", Fate::Delivered),
            ("1", Fate::Delivered),
            ("Sent", Fate::Sent),
            ("read", Fate::Seen),
            ("UNDELIV", Fate::Failed("rejected".to_owned())),
            ("expired", Fate::Failed("expired".to_owned())),
        ] {
            assert_eq!(told(&format!("id=A-77&status={words}")), Ok(vec![status(fate)]), "{words}");
        }
        assert_eq!(told("from=TELKOMSEL&text=Promo"), Ok(vec![]));
    }

    #[test]
    fn forgeries_and_nonsense() {
        for bad in ["", "{}", "[]", "text=TERIMA", "status=delivered", "from=0812345678"] {
            assert_eq!(told(bad), Err(Refusal::NotUnderstood), "{bad}");
        }
        let body = b"from=0812345678&text=x&token=k";
        assert!(read("k", None, body, &Names::default()).is_ok());
        assert_eq!(read("k", Some("x"), body, &Names::default()), Err(Refusal::Forged));
        assert_eq!(read("", Some(""), body, &Names::default()), Err(Refusal::Forged));
    }

    #[test]
    fn the_shared_text_message() {
        let Some(text) = super::super::super::trial::shared("vectors/sms/recv_env.txt") else { return };
        let body = text.lines().filter_map(|line| line.split_once('=')).fold(
            url::form_urlencoded::Serializer::new(String::new()),
            |mut form, (name, value)| {
                form.append_pair(name, value);
                form
            },
        );
        let mut body = body;
        let read = told(&body.finish()).unwrap();
        assert!(matches!(&read[0], Inbound::Reply { text, from, .. }
            if text.starts_with("Tolong kebakaran") && from.is("6281234567890")));
    }
}
