//! Where a contact is: every claim kept, one chosen by the domain's stated rule ([`chosen`]), and the
//! administrative area looked up from the polygons.
//!
//! Words that fit several places choose none: a person does. Positions that stand in the words
//! (coordinates, plus codes, map links) are claims like a pin that the sender set.

use kentongan_domain::place::{ClaimSource, LocationClaim, Place, chosen};
use kentongan_geography::{Atlas, Candidate, LatLon, PlaceKind, Resolved, SpokenPoint, Verdict, Whereabouts};
use kentongan_protocol::answers::PlaceCandidate;

use super::understand::Heard;

/// Candidates shown at most.
const CANDIDATES: usize = 8;

/// Candidates whose score is this near to the best are as likely.
const CLOSE: f64 = 0.1;

/// Where a contact is.
#[derive(Debug, Default)]
pub struct Located {
    /// The place in use.
    pub place: Place,
    /// Every claim.
    pub claims: Vec<LocationClaim>,
    /// What the words may mean, and who else the place in use might belong to.
    pub candidates: Vec<PlaceCandidate>,
    /// Whether the words fit several places.
    pub ambiguous: bool,
    /// What the words say of the place.
    pub verdict: Option<Verdict>,
}

/// Locates a contact.
pub fn locate(atlas: &Atlas, heard: &Heard<'_>) -> Located {
    let near = heard.claim.and_then(|claim| LatLon::new(claim.lat, claim.lon).ok());
    let resolve = |words: &str| atlas.resolve(words, near, CANDIDATES);
    let told = heard.place_text.map(resolve);
    // A link may be pasted into the text though the place has words of its own.
    let whole = resolve(heard.text);
    let points: Vec<&SpokenPoint> = told.iter().chain([&whole]).flat_map(|one| &one.points).collect();
    let mut claims: Vec<LocationClaim> = heard.claim.into_iter().cloned().collect();
    for point in points.iter().filter(|point| point.whereabouts != Whereabouts::Abroad) {
        let claim = LocationClaim {
            lat: point.at.lat(),
            lon: point.at.lon(),
            accuracy_m: Some(point.accuracy_m),
            source: ClaimSource::Pin,
            claimed_at: heard.now,
        };
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    let mut written: Vec<PlaceCandidate> = points.iter().map(|point| position(point)).collect();
    written.dedup();
    let verdict = Some(told.as_ref().map_or(whole.verdict, |told| told.verdict));
    let nearest = points.iter().find_map(|point| point.nearest.clone());
    let known = |one: &Resolved| !one.places.candidates.is_empty();
    let found = told.filter(known).unwrap_or(whole).places;
    let spoken = found.candidates.first().filter(|_| !found.ambiguous);
    if let Some(candidate) = spoken
        && let Some(reach_m) = reach_m(candidate.kind)
    {
        claims.push(LocationClaim {
            lat: candidate.lat,
            lon: candidate.lon,
            accuracy_m: Some(reach_m),
            source: ClaimSource::Spoken,
            claimed_at: heard.now,
        });
    }
    let chosen = chosen(&claims, heard.now).cloned();
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
    let named = found.candidates.into_iter().chain(nearest).map(shown);
    let mut candidates: Vec<PlaceCandidate> = written.into_iter().chain(named).collect();
    if let Some(claim) = &chosen
        && claim.source != ClaimSource::Spoken
    {
        candidates.extend(over_the_border(atlas, claim));
    }
    Located { place, claims, ambiguous: found.ambiguous, candidates, verdict }
}

/// How far from its point a named place reaches, in metres: half of a usual street, village, district.
/// A regency's middle is no place to send anybody.
const fn reach_m(kind: PlaceKind) -> Option<f64> {
    match kind {
        PlaceKind::Landmark => Some(150.0),
        PlaceKind::Street => Some(500.0),
        PlaceKind::Village => Some(1_000.0),
        PlaceKind::District => Some(4_000.0),
        PlaceKind::Regency | PlaceKind::Province => None,
    }
}

/// A position in the words, for people's eyes; the reason says what was put right in it.
fn position(point: &SpokenPoint) -> PlaceCandidate {
    let village = point.jurisdiction.village.as_ref();
    let said = point.notes.first().and_then(|note| serde_json::to_value(note).ok());
    let said = said.as_ref().and_then(serde_json::Value::as_str).map(str::to_owned);
    PlaceCandidate {
        // Not the words: an answer is kept, and what is kept holds no words of people.
        name: format!("{:.5}, {:.5}", point.at.lat(), point.at.lon()),
        kind: "position".to_owned(),
        village: village.map(|village| village.name.clone()),
        district: village.map(|village| village.district.clone()),
        regency: village.map(|village| village.regency.clone()),
        lat: point.at.lat(),
        lon: point.at.lon(),
        score: point.jurisdiction.confidence,
        reason: said.unwrap_or_else(|| "position".to_owned()),
    }
}

/// The other regencies that a claim's circle reaches into: the place might be theirs.
fn over_the_border(atlas: &Atlas, claim: &LocationClaim) -> Vec<PlaceCandidate> {
    let Ok(point) = LatLon::new(claim.lat, claim.lon) else { return Vec::new() };
    let area = atlas.jurisdiction(point, claim.accuracy_m);
    let score = 1.0 - area.confidence;
    let others = area.alternatives.into_iter().map(|other| PlaceCandidate {
        name: other.regency.clone(),
        kind: "regency".to_owned(),
        village: None,
        district: None,
        regency: Some(other.regency),
        lat: claim.lat,
        lon: claim.lon,
        score,
        reason: "might_be".to_owned(),
    });
    others.collect()
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

/// When the likeliest places all lie in one regency, at least that is known: agencies follow from it.
fn common_regency(candidates: &[Candidate]) -> Place {
    let Some(first) = candidates.first() else { return Place::default() };
    let mut likely = candidates.iter().filter(|other| other.score > first.score - CLOSE - 1e-9);
    if first.regency_code.is_none() || likely.any(|other| other.regency_code != first.regency_code) {
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
