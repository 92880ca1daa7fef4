//! A contact's address on a channel, read from the words in the contacts' table.
//!
//! Addresses are personal: they are never shown by `Debug`, never logged, never part of an event.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kentongan_domain::delivery::DeliveryChannel;

use super::webhook::secret_bytes;

/// Where a contact is reached on one channel.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// An agency's own server.
    Webhook {
        /// Its address.
        url: String,
        /// The secrets it may check with, the newest first; more than one while they change.
        secrets: Vec<Vec<u8>>,
        /// Whether an administrator allowed it to be in the own house.
        house: bool,
    },
    /// A browser that asked to be woken.
    Push {
        /// The push service's address for it.
        endpoint: String,
        /// The browser's public key: an uncompressed point on P-256.
        key: Vec<u8>,
        /// The browser's secret, 16 bytes.
        auth: [u8; 16],
    },
    /// A chat or a user: Telegram's `chat_id`, LINE's `userId`.
    Chat(String),
    /// A telephone number in international form, digits only, without `+`.
    Number(String),
    /// A mailbox, `name@host`.
    Mailbox(String),
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address")
    }
}

impl Address {
    /// An agency's own server; `secrets` has one or more with spaces between, the newest first.
    ///
    /// # Errors
    /// What is wrong with it, without saying what it is.
    pub fn webhook(url: &str, secrets: &str, house: bool) -> anyhow::Result<Self> {
        let of_http = url.starts_with("https://") || url.starts_with("http://");
        anyhow::ensure!(of_http, "a webhook begins with https://");
        let secrets = secrets.split_whitespace().map(secret_bytes).collect::<anyhow::Result<Vec<_>>>()?;
        anyhow::ensure!(!secrets.is_empty(), "a webhook has a secret");
        Ok(Self::Webhook { url: url.to_owned(), secrets, house })
    }

    /// A browser by what it told of itself; key and secret as base64url.
    ///
    /// # Errors
    /// When it is none.
    pub fn browser(endpoint: &str, key: &str, auth: &str) -> anyhow::Result<Self> {
        let wrong = || anyhow::anyhow!("it is no push subscription");
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| wrong());
        let key = bytes(key)?;
        web_push_native::p256::PublicKey::from_sec1_bytes(&key).map_err(|_| wrong())?;
        let auth = bytes(auth)?.try_into().map_err(|_| wrong())?;
        anyhow::ensure!(endpoint.len() <= 1024, "its address is too long");
        Ok(Self::Push { endpoint: endpoint.to_owned(), key, auth })
    }

    /// Reads an address as the contacts' table holds it; a number is written as people write it.
    ///
    /// # Errors
    /// What is wrong with it, without saying what it is; channels of an agency itself have no such
    /// address.
    pub fn parse(channel: DeliveryChannel, words: &str) -> anyhow::Result<Self> {
        let words = words.trim();
        match channel {
            DeliveryChannel::Console | DeliveryChannel::Webhook | DeliveryChannel::Push => {
                anyhow::bail!("this channel is the agency's, not a contact's")
            }
            DeliveryChannel::Telegram | DeliveryChannel::Line => {
                let fits = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '@');
                anyhow::ensure!(
                    !words.is_empty() && words.len() <= 64 && words.chars().all(fits),
                    "a chat is named by letters and digits"
                );
                Ok(Self::Chat(words.to_owned()))
            }
            DeliveryChannel::Whatsapp | DeliveryChannel::Gateway | DeliveryChannel::Sms => {
                number(words).map(Self::Number).ok_or_else(|| anyhow::anyhow!("it is no telephone number"))
            }
            DeliveryChannel::Email => words
                .parse::<lettre::Address>()
                .map_err(|_| anyhow::anyhow!("it is no mail address"))
                .map(|mailbox| Self::Mailbox(mailbox.to_string())),
        }
    }
}

/// A number as people write it (`0812-3456-7890`, `+62 812 …`) in international form; none when it is none.
pub fn number(words: &str) -> Option<String> {
    if words.chars().any(|one| !(one.is_ascii_digit() || matches!(one, '+' | ' ' | '-' | '.' | '(' | ')'))) {
        return None;
    }
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let full = if words.trim_start().starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("62{rest}")
    } else {
        digits
    };
    (6..=15).contains(&full.len()).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (words, full) in [
            ("0812-3456-7890", "6281234567890"),
            ("+62 812 3456 7890", "6281234567890"),
            ("6281234567890", "6281234567890"),
            ("0062 812 3456 7890", "6281234567890"),
            ("(0354) 681-234", "62354681234"),
        ] {
            assert_eq!(number(words).as_deref(), Some(full), "{words}");
        }
        for bad in ["", "112", "0812x345", "12345", "081234567890123456", "wa.me/62812"] {
            assert_eq!(number(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_none_is_shown() {
        use DeliveryChannel as C;
        for (channel, bad) in [
            (C::Console, "x"),
            (C::Telegram, "12 34"),
            (C::Line, ""),
            (C::Email, "piket@damkar.example\r\nBcc: x@y.example"),
            (C::Email, "Piket <piket@damkar.example>"),
            (C::Sms, "halo"),
        ] {
            assert!(Address::parse(channel, bad).is_err(), "{bad}");
        }
        let (url, secret) = ("https://damkar.example/112", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assert!(Address::webhook(url, "", false).is_err());
        assert!(Address::webhook("ftp://damkar.example", secret, false).is_err());
        assert!(Address::browser("https://push.example", "AAAA", "AAAA").is_err());
        let address = Address::webhook(url, secret, false).unwrap();
        assert!(matches!(&address, Address::Webhook { secrets, .. } if secrets.len() == 1));
        assert_eq!(format!("{address:?}"), "Address");
    }
}
