//! Signed links by which a contact acknowledges a dispatch without logging in.
//!
//! A link names one delivery of one dispatch and ends by itself. Whoever holds it may do one thing: say that
//! the agency knows. Nothing personal is in it; the key stays in the database.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_domain::ids::{DeliveryId, DispatchId, EpochUs};
use kentongan_store::Store;
use sha2::Sha256;
use std::sync::Arc;
use uuid::Uuid;

use crate::platform::Platform;

/// How long a link can be used: a night's work, and no more.
pub const LINK_LIFE_US: EpochUs = 12 * 3_600 * 1_000_000;
/// Bytes of the signature that are sent; 128 bits.
const MAC_BYTES: usize = 16;
/// Two ids, the instant it ends (seconds, four bytes), the signature.
const TOKEN_BYTES: usize = 16 + 16 + 4 + MAC_BYTES;

/// What a link names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// The dispatch.
    pub dispatch: DispatchId,
    /// The delivery that carried the link.
    pub delivery: DeliveryId,
}

/// Why a link cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadLink {
    /// It is none of ours, or was changed.
    Forged,
    /// Its time is over.
    Expired,
}

/// Makes and reads links.
pub struct Links {
    key: [u8; 32],
    public_url: Option<String>,
}

// By hand, so that no log line ever carries the key.
impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links")
    }
}

impl Links {
    /// Takes the key from the database, where the first node to start has put it. `public_url` is the address
    /// under which contacts reach this server; without it no message carries a link.
    ///
    /// # Errors
    /// When the database cannot be read, or the key in it is none.
    pub async fn open(store: &Arc<dyn Store>, public_url: Option<String>) -> anyhow::Result<Self> {
        let fresh = STANDARD.encode(Platform.random::<32>()?);
        let kept = store.secret("link-key", &fresh, Platform.now()).await?;
        let key = STANDARD.decode(kept).ok().and_then(|bytes| bytes.try_into().ok());
        let key = key.ok_or_else(|| anyhow::anyhow!("the secret `link-key` of the database is damaged"))?;
        Ok(Self { key, public_url })
    }

    /// The address that acknowledges a delivery's dispatch until then; none without a public address.
    pub fn url(&self, centre: &str, linked: Linked, expires_at: EpochUs) -> Option<String> {
        let base = self.public_url.as_deref()?.trim_end_matches('/');
        Some(format!("{base}{}", self.path(centre, linked, expires_at)))
    }

    /// The same without the server's address.
    pub fn path(&self, centre: &str, linked: Linked, expires_at: EpochUs) -> String {
        let mut token = Vec::with_capacity(TOKEN_BYTES);
        token.extend(linked.dispatch.0.as_bytes());
        token.extend(linked.delivery.0.as_bytes());
        let seconds = u32::try_from(expires_at.div_euclid(1_000_000)).unwrap_or(u32::MAX);
        token.extend(seconds.to_be_bytes());
        let signed = self.mac(centre, &token).map(|mac| mac.finalize().into_bytes());
        token.extend(signed.iter().flatten().take(MAC_BYTES));
        format!("/t/{centre}/{}", URL_SAFE_NO_PAD.encode(token))
    }

    /// What a link's token names.
    ///
    /// # Errors
    /// [`BadLink`].
    pub fn read(&self, centre: &str, token: &str, now: EpochUs) -> Result<Linked, BadLink> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| BadLink::Forged)?;
        if bytes.len() != TOKEN_BYTES {
            return Err(BadLink::Forged);
        }
        let (named, signature) = bytes.split_at_checked(TOKEN_BYTES - MAC_BYTES).ok_or(BadLink::Forged)?;
        let mac = self.mac(centre, named).ok_or(BadLink::Forged)?;
        mac.verify_truncated_left(signature).map_err(|_| BadLink::Forged)?;
        let id = |from: usize| -> Option<Uuid> { Uuid::from_slice(named.get(from..from + 16)?).ok() };
        let (dispatch, delivery) = id(0).zip(id(16)).ok_or(BadLink::Forged)?;
        let seconds: [u8; 4] =
            named.get(32..36).and_then(|four| four.try_into().ok()).ok_or(BadLink::Forged)?;
        if i64::from(u32::from_be_bytes(seconds)) < now.div_euclid(1_000_000) {
            return Err(BadLink::Expired);
        }
        Ok(Linked { dispatch: DispatchId(dispatch), delivery: DeliveryId(delivery) })
    }

    fn mac(&self, centre: &str, named: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(b"acknowledge|");
        mac.update(centre.as_bytes());
        mac.update(b"|");
        mac.update(named);
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: EpochUs = 1_795_316_400_000_000;

    fn links() -> Links {
        Links { key: [7; 32], public_url: Some("https://112.example/".into()) }
    }

    fn linked() -> Linked {
        Linked { dispatch: DispatchId(Uuid::from_u128(1)), delivery: DeliveryId(Uuid::from_u128(2)) }
    }

    #[test]
    fn a_link_names_its_delivery_until_it_ends() {
        let url = links().url("kediri", linked(), NOW + LINK_LIFE_US).unwrap();
        let token = url.strip_prefix("https://112.example/t/kediri/").unwrap();
        assert_eq!(links().read("kediri", token, NOW), Ok(linked()));
        assert_eq!(links().read("kediri", token, NOW + LINK_LIFE_US + 1_000_000), Err(BadLink::Expired));
    }

    #[test]
    fn what_was_changed_is_refused() {
        let path = links().path("kediri", linked(), NOW + LINK_LIFE_US);
        let token = path.rsplit('/').next().unwrap();
        assert_eq!(links().read("banyuwangi", token, NOW), Err(BadLink::Forged));
        let other = Links { key: [8; 32], public_url: None };
        assert_eq!(other.read("kediri", token, NOW), Err(BadLink::Forged));
        for at in 0..token.len() {
            let mut changed = token.as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last character holds unused bits: another spelling of the same bytes is no forgery.
            if URL_SAFE_NO_PAD.decode(&changed) != URL_SAFE_NO_PAD.decode(token) {
                assert_eq!(links().read("kediri", &changed, NOW), Err(BadLink::Forged), "{at}");
            }
        }
        for none in ["", "AAAA", "…", &format!("{token}A"), &token[1..]] {
            assert_eq!(links().read("kediri", none, NOW), Err(BadLink::Forged), "{none}");
        }
    }
}
