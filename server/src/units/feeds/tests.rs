//! What trackers and telephones send, well and badly formed.

use super::*;

const TRACCAR: &str = r#"{
  "position": {
    "id": 31, "attributes": {"batteryLevel": 85, "motion": true}, "deviceId": 4, "protocol": "osmand",
    "serverTime": "2026-11-22T03:00:01.000+00:00", "deviceTime": "2026-11-22T10:00:00.000+07:00",
    "fixTime": "2026-11-22T10:00:00.500+07:00", "outdated": false, "valid": true,
    "latitude": -7.8185, "longitude": 112.0035, "altitude": 67.0, "speed": 10.0, "course": 271.5,
    "address": null, "accuracy": 0.0, "network": null, "geofenceIds": null
  },
  "device": {
    "id": 4, "attributes": {}, "groupId": 0, "name": "Regu 1", "uniqueId": "860000000000001",
    "status": "online", "lastUpdate": "2026-11-22T03:00:01.000+00:00", "positionId": 31, "phone": null,
    "model": null, "contact": null, "category": "truck", "disabled": false, "expirationTime": null
  }
}"#;

#[test]
fn traccar_counts_in_knots_and_says_nothing_with_zero() {
    let feed = traccar(TRACCAR).unwrap();
    assert_eq!(feed.devices, ["860000000000001"]);
    let told = feed.told.unwrap();
    assert_eq!((told.lat, told.lon, told.accuracy_m), (-7.8185, 112.0035, None));
    assert_eq!(told.at, 1_795_316_400_500_000);
    assert_eq!((told.speed_kmh, told.heading), (Some(18.52), Some(271.5)));

    let with = TRACCAR.replace("\"accuracy\": 0.0", "\"accuracy\": 12.5");
    assert_eq!(traccar(&with).unwrap().told.unwrap().accuracy_m, Some(12.5));
    let without = TRACCAR.replace("\"valid\": true", "\"valid\": false");
    assert_eq!(traccar(&without).unwrap().told, None, "no satellites, no position");
    let in_ms = TRACCAR.replace("\"2026-11-22T10:00:00.500+07:00\"", "1795316400500");
    assert_eq!(traccar(&in_ms).unwrap(), feed, "the same instant, written otherwise");
}

#[test]
fn what_traccar_cannot_have_meant_is_named() {
    for (from, to, pointer) in [
        ("\"latitude\": -7.8185", "\"latitude\": \"south\"", "/position/latitude"),
        ("\"uniqueId\"", "\"uniqueid\"", "/device"),
        ("2026-11-22T10:00:00.500+07:00", "yesterday", "/position/fixTime"),
        ("\"speed\": 10.0", "\"speed\": true", "/position/speed"),
    ] {
        let refused = traccar(&TRACCAR.replace(from, to)).unwrap_err();
        assert_eq!(refused.pointer, pointer);
        assert!(!refused.detail.is_empty());
    }
    assert_eq!(traccar(r#"{"event":{"type":"deviceOnline"}}"#).unwrap_err().pointer, "");
    assert!(traccar("[]").is_err());
}

const OWNTRACKS: &str = r#"{"_type":"location","BSSID":"x","acc":9,"alt":67,"batt":80,"bs":1,"cog":90,"conn":"m",
    "created_at":1795316402,"lat":-7.8185,"lon":112.0035,"m":1,"t":"u","tid":"d1","tst":1795316400,"vac":3,"vel":36}"#;

#[test]
fn owntracks_tells_its_names_from_the_surest_to_the_least() {
    let feed = owntracks(OWNTRACKS, None, None).unwrap().unwrap();
    assert_eq!(feed.devices, ["d1"]);
    let expected = Told {
        lat: -7.8185,
        lon: 112.0035,
        accuracy_m: Some(9.0),
        at: 1_795_316_400_000_000,
        speed_kmh: Some(36.0),
        heading: Some(90.0),
    };
    assert_eq!(feed.told, Some(expected));

    let with_topic =
        OWNTRACKS.replace("\"tid\":\"d1\"", "\"tid\":\"d1\",\"topic\":\"owntracks/damkar/hp-1\"");
    let feed = owntracks(&with_topic, Some("damkar"), Some("hp-2")).unwrap().unwrap();
    assert_eq!(feed.devices, ["damkar/hp-1", "damkar/hp-2", "d1"]);
    let half = owntracks(OWNTRACKS, Some("damkar"), None).unwrap().unwrap();
    assert_eq!(half.devices, ["d1"]);
    let unsure = owntracks(&OWNTRACKS.replace("\"acc\":9", "\"acc\":0"), None, None).unwrap().unwrap();
    assert_eq!(unsure.told.unwrap().accuracy_m, None);
}

#[test]
fn other_messages_of_owntracks_tell_no_position_and_are_no_fault() {
    for kind in ["lwt", "transition", "waypoints", "status", "steps", "encrypted", "of a later version"] {
        assert_eq!(owntracks(&format!(r#"{{"_type":"{kind}"}}"#), None, None), Ok(None));
    }
    assert_eq!(owntracks(r#"{"lat":1}"#, None, None).unwrap_err().pointer, "");
    let refused = owntracks(&OWNTRACKS.replace("1795316400", "\"now\""), None, None).unwrap_err();
    assert_eq!(refused.pointer, "/tst");
    let far =
        owntracks(&OWNTRACKS.replace("1795316400", "9223372036854775807"), None, None).unwrap().unwrap();
    assert_eq!(far.told.unwrap().at, i64::MAX, "too far to count is refused later, as the future");
}
