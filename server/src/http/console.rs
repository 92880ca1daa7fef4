//! The console's files, from inside the binary: hashed assets may be kept for ever, pages never.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::error::ApiError;

/// The built console. Empty when the server was built without it; then a page says how to build it.
#[derive(rust_embed::RustEmbed)]
#[folder = "../console-web/dist"]
#[allow_missing = true]
struct Console;

const DOCS_STYLE: &str = "body{font:14px/1.5 system-ui;margin:2rem;color:#e6e6e6;background:#16181b}\
    a{color:#7cc4ff}table{border-collapse:collapse}td,th{text-align:left;padding:.3rem .8rem;\
    border-bottom:1px solid #333}code{color:#ffd479}";
const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>Kentongan</title><p>The console was not built into this \
     binary. Run <code>make build</code>.</p>";

/// Serves a file, or the console's page for any other address that is not the API's.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path.starts_with("ws/") {
        return ApiError::not_found("the address").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "pages are read with GET",
        )
        .into_response();
    }
    if path == "docs.css" {
        return ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], DOCS_STYLE).into_response();
    }
    let (name, file) = match Console::get(path) {
        Some(file) => (path, file),
        // A missing asset must not look like a page: a browser would cache it as a script.
        None if path.contains('.') => return ApiError::not_found("the file").into_response(),
        None => match Console::get("index.html") {
            Some(file) => ("index.html", file),
            None => return axum::response::Html(NOT_BUILT).into_response(),
        },
    };
    let tag = file
        .metadata
        .sha256_hash()
        .iter()
        .take(12)
        .fold(String::from("\""), |tag, byte| format!("{tag}{byte:02x}"));
    let tag = format!("{tag}\"");
    let forever = name.starts_with("assets/");
    let caching = if forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    let matches = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut response = if matches {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.data.into_owned().into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind_of(name)));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    response
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ftl" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
