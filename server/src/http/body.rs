//! Reading request bodies: bounded, and with the field named when one is wrong.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use kentongan_protocol::requests::ObjectOnly;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::error::ApiError;

/// The largest body: 64 KiB.
pub const BODY_MAX_BYTES: usize = 64 * 1024;
/// The longest note or reason, in characters.
pub const NOTE_MAX_CHARS: usize = 1_000;

/// A parsed body with its bytes, which the idempotency key's fingerprint is made of.
#[derive(Debug)]
pub struct Json<T> {
    /// The value.
    pub value: T,
    /// The bytes as they came.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = read(request.into_body()).await?;
        let value = parse(&bytes)?;
        Ok(Self { value, bytes })
    }
}

/// A parsed body, or the default when there is none.
#[derive(Debug)]
pub struct JsonOrNothing<T>(pub Json<T>);

impl<T: DeserializeOwned + Default, S: Sync> FromRequest<S> for JsonOrNothing<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = read(request.into_body()).await?;
        let value = if bytes.iter().all(u8::is_ascii_whitespace) { T::default() } else { parse(&bytes)? };
        Ok(Self(Json { value, bytes }))
    }
}

/// The bytes of a body.
///
/// # Errors
/// 413 when it is too large.
pub async fn read(body: Body) -> Result<Bytes, ApiError> {
    read_at_most(body, BODY_MAX_BYTES).await
}

/// A whole body.
///
/// # Errors
/// 413 when it has more bytes than that, 400 when it broke off.
pub async fn read_at_most(body: Body, most: usize) -> Result<Bytes, ApiError> {
    to_bytes(body, most).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
        if too_large {
            let detail = format!("the body is larger than {most} bytes");
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
        } else {
            ApiError::malformed("the body broke off")
        }
    })
}

/// The object in a body.
///
/// # Errors
/// 400 when it is no JSON, 422 with the field's pointer when it is not of the form.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let ObjectOnly(value) = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer_of(error.path());
        let inner = error.into_inner();
        if inner.is_data() || is_json(bytes) {
            ApiError::invalid(pointer, inner.to_string())
        } else {
            ApiError::malformed(format!("the body is not JSON: {inner}"))
        }
    })?;
    reader.end().map_err(|error| ApiError::malformed(format!("the body is not JSON: {error}")))?;
    Ok(value)
}

/// Whether it is JSON after all: the parser also calls syntax what only does not fit, as a number where
/// a word is due, or `1e999`.
fn is_json(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => {
            format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
        }
        Segment::Unknown => pointer,
    })
}

/// A text of a bounded length, or none when it is blank. NUL, which PostgreSQL takes in no text, is shown
/// as U+FFFD: a report must not be lost for it.
///
/// # Errors
/// 422 when it is too long.
pub fn bounded(text: Option<String>, pointer: &str, most: usize) -> Result<Option<String>, ApiError> {
    match text {
        Some(text) if text.chars().count() > most => {
            Err(ApiError::invalid(pointer, format!("at most {most} characters")))
        }
        Some(text) if text.trim().is_empty() => Ok(None),
        other => Ok(other.map(|text| text.replace('\0', "\u{fffd}"))),
    }
}
