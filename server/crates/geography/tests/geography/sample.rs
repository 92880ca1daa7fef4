//! The shared sample of reports: how many of the places told in it have the right area among the candidates.
//!
//! The texts stay in the shared folder; here stands only which area each one's words tell, by its code.

use std::sync::Arc;

use kentongan_geography::{Atlas, NationalGazetteer, TextPlaces};

use crate::kediri_pack;
use crate::real_boundaries::shared;

/// Report, and the areas that would be right: a candidate counts that lies in one of them, or for a
/// place told by its regency only, is it. Where the words name nothing that a map of areas can
/// know (a street in an unnamed city, a house), there is no row.
const TOLD: [(&str, &[&str]); 59] = [
    ("b033", &["35.06.14"]),
    ("b003", &["35.06.06.2009", "35.71.03.1011"]),
    ("b004", &["35.06", "35.71"]),
    ("b021", &["35.71.01.1013"]),
    ("b013", &["35.06.10"]),
    ("a210", &["35.06.22"]),
    ("b205", &["35.10.13"]),
    ("b104", &["35.06.17", "35.06.19"]),
    ("b087", &["35.06.24.2007"]),
    ("b092", &["35.73"]),
    ("b081", &["35.06.18"]),
    ("a034", &["35.06.25"]),
    ("a031", &["35.10"]),
    ("a019", &["35.71"]),
    ("a022", &["35.73"]),
    ("a009", &["35.73.01.1002"]),
    ("a028", &["35.71.01.1004"]),
    ("a191", &["35.73"]),
    ("a203", &["35.71"]),
    ("a195", &["35.73"]),
    ("a198", &["35.06.12"]),
    ("b157", &["35.06.22"]),
    ("b160", &["35.10.01"]),
    ("b177", &["35.06.07"]),
    ("b149", &["35.10.19"]),
    ("a098", &["35.10.08"]),
    ("a089", &["35.10.02"]),
    ("a079", &["35.06.18"]),
    ("a084", &["35.10.11"]),
    ("b138", &["35.10.23"]),
    ("b126", &["35.73.03.1009"]),
    ("b118", &["35.10.19"]),
    ("b133", &["35.10.10"]),
    ("b130", &["35.06.25"]),
    ("a134", &["35.10.11"]),
    ("a125", &["35.73.03"]),
    ("a117", &["35.06.06"]),
    ("a136", &["35.07.28", "35.06.19"]),
    ("a115", &["35.10.01.2001"]),
    ("b058", &["35.06.10.2020"]),
    ("b063", &["35.06.23"]),
    ("b041", &["35.73"]),
    ("b059", &["35.10.09"]),
    ("a174", &["35.73.04.1002"]),
    ("a168", &["35.73"]),
    ("a145", &["35.71"]),
    ("a157", &["35.10.18.2001"]),
    ("a050", &["35.06.01"]),
    ("a064", &["35.06.25"]),
    ("a047", &["35.71"]),
    ("a045", &["35.06.17"]),
    ("a054", &["35.10.21"]),
    ("a072", &["35.71"]),
    ("a040", &["35.71.02.1017", "35.06.03.2007"]),
    ("b025", &["35.73"]),
    ("a190", &["35.10", "35.09"]),
    ("b219", &["35.71"]),
    ("b098", &["35.71"]),
    ("b174", &["35.71"]),
];

/// Of the 59 places that words of area or the pack's own names tell.
const LEAST: usize = 54;

#[test]
fn most_of_the_sample_has_the_right_area_among_the_candidates() {
    let read = |path: &str| std::fs::read_to_string(shared().join("data").join(path)).ok();
    let files = [
        "geo/villages_35.71.geojson",
        "geo/villages_35.06.geojson",
        "geo/gazetteer_id.csv",
        "text/reports-sample.csv",
    ];
    let [Some(city), Some(regency), Some(names), Some(reports)] = files.map(read) else {
        println!("skipped: no shared data");
        return;
    };
    let (own, _) = Atlas::new(&[&city, &regency], &kediri_pack::read("places.csv")).expect("the real files");
    let national = NationalGazetteer::from_csv(&names).expect("the gazetteer").0;
    let with_national = own.clone().with_national(Arc::new(national));
    let mut reader = csv::Reader::from_reader(reports.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    for (label, atlas) in [("own names", &own), ("with the country's", &with_national)] {
        let (mut right, mut first, mut alone, mut any) = (0, 0, 0, 0);
        for row in &rows {
            let (id, text, told) = (&row[0], &row[3], &row[8]);
            let mut found = atlas.find_in_text(told, None, 8);
            if found.candidates.is_empty() {
                found = atlas.find_in_text(text, None, 8);
            }
            any += usize::from(!told.is_empty() && !found.candidates.is_empty());
            let Some((_, areas)) = TOLD.iter().find(|(told, _)| *told == id) else {
                if atlas.name_count() > 10_000 && !found.candidates.is_empty() {
                    println!("{id} `{told}`: {}", brief(&found));
                }
                continue;
            };
            let is_right = |place: &kentongan_geography::Candidate| {
                let code = place
                    .village_code
                    .as_ref()
                    .or(place.district_code.as_ref())
                    .or(place.regency_code.as_ref());
                code.is_some_and(|code| areas.iter().any(|area| code.starts_with(area)))
            };
            let among = found.candidates.iter().any(is_right);
            let is_first = found.candidates.first().is_some_and(is_right);
            right += usize::from(among);
            first += usize::from(is_first);
            alone += usize::from(is_first && !found.ambiguous);
            if atlas.name_count() > 10_000 && (found.ambiguous || !is_first) {
                println!("{id} `{told}` {}: {}", if among { "among" } else { "MISSED" }, brief(&found));
            }
        }
        println!(
            "{label}: right area among the candidates {right} of {}, first {first}, first and sure {alone}; any candidate {any}",
            TOLD.len()
        );
        assert!(atlas.name_count() < 10_000 || right >= LEAST, "{right}");
    }
}

fn brief(found: &TextPlaces) -> String {
    let shown = found.candidates.iter().take(4).map(|place| {
        let within = place.regency.as_deref().unwrap_or("?");
        format!("{} {:?} {within} {:.2}", place.name, place.kind, place.score)
    });
    format!("{}{}", if found.ambiguous { "? " } else { "" }, shown.collect::<Vec<_>>().join("; "))
}
