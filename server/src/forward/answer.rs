//! Sending an HTTP request and reading what the answer means: one place for status, `Retry-After` and the
//! bound on what is read.

use kentongan_domain::ids::EpochUs;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::dial::failure_of;
use super::sender::Failure;

/// So much of an answer is read, in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// The longest pause that a peer may ask for, in milliseconds: an hour.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// A peer's answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// How long it asks us to wait, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, cut off at the bound.
    pub body: Vec<u8>,
}

/// Sends a request and reads its answer. `now` is epoch µs.
///
/// # Errors
/// When there is no answer.
pub async fn ask(request: reqwest::RequestBuilder, now: EpochUs) -> Result<Answer, Failure> {
    let mut response = request.send().await.map_err(|error| failure_of(&error))?;
    let mut body = Vec::new();
    while body.len() < MOST_BYTES {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(chunk.get(..MOST_BYTES - body.len()).unwrap_or(&chunk)),
            Ok(None) => break,
            // The status has been told: what is missing is only words.
            Err(_) if !response.status().is_success() => break,
            Err(error) => return Err(failure_of(&error)),
        }
    }
    let retry_after_ms = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|words| retry_after_ms(words, now));
    Ok(Answer { status: response.status(), retry_after_ms, headers: response.headers().clone(), body })
}

/// What `Retry-After` asks for, in milliseconds from `now` (epoch µs): whole seconds or an HTTP date.
pub fn retry_after_ms(words: &str, now: EpochUs) -> Option<u64> {
    let words = words.trim();
    let asked = if let Ok(seconds) = words.parse::<u64>() {
        seconds.saturating_mul(1000)
    } else {
        let at = httpdate::parse_http_date(words).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        let now_ms = u128::from(now.max(0).unsigned_abs() / 1000);
        u64::try_from(at.as_millis().saturating_sub(now_ms)).unwrap_or(u64::MAX)
    };
    Some(asked.min(LONGEST_PAUSE_MS))
}

impl Answer {
    /// The failure that the status tells; none for a 2xx. What is the peer's last word differs from
    /// channel to channel: only 410 is one everywhere.
    pub fn failure(&self) -> Option<Failure> {
        let status = self.status;
        if status.is_success() {
            return None;
        }
        let failure = match status {
            StatusCode::GONE => Failure::for_good("gone"),
            StatusCode::TOO_MANY_REQUESTS => Failure::again("rate_limited"),
            other => Failure::again(&format!("status_{}", other.as_u16())),
        };
        // Somebody in between lost the answer of the one behind it.
        let may_have_arrived = matches!(status, StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT);
        Some(Failure { retry_after_ms: self.retry_after_ms, may_have_arrived, ..failure })
    }

    /// As [`Answer::failure`], for a provider's API, where a request that is wrong stays wrong.
    pub fn api_failure(&self) -> Option<Failure> {
        let failure = self.failure()?;
        let rejected = matches!(
            self.status,
            StatusCode::BAD_REQUEST
                | StatusCode::NOT_FOUND
                | StatusCode::PAYLOAD_TOO_LARGE
                | StatusCode::UNPROCESSABLE_ENTITY
        );
        Some(if rejected { Failure::for_good("rejected") } else { failure })
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        // 21 Oct 2015 07:28:00 GMT.
        let at = 1_445_412_480_000_000;
        assert_eq!(retry_after_ms("120", at), Some(120_000));
        assert_eq!(retry_after_ms(" 0 ", at), Some(0));
        assert_eq!(retry_after_ms("Wed, 21 Oct 2015 07:28:30 GMT", at), Some(30_000));
        assert_eq!(retry_after_ms("Wed, 21 Oct 2015 07:27:00 GMT", at), Some(0));
        assert_eq!(retry_after_ms("999999999", at), Some(LONGEST_PAUSE_MS));
        assert_eq!(retry_after_ms("99999999999999999999", at), None);
        assert_eq!(retry_after_ms("soon", at), None);
        assert_eq!(retry_after_ms("-5", at), None);
    }

    #[test]
    fn what_a_status_means() {
        let of = |status: u16| Answer {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after_ms: None,
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        assert_eq!(of(204).failure(), None);
        assert_eq!(of(410).failure(), Some(Failure::for_good("gone")));
        assert_eq!(of(302).failure(), Some(Failure::again("status_302")));
        assert_eq!(of(400).failure(), Some(Failure::again("status_400")));
        assert_eq!(of(400).api_failure(), Some(Failure::for_good("rejected")));
        assert_eq!(of(401).api_failure(), Some(Failure::again("status_401")));
        assert!(of(504).failure().unwrap().may_have_arrived);
        assert!(!of(500).failure().unwrap().may_have_arrived);
    }
}
