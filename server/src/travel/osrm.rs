//! Travel times from an OSRM-compatible server's table service (`/table/v1/driving/…`), one request a question:
//! bounded in size and time, never repeated, left alone for a while when it keeps failing.
//!
//! Only coordinates of units and of the place go there, and no other word of the incident.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use async_trait::async_trait;
use kentongan_domain::recommend::{Travel, TravelPolicy, TravelSource};
use kentongan_geography::LatLon;
use parking_lot::Mutex;
use serde::Deserialize;

use super::detour::{estimate_ms, estimates};
use super::{FellBack, Times, TravelTimes, Trip};
use crate::platform::Platform;

/// How long the server may take, connecting included.
const ANSWER_WITHIN: Duration = Duration::from_millis(800);
/// Units asked about at most: OSRM's own bound is 100 coordinates a table. Those nearest by air are asked.
const UNITS_ASKED: usize = 90;
/// The largest answer read, in bytes: 90 rows of one number each.
const ANSWER_BYTES: usize = 64 * 1024;
/// A longer trip is no answer, in seconds: two days.
const LONGEST_S: f64 = 172_800.0;
/// Failures in a row after which it is left alone.
const FAILURES: u32 = 3;
/// How long it is left alone.
const REST: Duration = Duration::from_secs(15);

/// An OSRM-compatible server.
#[derive(Debug)]
pub struct Osrm {
    client: reqwest::Client,
    /// Without a slash at the end.
    base: String,
    health: Mutex<Health>,
}

/// How it did lately.
#[derive(Debug, Default)]
struct Health {
    failures: u32,
    since: Option<Instant>,
}

/// The table service's answer, as far as it is read.
#[derive(Deserialize)]
struct Table {
    code: String,
    #[serde(default)]
    durations: Vec<Vec<Option<f64>>>,
}

impl Osrm {
    /// A server at this address, e.g. `http://osrm.kediri.internal:5000`.
    ///
    /// # Errors
    /// When it is no http or https address, or the TLS library cannot start.
    pub fn new(url: &str) -> anyhow::Result<Self> {
        let parsed = reqwest::Url::parse(url).with_context(|| format!("osrm_url: {url} is no address"))?;
        let plain = parsed.query().is_none() && parsed.fragment().is_none();
        anyhow::ensure!(
            matches!(parsed.scheme(), "http" | "https") && plain,
            "osrm_url must be http or https, without ? and #"
        );
        let client = reqwest::Client::builder()
            .timeout(ANSWER_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("kentongan")
            .build()?;
        Ok(Self { client, base: url.trim_end_matches('/').to_owned(), health: Mutex::default() })
    }

    async fn ask(&self, from: &[LatLon], to: LatLon) -> Result<Vec<Travel>, FellBack> {
        let mut response = self.client.get(table_url(&self.base, from, to)).send().await.map_err(why)?;
        let status = response.status();
        if !status.is_success() {
            return Err(FellBack::Status(status.as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(why)? {
            bytes.extend_from_slice(&part);
            if bytes.len() > ANSWER_BYTES {
                return Err(FellBack::Malformed);
            }
        }
        read_table(&bytes, from.len())
    }

    fn is_resting(&self) -> bool {
        let health = self.health.lock();
        health.failures >= FAILURES && health.since.is_some_and(|since| Platform.since(since) < REST)
    }

    /// Notes how it went; tells it once when the server is left alone from now on.
    fn note(&self, failure: Option<FellBack>) {
        let mut health = self.health.lock();
        let Some(error) = failure else {
            *health = Health::default();
            return;
        };
        health.failures = health.failures.saturating_add(1);
        health.since = Some(Platform.monotonic());
        if health.failures == FAILURES {
            tracing::warn!(
                reason = error.code(),
                "the road server keeps failing: travel times are estimated"
            );
        }
    }
}

fn why(error: reqwest::Error) -> FellBack {
    if error.is_timeout() { FellBack::Timeout } else { FellBack::Unreachable }
}

/// Every unit to the one place, which is the last coordinate.
fn table_url(base: &str, from: &[LatLon], to: LatLon) -> String {
    let mut url = format!("{base}/table/v1/driving/");
    for point in from.iter().chain([&to]) {
        // Writing to a text cannot fail.
        let _ = write!(url, "{:.6},{:.6};", point.lon(), point.lat());
    }
    url.pop();
    let sources: Vec<String> = (0..from.len()).map(|index| index.to_string()).collect();
    let _ = write!(url, "?sources={}&destinations={}&annotations=duration", sources.join(";"), from.len());
    url
}

/// The durations of an answer to so many units.
fn read_table(bytes: &[u8], units: usize) -> Result<Vec<Travel>, FellBack> {
    let table: Table = serde_json::from_slice(bytes).map_err(|_| FellBack::Malformed)?;
    if table.code != "Ok" {
        return Err(if table.code == "NoTable" || table.code == "NoSegment" {
            FellBack::NoRoute
        } else {
            FellBack::Malformed
        });
    }
    let read = |row: &Vec<Option<f64>>| match row.as_slice() {
        [None] => Ok(Travel::NoRoad),
        [Some(seconds)] if (0.0..=LONGEST_S).contains(seconds) => {
            let ms = (seconds * 1_000.0).round() as i64;
            Ok(Travel::Takes { ms, source: TravelSource::Road })
        }
        _ => Err(FellBack::Malformed),
    };
    let times: Vec<Travel> = table.durations.iter().map(read).collect::<Result<_, _>>()?;
    if times.len() != units {
        return Err(FellBack::Malformed);
    }
    if times.iter().all(|time| *time == Travel::NoRoad) {
        return Err(FellBack::NoRoute);
    }
    Ok(times)
}

#[async_trait]
impl TravelTimes for Osrm {
    async fn times(&self, policy: &TravelPolicy, trips: &[Trip<'_>], to: LatLon) -> Times {
        let mut times = estimates(policy, trips, to);
        if trips.is_empty() {
            return Times { times, fell_back: None };
        }
        if self.is_resting() {
            return Times { times, fell_back: Some(FellBack::Resting) };
        }
        let mut nearest: Vec<usize> = (0..trips.len()).collect();
        nearest.sort_by_key(|index| trips.get(*index).map(|trip| estimate_ms(policy, trip, to)));
        nearest.truncate(UNITS_ASKED);
        let from: Vec<LatLon> =
            nearest.iter().filter_map(|at| trips.get(*at)).map(|trip| trip.from).collect();
        let answer = self.ask(&from, to).await;
        match &answer {
            // A place it does not know is not its failure.
            Ok(_) | Err(FellBack::NoRoute) => self.note(None),
            Err(error) => self.note(Some(*error)),
        }
        match answer {
            Ok(told) => {
                for (at, time) in nearest.into_iter().zip(told) {
                    if let Some(known) = times.get_mut(at) {
                        *known = time;
                    }
                }
                Times { times, fell_back: None }
            }
            Err(error) => Times { times, fell_back: Some(error) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn road(ms: i64) -> Travel {
        Travel::Takes { ms, source: TravelSource::Road }
    }

    #[test]
    fn tables() {
        let read = |text: &str| read_table(text.as_bytes(), 2);
        assert_eq!(
            read(r#"{"code":"Ok","durations":[[60.04],[null]],"sources":[],"fallback_speed_cells":[]}"#),
            Ok(vec![road(60_040), Travel::NoRoad])
        );
        for malformed in [
            "",
            "<html>",
            "[]",
            r#"{"code":"Ok"}"#,
            r#"{"code":"Ok","durations":[[1]]}"#,
            r#"{"code":"Ok","durations":[[1],[2],[3]]}"#,
            r#"{"code":"Ok","durations":[[1],[2,3]]}"#,
            r#"{"code":"Ok","durations":[[1],[]]}"#,
            r#"{"code":"Ok","durations":[[1],[-2]]}"#,
            r#"{"code":"Ok","durations":[[1],[1e300]]}"#,
            r#"{"code":"Ok","durations":[[1],["2"]]}"#,
            r#"{"code":"InvalidQuery","message":"no"}"#,
        ] {
            assert_eq!(read(malformed), Err(FellBack::Malformed), "{malformed}");
        }
        for unknown in [r#"{"code":"NoTable"}"#, r#"{"code":"Ok","durations":[[null],[null]]}"#] {
            assert_eq!(read(unknown), Err(FellBack::NoRoute), "{unknown}");
        }
    }

    #[test]
    fn the_address_asks_from_every_unit_to_the_one_place() {
        let at = |lat, lon| LatLon::new(lat, lon).unwrap();
        let url = table_url("http://127.0.0.1:5000", &[at(-7.8, 112.0), at(-7.9, 112.05)], at(-7.85, 112.01));
        assert_eq!(
            url,
            "http://127.0.0.1:5000/table/v1/driving/112.000000,-7.800000;112.050000,-7.900000;\
             112.010000,-7.850000?sources=0;1&destinations=2&annotations=duration"
        );
    }

    #[test]
    fn addresses() {
        crate::tls::install_provider();
        assert_eq!(Osrm::new("http://127.0.0.1:5000/osrm/").unwrap().base, "http://127.0.0.1:5000/osrm");
        for bad in ["", "osrm", "ftp://osrm", "http://osrm?x=1", "http://osrm#x"] {
            assert!(Osrm::new(bad).is_err(), "{bad}");
        }
    }
}
