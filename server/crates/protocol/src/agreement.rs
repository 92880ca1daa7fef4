//! How often people kept what was suggested. Answer to `GET …/triage/agreement`.
//!
//! Counts and shares only: no report, no text, no reporter.

use kentongan_domain::catalogue::Category;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Counts of decided reports, and the shares they make.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AgreementCounts {
    /// Reports whose incident is closed.
    pub reports: u32,
    /// Of these: closed under the category that was suggested. Nothing suggested is not kept.
    pub category_kept: u32,
    /// Closed under the type that was suggested.
    pub type_kept: u32,
    /// Closed with the priority that was suggested.
    pub priority_kept: u32,
    /// `category_kept` by `reports`, 0 to 1; 0 without reports.
    pub accuracy: f64,
    /// `priority_kept` by `reports`, 0 to 1; 0 without reports.
    pub priority_accuracy: f64,
}

/// Agreement on one category.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CategoryAgreement {
    /// The category that people set in the end.
    pub category: Category,
    /// Counts.
    #[serde(flatten)]
    pub counts: AgreementCounts,
}

/// Agreement in one month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct MonthAgreement {
    /// The month in which the reports arrived, by the centre's clock, e.g. `2026-11`.
    pub month: String,
    /// Counts.
    #[serde(flatten)]
    pub counts: AgreementCounts,
}

/// Agreement with one operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct OperatorAgreement {
    /// The account that opened the incident.
    pub operator: String,
    /// Counts.
    #[serde(flatten)]
    pub counts: AgreementCounts,
}

/// Reports whose suggestion was about equally sure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CalibrationBin {
    /// Least confidence of the bin, 0 to 0.9.
    pub from: f64,
    /// Reports in it; bins without reports are left out.
    pub reports: u32,
    /// Their mean confidence, 0 to 1.
    pub confidence: f64,
    /// The share of them whose category was kept, 0 to 1: as high as the confidence when that is true.
    pub accuracy: f64,
}

/// Whether suggestions are kept less often than before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AgreementDrift {
    /// Reports looked at as the newest: 200, or fewer when there are no more.
    pub newest_reports: u32,
    /// The share of them whose category was kept, 0 to 1.
    pub newest_accuracy: f64,
    /// Reports before those: 1,000, or fewer when there are no more.
    pub before_reports: u32,
    /// The share of them whose category was kept, 0 to 1.
    pub before_accuracy: f64,
    /// The difference in standard errors (two-proportion z, pooled), negative when the newest are kept less
    /// often; null with fewer than 200 and 1,000 reports, and when every report or none was kept.
    pub z: Option<f64>,
    /// Whether `z` lies below −2.326: by chance alone that happens in one of a hundred looks (99 %,
    /// one-sided).
    pub drifted: bool,
}

/// How often people kept what was suggested.
///
/// People see the suggestion before they decide, so these figures are an upper bound of how often it is right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AgreementAnswer {
    /// Reports that arrived from here on (epoch µs).
    #[ts(type = "number")]
    pub from: i64,
    /// Up to before here (epoch µs).
    #[ts(type = "number")]
    pub to: i64,
    /// Whether the range holds more reports than are counted; then the oldest are left out.
    pub truncated: bool,
    /// All of them.
    pub total: AgreementCounts,
    /// By the category set in the end, in catalogue order; those that occur.
    pub categories: Vec<CategoryAgreement>,
    /// By month of arrival, the newest first.
    pub months: Vec<MonthAgreement>,
    /// By who opened the incident, in order of name.
    pub operators: Vec<OperatorAgreement>,
    /// By how sure the suggestion was, in ten bins of a tenth each; those that occur.
    pub calibration: Vec<CalibrationBin>,
    /// Whether agreement has fallen within the range.
    pub drift: AgreementDrift,
}
