//! Units on the wire: what people say of them.

use kentongan_domain::unit::UnitState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::views::UnitView;

/// `POST …/units/{id}/status`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveUnit {
    /// Where it stands now: one of its `allowed_actions`.
    pub state: UnitState,
    /// A word to it; asked for when a unit at work goes out of service.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Answer to a command on a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitAnswer {
    /// The unit.
    pub unit: UnitView,
    /// The log's number.
    #[ts(type = "number")]
    pub seq: i64,
}
