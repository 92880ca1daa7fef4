//! Where units are and were, and the devices that tell.

use crate::bench::Bench;
use crate::rows::centre;
use kentongan_store::StoreError;
use kentongan_store::rows::{DeviceRow, PositionRow};

fn position(unit: &str, at: i64) -> PositionRow {
    PositionRow {
        unit: unit.into(),
        at,
        lat: -7.82 + at as f64 * 1e-6,
        lon: 112.01,
        accuracy_m: (at % 2 == 0).then_some(4.5),
        speed_kmh: (at % 3 == 0).then_some(31.25),
        heading: None,
        received_at: at + 5,
    }
}

fn device(name: &str, unit: &str) -> DeviceRow {
    DeviceRow { device: name.into(), unit: unit.into(), bound_by: "operator".into(), bound_at: 7 }
}

pub async fn a_track_is_read_back_in_order_and_in_its_time(bench: Bench) {
    let store = &bench.store;
    store.put_centre(&centre("kota")).await.expect("another centre");
    // An odd number of rows of two units, not in order, one of them twice.
    let mut rows: Vec<_> = (0..101).rev().map(|at| position("damkar-1", at)).collect();
    rows.extend((0..50).map(|at| position("psc119-1", at)));
    store.put_positions("kediri", &rows, &[]).await.expect("stored");
    let other = PositionRow { lat: 1.0, ..position("damkar-1", 50) };
    store.put_positions("kediri", std::slice::from_ref(&other), &[]).await.expect("stored");
    store.put_positions("kota", std::slice::from_ref(&other), &[]).await.expect("stored");

    let all = store.track("kediri", "damkar-1", 0..1_000, 1_000).await.expect("read");
    let expected: Vec<_> = (0..101).map(|at| position("damkar-1", at)).collect();
    assert_eq!(all, expected, "whole, in order, and the first word about an instant stays");
    let part = store.track("kediri", "damkar-1", 10..20, 5).await.expect("read");
    assert_eq!(part.iter().map(|row| row.at).collect::<Vec<_>>(), [10, 11, 12, 13, 14]);
    let rest = store.track("kediri", "damkar-1", 15..20, 50).await.expect("read");
    assert_eq!(rest.iter().map(|row| row.at).collect::<Vec<_>>(), [15, 16, 17, 18, 19], "not the end");
    assert_eq!(store.track("kota", "damkar-1", 0..1_000, 9).await, Ok(vec![other]));
    assert_eq!(store.track("kota", "psc119-1", 0..1_000, 9).await, Ok(vec![]));
}

pub async fn a_last_position_never_goes_back(bench: Bench) {
    let store = &bench.store;
    let read = async |since| store.last_positions("kediri", since).await.expect("read");
    let many: Vec<_> = (0..300).map(|number| position(&format!("unit-{number:03}"), 10)).collect();
    store.put_positions("kediri", &[], &many).await.expect("stored");
    assert_eq!(read(0).await, many);

    // Twice in one call, an older one after it, and one of the same instant.
    let newer = [position("unit-001", 12), position("unit-001", 20), position("unit-001", 15)];
    store.put_positions("kediri", &[], &newer).await.expect("stored");
    let stale = [position("unit-001", 19), PositionRow { lat: 0.0, ..position("unit-002", 10) }];
    store.put_positions("kediri", &[], &stale).await.expect("stored");
    let now = read(0).await;
    assert_eq!(now.len(), 300);
    assert_eq!((now[1].at, now[2].lat), (20, many[2].lat));
    assert_eq!(read(16).await, [position("unit-001", 20)], "only what was heard since");
    assert_eq!(store.last_positions("kota", 0).await, Ok(vec![]));
    assert_eq!(store.track("kediri", "unit-001", 0..99, 9).await, Ok(vec![]), "it is no track");
}

pub async fn old_positions_are_forgotten_some_at_a_time(bench: Bench) {
    let store = &bench.store;
    let mut rows: Vec<_> = (0..100).map(|at| position("damkar-1", at)).collect();
    // Ten at one instant: they cannot be parted.
    rows.extend((0..10).map(|number| position(&format!("psc119-{number}"), 40)));
    store.put_positions("kediri", &rows, &rows).await.expect("stored");
    let left = async || store.track("kediri", "damkar-1", 0..1_000, 1_000).await.expect("read").len();

    assert_eq!(store.forget_positions("kota", 1_000, 30).await, Ok(0));
    assert_eq!(store.forget_positions("kediri", 50, 30).await, Ok(30));
    assert_eq!(left().await, 70);
    let mut gone = 0;
    loop {
        let now = store.forget_positions("kediri", 50, 3).await.expect("forgotten");
        gone += now;
        if now < 3 {
            break;
        }
    }
    assert_eq!((gone, left().await), (30, 50), "everything before the instant, nothing after it");
    assert_eq!(store.last_positions("kediri", 0).await.expect("read").len(), 11, "the last ones stay");
}

pub async fn a_device_rides_in_one_unit(bench: Bench) {
    let store = &bench.store;
    let (phone, tracker) = (device("damkar/hp-1", "damkar-1"), device("860000000000001", "damkar-1"));
    store.set_devices("kediri", "damkar-1", &[phone.clone(), tracker.clone()]).await.expect("bound");
    let other = device("hp-2", "damkar-2");
    store.set_devices("kediri", "damkar-2", std::slice::from_ref(&other)).await.expect("bound");
    assert_eq!(store.devices("kediri").await, Ok(vec![tracker.clone(), phone.clone(), other.clone()]));

    let taken = store.set_devices("kediri", "damkar-2", &[device("damkar/hp-1", "damkar-2")]).await;
    assert!(matches!(taken, Err(StoreError::Duplicate { .. })), "{taken:?}");
    let foreign = store.set_devices("kediri", "damkar-2", std::slice::from_ref(&phone)).await;
    assert!(matches!(foreign, Err(StoreError::Invalid(_))), "{foreign:?}");
    assert_eq!(store.devices("kediri").await.expect("read").len(), 3, "a refusal changes nothing");

    store.set_devices("kediri", "damkar-1", std::slice::from_ref(&tracker)).await.expect("bound");
    store.set_devices("kediri", "damkar-2", &[device("damkar/hp-1", "damkar-2")]).await.expect("bound");
    assert_eq!(store.devices("kediri").await, Ok(vec![tracker, device("damkar/hp-1", "damkar-2")]));
    store.set_devices("kediri", "damkar-1", &[]).await.expect("unbound");
    assert_eq!(store.devices("kediri").await.expect("read").len(), 1);
    assert_eq!(store.devices("kota").await, Ok(vec![]));
}
