//! Positions in memory: never back in time, thinned for the track, shown once a second where somebody looks.

use std::time::Instant;

use super::*;
use crate::pack::demo_pack;
use crate::platform::Platform;
use crate::units::Pace;

const NOW: EpochUs = 1_795_316_400_000_000;

fn positions() -> Positions {
    Positions::new(&demo_pack().unwrap().pack)
}

fn fix(lat: f64, seconds: i64) -> Fix {
    let at = NOW + seconds * SECOND_US;
    Fix { lat, lon: 112.0, accuracy_m: Some(5.0), at, speed_kmh: None, heading: None }
}

fn city() -> Area {
    Area::new([111.9, -7.9, 112.1, -7.7]).unwrap()
}

fn ids(frame: Option<Utf8Bytes>) -> Vec<String> {
    let frame: serde_json::Value = serde_json::from_str(&frame.expect("a frame")).unwrap();
    let units = frame["units"].as_array().unwrap().clone();
    units.iter().map(|unit| unit["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_position_never_goes_back_in_time() {
    let positions = positions();
    assert_eq!(positions.put("damkar-1", fix(-7.8, 10), NOW), Outcome::Moved);
    assert_eq!(positions.put("damkar-1", fix(-7.7, 9), NOW), Outcome::Older);
    assert_eq!(positions.put("damkar-1", fix(-7.7, 10), NOW), Outcome::Older, "said twice");
    assert_eq!(positions.of("damkar-1").unwrap().fix.lat, -7.8);
    assert_eq!(positions.put("damkar-1", fix(-7.7, 11), NOW + 5), Outcome::Moved);
    assert_eq!(positions.of("damkar-1"), Some(Placed { fix: fix(-7.7, 11), received_at: NOW + 5 }));
    assert_eq!(positions.put("tidak-ada", fix(-7.8, 1), NOW), Outcome::Unknown);
    assert_eq!((positions.of("tidak-ada"), positions.of("damkar-2")), (None, None));
}

#[test]
fn a_beat_tells_what_changed_since_the_last_one_once() {
    let positions = positions();
    let beats = positions.follow();
    positions.beat();
    assert_eq!(beats.borrow().number(), 0, "nothing moved, nothing is told");
    positions.put("damkar-1", fix(-7.8, 1), NOW);
    positions.put("polres-1", fix(-7.8, 1), NOW);
    positions.put("damkar-1", fix(-7.81, 2), NOW);
    positions.beat();
    let first = beats.borrow().clone();
    assert_eq!(first.number(), 1);
    let mut told = ids(first.frame(&Audience::Desk, &city()));
    told.sort();
    assert_eq!(told, ["damkar-1", "polres-1"], "each once, where it was last");
    positions.put("polres-1", fix(-7.82, 3), NOW);
    positions.beat();
    assert_eq!(ids(beats.borrow().frame(&Audience::Desk, &city())), ["polres-1"]);
    assert_eq!(ids(positions.frame_since(&Audience::Desk, &city(), 1).0), ["polres-1"]);
    assert_eq!(ids(positions.frame_since(&Audience::Desk, &city(), 0).0).len(), 2);
    assert_eq!(positions.frame_since(&Audience::Desk, &city(), 2), (None, 2));
    let nobody = positions.frame_since(&Audience::Agency("bpbd".into()), &city(), 0);
    assert!(ids(nobody.0).is_empty(), "who looks is told, even if there is nothing");
}

#[test]
fn a_track_keeps_what_tells_something() {
    let positions = positions();
    let kept = |seconds: i64, metres: f64| {
        positions.put("damkar-1", fix(-7.8 + metres / 111_195.0, seconds), NOW);
        positions.take_outbox().len()
    };
    let table = [
        (0, 0.0, 1),    // the first
        (5, 60.0, 0),   // neither far nor long
        (10, 110.0, 1), // 100 m
        (15, 112.0, 0),
        (39, 130.0, 0),
        (40, 130.0, 1),  // 30 s and some way
        (100, 131.0, 0), // standing
        (639, 131.0, 0),
        (640, 131.0, 1), // ten minutes: it still stands there
    ];
    for (seconds, metres, rows) in table {
        assert_eq!(kept(seconds, metres), rows, "{seconds} s, {metres} m");
    }
    assert!(positions.unkept().is_empty());
    kept(641, 132.0);
    let last = positions.unkept();
    assert_eq!((last.len(), last[0].at), (1, NOW + 641 * SECOND_US), "a stop keeps the last word");
}

#[test]
fn what_the_store_holds_is_not_kept_again() {
    let positions = positions();
    let row = row_of("damkar-1", &Placed { fix: fix(-7.8, 0), received_at: NOW });
    let gone = PositionRow { unit: "left-the-pack".into(), ..row.clone() };
    positions.load(&[row.clone(), gone]);
    assert_eq!(positions.of("damkar-1").unwrap().fix, fix(-7.8, 0));
    assert!(positions.take_outbox().is_empty() && positions.unkept().is_empty());
    positions.put("damkar-1", fix(-7.8, 5), NOW);
    assert!(positions.take_outbox().is_empty(), "it goes on from what was kept");
    // Other nodes' news is shown here, too, unless it is older.
    positions.beat();
    positions.load(&[row]);
    assert_eq!(positions.of("damkar-1").unwrap().fix, fix(-7.8, 5));
    positions.load(&[row_of("damkar-1", &Placed { fix: fix(-7.9, 9), received_at: NOW })]);
    positions.beat();
    assert_eq!(positions.follow().borrow().number(), 2);
}

#[test]
fn a_store_that_is_away_costs_the_oldest_and_says_how_many() {
    let positions = positions();
    let row = row_of("damkar-1", &Placed { fix: fix(-7.8, 0), received_at: NOW });
    let rows: Vec<_> = (0..OUTBOX as i64 + 3).map(|at| PositionRow { at, ..row.clone() }).collect();
    assert_eq!(positions.put_back(rows), 3);
    positions.put("damkar-1", fix(-7.8, 0), NOW);
    let waiting = positions.take_outbox();
    assert_eq!((waiting[0].at, waiting.len()), (3, OUTBOX + 1), "in order, the newest last");
    assert_eq!(positions.put_back(waiting), 4);
}

#[test]
fn a_console_is_shown_its_area_at_most_once_a_second_and_misses_nothing() {
    let positions = positions();
    let mut pace = Pace::default();
    let start = Platform.monotonic();
    let at = |ms: u64| start + Duration::from_millis(ms);
    let show = |pace: &mut Pace, now: Instant| {
        let newest = positions.follow().borrow().clone();
        let wait = pace.wait(newest.number(), now);
        (wait == Some(Duration::ZERO)).then(|| pace.take(&positions, &newest, &Audience::Desk, now))
    };
    positions.put("damkar-1", fix(-7.8, 1), NOW);
    positions.beat();
    assert_eq!(show(&mut pace, at(0)), None, "it looks nowhere");
    pace.look(Some(city()));
    assert_eq!(ids(show(&mut pace, at(10)).unwrap()), ["damkar-1"], "at once what is there");
    assert_eq!(show(&mut pace, at(20)), None, "nothing new");

    positions.put("damkar-1", fix(-7.81, 2), NOW);
    positions.beat();
    assert_eq!(show(&mut pace, at(500)), None, "not before the second is over");
    assert_eq!(pace.wait(2, at(500)), Some(Duration::from_millis(510)));
    positions.put("polres-1", fix(-7.81, 2), NOW);
    positions.beat();
    let mut both = ids(show(&mut pace, at(1_010)).unwrap());
    both.sort();
    assert_eq!(both, ["damkar-1", "polres-1"], "two beats in one frame");

    // What moves elsewhere costs no frame and no waiting.
    positions.put("bpbd-1", fix(1.0, 3), NOW);
    positions.beat();
    assert_eq!(show(&mut pace, at(2_010)), Some(None));
    positions.put("damkar-1", fix(-7.82, 4), NOW);
    positions.beat();
    assert_eq!(ids(show(&mut pace, at(2_020)).unwrap()), ["damkar-1"]);

    pace.look(None);
    positions.put("damkar-1", fix(-7.83, 5), NOW);
    positions.beat();
    assert_eq!(show(&mut pace, at(9_000)), None, "it looks away");
    pace.look(Some(Area::new([0.0, 0.0, 1.0, 1.0]).unwrap()));
    assert!(ids(show(&mut pace, at(9_010)).unwrap()).is_empty(), "a look is always answered");
    for number in 0..5 {
        pace.look(Some(city()));
        assert_eq!(show(&mut pace, at(9_020 + number)), None, "however often it looks around");
    }
    assert_eq!(ids(show(&mut pace, at(10_010)).unwrap()).len(), 2);
}
