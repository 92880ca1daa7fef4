//! The rules for the names of accounts and the labels of tokens.
//!
//! A user's name goes into events, logs and lists, so it is plain; it never holds a colon, which
//! keeps it apart from `token:<label>`.

use super::AuthError;

/// The longest name or label, characters.
const LONGEST: usize = 64;

/// A name as typed at a keyboard that capitalises, in the form in which it is stored.
pub(super) fn normal(typed: &str) -> String {
    typed.trim().to_ascii_lowercase()
}

/// Whether a user may have this name.
pub(super) fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    (1..=LONGEST).contains(&name.len()) && name.bytes().all(plain)
}

/// # Errors
/// [`AuthError::Invalid`] for what [`is_name`] denies.
pub(super) fn check_name(name: &str) -> Result<(), AuthError> {
    if is_name(name) {
        return Ok(());
    }
    Err(AuthError::Invalid(format!(
        "a user's name has 1 to {LONGEST} characters of a-z, 0-9, dot, hyphen and underscore"
    )))
}

/// # Errors
/// [`AuthError::Invalid`] for a label that is empty, too long, or would break a line of the log.
pub(super) fn check_label(label: &str) -> Result<(), AuthError> {
    let in_bounds = (1..=LONGEST).contains(&label.chars().count());
    if in_bounds && label.trim() == label && !label.chars().any(char::is_control) {
        return Ok(());
    }
    Err(AuthError::Invalid(format!("a token's label has 1 to {LONGEST} printable characters")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        let longest = "x".repeat(LONGEST);
        let too_long = "x".repeat(LONGEST + 1);
        let table = [
            ("operator", true),
            ("psc119", true),
            ("sari.dewi-2_a", true),
            (longest.as_str(), true),
            (too_long.as_str(), false),
            ("", false),
            ("Operator", false),
            ("sari dewi", false),
            ("token:sms", false),
            ("séri", false),
            ("a\n", false),
        ];
        for (name, good) in table {
            assert_eq!(is_name(name), good, "{name:?}");
            assert_eq!(check_name(name).is_ok(), good, "{name:?}");
        }
        assert_eq!(normal(" Operator\n"), "operator");
    }

    #[test]
    fn labels_are_one_line() {
        let longest = "é".repeat(LONGEST);
        let table = [
            ("sms-gateway", true),
            ("SMS gateway, Kediri", true),
            (longest.as_str(), true),
            ("", false),
            (" sms", false),
            ("a\nb", false),
        ];
        for (label, good) in table {
            assert_eq!(check_label(label).is_ok(), good, "{label:?}");
        }
    }
}
