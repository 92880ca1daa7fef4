//! LINE's calls: `postback` of a button, `message` of a person. Signed with the channel's secret over the
//! raw body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::super::sender::opaque_id;
use super::{Inbound, MOST_EVENTS, Origin, Refusal, bounded, mac};

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-line-signature";

/// Reads a call.
///
/// # Errors
/// [`Refusal`].
pub fn read(secret: &str, signature: Option<&str>, body: &[u8]) -> Result<Vec<Inbound>, Refusal> {
    let given = signature.and_then(|words| STANDARD.decode(words).ok()).ok_or(Refusal::Forged)?;
    if secret.is_empty() {
        return Err(Refusal::Forged);
    }
    mac::checked(secret.as_bytes(), body, &given)?;
    let call: Value = serde_json::from_slice(body).map_err(|_| Refusal::NotUnderstood)?;
    let events = call.get("events").and_then(Value::as_array).ok_or(Refusal::NotUnderstood)?;
    Ok(events.iter().take(MOST_EVENTS).filter_map(event).collect())
}

fn event(event: &Value) -> Option<Inbound> {
    // On standby another system answers this chat.
    if event.get("mode").and_then(Value::as_str) == Some("standby") {
        return None;
    }
    let of = |path: &str| event.pointer(path).and_then(Value::as_str);
    let user = of("/source/userId");
    let chat = of("/source/groupId").or_else(|| of("/source/roomId")).or(user)?;
    let from = Origin { chat: chat.to_owned(), user: user.map(str::to_owned) };
    match of("/type")? {
        "postback" => Some(Inbound::Button { token: bounded(of("/postback/data")?), from, answer: None }),
        "message" if of("/message/type") == Some("text") => Some(Inbound::Reply {
            text: bounded(of("/message/text")?),
            from,
            to: of("/message/quotedMessageId").map(opaque_id),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::Sha256;

    use super::*;

    fn sign(body: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"c8f1").unwrap();
        mac.update(body);
        STANDARD.encode(mac.finalize().into_bytes())
    }

    #[test]
    fn buttons_and_words() {
        let body = r#"{"destination":"U1","events":[
            {"type":"postback","mode":"active","source":{"type":"group","groupId":"C9","userId":"U2"},"postback":{"data":"t:abc:terima"}},
            {"type":"message","mode":"active","source":{"type":"user","userId":"U2"},"message":{"id":"1","type":"text","text":"terima4821","quotedMessageId":"42"}},
            {"type":"message","mode":"standby","source":{"type":"user","userId":"U2"},"message":{"id":"1","type":"text","text":"terima4821"}},
            {"type":"follow","mode":"active","source":{"type":"user","userId":"U2"}}]}"#;
        let read = read("c8f1", Some(&sign(body.as_bytes())), body.as_bytes()).unwrap();
        let group = Origin { chat: "C9".to_owned(), user: Some("U2".to_owned()) };
        let alone = Origin { chat: "U2".to_owned(), user: Some("U2".to_owned()) };
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], Inbound::Button { token: "t:abc:terima".to_owned(), from: group, answer: None });
        assert_eq!(
            read[1],
            Inbound::Reply { text: "terima4821".to_owned(), from: alone, to: Some("42".to_owned()) }
        );
    }

    #[test]
    fn the_shared_payloads() {
        let Some(text) = super::super::super::trial::shared("vectors/line/webhook.json") else { return };
        let read = read("c8f1", Some(&sign(text.as_bytes())), text.as_bytes()).unwrap();
        let buttons = read.iter().filter(|one| matches!(one, Inbound::Button { .. })).count();
        let replies = read.iter().filter(|one| matches!(one, Inbound::Reply { .. })).count();
        assert_eq!((buttons, replies), (4, 4), "{read:?}");
    }

    #[test]
    fn forgeries_and_nonsense() {
        let body = br#"{"destination":"U1","events":[]}"#;
        assert_eq!(read("c8f1", Some(&sign(body)), body), Ok(vec![]));
        let changed = br#"{"destination":"U1","events":[ ]}"#;
        for signature in [None, Some(String::new()), Some("***".to_owned()), Some(sign(changed))] {
            assert_eq!(read("c8f1", signature.as_deref(), body), Err(Refusal::Forged));
        }
        assert_eq!(read("", Some(&sign(body)), body), Err(Refusal::Forged));
        for bad in ["", "{}", r#"{"events":{}}"#] {
            assert_eq!(
                read("c8f1", Some(&sign(bad.as_bytes())), bad.as_bytes()),
                Err(Refusal::NotUnderstood)
            );
        }
    }
}
