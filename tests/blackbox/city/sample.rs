//! Eighty texts as people send them, in a city with its real polygons: all stored, and how well they were
//! understood; then one fire from report to close.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::clock::Stopwatch;
use kentongan_tests::server::{Server, Start};
use kentongan_tests::shared;
use serde::Deserialize;
use serde_json::{Value, json};

use super::confusion::Confusion;

/// What the tests ask at least; the triage crate's own tests ask more, on more texts.
const LEAST_EXACT: f64 = 0.7;

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    kind: String,
    text: String,
    category: String,
    acceptable: String,
    agencies: String,
    place_text: String,
}

#[derive(Debug, Default)]
struct Score {
    exact: usize,
    acceptable: usize,
    with_place: usize,
    located: usize,
    regency: usize,
    candidates: usize,
    lead: usize,
}

#[tokio::test]
async fn texts_of_a_city_are_stored_and_understood() -> anyhow::Result<()> {
    let Some(folder) = shared::folder() else {
        println!("skipped: no shared data");
        return Ok(());
    };
    let data = tempfile::tempdir()?;
    let mut server = city_with_polygons(data.path(), &folder)?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let centre = operator.get("/api/v1/centres/kediri").await?;
    assert_eq!(centre.pointer("/profile/boundaries_schematic"), Some(&json!(false)), "{}", centre["profile"]);
    let at = operator.get("jurisdiction?lat=-7.8228&lon=112.0119").await?;
    ensure!(at.to_string().contains("35.71"), "the town hall is not in the city: {at}");

    let kinds = kinds_of_agencies(&operator).await?;
    let rows = rows(&folder)?;
    let (mut score, mut confusion, mut fire) = (Score::default(), Confusion::default(), None);
    let posted = Stopwatch::start();
    for row in &rows {
        let stored = operator.post("reports", body_of(row), 201).await?;
        let found = stored.pointer("/triage/category").and_then(Value::as_str).unwrap_or("none");
        confusion.add(&row.category, found);
        score.exact += usize::from(found == row.category);
        score.acceptable += usize::from(row.acceptable.split(';').any(|one| one == found));
        if !row.place_text.is_empty() {
            score.with_place += 1;
            score.located += usize::from(stored.pointer("/place/lat").is_some_and(Value::is_number));
            score.regency += usize::from(stored.pointer("/place/regency_code").is_some_and(Value::is_string));
            let candidates = stored.pointer("/place/candidates").and_then(Value::as_array);
            score.candidates += usize::from(candidates.is_some_and(|found| !found.is_empty()));
        }
        let lead = stored.pointer("/agencies/0/agency").and_then(Value::as_str);
        let kind = lead.and_then(|code| kinds.get(code)).map_or("none", String::as_str);
        score.lead += usize::from(row.agencies.split(';').next() == Some(kind));
        if fire.is_none() && row.category == "fire" && found == "fire" {
            fire = Some(id_of(&stored, "/report/id")?);
        }
    }
    let posted = posted.elapsed();
    let stored = operator.all("reports?limit=200").await?;
    assert_eq!(stored.len(), rows.len(), "every text is stored");
    ensure!(stored.iter().all(|report| report["text"].is_string()), "a report without its words");
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!("{confusion}");
    println!(
        "{} texts in {:.1} s: category exact {:.3}, acceptable {:.3}; located {}/{} = {:.3} of those that name a \
         place, {} with a regency, {} with candidates; lead agency right {:.3}",
        rows.len(),
        posted.as_secs_f64(),
        share(score.exact, rows.len()),
        share(score.acceptable, rows.len()),
        score.located,
        score.with_place,
        share(score.located, score.with_place),
        score.regency,
        score.candidates,
        share(score.lead, rows.len()),
    );
    ensure!(share(score.exact, rows.len()) >= LEAST_EXACT, "the texts were not understood");

    one_fire(&server, &operator, fire.context("no fire was understood")?).await?;
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "verify: {said}");
    Ok(())
}

/// The demo city with the real outlines of Kota and Kabupaten Kediri and the country's names.
fn city_with_polygons(data: &Path, folder: &Path) -> anyhow::Result<Server> {
    let mut server = Server::start(data, Start::demo())?;
    ensure!(server.stop()?, "the first start ended badly");
    for name in ["villages_35.06.geojson", "villages_35.71.geojson"] {
        let file = folder.join("data/geo").join(name);
        let file = file.to_str().context("a strange path")?;
        let loading = Stopwatch::start();
        let (code, said) = server.cli(&["centre", "boundaries", file, "--centre", "kediri"])?;
        ensure!(code == 0, "{said}");
        println!("{name} in {:.2} s: {}", loading.elapsed().as_secs_f64(), said.trim());
    }
    let names = folder.join("data/geo/gazetteer_id.csv");
    let names = names.to_str().context("a strange path")?;
    let (code, said) = server.cli(&["centre", "gazetteer", names, "--centre", "kediri"])?;
    ensure!(code == 0, "{said}");
    println!("{}", said.trim());
    let starting = Stopwatch::start();
    server.restart()?;
    println!("start with real polygons: {:.2} s", starting.elapsed().as_secs_f64());
    Ok(server)
}

fn rows(folder: &Path) -> anyhow::Result<Vec<Row>> {
    let mut reader = csv::Reader::from_path(folder.join("data/text/reports-sample.csv"))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn body_of(row: &Row) -> Value {
    let channel = if row.kind == "message" { "whatsapp" } else { "phone" };
    let mut body = json!({ "channel": channel, "text": row.text, "external_id": row.id });
    if !row.place_text.is_empty()
        && let Some(fields) = body.as_object_mut()
    {
        fields.insert("place_text".to_owned(), json!(row.place_text));
    }
    body
}

async fn kinds_of_agencies(operator: &Api) -> anyhow::Result<BTreeMap<String, String>> {
    let agencies = operator.all("agencies").await?;
    agencies.iter().map(|agency| Ok((id_of(agency, "/code")?, id_of(agency, "/kind")?))).collect()
}

/// One fire from the report to the closed incident.
async fn one_fire(server: &Server, operator: &Api, report: String) -> anyhow::Result<()> {
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    for act in ["acknowledge", "accept", "en-route", "on-scene", "complete"] {
        damkar.act(&dispatch, act, json!({})).await?;
    }
    let closed = operator.post(&format!("incidents/{incident}/close"), json!({}), 200).await?;
    ensure!(id_of(&closed, "/incident/state")? == "closed", "{closed}");
    let report = operator.get(&format!("reports/{report}")).await?;
    id_of(&report, "/outcome")?;
    ensure!(id_of(&report, "/incident")? == incident, "{report}");
    Ok(())
}
