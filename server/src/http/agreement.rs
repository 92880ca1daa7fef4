//! How often people kept what was suggested, for those who watch the room.

use kentongan_domain::ids::EpochUs;
use kentongan_protocol::agreement::AgreementAnswer;
use kentongan_store::rows::DecidedRow;
use serde::Deserialize;

use super::caller::Caller;
use super::error::ApiError;
use super::extract::Query;
use crate::agreement::{Asked, agreement};
use crate::platform::Platform;

const DAY_US: EpochUs = 24 * 3_600 * 1_000_000;
/// What is looked at when nothing is said.
const USUAL_RANGE_US: EpochUs = 365 * DAY_US;
/// The longest range: two years.
const LONGEST_RANGE_US: EpochUs = 731 * DAY_US;
/// Decided reports counted at most; years of a city's room.
const MOST: usize = 50_000;
/// Rows read at once.
const PAGE: u32 = 5_000;

/// Query of the figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementQuery {
    from: Option<EpochUs>,
    to: Option<EpochUs>,
}

/// `GET …/triage/agreement`.
pub async fn read(
    caller: Caller,
    Query(query): Query<AgreementQuery>,
) -> Result<axum::Json<AgreementAnswer>, ApiError> {
    let to = query.to.unwrap_or_else(|| Platform.now());
    let from = query.from.unwrap_or_else(|| to.saturating_sub(USUAL_RANGE_US));
    if from >= to {
        return Err(ApiError::bad_parameter("from", "from must lie before to; both are epoch microseconds"));
    }
    if to.saturating_sub(from) > LONGEST_RANGE_US {
        return Err(ApiError::bad_parameter(
            "from",
            "the range must be at most 731 days; ask for it in parts",
        ));
    }
    let centre = &caller.centre;
    let mut rows: Vec<DecidedRow> = Vec::new();
    let truncated = loop {
        let after = rows.last().map(|last| (last.received_at, last.report));
        let page = centre.store.list_decided(&centre.code, from..to, after, PAGE).await?;
        let last = u32::try_from(page.len()).is_ok_and(|count| count < PAGE);
        rows.extend(page);
        if last || rows.len() >= MOST {
            break !last;
        }
    };
    let utc_offset_minutes = centre.reference.pack.profile.utc_offset_minutes;
    Ok(axum::Json(agreement(Asked { from, to, truncated, utc_offset_minutes }, &rows)))
}
