//! What was suggested about a report beside what people made of it: read together, stored nowhere so.
//!
//! Holds no text and no reporter. Whether the two agree is decided by whoever reads it.

use sqlx::FromRow;
use uuid::Uuid;

/// A report whose incident is closed: the suggestion of its arrival, and the incident as it was closed.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct DecidedRow {
    /// The report.
    pub report: Uuid,
    /// The incident it belonged to in the end, after every merge and split.
    pub incident: Uuid,
    /// When the report arrived.
    pub received_at: i64,
    /// The account or token that opened the incident.
    pub operator: String,
    /// The category suggested; none when nothing was understood.
    pub suggested_category: Option<String>,
    /// The incident's category.
    pub final_category: String,
    /// The type suggested.
    pub suggested_type: Option<String>,
    /// The incident's type.
    pub final_type: String,
    /// The priority suggested, 1 (life at risk) to 4 (routine).
    pub suggested_priority: i64,
    /// The incident's priority, 1 to 4.
    pub final_priority: i64,
    /// How sure the suggested category was, 0 to 1.
    pub confidence: f64,
}
