//! Telegram's calls: `callback_query` of a button, `message` of a person. Whoever calls must know the
//! secret token that the webhook was set with.

use serde_json::Value;

use super::super::sender::opaque_id;
use super::{Inbound, Origin, Refusal, bounded, mac};

/// The header with the secret token.
pub const TOKEN_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Reads a call.
///
/// # Errors
/// [`Refusal`].
pub fn read(secret: &str, token: Option<&str>, body: &[u8]) -> Result<Vec<Inbound>, Refusal> {
    mac::same(secret, token)?;
    let update: Value = serde_json::from_slice(body).map_err(|_| Refusal::NotUnderstood)?;
    if !update.get("update_id").is_some_and(Value::is_i64) {
        return Err(Refusal::NotUnderstood);
    }
    let event = button(&update).or_else(|| reply(&update));
    Ok(event.into_iter().collect())
}

fn button(update: &Value) -> Option<Inbound> {
    let query = update.get("callback_query")?;
    let user = query.pointer("/from/id")?.as_i64()?.to_string();
    let chat = query.pointer("/message/chat/id").and_then(Value::as_i64);
    Some(Inbound::Button {
        token: bounded(query.get("data")?.as_str()?),
        from: Origin { chat: chat.map_or_else(|| user.clone(), |chat| chat.to_string()), user: Some(user) },
        answer: query.get("id").and_then(Value::as_str).map(bounded),
    })
}

fn reply(update: &Value) -> Option<Inbound> {
    let message = update.get("message")?;
    let user = message.pointer("/from/id").and_then(Value::as_i64).map(|id| id.to_string());
    let to = message.pointer("/reply_to_message/message_id").and_then(Value::as_i64);
    // A message forwarded from elsewhere is somebody else's word.
    if message.get("forward_origin").is_some() || message.get("forward_date").is_some() {
        return None;
    }
    Some(Inbound::Reply {
        text: bounded(message.get("text")?.as_str()?),
        from: Origin { chat: message.pointer("/chat/id")?.as_i64()?.to_string(), user },
        to: to.map(|id| opaque_id(&id.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Result<Vec<Inbound>, Refusal> {
        read("s3cret", Some("s3cret"), body.as_bytes())
    }

    #[test]
    fn buttons_and_words() {
        let pressed = told(
            r#"{"update_id":7,"callback_query":{"id":"4382bfdwdsb323b2d9","from":{"id":111,"is_bot":false,"first_name":"Budi"},
                "message":{"message_id":1042,"chat":{"id":-100500,"type":"supergroup"},"date":1},"data":"t:abc:terima","chat_instance":"1"}}"#,
        );
        let from = Origin { chat: "-100500".to_owned(), user: Some("111".to_owned()) };
        assert!(from.is("111") && from.is("-100500") && !from.is("100500"));
        let button = Inbound::Button {
            token: "t:abc:terima".to_owned(),
            from,
            answer: Some("4382bfdwdsb323b2d9".to_owned()),
        };
        assert_eq!(pressed, Ok(vec![button]));
        let wrote = told(
            r#"{"update_id":8,"message":{"message_id":9,"from":{"id":111},"chat":{"id":111,"type":"private"},"date":1,
                "reply_to_message":{"message_id":1042},"text":"TERIMA 4821"}}"#,
        );
        let from = Origin { chat: "111".to_owned(), user: Some("111".to_owned()) };
        let reply = Inbound::Reply { text: "TERIMA 4821".to_owned(), from, to: Some("1042".to_owned()) };
        assert_eq!(wrote, Ok(vec![reply]));
    }

    #[test]
    fn what_is_nothing_and_what_is_refused() {
        for nothing in [
            r#"{"update_id":1}"#,
            r#"{"update_id":1,"message":{"chat":{"id":1},"photo":[]}}"#,
            r#"{"update_id":1,"edited_message":{"chat":{"id":1},"text":"TERIMA 4821"}}"#,
            r#"{"update_id":1,"message":{"chat":{"id":1},"from":{"id":1},"forward_date":5,"text":"TERIMA 4821"}}"#,
            r#"{"update_id":1,"my_chat_member":{"chat":{"id":1}}}"#,
        ] {
            assert_eq!(told(nothing), Ok(vec![]), "{nothing}");
        }
        for bad in ["", "[]", "{}", "null", r#"{"update_id":"1"}"#] {
            assert_eq!(told(bad), Err(Refusal::NotUnderstood), "{bad}");
        }
        let body = br#"{"update_id":1}"#;
        for token in [None, Some(""), Some("s3cre"), Some("s3cret ")] {
            assert_eq!(read("s3cret", token, body), Err(Refusal::Forged));
        }
        assert_eq!(read("", Some(""), body), Err(Refusal::Forged), "no secret set opens nothing");
    }
}
