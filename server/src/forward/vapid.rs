//! Who sends a push (RFC 8292): a token signed with the server's own key, one for each push service.
//!
//! Signing needs no randomness (RFC 6979) and gets its instant from the caller.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kentongan_domain::ids::EpochUs;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};

use super::secret::Secret;

/// How long a token is good, in seconds: half of what push services allow.
const GOOD_FOR_S: i64 = 12 * 3600;

/// The server's key for push services.
#[derive(Clone)]
pub struct Vapid {
    key: SigningKey,
    contact: String,
}

impl std::fmt::Debug for Vapid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vapid")
    }
}

impl Vapid {
    /// From the private key, 32 bytes as base64url, and where a push service reaches the city:
    /// `mailto:…` or `https://…`.
    ///
    /// # Errors
    /// When either is none.
    pub fn new(key: &Secret, contact: &str) -> anyhow::Result<Self> {
        let wrong = || anyhow::anyhow!("the push key is no private key: 32 bytes as base64url");
        let bytes = URL_SAFE_NO_PAD.decode(key.reveal().trim_end_matches('=')).map_err(|_| wrong())?;
        let key = SigningKey::from_slice(&bytes).map_err(|_| wrong())?;
        anyhow::ensure!(
            contact.starts_with("mailto:") || contact.starts_with("https://"),
            "the contact of push messages begins with mailto: or https://"
        );
        Ok(Self { key, contact: contact.to_owned() })
    }

    /// The public key as browsers want it (`applicationServerKey`): base64url of the uncompressed point.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// The `Authorization` header for a push service's address. `now` is epoch µs; none when the address
    /// is none.
    pub fn authorization(&self, endpoint: &str, now: EpochUs) -> Option<String> {
        let audience = reqwest::Url::parse(endpoint).ok()?.origin().ascii_serialization();
        let claims = serde_json::json!({
            "aud": audience,
            "exp": now.div_euclid(1_000_000) + GOOD_FOR_S,
            "sub": self.contact,
        });
        let part = |words: &str| URL_SAFE_NO_PAD.encode(words);
        let signed = format!("{}.{}", part(r#"{"typ":"JWT","alg":"ES256"}"#), part(&claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        Some(format!("vapid t={signed}.{signature}, k={}", self.public_key()))
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::signature::Verifier as _;

    use super::*;

    #[test]
    fn a_token_names_the_service_and_is_signed() {
        let key = Secret::new("RS0WdYWWo1HajXg3NZR1olzCf31i-ZBGDkFyCs7j1jw");
        let vapid = Vapid::new(&key, "mailto:112@kota.example").unwrap();
        let header = vapid.authorization("https://push.example:8443/a/b?c", 1_764_000_000_000_000).unwrap();
        let token = header.strip_prefix("vapid t=").unwrap().split(',').next().unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let claims: serde_json::Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
        assert_eq!(claims["aud"], "https://push.example:8443");
        assert_eq!(claims["exp"], 1_764_000_000_i64 + 43_200);
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(parts[2]).unwrap()).unwrap();
        let signed = format!("{}.{}", parts[0], parts[1]);
        vapid.key.verifying_key().verify(signed.as_bytes(), &signature).unwrap();
        assert!(header.ends_with(&format!(", k={}", vapid.public_key())));
        assert!(Vapid::new(&Secret::new("c2hvcnQ"), "mailto:x@y").is_err());
        assert!(Vapid::new(&key, "x@y").is_err());
    }
}
