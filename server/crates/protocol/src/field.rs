//! What a team in the field sends besides the steps of its dispatch.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// `POST …/dispatches/{id}/help`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskForHelp {
    /// What for, up to 1,000 characters.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// `POST …/dispatches/{id}/notes`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddFieldNote {
    /// What is worth knowing, up to 1,000 characters.
    pub note: String,
}
