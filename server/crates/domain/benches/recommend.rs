//! Median time to rank 500 units for a third alarm, in milliseconds. Goal: under 2.
#![allow(clippy::disallowed_methods)] // a benchmark reads the real clock

use std::hint::black_box;
use std::time::Instant;

use kentongan_domain::plan::UnitNeed;
use kentongan_domain::recommend::{Candidate, Travel, TravelSource, UnitPolicy, Whereabouts, recommend};
use kentongan_domain::unit::UnitState;

const KINDS: [&str; 5] = ["pumper", "ambulance", "patrol", "rescue", "truck"];
const UNITS: usize = 500;

fn main() {
    let codes: Vec<String> = (0..UNITS).map(|number| format!("unit-{number:03}")).collect();
    let stations: Vec<String> = (0..UNITS).map(|number| format!("Pos {}", number % 60)).collect();
    let capabilities = vec!["extrication".to_owned(), "hazmat".to_owned()];
    let units: Vec<Candidate<'_>> = (0_i64..)
        .zip(codes.iter().zip(&stations))
        .map(|(number, (code, station))| {
            let step = usize::try_from(number).unwrap_or_default();
            Candidate {
                code,
                agency: if number % 3 == 0 { "own" } else { "other" },
                agency_kind: "damkar",
                own_agency: number % 3 == 0,
                agency_refused: false,
                kind: KINDS.get(step % KINDS.len()).copied().unwrap_or_default(),
                capabilities: if number % 7 == 0 { &capabilities } else { &[] },
                station,
                home_lat: -7.8 - step as f64 * 1e-4,
                home_lon: 112.0 + step as f64 * 1e-4,
                crew: Some(3 + u32::try_from(number % 4).unwrap_or_default()),
                state: if number % 9 == 0 { UnitState::OnScene } else { UnitState::Available },
                on_incident: false,
                travel: Travel::Takes { ms: (number * 7_919) % 3_000_000, source: TravelSource::Road },
                whereabouts: Whereabouts::Live { age_ms: (number * 131) % 400_000 },
                on_duty_ms: Some((number % 15) * 3_600_000),
            }
        })
        .collect();
    let need =
        |kind: &str, count| UnitNeed { kind: Some(kind.into()), capability: None, agency: None, count };
    let mut needs: Vec<UnitNeed> = KINDS.iter().map(|kind| need(kind, 6)).collect();
    needs.push(UnitNeed { kind: None, capability: Some("hazmat".into()), agency: None, count: 3 });
    let mut policy = UnitPolicy::default();
    for kind in KINDS {
        policy.keep_back.insert(kind.into(), 1);
        policy.min_crew.insert(kind.into(), 4);
    }
    let mut millis: Vec<f64> = (0..300)
        .map(|_| {
            let started = Instant::now();
            black_box(recommend(black_box(&needs), black_box(&units), &policy));
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    let picks = recommend(&needs, &units, &policy).picks.len();
    let at = |share: usize| millis.get(millis.len() * share / 100).copied().unwrap_or(f64::NAN);
    println!(
        "units ranked: {UNITS} for {picks} picks: median {:.2} ms, 99 of 100 under {:.2} ms",
        at(50),
        at(99)
    );
}
