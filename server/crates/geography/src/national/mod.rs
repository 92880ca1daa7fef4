//! The names of the whole country: provinces, regencies, districts and villages with a point each.
//!
//! Reaches beyond a centre's own map, for callers who are elsewhere than they should be. Holds no
//! polygon, so it never says whose area a point is, only which named area is near.

mod code;
mod file;
mod home;
mod mentions;
mod search;
mod spellings;

use std::collections::HashMap;

pub(crate) use code::AreaCode;
pub use file::NationalReport;
pub(crate) use home::Home;
pub(crate) use mentions::NationalMention;

use crate::error::GeographyError;
use crate::place::{Candidate, MatchReason, PlaceKind};
use crate::point::LatLon;
use crate::words::{name_words, sound, words};
use spellings::Spellings;

/// One area.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub code: AreaCode,
    name_start: u32,
    name_length: u16,
    pub at: LatLon,
}

/// A national gazetteer.
#[derive(Debug, Clone, Default)]
pub struct NationalGazetteer {
    /// In code order.
    areas: Vec<Area>,
    names: String,
    spellings: Spellings,
    /// The words of every area above a village, for telling same-named villages apart.
    above: HashMap<AreaCode, Box<str>>,
}

impl NationalGazetteer {
    /// Reads a gazetteer (CSV: code, name, lat, lng).
    ///
    /// # Errors
    /// [`GeographyError::National`] when the heading lacks a column, or no row can be used.
    pub fn from_csv(text: &str) -> Result<(Self, NationalReport), GeographyError> {
        let (mut rows, report) = file::read(text)?;
        rows.sort_by_key(|row| row.code);
        let mut national = Self::default();
        let mut spelt: Vec<(String, u32)> = Vec::with_capacity(rows.len() + 600);
        for (row, number) in rows.iter().zip(0..) {
            let kind = row.code.kind();
            if kind != PlaceKind::Village {
                let above: Vec<String> = words(&row.name).into_iter().map(|word| word.text).collect();
                national.above.insert(row.code, above.join(" ").into_boxed_str());
            }
            let folded = name_words(&row.name);
            spelt.push((sound(&folded.concat()), number));
            // A city is called by its name alone too.
            if kind == PlaceKind::Regency && folded.first().is_some_and(|word| word == "kota") {
                spelt.push((sound(&folded.iter().skip(1).map(String::as_str).collect::<String>()), number));
            }
            national.areas.push(Area {
                code: row.code,
                name_start: u32::try_from(national.names.len()).unwrap_or(u32::MAX),
                name_length: u16::try_from(row.name.len()).unwrap_or(u16::MAX),
                at: row.at,
            });
            national.names.push_str(&row.name);
        }
        national.spellings = Spellings::new(spelt);
        national.names.shrink_to_fit();
        Ok((national, report))
    }

    /// Number of areas.
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Number of different spellings among the names.
    pub fn spellings(&self) -> usize {
        self.spellings.len()
    }

    pub(crate) fn area(&self, number: u32) -> Option<&Area> {
        self.areas.get(number as usize)
    }

    pub(crate) fn name(&self, area: &Area) -> &str {
        let start = area.name_start as usize;
        self.names.get(start..start + usize::from(area.name_length)).unwrap_or_default()
    }

    fn by_code(&self, code: AreaCode) -> Option<&Area> {
        let at = self.areas.binary_search_by_key(&code, |area| area.code).ok()?;
        self.areas.get(at)
    }

    fn name_of(&self, code: AreaCode) -> Option<String> {
        self.by_code(code).map(|area| self.name(area).to_owned())
    }

    /// The words of the areas around one: its district, regency and province, with spaces around each.
    pub(crate) fn around(&self, code: AreaCode) -> impl Iterator<Item = &str> {
        let above = [code.district(), code.regency(), code.province()];
        let above = above.into_iter().filter(move |other| *other != code);
        above.filter_map(|other| self.above.get(&other)).flat_map(|words| words.split(' '))
    }

    /// Name and code of the nearest regency that is not on a centre's map.
    pub(crate) fn nearest_regency(&self, at: LatLon, home: &Home) -> Option<(String, String)> {
        let beyond =
            self.areas.iter().filter(|area| area.code.kind() == PlaceKind::Village && !home.has(area.code));
        let code = nearest_of(beyond, at)?.code.regency();
        Some((self.name_of(code)?, code.to_string()))
    }

    /// The area nearest to a point of all villages (or, where none is, of all areas).
    pub fn nearest(&self, at: LatLon) -> Option<Candidate> {
        let villages = self.areas.iter().filter(|area| area.code.kind() == PlaceKind::Village);
        let nearest = nearest_of(villages, at).or_else(|| nearest_of(self.areas.iter(), at))?;
        Some(self.candidate(nearest, 1.0, MatchReason::Nearest, "", Some(at)))
    }

    /// An area as an answer.
    pub(crate) fn candidate(
        &self,
        area: &Area,
        score: f64,
        match_reason: MatchReason,
        matched: &str,
        near: Option<LatLon>,
    ) -> Candidate {
        let (code, kind) = (area.code, area.code.kind());
        let name = self.name(area).to_owned();
        let village = (kind == PlaceKind::Village).then(|| (name.clone(), code.to_string()));
        let district =
            (kind <= PlaceKind::District).then(|| (self.name_of(code.district()), code.district()));
        let regency = (kind <= PlaceKind::Regency).then(|| (self.name_of(code.regency()), code.regency()));
        Candidate {
            name,
            kind,
            village: village.as_ref().map(|(name, _)| name.clone()),
            village_code: village.map(|(_, code)| code),
            district: district.as_ref().and_then(|(name, _)| name.clone()),
            district_code: district.map(|(_, code)| code.to_string()),
            regency: regency.as_ref().and_then(|(name, _)| name.clone()),
            regency_code: regency.map(|(_, code)| code.to_string()),
            lat: area.at.lat(),
            lon: area.at.lon(),
            score: (score.clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0,
            match_reason,
            matched: matched.to_owned(),
            distance_m: near.map(|near| near.distance_m(area.at).round()),
        }
    }
}

fn nearest_of<'a>(areas: impl Iterator<Item = &'a Area>, at: LatLon) -> Option<&'a Area> {
    // Squares of degrees order well enough to find the nearest.
    let stretch = at.lat().to_radians().cos();
    let square = |area: &Area| {
        let (north, east) = (area.at.lat() - at.lat(), (area.at.lon() - at.lon()) * stretch);
        north * north + east * east
    };
    areas.min_by(|a, b| square(a).total_cmp(&square(b)))
}
