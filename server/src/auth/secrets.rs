//! Secrets that stand for somebody: a session's, in a cookie, and a token's, for a machine.
//!
//! 32 random bytes, shown once to whom they belong; the store gets the SHA-256 digest only. A
//! plain digest is enough: nobody can guess 256 random bits, however fast the digest.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::platform::Platform;

/// What a token's printed form begins with, so that people and leak scanners know it by sight.
const TOKEN_PREFIX: &str = "ktg_";
/// How long 32 bytes are in base64 without padding.
const ENCODED_CHARS: usize = 43;

/// What a secret stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// A person's login.
    Session,
    /// A machine's right.
    Token,
}

/// A secret. No `Display` and no `Serialize`: it leaves only by [`Secret::expose`].
#[derive(Clone)]
pub struct Secret {
    kind: SecretKind,
    bytes: [u8; 32],
}

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn generate(platform: Platform, kind: SecretKind) -> Result<Self, std::io::Error> {
        Ok(Self { kind, bytes: platform.random()? })
    }

    /// The secret with this printed form; none for anything else.
    pub fn parse(printed: &str) -> Option<Self> {
        // A session's secret may begin with the prefix by chance: the length tells them apart.
        let (kind, encoded) = match printed.strip_prefix(TOKEN_PREFIX) {
            Some(rest) if rest.len() == ENCODED_CHARS => (SecretKind::Token, rest),
            _ => (SecretKind::Session, printed),
        };
        if encoded.len() != ENCODED_CHARS {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?.try_into().ok()?;
        Some(Self { kind, bytes })
    }

    /// What it stands for.
    pub const fn kind(&self) -> SecretKind {
        self.kind
    }

    /// The printed form: base64url, a token's behind `ktg_`. For the cookie, the answer or the
    /// terminal of its owner only.
    pub fn expose(&self) -> String {
        let encoded = URL_SAFE_NO_PAD.encode(self.bytes);
        match self.kind {
            SecretKind::Session => encoded,
            SecretKind::Token => format!("{TOKEN_PREFIX}{encoded}"),
        }
    }

    /// SHA-256 of the printed form: what the store keeps and looks up.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.expose()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_form_comes_back_the_same() {
        for kind in [SecretKind::Session, SecretKind::Token] {
            let secret = Secret::generate(Platform, kind).unwrap();
            let again = Secret::parse(&secret.expose()).unwrap();
            assert_eq!(again.kind(), kind);
            assert_eq!(again.digest(), secret.digest());
        }
    }

    #[test]
    fn a_session_that_looks_like_a_token_is_a_session() {
        let encoded = format!("ktg_{}", "A".repeat(ENCODED_CHARS - 4));
        assert_eq!(Secret::parse(&encoded).unwrap().kind(), SecretKind::Session);
    }

    #[test]
    fn two_secrets_and_two_kinds_differ() {
        let first = Secret { kind: SecretKind::Session, bytes: [1; 32] };
        let second = Secret { kind: SecretKind::Session, bytes: [2; 32] };
        let token = Secret { kind: SecretKind::Token, bytes: [1; 32] };
        assert_ne!(first.digest(), second.digest());
        assert_ne!(first.digest(), token.digest());
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let good = "A".repeat(ENCODED_CHARS);
        let table = [
            String::new(),
            "ktg_".to_owned(),
            "A".repeat(ENCODED_CHARS - 1),
            "A".repeat(ENCODED_CHARS + 1),
            format!("ktg_{}=", "A".repeat(ENCODED_CHARS - 1)),
            format!("KTG_{good}"),
            format!("{}+", "A".repeat(ENCODED_CHARS - 1)),
            // Bits beyond the 256th.
            format!("{}B", "A".repeat(ENCODED_CHARS - 1)),
            "é".repeat(22),
        ];
        for printed in table {
            assert!(Secret::parse(&printed).is_none(), "{printed}");
        }
        assert!(Secret::parse(&good).is_some());
    }

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret { kind: SecretKind::Token, bytes: [0xab; 32] };
        assert_eq!(format!("{secret:?}"), "Secret { kind: Token, .. }");
    }
}
