//! WhatsApp's calls: what became of messages, buttons, words. Signed with the app's secret over the raw
//! body. It calls again for days, out of order; a status is a step that may have been taken already.

use serde_json::Value;

use super::super::sender::fingerprint;
use super::{Fate, Inbound, MOST_EVENTS, Origin, Refusal, bounded, mac};

/// The header with the signature, `sha256=` and hex.
pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";

/// Answers the question by which the provider makes sure that this address is ours: the words to send
/// back.
///
/// # Errors
/// [`Refusal::Forged`] when the token is not ours.
pub fn verify(expected: &str, mode: &str, token: Option<&str>, challenge: &str) -> Result<String, Refusal> {
    mac::same(expected, token)?;
    if mode == "subscribe" { Ok(bounded(challenge)) } else { Err(Refusal::NotUnderstood) }
}

/// Reads a call.
///
/// # Errors
/// [`Refusal`].
pub fn read(secret: &str, signature: Option<&str>, body: &[u8]) -> Result<Vec<Inbound>, Refusal> {
    let given = signature.and_then(|words| words.strip_prefix("sha256=")).and_then(bytes_of);
    let given = given.ok_or(Refusal::Forged)?;
    if secret.is_empty() {
        return Err(Refusal::Forged);
    }
    mac::checked(secret.as_bytes(), body, &given)?;
    let call: Value = serde_json::from_slice(body).map_err(|_| Refusal::NotUnderstood)?;
    let entries = call.get("entry").and_then(Value::as_array).ok_or(Refusal::NotUnderstood)?;
    let list = |value: &Value, name: &str| value.get(name).and_then(Value::as_array).cloned();
    let mut events = Vec::new();
    for change in entries.iter().filter_map(|entry| list(entry, "changes")).flatten() {
        let Some(value) = change.get("value") else { continue };
        events.extend(list(value, "statuses").into_iter().flatten().filter_map(|one| status(&one)));
        events.extend(list(value, "messages").into_iter().flatten().filter_map(|one| message(&one)));
    }
    events.truncate(MOST_EVENTS);
    Ok(events)
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

fn status(status: &Value) -> Option<Inbound> {
    let fate = match status.get("status")?.as_str()? {
        "sent" => Fate::Sent,
        "delivered" => Fate::Delivered,
        "read" | "played" => Fate::Seen,
        "failed" => {
            let code = status.pointer("/errors/0/code").and_then(Value::as_i64);
            Fate::Failed(code.map_or_else(|| "rejected".to_owned(), |code| format!("whatsapp_{code}")))
        }
        _ => return None,
    };
    Some(Inbound::Status {
        provider_id: fingerprint(status.get("id")?.as_str()?),
        delivery: status.get("biz_opaque_callback_data").and_then(Value::as_str).map(bounded),
        fate,
    })
}

fn message(message: &Value) -> Option<Inbound> {
    let of = |path: &str| message.pointer(path).and_then(Value::as_str);
    // Who hides the number has an id of another form, which is no contact's: it is told all the same.
    let number = of("/from").or_else(|| of("/from_user_id"))?;
    let group = of("/group_id").unwrap_or(number);
    let from = Origin { chat: group.to_owned(), user: Some(number.to_owned()) };
    let forwarded = ["/context/forwarded", "/context/frequently_forwarded"];
    if forwarded.iter().any(|path| message.pointer(path).and_then(Value::as_bool) == Some(true)) {
        return None;
    }
    match of("/type")? {
        "button" => Some(Inbound::Button { token: bounded(of("/button/payload")?), from, answer: None }),
        "interactive" => {
            let token = of("/interactive/button_reply/id")?;
            Some(Inbound::Button { token: bounded(token), from, answer: None })
        }
        "text" => Some(Inbound::Reply {
            text: bounded(of("/text/body")?),
            from,
            to: of("/context/id").map(fingerprint),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::Sha256;

    use super::super::super::trial::shared;
    use super::*;

    fn sign(body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"app").unwrap();
        mac.update(body);
        let bytes = mac.finalize().into_bytes();
        bytes.iter().fold("sha256=".to_owned(), |hex, byte| hex + &format!("{byte:02x}"))
    }

    fn told(body: &str) -> Result<Vec<Inbound>, Refusal> {
        read("app", Some(&sign(body.as_bytes())), body.as_bytes())
    }

    #[test]
    fn the_shared_payloads() {
        let Some(text) = shared("vectors/whatsapp/message_status.json") else { return };
        let cases: Value = serde_json::from_str(&text).unwrap();
        let fate = |case: &str| match told(&cases[case].to_string()).unwrap().as_slice() {
            [Inbound::Status { provider_id, delivery, fate }] => {
                assert!(provider_id.starts_with("fp-"));
                (delivery.clone(), fate.clone())
            }
            other => panic!("{case}: {other:?}"),
        };
        assert_eq!(fate("sent").1, Fate::Sent);
        assert_eq!(fate("delivered").1, Fate::Delivered);
        assert_eq!(fate("read").1, Fate::Seen);
        assert_eq!(fate("played").1, Fate::Seen);
        assert_eq!(fate("failed").1, Fate::Failed("whatsapp_130472".to_owned()));
        assert_eq!(fate("with_tracker").0.as_deref(), Some("some data"));
        let Some(text) = shared("vectors/whatsapp/callback_button.json") else { return };
        let cases: Value = serde_json::from_str(&text).unwrap();
        for case in ["button", "quick_reply", "quick_reply_without_context"] {
            let read = told(&cases[case].to_string()).unwrap();
            let pressed = |one: &Inbound| matches!(one, Inbound::Button { token, from, .. } if token == "callback_data" && from.is("972987654321"));
            assert!(read.len() == 1 && pressed(&read[0]), "{case}: {read:?}");
        }
        for (file, replies) in [("message.json", 1), ("edited_message.json", 0), ("deleted_message.json", 0)]
        {
            let Some(text) = shared(&format!("vectors/whatsapp/{file}")) else { return };
            let cases: Value = serde_json::from_str(&text).unwrap();
            let mut wrote = 0;
            for case in cases.as_object().unwrap().values() {
                let read = told(&case.to_string()).unwrap();
                wrote += read
                    .iter()
                    .filter(|one| matches!(one, Inbound::Reply { text, .. } if text == "Body Text"))
                    .count();
            }
            assert_eq!(wrote > 0, replies > 0, "{file}: {wrote}");
        }
    }

    #[test]
    fn forgeries_and_nonsense() {
        assert_eq!(told(r#"{"object":"x","entry":[{}]}"#), Ok(vec![]));
        assert_eq!(
            told(r#"{"entry":[{"changes":[{"value":{"statuses":[{}],"messages":[{"from":"1"}]}}]}]}"#),
            Ok(vec![])
        );
        for bad in ["", "{}", "[]", r#"{"entry":7}"#] {
            assert_eq!(told(bad), Err(Refusal::NotUnderstood), "{bad}");
        }
        let body = br#"{"entry":[]}"#;
        let right = sign(body);
        for signature in [None, Some(""), Some("sha256="), Some("sha1=00"), Some(&right["sha256=".len()..])] {
            assert_eq!(read("app", signature, body), Err(Refusal::Forged));
        }
        assert_eq!(read("app", Some(&sign(b"{\"entry\": []}")), body), Err(Refusal::Forged));
        assert_eq!(read("", Some(&right), body), Err(Refusal::Forged));
    }

    #[test]
    fn the_question_of_the_beginning() {
        assert_eq!(verify("v", "subscribe", Some("v"), "1158201444"), Ok("1158201444".to_owned()));
        assert_eq!(verify("v", "subscribe", Some("w"), "1"), Err(Refusal::Forged));
        assert_eq!(verify("v", "unsubscribe", Some("v"), "1"), Err(Refusal::NotUnderstood));
    }
}
