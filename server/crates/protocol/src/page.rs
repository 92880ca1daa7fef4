//! A page of a list.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// A page: items and the path of the next page, or null at the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Page<T> {
    /// Items, at most `?limit=` (default 50, up to 200).
    pub items: Vec<T>,
    /// Path of the next page.
    pub next: Option<String>,
}
