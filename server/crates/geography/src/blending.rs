//! The places of a free text from the centre's own names and the country's, as one answer.
//!
//! The centre's own come first unless the text itself says that it is elsewhere. Only weighs what the
//! two readings found; neither reading is its business.

use crate::atlas::{Atlas, by_fit_and_distance};
use crate::mentions::Found;
use crate::national::{NationalGazetteer, NationalMention};
use crate::place::{Candidate, MatchReason, PlaceKind, TextPlaces};
use crate::point::LatLon;
use crate::spoken::{Detail, SpokenPlace};
use crate::words::{Word, words};

/// Words of a text that are looked at. A report longer than this has named its place before.
const MOST_WORDS: usize = 200;

/// What one reading takes from the score of the other's finds.
mod weight {
    /// Another regency is named, and none of the centre's.
    pub const TEXT_IS_ELSEWHERE: f64 = -0.35;
    /// The centre has a place of just this name.
    pub const OWN_NAME: f64 = -0.25;
    /// What seemed one of the centre's names misspelt is another place's name spelt right.
    pub const NAME_OF_ANOTHER: f64 = -0.3;
}

/// From this score on a find of the country's names says something about the text.
const SURE: f64 = 0.5;

/// Places that the text mentions, the likeliest first; at most `limit`, except that places of the same
/// name and fit are never parted.
pub(crate) fn find_in_text(atlas: &Atlas, text: &str, near: Option<LatLon>, limit: usize) -> TextPlaces {
    let mut words = words(text);
    words.truncate(MOST_WORDS);
    let mut own = atlas.names().mentioned(&words, near);
    let Some(national) = &atlas.national else {
        return TextPlaces::from_ranked(own.into_iter().map(|found| found.candidate).collect(), limit);
    };
    let mentions = national.mentions(&words, &streets(text), &atlas.home);
    let regencies =
        || mentions.iter().filter(|one| one.code.kind() == PlaceKind::Regency && one.score >= SURE);
    let elsewhere = regencies().any(|one| !atlas.home.has(one.code))
        && !regencies().any(|one| atlas.home.has(one.code))
        && !own.iter().any(|found| found.candidate.kind == PlaceKind::District && found.faults == 0);
    let country = country_candidates(atlas, national, &own, &mentions, &words, near);
    // "Alun-alun Genteng" is not the centre's own alun-alun.
    let of_another: Vec<bool> = own
        .iter()
        .map(|thing| {
            thing.candidate.kind == PlaceKind::Landmark
                && mentions.iter().any(|one| {
                    one.start == thing.end
                        && one.score >= SURE
                        && one.code.kind() != PlaceKind::Village
                        && !atlas.home.has(one.code)
                        && !own.iter().any(|found| found.start <= one.start && one.start < found.end)
                })
        })
        .collect();
    for (found, of_another) in own.iter_mut().zip(of_another) {
        let other = mentions.iter().any(|one| {
            found.faults > 0
                && one.reason == MatchReason::Exact
                && one.start < found.end
                && found.start < one.end
                && atlas.home.is_in_province(one.code)
                && (one.code.kind() != PlaceKind::Village || one.score >= SURE)
        });
        let taken = if elsewhere || of_another { weight::TEXT_IS_ELSEWHERE } else { 0.0 }
            + if other { weight::NAME_OF_ANOTHER } else { 0.0 };
        lower(&mut found.candidate, taken);
    }
    let mut all: Vec<Candidate> = own.into_iter().map(|found| found.candidate).chain(country).collect();
    all.sort_by(by_fit_and_distance);
    TextPlaces::from_ranked(all, limit)
}

/// What the country's names add, the nearest of equals first.
fn country_candidates(
    atlas: &Atlas,
    national: &NationalGazetteer,
    own: &[Found],
    mentions: &[NationalMention],
    words: &[Word],
    near: Option<LatLon>,
) -> Vec<Candidate> {
    let mut candidates: Vec<(f64, Candidate)> = mentions
        .iter()
        .filter(|one| !atlas.home.knows(one.code))
        .filter_map(|one| {
            let area = national.area(one.area)?;
            let matched: Vec<&str> =
                words.get(one.start..one.end)?.iter().map(|word| word.text.as_str()).collect();
            let mut candidate = national.candidate(area, one.score, one.reason, &matched.join(" "), near);
            let is_own =
                own.iter().any(|found| found.faults == 0 && one.start < found.end && found.start < one.end);
            if is_own && !one.told {
                lower(&mut candidate, weight::OWN_NAME);
            }
            let away = near.or(atlas.home.middle).map_or(0.0, |from| from.distance_m(area.at));
            Some((away, candidate))
        })
        .collect();
    candidates.sort_by(|a, b| by_fit_and_distance(&a.1, &b.1).then_with(|| a.0.total_cmp(&b.0)));
    candidates.into_iter().map(|(_, candidate)| candidate).collect()
}

fn lower(candidate: &mut Candidate, by: f64) {
    candidate.score = ((candidate.score + by).clamp(0.0, 1.0) * 1_000.0).round() / 1_000.0;
}

/// The stretches of bytes that name streets and alleys.
fn streets(text: &str) -> Vec<(usize, usize)> {
    let parts = SpokenPlace::parse(text).parts.into_iter();
    parts
        .filter(|part| matches!(part.detail, Detail::Street { .. } | Detail::Gang { .. }))
        .map(|part| (part.start, part.end))
        .collect()
}
