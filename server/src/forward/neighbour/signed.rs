//! Who speaks for a neighbouring centre: Standard Webhooks signatures, checked in a time that tells nothing.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_domain::ids::{EpochUs, SECOND_US};
use sha2::Sha256;

use crate::forward::webhook::secret_bytes;

/// How far the two servers' clocks may lie apart, either way.
const AGE_MAX_US: EpochUs = 300 * SECOND_US;
/// Signatures read of one request: more secrets than that are never in use at once.
const MOST_SIGNATURES: usize = 8;

/// What a request says of itself in its headers.
#[derive(Debug, Clone)]
pub struct Signature {
    /// What the message is called: the same one again is the same message.
    pub id: String,
    timestamp: String,
    signatures: String,
}

impl Signature {
    /// Reads the headers; none when one of them is missing.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let header = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
        Some(Self {
            id: header("webhook-id")?,
            timestamp: header("webhook-timestamp")?,
            signatures: header("webhook-signature")?,
        })
    }

    /// Whether one of the secrets signed this body not long before or after `now` (epoch µs).
    pub fn is_good(&self, secrets: &[Vec<u8>], body: &[u8], now: EpochUs) -> bool {
        let Ok(sent) = self.timestamp.parse::<i64>() else { return false };
        if sent.saturating_mul(SECOND_US).abs_diff(now) > AGE_MAX_US.unsigned_abs() {
            return false;
        }
        let given: Vec<Vec<u8>> = self
            .signatures
            .split_ascii_whitespace()
            .take(MOST_SIGNATURES)
            .filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok())
            .collect();
        secrets.iter().any(|secret| given.iter().any(|one| self.is_from(secret, body, one)))
    }

    fn is_from(&self, secret: &[u8], body: &[u8], given: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
        mac.update(format!("{}.{}.", self.id, self.timestamp).as_bytes());
        mac.update(body);
        mac.verify_slice(given).is_ok()
    }
}

/// The secrets of an endpoint: one or more with spaces between, the newest first. What is none is left out.
pub fn secrets_of(column: &str) -> Vec<Vec<u8>> {
    column.split_whitespace().filter_map(|secret| secret_bytes(secret).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forward::webhook::signatures;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const OLD: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    const NOW: EpochUs = 1_764_000_000_000_000;
    const BODY: &str = r#"{"transfer":"t"}"#;

    fn signed(column: &str) -> Signature {
        let timestamp = NOW / SECOND_US;
        Signature {
            id: "t".into(),
            timestamp: timestamp.to_string(),
            signatures: signatures(&secrets_of(column), "t", timestamp, BODY),
        }
    }

    #[test]
    fn one_of_the_secrets_is_enough_on_either_side() {
        for (theirs, ours, good) in [
            (SECRET, SECRET, true),
            (OLD, SECRET, false),
            ("whsec_new_is_none", SECRET, false),
            (&format!("{SECRET} {OLD}"), OLD, true),
            (OLD, &format!("{SECRET} {OLD}"), true),
            (SECRET, "", false),
        ] {
            assert_eq!(
                signed(theirs).is_good(&secrets_of(ours), BODY.as_bytes(), NOW),
                good,
                "{theirs} {ours}"
            );
        }
    }

    #[test]
    fn what_was_changed_or_is_old_is_not_good() {
        let secrets = secrets_of(SECRET);
        let good = signed(SECRET);
        assert!(!good.is_good(&secrets, br#"{"transfer":"u"}"#, NOW));
        assert!(!Signature { id: "u".into(), ..good.clone() }.is_good(&secrets, BODY.as_bytes(), NOW));
        for (seconds, fresh) in [(-301, false), (-300, true), (300, true), (301, false)] {
            assert_eq!(
                good.is_good(&secrets, BODY.as_bytes(), NOW + seconds * SECOND_US),
                fresh,
                "{seconds}"
            );
        }
        for timestamp in ["", "now", "99999999999999999999", "-9223372036854775808"] {
            let other = Signature { timestamp: timestamp.into(), ..good.clone() };
            assert!(!other.is_good(&secrets, BODY.as_bytes(), NOW), "{timestamp}");
        }
        for signatures in ["", "v1,", "v1,AAAA", "v2,AAAA", "v1", "v1,%%%"] {
            let other = Signature { signatures: signatures.into(), ..good.clone() };
            assert!(!other.is_good(&secrets, BODY.as_bytes(), NOW), "{signatures}");
        }
        let late = format!("{} {}", "v1,AAAA ".repeat(MOST_SIGNATURES), good.signatures);
        assert!(!Signature { signatures: late, ..good }.is_good(&secrets, BODY.as_bytes(), NOW));
    }
}
