//! Whether a browser's request comes from our own pages.
//!
//! Asked for requests that a cookie authenticated and that change something, and for every
//! WebSocket upgrade by cookie: browsers send cookies for other sites' pages too. A bearer token
//! is never sent by itself, so it needs no such check. Pure: headers in, answer out.

use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, HeaderName};

/// What a browser says of the page that asked (W3C Fetch Metadata).
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the request comes from a page of this very server, reached as `host` (the request's
/// `Host` header).
pub fn same_origin(headers: &HeaderMap, host: &str, tls: bool) -> bool {
    allowed_origin(headers, host, tls, &[])
}

/// Like [`same_origin`], and from pages of the origins in `extra` (`https://112.kediri.go.id`):
/// the names under which a proxy in front, which ends TLS, shows us.
///
/// A page that hides its origin (`null`) is refused. A request without `Origin` passes if the
/// browser does not call it foreign: `SameSite=Strict` guards what is left, old browsers.
pub fn allowed_origin(headers: &HeaderMap, host: &str, tls: bool, extra: &[String]) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => not_called_foreign(headers),
        (Some(origin), None) => {
            let Some(from) = origin.to_str().ok().and_then(Origin::parse) else { return false };
            let ours = Origin::of_host(host, tls);
            ours.as_ref() == Some(&from)
                || extra.iter().any(|extra| Origin::parse(extra).as_ref() == Some(&from))
        }
        (Some(_), Some(_)) => false,
    }
}

fn not_called_foreign(headers: &HeaderMap) -> bool {
    headers.get_all(SEC_FETCH_SITE).iter().all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

/// Scheme, host and port (RFC 6454), each in one spelling.
#[derive(Debug, PartialEq, Eq)]
struct Origin {
    tls: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// From `http://host[:port]` or `https://host[:port]`; anything else is none.
    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        Self::of_host(rest, tls)
    }

    /// From `host[:port]`; `[…]` around an IPv6 address.
    fn of_host(text: &str, tls: bool) -> Option<Self> {
        let split =
            if text.starts_with('[') { text.find(']')? + 1 } else { text.find(':').unwrap_or(text.len()) };
        let (host, rest) = text.split_at_checked(split)?;
        let port = match rest.strip_prefix(':') {
            // `parse` alone would take "+80".
            Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => port.parse().ok()?,
            None if rest.is_empty() => {
                if tls {
                    443
                } else {
                    80
                }
            }
            _ => return None,
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[:]".contains(&byte);
        (!host.is_empty() && host.bytes().all(plain)).then(|| Self {
            tls,
            host: host.to_ascii_lowercase(),
            port,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(origins: &[&str], site: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for origin in origins {
            headers.append(ORIGIN, HeaderValue::from_str(origin).unwrap());
        }
        if let Some(site) = site {
            headers.insert(SEC_FETCH_SITE, HeaderValue::from_str(site).unwrap());
        }
        headers
    }

    #[test]
    fn scheme_host_and_port_must_be_ours() {
        let table = [
            ("http://127.0.0.1:8112", "127.0.0.1:8112", false, true),
            ("http://localhost:8112", "127.0.0.1:8112", false, false),
            ("http://127.0.0.1:8113", "127.0.0.1:8112", false, false),
            ("https://127.0.0.1:8112", "127.0.0.1:8112", false, false),
            ("http://127.0.0.1:8112", "127.0.0.1:8112", true, false),
            ("https://112.kediri.go.id", "112.kediri.go.id", true, true),
            ("https://112.kediri.go.id:443", "112.kediri.go.id", true, true),
            ("https://112.kediri.go.id", "112.kediri.go.id:443", true, true),
            ("http://112.kediri.go.id", "112.kediri.go.id:80", false, true),
            ("HTTPS://112.Kediri.go.id", "112.kediri.GO.ID", true, true),
            ("https://112.kediri.go.id.evil.example", "112.kediri.go.id", true, false),
            ("https://evil.example", "112.kediri.go.id", true, false),
            ("https://112.kediri.go.id@evil.example", "112.kediri.go.id", true, false),
            ("https://112.kediri.go.id/", "112.kediri.go.id", true, false),
            ("http://[::1]:8112", "[::1]:8112", false, true),
            ("http://[::1]:8112", "[::2]:8112", false, false),
            ("http://[::1", "[::1", false, false),
            ("http://host:", "host:", false, false),
            ("http://host:+80", "host", false, false),
            ("http://host:99999", "host:99999", false, false),
            ("null", "127.0.0.1:8112", false, false),
            ("null", "null", false, false),
            ("", "", false, false),
            ("http://", "", false, false),
            ("file://", "", false, false),
            ("chrome-extension://abc", "abc", false, false),
        ];
        for (origin, host, tls, passes) in table {
            assert_eq!(
                same_origin(&headers(&[origin], None), host, tls),
                passes,
                "{origin} at {host} tls={tls}"
            );
            // A browser's word does not make a foreign origin ours.
            let claimed = headers(&[origin], Some("same-origin"));
            assert_eq!(same_origin(&claimed, host, tls), passes, "{origin} at {host} tls={tls}");
        }
    }

    #[test]
    fn without_an_origin_the_browsers_word_counts() {
        let table = [
            (None, true),
            (Some("same-origin"), true),
            (Some("none"), true),
            (Some("same-site"), false),
            (Some("cross-site"), false),
            (Some("anything"), false),
        ];
        for (site, passes) in table {
            assert_eq!(same_origin(&headers(&[], site), "127.0.0.1:8112", false), passes, "{site:?}");
        }
    }

    #[test]
    fn two_origins_are_one_too_many() {
        let twice = headers(&["http://a:1", "http://a:1"], None);
        assert!(!same_origin(&twice, "a:1", false));
    }

    #[test]
    fn configured_origins_pass_too() {
        let extra = ["https://112.kediri.go.id".to_owned(), "not an origin".to_owned()];
        let table = [
            ("https://112.kediri.go.id", true),
            ("http://112.kediri.go.id", false),
            ("http://127.0.0.1:8112", true),
            ("null", false),
            ("not an origin", false),
        ];
        for (origin, passes) in table {
            let headers = headers(&[origin], None);
            assert_eq!(allowed_origin(&headers, "127.0.0.1:8112", false, &extra), passes, "{origin}");
        }
    }
}
