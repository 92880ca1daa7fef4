//! Positions: only what is off the globe is refused, and 0,0 is a place like any other.

use kentongan_tests::api::Api;
use kentongan_tests::server::Server;
use reqwest::Method;

use super::findings::{Findings, points_at, problem};

/// Locations as sent, with the field that is at fault.
const WRONG: &[(&str, &str)] = &[
    (r#"{"lat":90.0001,"lon":112}"#, "/location/lat"),
    (r#"{"lat":-91,"lon":112}"#, "/location/lat"),
    (r#"{"lat":112.01,"lon":-7.8}"#, "/location/lat"),
    (r#"{"lat":-7.8,"lon":180.0001}"#, "/location/lon"),
    (r#"{"lat":-7.8,"lon":-181}"#, "/location/lon"),
    (r#"{"lat":1e999,"lon":112}"#, "/location/lat"),
    (r#"{"lat":-7.8,"lon":-1e999}"#, "/location/lon"),
    (r#"{"lat":null,"lon":112}"#, "/location/lat"),
    (r#"{"lat":"-7.8","lon":112}"#, "/location/lat"),
    (r#"{"lat":-7.8}"#, "/location"),
    (r#"{"lat":-7.8,"lon":112,"accuracy_m":-1}"#, "/location/accuracy_m"),
    (r#"{"lat":-7.8,"lon":112,"accuracy_m":1e999}"#, "/location/accuracy_m"),
    (r#"{"lat":-7.8,"lon":112,"altitude":67}"#, "/location/altitude"),
    ("[-7.8,112]", "/location"),
];

const RIGHT: &[(&str, f64, f64)] = &[
    (r#"{"lat":0,"lon":0}"#, 0.0, 0.0),
    (r#"{"lat":-0.0,"lon":0,"accuracy_m":0}"#, 0.0, 0.0),
    (r#"{"lat":90,"lon":180}"#, 90.0, 180.0),
    (r#"{"lat":-90,"lon":-180,"accuracy_m":1e9}"#, -90.0, -180.0),
    (r#"{"lat":-7.8228,"lon":112.0119,"accuracy_m":12.5,"source":"device"}"#, -7.8228, 112.0119),
    (r#"{"lat":-7.8228,"lon":112.0119,"source":"something new"}"#, -7.8228, 112.0119),
];

#[tokio::test]
async fn positions_off_the_globe_are_refused_and_all_others_kept() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();

    for (location, pointer) in WRONG {
        for (route, start) in [("reports", r#""channel":"phone","#), ("triage", "")] {
            let body = format!(r#"{{{start}"text":"Kebakaran","location":{location}}}"#).into_bytes();
            let answer = operator.send_raw(Method::POST, route, body).await?;
            // Which of two missing or swapped fields is named first is free, that one is named is not.
            findings.note(&format!("{route} {location}"), points_at(&answer, pointer));
        }
    }
    for (location, lat, lon) in RIGHT {
        let body = format!(r#"{{"channel":"phone","text":"Kebakaran","location":{location}}}"#).into_bytes();
        let answer = operator.send_raw(Method::POST, "reports", body).await?.expect_status(201);
        findings.note(
            location,
            answer.and_then(|stored| {
                let claim = &stored["report"]["claims"][0];
                anyhow::ensure!(
                    claim["lat"].as_f64() == Some(*lat) && claim["lon"].as_f64() == Some(*lon),
                    "{claim}"
                );
                Ok(())
            }),
        );
    }
    findings.end()
}

#[tokio::test]
async fn a_jurisdiction_is_asked_with_a_position() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut findings = Findings::default();

    for (query, pointer) in [
        ("lat=91&lon=112", "/lat"),
        ("lat=NaN&lon=112", "/lat"),
        ("lat=inf&lon=112", "/lat"),
        ("lat=-7.8&lon=181", "/lon"),
        ("lat=-7.8&lon=NaN", "/lon"),
        ("lat=-7.8&lon=112&accuracy_m=-1", "/accuracy_m"),
        ("lat=-7.8&lon=112&accuracy_m=NaN", "/accuracy_m"),
    ] {
        let answer = operator.send(Method::GET, &format!("jurisdiction?{query}"), None).await?;
        findings.note(query, points_at(&answer, pointer));
    }
    for query in ["", "lat=-7.8", "lat=-7.8&lon=east", "lat=&lon=", "lat=-7.8&lon=112&radius=5"] {
        let answer = operator.send(Method::GET, &format!("jurisdiction?{query}"), None).await?;
        findings.note(query, problem(&answer, 400, "bad_parameter"));
    }
    let outside = operator.get("jurisdiction?lat=0&lon=0").await?;
    assert_eq!(outside["method"], "outside", "{outside}");
    assert_eq!(outside["village"], serde_json::Value::Null, "{outside}");
    let inside = operator.get("jurisdiction?lat=-7.8228&lon=112.0119").await?;
    assert_eq!(inside["regency_code"], "35.71", "{inside}");
    assert_eq!(inside["agencies"]["fire"][0]["agency"], "damkar", "{inside}");
    findings.end()
}
