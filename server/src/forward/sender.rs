//! What every outbound channel is: something that tells one contact one message, and says how it went.
//!
//! A sender is made with a [`Permit`], and only a live centre has one. "Sent" and "delivered" are what a
//! provider says; they are never "acknowledged".

use async_trait::async_trait;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;

use sha2::{Digest as _, Sha256};

use super::address::Address;
use super::message::Message;
use crate::centre::LiveCentre;

/// Leave to send for real: a [`LiveCentre`] gives it, a drill centre has no way to one.
#[derive(Debug, Clone)]
pub struct Permit {
    centre: String,
}

impl Permit {
    /// A live centre's.
    pub fn of(live: &LiveCentre) -> Self {
        Self { centre: live.centre().code.clone() }
    }

    /// The centre's code.
    pub fn centre(&self) -> &str {
        &self.centre
    }

    /// One for tests of senders, which have no centre.
    #[cfg(test)]
    pub(super) fn for_tests() -> Self {
        Self { centre: "kediri".to_owned() }
    }
}

/// How far a message has come, as the provider's answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The provider took it.
    Sent,
    /// The receiver has it.
    Delivered,
    /// The receiver took it on, in so many words.
    Acknowledged,
}

/// A message taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's id for it, by which it tells later what became of it; holds no number or name.
    pub provider_id: Option<String>,
    /// How far it has come.
    pub standing: Standing,
}

impl Receipt {
    /// Taken by the provider.
    pub const fn sent(provider_id: Option<String>) -> Self {
        Self { provider_id, standing: Standing::Sent }
    }
}

/// A provider's id for a message as it may stand in the log. One that may hold a number (a long run of
/// digits that begins as numbers do, or signs under which one could hide) is told by its fingerprint; the
/// same id gives the same words, so what the provider tells later still finds its delivery.
pub fn opaque_id(raw: &str) -> String {
    if uuid::Uuid::try_parse(raw).is_ok() {
        return raw.to_owned();
    }
    let run = |part: &str| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        digits.len() >= 9 && ["62", "0", "8"].iter().any(|begin| digits.starts_with(begin))
    };
    let open = !raw.is_empty()
        && raw.len() <= 64
        && raw.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_'))
        && !raw.split(|one: char| one.is_ascii_alphabetic()).any(run);
    if open { raw.to_owned() } else { fingerprint(raw) }
}

/// A provider's id that does hold a number, told by its fingerprint.
pub fn fingerprint(raw: &str) -> String {
    let digest = Sha256::digest(raw.as_bytes());
    let [first, second, ..] = digest.as_chunks::<8>().0 else { return String::from("fp-") };
    format!("fp-{:016x}{:016x}", u64::from_be_bytes(*first), u64::from_be_bytes(*second))
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// A stable code: `timeout`, `refused`, `status_500`, `gone`, `rate_limited`, `rejected` …
    pub code: String,
    /// Whether trying again is pointless.
    pub for_good: bool,
    /// How long the provider asks us to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// Whether it may have arrived all the same: a second attempt may be a second message.
    pub may_have_arrived: bool,
}

impl Failure {
    /// One after which trying again may help.
    pub fn again(code: &str) -> Self {
        Self { code: code.to_owned(), for_good: false, retry_after_ms: None, may_have_arrived: false }
    }

    /// One after which trying again is pointless.
    pub fn for_good(code: &str) -> Self {
        Self { for_good: true, ..Self::again(code) }
    }
}

/// An outbound channel.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Which channel it is.
    fn channel(&self) -> DeliveryChannel;

    /// Tells one contact one message. `now` is epoch µs.
    ///
    /// # Errors
    /// [`Failure`].
    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_hides_in_an_id() {
        for open in ["1042", "461230966842064897", "0193a4d0-0000-7000-8000-000000000099"] {
            assert_eq!(opaque_id(open), open);
        }
        for hidden in [
            "6281234567890-7",
            "SMS0812-3456-7890",
            "081234567890",
            "wamid.HBgLMTY1MDM4Nzk0MzkVAgA=",
            "",
            "a b",
        ] {
            let told = opaque_id(hidden);
            assert!(told.starts_with("fp-") && told.len() == 35, "{told}");
            assert_eq!(told, opaque_id(hidden));
        }
    }
}
