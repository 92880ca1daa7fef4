//! Where units are, as devices and crews tell it; and where one was.
//!
//! Each address takes one position or an array of them. Alone, one that cannot be used is an error like
//! any other; in an array it is told with its place, and the others count.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kentongan_domain::ids::EpochUs;
use kentongan_protocol::page::Page;
use kentongan_protocol::units::{PositionsTaken, RefusedPosition, TellPosition, TrackPoint};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::App;
use super::body;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::{Path, Query};
use super::reports::instant;
use super::units::find;
use crate::platform::Platform;
use crate::units::feeds::{self, Feed, Unreadable};
use crate::units::{Bound, Outcome, Told, Unusable};

/// Where a refusal is told to a phone that could only send the same again and again.
const REFUSED: HeaderName = HeaderName::from_static("x-kentongan-refused");
/// The longest part of a track that is answered at once: a day (µs).
const LONGEST_TRACK_US: EpochUs = 24 * 3_600 * 1_000_000;
/// What is answered of a track when nothing is said: an hour (µs).
const USUAL_TRACK_US: EpochUs = 3_600 * 1_000_000;
/// Points of a track at once.
const TRACK_POINTS: u32 = 1_000;

/// A body as it came, bounded.
pub struct Raw(Bytes);

impl<S: Sync> FromRequest<S> for Raw {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        Ok(Self(body::read(request.into_body()).await?))
    }
}

/// Where the parts of a fix stand in what was sent: latitude, longitude, accuracy, instant.
type Pointers = [&'static str; 4];

const OURS: Pointers = ["/lat", "/lon", "/accuracy_m", "/at"];
const TRACCAR: Pointers =
    ["/position/latitude", "/position/longitude", "/position/accuracy", "/position/fixTime"];
const OWNTRACKS: Pointers = ["/lat", "/lon", "/acc", "/tst"];

/// `POST …/units/{id}/position`.
pub async fn tell(
    State(app): State<App>,
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
    Raw(bytes): Raw,
) -> Result<axum::Json<PositionsTaken>, ApiError> {
    may_tell(&caller, &code)?;
    let taken = take_all(&app, &bytes, |json, now| {
        let body: TellPosition = body::parse(json.as_bytes())?;
        let at = body.at.map(|at| instant(at, "/at")).transpose()?.unwrap_or(now);
        let told = Told {
            lat: body.lat,
            lon: body.lon,
            accuracy_m: body.accuracy_m,
            at,
            speed_kmh: body.speed_kmh,
            heading: body.heading,
        };
        put(&caller, &code, &told, now, OURS).map(Some)
    });
    taken.map(axum::Json)
}

/// `POST …/positions/traccar`.
pub async fn traccar(
    State(app): State<App>,
    caller: Caller,
    Raw(bytes): Raw,
) -> Result<axum::Json<PositionsTaken>, ApiError> {
    let bound = bound(&caller).await?;
    let taken = take_all(&app, &bytes, |json, now| {
        of_feed(&caller, &bound, feeds::traccar(json).map_err(unreadable)?, now, TRACCAR)
    });
    taken.map(axum::Json)
}

/// `POST …/positions/owntracks`. The app sends what was refused again and again before anything else, so a
/// position that can never be used is answered like one that was taken, and told in a header. A device that
/// nobody bound is an error: bound, what waits in the phone still comes.
pub async fn owntracks(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Result<Response, ApiError> {
    let nothing = || axum::Json::<[u8; 0]>([]).into_response();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        // Where MQTT would clear a topic.
        return Ok(nothing());
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (user, device) = (header("x-limit-u"), header("x-limit-d"));
    let bound = bound(&caller).await?;
    let taken = take_all(&app, &bytes, |json, now| {
        match feeds::owntracks(json, user, device).map_err(unreadable)? {
            Some(feed) => of_feed(&caller, &bound, feed, now, OWNTRACKS),
            None => Ok(None),
        }
    });
    let detail = match taken {
        Ok(taken) => taken.refused.into_iter().next().map(|first| first.detail),
        Err(error) if error.status() == StatusCode::UNPROCESSABLE_ENTITY => Some(error.detail().to_owned()),
        Err(error) => return Err(error),
    };
    let mut response = nothing();
    if let Some(value) = detail.and_then(|detail| HeaderValue::from_str(&detail).ok()) {
        response.headers_mut().insert(REFUSED, value);
    }
    Ok(response)
}

/// Takes one position or an array of them; `take` answers what became of one, none when it told no place.
fn take_all(
    app: &App,
    bytes: &[u8],
    take: impl Fn(&str, EpochUs) -> Result<Option<Outcome>, ApiError>,
) -> Result<PositionsTaken, ApiError> {
    let now = Platform.now();
    let mut taken = PositionsTaken::default();
    let text = std::str::from_utf8(bytes).map_err(|_| ApiError::malformed("the body is not UTF-8"))?;
    let alone = !text.trim_start().starts_with('[');
    let items: Vec<&RawValue> = if alone { vec![json(text)?] } else { json(text)? };
    for (index, item) in (0_u32..).zip(items) {
        match take(item.get(), now) {
            Ok(Some(Outcome::Moved)) => taken.taken += 1,
            Ok(Some(Outcome::Older)) => taken.older += 1,
            Ok(None) => taken.no_fix += 1,
            Ok(Some(Outcome::Unknown)) => return Err(ApiError::not_found("the unit")),
            Err(error) if alone || error.status().is_server_error() => {
                app.metrics.positions("refused", 1);
                return Err(error);
            }
            Err(error) => taken.refused.push(RefusedPosition {
                index,
                code: error.code().to_owned(),
                pointer: error.pointer().map(str::to_owned),
                detail: error.detail().to_owned(),
            }),
        }
    }
    let refused = u32::try_from(taken.refused.len()).unwrap_or(u32::MAX);
    let counts =
        [("taken", taken.taken), ("older", taken.older), ("no_fix", taken.no_fix), ("refused", refused)];
    for (outcome, count) in counts {
        app.metrics.positions(outcome, count);
    }
    Ok(taken)
}

fn json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, ApiError> {
    serde_json::from_str(text).map_err(|error| ApiError::malformed(format!("the body is not JSON: {error}")))
}

fn unreadable(error: Unreadable) -> ApiError {
    ApiError::invalid(error.pointer, error.detail)
}

async fn bound(caller: &Caller) -> Result<Bound, ApiError> {
    let centre = &caller.centre;
    Ok(centre.units.devices.bound(&centre.store, &centre.code).await?)
}

fn of_feed(
    caller: &Caller,
    bound: &Bound,
    feed: Feed,
    now: EpochUs,
    pointers: Pointers,
) -> Result<Option<Outcome>, ApiError> {
    let unit = feed.devices.iter().find_map(|device| bound.get(device));
    // Whose device it is, is not told to whom it does not belong.
    let unit = unit.filter(|unit| may_tell(caller, unit).is_ok());
    let unit = unit.ok_or_else(|| ApiError::not_found("a unit with this device"))?;
    feed.told.map(|told| put(caller, unit, &told, now, pointers)).transpose()
}

fn put(
    caller: &Caller,
    unit: &str,
    told: &Told,
    now: EpochUs,
    pointers: Pointers,
) -> Result<Outcome, ApiError> {
    let fix = told.check(now).map_err(|error| {
        let [lat, lon, accuracy, at] = pointers;
        let pointer = match error {
            Unusable::Latitude => lat,
            Unusable::Longitude => lon,
            Unusable::Accuracy => accuracy,
            Unusable::Future { .. } | Unusable::Ancient { .. } => at,
        };
        ApiError::invalid(pointer, error.to_string())
    })?;
    Ok(caller.centre.units.positions.put(unit, fix, now))
}

/// An agency tells of its own units, the desk and a gateway of any.
fn may_tell(caller: &Caller, unit: &str) -> Result<(), ApiError> {
    let agency = caller.centre.units.positions.agency_of(unit);
    let own = |agency: &str| !caller.is_agency() || caller.grant.agency.as_deref() == Some(agency);
    if agency.is_some_and(own) { Ok(()) } else { Err(ApiError::not_found("the unit")) }
}

/// Query of a track.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackQuery {
    from: Option<EpochUs>,
    to: Option<EpochUs>,
}

/// `GET …/units/{id}/track`.
pub async fn track(
    caller: Caller,
    Path((_, code)): Path<(String, String)>,
    Query(query): Query<TrackQuery>,
) -> Result<axum::Json<Page<TrackPoint>>, ApiError> {
    find(&caller, &code)?;
    let to = query.to.unwrap_or_else(|| Platform.now().saturating_add(1));
    let from = query.from.unwrap_or_else(|| to.saturating_sub(USUAL_TRACK_US));
    if from >= to || to.saturating_sub(from) > LONGEST_TRACK_US {
        let detail = "from must lie before to, by a day at most; both are epoch microseconds";
        return Err(ApiError::bad_parameter("from", detail));
    }
    let centre = &caller.centre;
    let rows = centre.store.track(&centre.code, &code, from..to, TRACK_POINTS).await?;
    let full = u32::try_from(rows.len()).is_ok_and(|count| count >= TRACK_POINTS);
    let next = rows.last().filter(|_| full).map(|last| {
        let after = last.at.saturating_add(1);
        format!("/api/v1/centres/{}/units/{code}/track?from={after}&to={to}", centre.code)
    });
    let items = rows
        .into_iter()
        .map(|row| TrackPoint {
            at: row.at,
            lat: row.lat,
            lon: row.lon,
            accuracy_m: row.accuracy_m,
            speed_kmh: row.speed_kmh,
            heading: row.heading,
        })
        .collect();
    Ok(axum::Json(Page { items, next }))
}
