//! Where a report is: the country's names behind a centre's own, positions in the words, circles over a border.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::{Server, Start};
use serde_json::{Value, json};

/// A few areas in the ministry's form, with two rows that cannot be used.
const GAZETTEER: &str = "code,name,lat,lng\n\
    35,Jawa Timur,-7.5,112.5\n\
    35.10,Kabupaten Banyuwangi,-8.36,114.2\n\
    35.10.13,Rogojampi,-8.32,114.29\n\
    35.10.13.20x1,Salah,-8.33,114.3\n\
    35.10.13.2001,Gladag,114.3,-8.33\n\
    35.10.13.2002,Ngampel,-8.34,114.31\n";

#[tokio::test]
async fn a_callers_village_far_away_is_found_after_the_next_start() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let file = data.path().join("names.csv");
    std::fs::write(&file, GAZETTEER)?;
    let file = file.to_str().context("a strange path")?;
    let mut server = Server::start(data.path(), Start::demo())?;
    let (code, said) = server.cli(&["centre", "gazetteer", file, "--centre", "kediri"])?;
    ensure!(code == 0, "{said}");
    for words in ["line 5", "20x1", "line 6", "swapped", "4 names loaded", "2 rows left out"] {
        ensure!(said.contains(words), "{words} is not said: {said}");
    }
    let (code, said) = server.cli(&["centre", "gazetteer", file, "--centre", "nowhere"])?;
    ensure!(code == 2 && said.contains("there is no centre nowhere"), "{said}");

    let operator = Api::log_in(&server.base, "operator").await?;
    ensure!(names(&operator, "rogojampi").await?.is_empty(), "not before the next start");
    ensure!(server.stop()?, "the server ended badly");
    server.restart()?;
    let operator = Api::log_in(&server.base, "operator").await?;
    ensure!(names(&operator, "rogojmpi").await? == ["Rogojampi, Kabupaten Banyuwangi"]);
    let ngampel = names(&operator, "ngampel").await?;
    let namesakes = ngampel.iter().filter(|name| name.starts_with("Ngampel, "));
    ensure!(namesakes.count() == 3, "{ngampel:?}");

    let body = json!({ "channel": "phone", "text": "kebakaran di pasar Rogojampi", "place_text": "pasar Rogojampi" });
    let stored = operator.post("reports", body, 201).await?;
    let regency = stored.pointer("/place/regency").and_then(Value::as_str);
    ensure!(regency == Some("Kabupaten Banyuwangi"), "{:?}", stored.get("place"));
    Ok(())
}

#[tokio::test]
async fn what_was_put_right_and_who_else_it_might_be_is_said() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(data.path(), Start::demo())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let text = "pohon tumbang, saya di 112.0119, -7.8228";
    let stored = operator.post("reports", json!({ "channel": "sms", "text": text }), 201).await?;
    let said = |stored: &Value, pointer: &str| stored.pointer(pointer).cloned().unwrap_or_default();
    ensure!(said(&stored, "/place/candidates/0/reason") == "coordinates_swapped", "{stored}");
    ensure!(
        said(&stored, "/place/regency") == "Kota Kediri" && said(&stored, "/place/source") == "pin",
        "{stored}"
    );

    // A cell's circle of 5 km around the town hall reaches over the city's border.
    let location = json!({ "lat": -7.8228, "lon": 112.0119, "accuracy_m": 5000, "source": "cell" });
    let body = json!({ "channel": "phone", "text": "kebakaran, tolong", "location": location });
    let stored = operator.post("reports", body, 201).await?;
    let candidates = said(&stored, "/place/candidates");
    let doubt = candidates.as_array().into_iter().flatten().find(|one| said(one, "/reason") == "might_be");
    let doubt = doubt.with_context(|| format!("no doubt is told: {stored}"))?;
    ensure!(said(doubt, "/regency") == "Kabupaten Kediri", "{doubt}");

    // The operator's words tell an address, the fresh position of the device is trusted more; both are kept.
    let location = json!({ "lat": -7.8228, "lon": 112.0119, "accuracy_m": 10, "source": "device" });
    let body = json!({
        "channel": "phone", "text": "kebakaran", "place_text": "kel Mojoroto", "location": location
    });
    let stored = operator.post("reports", body, 201).await?;
    ensure!(said(&stored, "/place/source") == "device", "{stored}");
    let claims = said(&stored, "/report/claims");
    ensure!(claims.as_array().map(Vec::len) == Some(2), "{claims}");
    Ok(())
}

/// Name and regency of what a search finds.
async fn names(operator: &Api, query: &str) -> anyhow::Result<Vec<String>> {
    let found = operator.get(&format!("places?q={query}&limit=20")).await?;
    let items = found.get("items").and_then(Value::as_array).context("no items")?;
    let text =
        |item: &Value, field: &str| item.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(items.iter().map(|item| format!("{}, {}", text(item, "name"), text(item, "regency"))).collect())
}
