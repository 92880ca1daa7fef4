//! Argon2id itself: a password and a salt in, a PHC string out, and the comparison.
//!
//! Pure and slow: tens of milliseconds and 19 MiB a call. Only [`super::passwords`] may call it,
//! which keeps it off the async threads and bounds how many run at once.

use argon2::password_hash::{Error, Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Memory of one hash, KiB. With [`PASSES`] and [`LANES`] the first choice of OWASP's
/// "Password Storage Cheat Sheet" for Argon2id: m=19456 (19 MiB), t=2, p=1.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes, i.e. threads that could share one hash.
const LANES: u32 = 1;
/// Bytes of salt that RFC 9106 recommends for passwords.
pub(super) const SALT_BYTES: usize = 16;

/// The hash of a password that nobody knows, made with the figures above. Compared with when a
/// name is unknown, so that the answer takes as long as for a known one.
pub(super) const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$N66wdsMALcf/vjICNPbAWg$Jkr2/LN2IoGuQ0O1J9HlRzIpR5FBfPxlY2qBu4D08pw";

/// How many blocks of 1 KiB are reserved for a hash, used or not. After the first time, glibc keeps
/// a freed block of up to 32 MiB for later (its mmap threshold grows): 40 logins left a quiet
/// process at 354 MB. What is larger it always unmaps: 3.5 MB. Reserved but untouched is free.
const RESERVED_BLOCKS: usize = 33 * 1024;

/// The PHC string of `password`.
///
/// # Errors
/// When the password is longer than Argon2 takes (4 GiB).
pub(super) fn hash(password: &str, salt: [u8; SALT_BYTES]) -> Result<String, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    let salt = SaltString::encode_b64(&salt)?;
    let output = compute(Algorithm::Argon2id, Version::V0x13, &params, salt.as_salt(), password)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

/// Whether `password` is the one that `stored` was made of, with the figures `stored` names: a
/// hash made with older figures stays good.
///
/// # Errors
/// When `stored` is no Argon2 PHC string.
pub(super) fn verify(stored: &str, password: &str) -> Result<bool, Error> {
    let stored = PasswordHash::new(stored)?;
    let algorithm = Algorithm::try_from(stored.algorithm)?;
    let version = stored.version.map_or(Ok(Version::V0x13), Version::try_from)?;
    let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else {
        return Err(Error::PhcStringField);
    };
    // `Output` compares in constant time.
    Ok(compute(algorithm, version, &Params::try_from(&stored)?, salt, password)? == expected)
}

fn compute(
    algorithm: Algorithm,
    version: Version,
    params: &Params,
    salt: Salt<'_>,
    password: &str,
) -> Result<Output, Error> {
    let mut salt_bytes = [0_u8; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut salt_bytes)?;
    let argon = Argon2::new(algorithm, version, params.clone());
    let mut memory = Vec::with_capacity(params.block_count().max(RESERVED_BLOCKS));
    memory.resize(params.block_count(), Block::default());
    Output::init_with(params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN), |out| {
        Ok(argon.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut memory)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_knows_its_password_and_no_other() {
        let stored = hash("kentongan", [7; SALT_BYTES]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        for (password, same) in
            [("kentongan", true), ("Kentongan", false), ("kentongan ", false), ("", false)]
        {
            assert_eq!(verify(&stored, password).unwrap(), same, "{password:?}");
        }
    }

    #[test]
    fn the_salt_makes_equal_passwords_differ() {
        assert_ne!(hash("kentongan", [1; SALT_BYTES]).unwrap(), hash("kentongan", [2; SALT_BYTES]).unwrap());
    }

    #[test]
    fn nobodys_hash_costs_what_a_real_one_costs() {
        let real = hash("x", [0; SALT_BYTES]).unwrap();
        let (nobody, real) = (PasswordHash::new(NOBODYS_HASH).unwrap(), PasswordHash::new(&real).unwrap());
        assert_eq!(nobody.params, real.params);
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
        assert!(!verify(NOBODYS_HASH, "").unwrap());
    }

    #[test]
    fn a_foreign_implementation_agrees() {
        // From the test vectors of the reference implementation (phc-winner-argon2, test.c).
        let stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assert!(verify(stored, "password").unwrap());
    }

    #[test]
    fn what_is_no_hash_is_an_error() {
        for broken in ["", "kentongan", "$argon2id$v=19$m=19456,t=2,p=1", "$2b$12$abcdefghijklmnopqrstuv"] {
            assert!(verify(broken, "kentongan").is_err(), "{broken:?}");
        }
    }
}
