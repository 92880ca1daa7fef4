//! The session's cookie: how it is set, cleared and read.
//!
//! Over TLS its name begins with `__Host-`: browsers then accept it only with `Secure`, `Path=/`
//! and no `Domain`, so no other host of the city's domain can plant one. `HttpOnly` keeps it from
//! scripts, `SameSite=Strict` from other sites' requests.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use super::secrets::Secret;

/// The cookie's name.
pub const fn name(secure: bool) -> &'static str {
    if secure { "__Host-kentongan" } else { "kentongan" }
}

/// The `Set-Cookie` value that gives a browser its session for `lasts_s` seconds.
pub fn set(secret: &Secret, lasts_s: i64, secure: bool) -> String {
    set_value(&secret.expose(), lasts_s.max(0), secure)
}

/// The `Set-Cookie` value that takes it away.
pub fn clear(secure: bool) -> String {
    set_value("", 0, secure)
}

fn set_value(value: &str, lasts_s: i64, secure: bool) -> String {
    let attribute = if secure { "; Secure" } else { "" };
    let name = name(secure);
    format!("{name}={value}; Path=/; Max-Age={lasts_s}; HttpOnly; SameSite=Strict{attribute}")
}

/// The secret in the request's cookie. The first well-formed one counts: a stray cookie of the
/// same name must not lock anybody out.
pub fn read(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .filter(|(found, _)| found.trim() == name(secure))
        .find_map(|(_, value)| Secret::parse(unquoted(value.trim())))
}

/// RFC 6265 (section 4.1.1) allows a value in double quotes.
fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::super::secrets::SecretKind;
    use super::*;
    use crate::platform::Platform;
    use axum::http::HeaderValue;

    const GOOD: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const OTHER: &str = "BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn read_from(cookies: &[&str], secure: bool) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_bytes(cookie.as_bytes()).unwrap());
        }
        read(&headers, secure).map(|secret| secret.expose())
    }

    #[test]
    fn what_is_set_is_read_again() {
        for secure in [true, false] {
            let secret = Secret::generate(Platform, SecretKind::Session).unwrap();
            let value = set(&secret, 60, secure);
            let pair = value.split(';').next().unwrap();
            assert_eq!(read_from(&[pair], secure).unwrap(), secret.expose());
        }
    }

    #[test]
    fn the_attributes_are_all_there() {
        let secret = Secret::parse(GOOD).unwrap();
        assert_eq!(
            set(&secret, 43_200, true),
            format!("__Host-kentongan={GOOD}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure")
        );
        assert_eq!(
            set(&secret, -1, false),
            format!("kentongan={GOOD}; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
        );
        assert_eq!(clear(false), "kentongan=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
        assert_eq!(clear(true), "__Host-kentongan=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    }

    #[test]
    fn cookies_are_read_as_browsers_send_them() {
        let pair = format!("kentongan={GOOD}");
        let quoted = format!("kentongan=\"{GOOD}\"");
        let among = format!("theme=dark; {pair};lang=id");
        let host = format!("__Host-kentongan={GOOD}");
        let twice = format!("kentongan=stray; {pair}; kentongan={OTHER}");
        let similar = format!("xkentongan={GOOD}; kentongan2={GOOD}; kentongan");
        let table: [(&[&str], bool, bool); 12] = [
            (&[], false, false),
            (&[""], false, false),
            (&[&pair], false, true),
            (&[&quoted], false, true),
            (&[&among], false, true),
            (&["theme=dark", &pair], false, true),
            (&["theme=\u{e9}", &pair], false, true),
            (&[&twice], false, true),
            (&[&similar], false, false),
            (&["kentongan="], false, false),
            // A plain cookie can be planted by a neighbour: over TLS it does not count.
            (&[&pair], true, false),
            (&[&host], true, true),
        ];
        for (cookies, secure, found) in table {
            assert_eq!(read_from(cookies, secure), found.then(|| GOOD.to_owned()), "{cookies:?} {secure}");
        }
        assert_eq!(read_from(&[&host], false), None);
    }
}
