//! The answers of a place search: candidates with everything a person needs to tell them apart.
//!
//! Names are not unique (eight villages exist in both Kota and Kabupaten Kediri), so an answer is
//! always a list, each entry with district and regency. Nothing here picks one.

use serde::{Deserialize, Serialize};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A building, bridge, market, station, monument …
    Landmark,
    /// A street; its position is somewhere on it.
    Street,
    /// A desa or kelurahan; its position is its label point.
    Village,
    /// A kecamatan; its position is the middle of its villages.
    District,
    /// A kabupaten or kota; its position says no more than that it is there.
    Regency,
    /// A province, likewise.
    Province,
}

/// Why a candidate was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MatchReason {
    /// The words are its name.
    Exact,
    /// The words are another name of it.
    Alias,
    /// Its name begins with the words.
    Prefix,
    /// Its name in another spelling: oe for u, dj for j, a letter doubled.
    Spelling,
    /// Some of the words are in its name, the rest in its district's or regency's.
    Words,
    /// Its name is one or two letters away.
    Typo,
    /// No words led to it: of all named places it is the nearest.
    Nearest,
}

/// One place that may be meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Name of the village it lies in (or is); `None` for a district or a place off the map.
    pub village: Option<String>,
    /// Code of that village.
    pub village_code: Option<String>,
    /// Name of the district it lies in (or is).
    pub district: Option<String>,
    /// Code of that district.
    pub district_code: Option<String>,
    /// Name of the regency or city it lies in.
    pub regency: Option<String>,
    /// Code of that regency.
    pub regency_code: Option<String>,
    /// Latitude in degrees.
    pub lat: f64,
    /// Longitude in degrees.
    pub lon: f64,
    /// 0 to 1: how well the words fit; comparable inside one answer only.
    pub score: f64,
    /// Why it was found.
    pub match_reason: MatchReason,
    /// The words that led to it, as compared (lower case, abbreviations spelt out).
    pub matched: String,
    /// Metres from the position the search was asked near, if there was one.
    pub distance_m: Option<f64>,
}

/// The places a free text mentions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct TextPlaces {
    /// The candidates, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// Whether a person must choose: a candidate in another district is nearly as likely as the
    /// first, or the first is itself no more than a guess (a misspelt or everyday word).
    pub ambiguous: bool,
}

/// Scores this close to each other do not decide between two places.
const CLOSE: f64 = 0.1;

/// Of one name in two areas the better must be better by this much more: a district of a name is no surer than
/// a village of that name.
const SAME_NAME: f64 = 0.14;

/// A best score below this is a guess: a name found exactly as written begins at 0.6.
const GUESS: f64 = 0.6;

impl TextPlaces {
    /// Reckons `ambiguous` from all ranked candidates, then cuts them to `limit`.
    pub(crate) fn from_ranked(candidates: Vec<Candidate>, limit: usize) -> Self {
        let ambiguous = candidates.first().is_some_and(|best| {
            best.score < GUESS
                || candidates.iter().skip(1).any(|other| {
                    let close = if other.name == best.name { SAME_NAME } else { CLOSE };
                    other.score > best.score - close - 1e-9
                        && (&other.district_code, &other.regency_code)
                            != (&best.district_code, &best.regency_code)
                })
        });
        Self { candidates: cut(candidates, limit), ambiguous }
    }
}

/// Namesakes shown beyond a limit at most: some names stand for more than a hundred villages, and
/// nobody reads so many; the nearest are kept.
pub(crate) const MOST_NAMESAKES: usize = 40;

/// Cuts a ranked list to `limit`, but never between places of one name and kind with nearly one score: showing one of
/// two same-named villages would be a silent choice.
pub(crate) fn cut(mut ranked: Vec<Candidate>, limit: usize) -> Vec<Candidate> {
    let Some(last) = limit.checked_sub(1).and_then(|at| ranked.get(at)).cloned() else {
        if limit == 0 {
            ranked.clear();
        }
        return ranked;
    };
    let same = |other: &Candidate| {
        other.name == last.name && other.kind == last.kind && (other.score - last.score).abs() < CLOSE + 1e-9
    };
    let mut kept = 0;
    ranked.retain(|candidate| {
        kept += 1;
        kept <= limit || same(candidate)
    });
    ranked.truncate(limit.saturating_add(MOST_NAMESAKES));
    ranked
}
