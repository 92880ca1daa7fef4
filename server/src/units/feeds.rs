//! What trackers and phones send, as their own programs write it: Traccar's forwarded positions, OwnTracks
//! over HTTP. Read leniently (these grow fields with every release), turned into a fix as we tell it.
//!
//! Pure. Whether the fix can be used is asked in [`super::fix`].

use kentongan_domain::ids::{EpochUs, SECOND_US};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fix::Told;

/// A knot in km/h.
const KNOT_KMH: f64 = 1.852;

/// What a device told of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// What it calls itself, the surest name first.
    pub devices: Vec<String>,
    /// Where it is; none when it does not know (no satellites).
    pub told: Option<Told>,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// JSON pointer to what is wrong.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}

#[derive(Deserialize)]
struct Traccar {
    position: TraccarPosition,
    device: TraccarDevice,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TraccarDevice {
    unique_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TraccarPosition {
    latitude: f64,
    longitude: f64,
    fix_time: TraccarTime,
    /// Metres; 0 when the device does not tell.
    accuracy: Option<f64>,
    /// Knots.
    speed: Option<f64>,
    course: Option<f64>,
    /// Whether the device has a fix.
    valid: Option<bool>,
}

/// As Traccar is set up: a text, or milliseconds.
#[derive(Deserialize)]
#[serde(untagged)]
enum TraccarTime {
    Text(String),
    Milliseconds(i64),
}

impl TraccarTime {
    fn epoch_us(&self) -> Result<EpochUs, Unreadable> {
        match self {
            Self::Text(text) => {
                text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_microsecond).map_err(|error| {
                    Unreadable { pointer: "/position/fixTime".to_owned(), detail: error.to_string() }
                })
            }
            Self::Milliseconds(at) => Ok(at.saturating_mul(1_000)),
        }
    }
}

/// Reads one of Traccar's forwarded positions (`forward.type = json`).
///
/// # Errors
/// [`Unreadable`].
pub fn traccar(json: &str) -> Result<Feed, Unreadable> {
    let Traccar { position, device } = read(json)?;
    let told = Told {
        lat: position.latitude,
        lon: position.longitude,
        accuracy_m: position.accuracy.filter(|metres| *metres != 0.0),
        at: position.fix_time.epoch_us()?,
        speed_kmh: position.speed.map(|knots| knots * KNOT_KMH),
        heading: position.course,
    };
    Ok(Feed { devices: vec![device.unique_id], told: position.valid.unwrap_or(true).then_some(told) })
}

#[derive(Deserialize)]
struct OwnTracksKind {
    #[serde(rename = "_type")]
    kind: String,
}

#[derive(Deserialize)]
struct OwnTracks {
    lat: f64,
    lon: f64,
    /// Seconds since 1970.
    tst: i64,
    /// Metres; 0 when the phone does not tell.
    acc: Option<f64>,
    /// Kilometres an hour.
    vel: Option<f64>,
    cog: Option<f64>,
    tid: Option<String>,
    topic: Option<String>,
}

/// Reads one message of OwnTracks in HTTP mode; none for those that tell no position. `user` and `device`
/// are what the app says of itself in headers.
///
/// # Errors
/// [`Unreadable`].
pub fn owntracks(json: &str, user: Option<&str>, device: Option<&str>) -> Result<Option<Feed>, Unreadable> {
    let OwnTracksKind { kind } = read(json)?;
    if kind != "location" {
        return Ok(None);
    }
    let said: OwnTracks = read(json)?;
    // owntracks/user/device, as over MQTT.
    let topic = said.topic.as_deref().map(|topic| topic.strip_prefix("owntracks/").unwrap_or(topic));
    let headers = user.zip(device).map(|(user, device)| format!("{user}/{device}"));
    let devices = topic.map(str::to_owned).into_iter().chain(headers).chain(said.tid).collect();
    let told = Told {
        lat: said.lat,
        lon: said.lon,
        accuracy_m: said.acc.filter(|metres| *metres != 0.0),
        at: said.tst.saturating_mul(SECOND_US),
        speed_kmh: said.vel,
        heading: said.cog,
    };
    Ok(Some(Feed { devices, told: Some(told) }))
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    let mut reader = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let pointer = if path == "." { String::new() } else { format!("/{}", path.replace('.', "/")) };
        Unreadable { pointer, detail: error.into_inner().to_string() }
    })
}

#[cfg(test)]
mod tests;
