//! Checks of signatures and tokens, in a time that tells nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::Refusal;

/// Whether `given` is the HMAC-SHA256 of the body.
pub fn checked(secret: &[u8], body: &[u8], given: &[u8]) -> Result<(), Refusal> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Refusal::Forged)?;
    mac.update(body);
    mac.verify_slice(given).map_err(|_| Refusal::Forged)
}

/// Whether two tokens are the same; an empty one is none.
pub fn same(expected: &str, given: Option<&str>) -> Result<(), Refusal> {
    let given = given.unwrap_or_default();
    let same = !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(given.as_bytes()));
    if same { Ok(()) } else { Err(Refusal::Forged) }
}
