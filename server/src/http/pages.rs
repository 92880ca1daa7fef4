//! Cursors and limits of lists.

use kentongan_protocol::page::Page;
use serde::Deserialize;
use uuid::Uuid;

use super::error::ApiError;

/// Items a page when nothing is said.
const DEFAULT_LIMIT: u32 = 50;
/// Items a page at most.
const LARGEST_LIMIT: u32 = 200;

/// Query of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    limit: Option<u32>,
    after: Option<String>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only open or only ended ones.
    pub open: Option<bool>,
    /// Only overdue ones, or only those in time.
    pub overdue: Option<bool>,
    /// Only those of this agency.
    pub agency: Option<String>,
    /// Only those of this incident.
    pub incident: Option<Uuid>,
    /// Only those of this category.
    pub category: Option<String>,
    /// Only those that came by this channel.
    pub channel: Option<String>,
}

impl ListQuery {
    /// Items a page.
    ///
    /// # Errors
    /// 400 for none or more than 200.
    pub fn limit(&self) -> Result<u32, ApiError> {
        match self.limit.unwrap_or(DEFAULT_LIMIT) {
            0 => Err(ApiError::bad_parameter("limit", "limit must be at least 1")),
            limit if limit > LARGEST_LIMIT => {
                Err(ApiError::bad_parameter("limit", format!("limit must be at most {LARGEST_LIMIT}")))
            }
            limit => Ok(limit),
        }
    }

    /// Where the page before ended.
    ///
    /// # Errors
    /// 400 for a cursor that is none of ours.
    pub fn after(&self) -> Result<Option<(i64, Uuid)>, ApiError> {
        let Some(cursor) = &self.after else { return Ok(None) };
        let parsed = cursor
            .split_once('_')
            .and_then(|(at, id)| Some((at.parse::<i64>().ok()?, id.parse::<Uuid>().ok()?)));
        parsed
            .map(Some)
            .ok_or_else(|| ApiError::bad_parameter("after", "take the cursor from `next` as it is"))
    }

    /// The page of these items; `last` is the (instant, id) of the last one when there may be more.
    pub fn page<T>(&self, path: &str, items: Vec<T>, last: Option<(i64, Uuid)>) -> Page<T> {
        let full =
            u32::try_from(items.len()).is_ok_and(|count| self.limit().is_ok_and(|limit| limit == count));
        let next = last.filter(|_| full).map(|(at, id)| {
            let mut next = format!("{path}?limit={}&after={at}_{id}", items.len());
            let mut add = |name: &str, value: Option<String>| {
                if let Some(value) = value {
                    next.extend(["&", name, "=", &value]);
                }
            };
            add("state", self.state.clone());
            add("open", self.open.map(|value| value.to_string()));
            add("overdue", self.overdue.map(|value| value.to_string()));
            add("agency", self.agency.clone());
            add("incident", self.incident.map(|value| value.to_string()));
            add("category", self.category.clone());
            add("channel", self.channel.clone());
            next
        });
        Page { items, next }
    }
}

/// Query of a list whose things have codes: a centre's own, a few dozen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeQuery {
    limit: Option<u32>,
    after: Option<String>,
}

impl CodeQuery {
    /// One page of all the things, in their own order; without a limit as many as a page may have.
    ///
    /// # Errors
    /// 400 for a limit or a cursor that is none.
    pub fn page<T>(&self, path: &str, all: Vec<T>, code: impl Fn(&T) -> &str) -> Result<Page<T>, ApiError> {
        let limit = self.limit.unwrap_or(LARGEST_LIMIT);
        if !(1..=LARGEST_LIMIT).contains(&limit) {
            let detail = format!("limit must be from 1 to {LARGEST_LIMIT}");
            return Err(ApiError::bad_parameter("limit", detail));
        }
        let from = match &self.after {
            None => 0,
            Some(after) => {
                let at = all.iter().position(|thing| code(thing) == after);
                at.ok_or_else(|| ApiError::bad_parameter("after", "take the cursor from `next` as it is"))?
                    + 1
            }
        };
        let mut items: Vec<T> = all.into_iter().skip(from).collect();
        let length = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = items.len() > length;
        items.truncate(length);
        let next =
            items.last().filter(|_| more).map(|last| format!("{path}?limit={limit}&after={}", code(last)));
        Ok(Page { items, next })
    }
}

/// Takes one page out of things held in memory, newest first.
pub fn take_page<T>(
    mut things: Vec<(i64, Uuid, T)>,
    after: Option<(i64, Uuid)>,
    limit: u32,
) -> (Vec<T>, Option<(i64, Uuid)>) {
    things.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
    let page: Vec<(i64, Uuid, T)> = things
        .into_iter()
        .filter(|(at, id, _)| after.is_none_or(|after| (*at, *id) < after))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect();
    let last = page.last().map(|(at, id, _)| (*at, *id));
    (page.into_iter().map(|(_, _, thing)| thing).collect(), last)
}
