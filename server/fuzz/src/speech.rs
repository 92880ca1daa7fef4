//! What people say of a place: the parts of it, and where it may be.

use std::sync::{Arc, LazyLock};

use kentongan_geography::{Atlas, Candidate, Detail, LatLon, NationalGazetteer, Part, SpokenPlace, Verdict};

use super::{comes_back, is_length, is_on_earth, is_share, said};

/// Areas around a made-up town and some of their namesakes, so that the country's names are asked too.
const COUNTRY: &str = "code,name,lat,lng\n\
    35,Jawa Timur,-7.5,112.2\n\
    35.06,Kabupaten Kediri,-7.8,112.1\n\
    35.06.12,Papar,-7.69,112.08\n\
    35.06.12.2004,Papar,-7.69,112.08\n\
    35.06.12.2011,Purwotengah,-7.71,112.07\n\
    35.07,Kabupaten Malang,-8.1,112.6\n\
    35.07.01.2002,Purwotengah,-8.2,112.5\n\
    35.73,Kota Malang,-7.98,112.63\n\
    35.78,Kota Surabaya,-7.25,112.75\n";

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let boundaries = include_str!("../../centres/kediri/boundaries.geojson");
    let places = include_str!("../../centres/kediri/places.csv");
    let (atlas, _) = Atlas::new(&[boundaries], places).expect("the pack");
    let (national, _) = NationalGazetteer::from_csv(COUNTRY).expect("the country");
    atlas.with_national(Arc::new(national))
});

/// Answers asked for.
const LIMIT: usize = 5;

/// Taking a text apart: address, landmark, kilometre post, coordinates, map link, plus code.
pub(super) fn spoken(data: &[u8]) {
    let text = said(data);
    let place = SpokenPlace::parse(&text);
    assert_eq!(place, SpokenPlace::parse(&text), "the same text gives the same parts");
    let mut before = 0;
    for part in &place.parts {
        let words = text.get(part.start..part.end).expect("between two characters of the text");
        assert!(!words.is_empty() && words == part.words, "{part:?}");
        assert!(part.start >= before, "two parts share a word: {part:?} of {:?}", place.parts);
        before = part.end;
        fits(part);
    }
    assert!(place.positions().all(|(at, _)| is_on_earth(at.lat(), at.lon())));
    comes_back(&place);
}

/// Whether a part tells something, and figures that are some.
fn fits(part: &Part) {
    let tells = |words: &str| assert!(!words.trim().is_empty(), "{part:?}");
    match &part.detail {
        Detail::Street { name }
        | Detail::Gang { name }
        | Detail::Dusun { name }
        | Detail::Village { name, .. }
        | Detail::District { name }
        | Detail::Regency { name, .. }
        | Detail::Province { name }
        | Detail::Landmark { name, .. }
        | Detail::Towards { name }
        | Detail::From { name } => tells(name),
        Detail::HouseNumber { number } => tells(number),
        Detail::Rt { .. } | Detail::Rw { .. } | Detail::Side { .. } => {}
        Detail::KmPost { km, road, towards } => {
            assert!((0.0..10_000.0).contains(km), "{part:?}");
            road.iter().chain(towards).for_each(|name| tells(name));
        }
        Detail::Housing { name, block, number } => {
            assert!(name.is_some() || block.is_some(), "{part:?}");
            name.iter().chain(block).chain(number).for_each(|name| tells(name));
        }
        Detail::PlusCode { code, area } => {
            assert!(code.contains('+') && code.is_ascii(), "{part:?}");
            if let Some(area) = area {
                tells(area);
            }
        }
        Detail::Coordinates { at, .. } => assert!(is_on_earth(at.lat(), at.lon()), "{part:?}"),
        Detail::MapLink { at, accuracy_m, query, .. } => {
            assert!(at.is_none_or(|at| is_on_earth(at.lat(), at.lon())), "{part:?}");
            assert!(accuracy_m.is_none_or(is_length), "{part:?}");
            if let Some(query) = query {
                tells(query);
            }
        }
    }
}

/// From words to places: names, codes counted from somewhere, whose area it is.
pub(super) fn resolve(data: &[u8]) {
    let text = said(data);
    let near = LatLon::new(-7.82, 112.01).ok();
    let found = ATLAS.resolve(&text, near, LIMIT);
    assert_eq!(found, ATLAS.resolve(&text, near, LIMIT), "the same text gives the same places");
    for point in &found.points {
        assert!(is_on_earth(point.at.lat(), point.at.lon()) && is_length(point.accuracy_m), "{point:?}");
        let area = &point.jurisdiction;
        assert!(is_share(area.confidence) && is_length(area.accuracy_m), "{point:?}");
        let lengths = area.border_distance_m.iter().chain(&area.village_border_m);
        let others = area.alternatives.iter().map(|other| &other.distance_m);
        assert!(lengths.chain(others).all(|metres| is_length(*metres)), "{point:?}");
        assert!(text.contains(&point.words), "{point:?}");
        point.nearest.iter().for_each(answers);
    }
    found.places.candidates.iter().for_each(answers);
    let silent = !text.chars().any(char::is_alphanumeric);
    assert!(found.verdict != Verdict::Silent || silent, "{found:?}");
    comes_back(&found);
}

/// A name as somebody types it, as long as the route takes it.
pub(super) fn search(data: &[u8]) {
    let query: String = said(data).chars().take(200).collect();
    let found = ATLAS.search(&query, None, LIMIT);
    assert_eq!(found, ATLAS.search(&query, None, LIMIT), "the same words find the same");
    found.iter().for_each(answers);
}

pub(super) fn answers(candidate: &Candidate) {
    assert!(!candidate.name.is_empty() && is_share(candidate.score), "{candidate:?}");
    assert!(is_on_earth(candidate.lat, candidate.lon), "{candidate:?}");
    assert!(candidate.distance_m.is_none_or(is_length), "{candidate:?}");
}
