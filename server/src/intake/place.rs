//! Where a contact is: every claim kept, one chosen by the fixed order of [`ClaimSource`], and the
//! administrative area looked up from the polygons.
//!
//! Words that fit several places choose none: a person does.

use kentongan_domain::place::{ClaimSource, LocationClaim, Place};
use kentongan_geography::{Atlas, Candidate, LatLon, PlaceKind};
use kentongan_protocol::answers::PlaceCandidate;

use super::understand::Heard;

/// Candidates shown at most.
const CANDIDATES: usize = 8;

/// Where a contact is.
#[derive(Debug, Default)]
pub struct Located {
    /// The place in use.
    pub place: Place,
    /// Every claim.
    pub claims: Vec<LocationClaim>,
    /// What the words may mean.
    pub candidates: Vec<PlaceCandidate>,
    /// Whether the words fit several places.
    pub ambiguous: bool,
}

/// Locates a contact.
pub fn locate(atlas: &Atlas, heard: &Heard<'_>) -> Located {
    let near = heard.claim.and_then(|claim| LatLon::new(claim.lat, claim.lon).ok());
    let mut found =
        heard.place_text.map(|words| atlas.find_in_text(words, near, CANDIDATES)).unwrap_or_default();
    if found.candidates.is_empty() {
        found = atlas.find_in_text(heard.text, near, CANDIDATES);
    }
    let mut claims: Vec<LocationClaim> = heard.claim.into_iter().cloned().collect();
    let spoken = found.candidates.first().filter(|_| !found.ambiguous);
    if let Some(candidate) = spoken {
        claims.push(LocationClaim {
            lat: candidate.lat,
            lon: candidate.lon,
            accuracy_m: Some(reach_m(candidate.kind)),
            source: ClaimSource::Spoken,
            claimed_at: heard.now,
        });
    }
    let chosen = claims.iter().min_by_key(|claim| claim.source).cloned();
    let mut place = chosen.as_ref().map(|claim| place_of(atlas, claim)).unwrap_or_default();
    if let Some(candidate) = spoken
        && place.source == Some(ClaimSource::Spoken)
    {
        place.label = Some(candidate.name.clone());
        named_area(&mut place, candidate);
    }
    if chosen.is_none() {
        place = common_regency(&found.candidates);
    }
    Located {
        place,
        claims,
        ambiguous: found.ambiguous,
        candidates: found.candidates.into_iter().map(shown).collect(),
    }
}

/// How far from its point a named place reaches, in metres: half of a usual street, village, district.
const fn reach_m(kind: PlaceKind) -> f64 {
    match kind {
        PlaceKind::Landmark => 150.0,
        PlaceKind::Street => 500.0,
        PlaceKind::Village => 1_000.0,
        PlaceKind::District => 4_000.0,
    }
}

/// The area that a point lies in.
pub fn place_of(atlas: &Atlas, claim: &LocationClaim) -> Place {
    let mut place = Place {
        lat: Some(claim.lat),
        lon: Some(claim.lon),
        accuracy_m: claim.accuracy_m,
        source: Some(claim.source),
        ..Place::default()
    };
    let Ok(point) = LatLon::new(claim.lat, claim.lon) else { return place };
    let area = atlas.jurisdiction(point, claim.accuracy_m);
    place.confidence = Some(area.confidence);
    if let Some(village) = area.village {
        place.village_code = Some(village.code);
        place.village = Some(village.name);
        place.district = Some(village.district);
        place.regency = Some(village.regency);
        place.regency_code = Some(village.regency_code);
    }
    place
}

/// A name tells its area better than the middle point that stands for it.
fn named_area(place: &mut Place, candidate: &Candidate) {
    if candidate.regency_code.is_some() {
        place.village_code.clone_from(&candidate.village_code);
        place.village.clone_from(&candidate.village);
        place.district.clone_from(&candidate.district);
        place.regency.clone_from(&candidate.regency);
        place.regency_code.clone_from(&candidate.regency_code);
        place.confidence = Some(candidate.score.clamp(0.0, 1.0));
    }
}

/// When several places fit but all lie in one regency, at least that is known: agencies follow from it.
fn common_regency(candidates: &[Candidate]) -> Place {
    let Some(first) = candidates.first() else { return Place::default() };
    if first.regency_code.is_none() || candidates.iter().any(|other| other.regency_code != first.regency_code)
    {
        return Place::default();
    }
    Place { regency: first.regency.clone(), regency_code: first.regency_code.clone(), ..Place::default() }
}

/// A candidate for people's eyes.
pub fn shown(candidate: Candidate) -> PlaceCandidate {
    let wire = |value: serde_json::Result<serde_json::Value>| match value {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    };
    PlaceCandidate {
        kind: wire(serde_json::to_value(candidate.kind)),
        reason: wire(serde_json::to_value(candidate.match_reason)),
        name: candidate.name,
        village: candidate.village,
        district: candidate.district,
        regency: candidate.regency,
        lat: candidate.lat,
        lon: candidate.lon,
        score: candidate.score,
    }
}
