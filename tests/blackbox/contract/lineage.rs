//! Merging, splitting and reopening keep every report (I9).

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn every_report_stays_in_exactly_one_incident() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let mut reports = Vec::new();
    for nth in 0..6 {
        reports.push(operator.report(&format!("Kebakaran {nth}")).await?);
    }
    let first = operator.incident(&reports[..2], "fire_building", 1).await?;
    let second = operator.incident(&reports[2..4], "fire_building", 2).await?;
    operator
        .post(
            &format!("reports/{}/outcome", reports[4]),
            json!({ "outcome": "attached", "incident": second }),
            200,
        )
        .await?;
    operator
        .post(
            &format!("reports/{}/outcome", reports[5]),
            json!({ "outcome": "attached", "incident": second }),
            200,
        )
        .await?;
    whole(&operator, &reports, "attaching").await?;

    let merged = operator.post(&format!("incidents/{second}/merge"), json!({ "into": first }), 200).await?;
    assert_eq!(merged["incident"]["id"], first.as_str(), "merging answers with the incident that stays");
    let gone = operator.get(&format!("incidents/{second}")).await?;
    assert_eq!(
        (gone["state"].as_str(), gone["merged_into"].as_str()),
        (Some("merged"), Some(first.as_str()))
    );
    assert_eq!(held(&operator, &first).await?, reports.iter().cloned().collect());
    whole(&operator, &reports, "merging").await?;

    let leaving =
        json!({ "report_ids": [reports[1], reports[4]], "type": "traffic_accident", "priority": 3 });
    let split = operator.post(&format!("incidents/{first}/split"), leaving, 201).await?;
    let third = id_of(&split, "/incident/id")?;
    assert_eq!(split["incident"]["split_from"], first.as_str());
    assert_eq!(split["incident"]["category"], "traffic_accident");
    assert_eq!(held(&operator, &third).await?, [reports[1].clone(), reports[4].clone()].into());
    whole(&operator, &reports, "splitting").await?;

    for incident in [&first, &third] {
        operator.post(&format!("incidents/{incident}/resolve"), json!({}), 200).await?;
        operator
            .post(&format!("incidents/{incident}/close"), json!({ "result": "false_report" }), 200)
            .await?;
    }
    whole(&operator, &reports, "closing").await?;
    let refused = operator.post(&format!("incidents/{first}/reopen"), json!({}), 422).await?;
    assert_eq!(refused["pointer"], "/reason");
    let reopened = operator
        .post(&format!("incidents/{first}/reopen"), json!({ "reason": "Api muncul lagi" }), 200)
        .await?;
    assert_eq!(
        (&reopened["incident"]["state"], &reopened["incident"]["note"]),
        (&json!("open"), &json!("Api muncul lagi"))
    );
    let refused = operator.post(&format!("incidents/{second}/reopen"), json!({ "reason": "x" }), 409).await?;
    assert_eq!(refused["state"], "merged", "out of a merge nothing leads");
    // An incident that was ended or merged takes no more.
    operator.post(&format!("incidents/{first}/merge"), json!({ "into": third }), 409).await?;
    operator.post(&format!("incidents/{first}/merge"), json!({ "into": second }), 409).await?;
    whole(&operator, &reports, "reopening").await?;

    server.kill()?;
    server.restart()?;
    let operator = operator.reconnected()?;
    whole(&operator, &reports, "a crash").await?;
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    assert_eq!(code, 0, "{said}");
    Ok(())
}

#[tokio::test]
async fn merging_leaves_an_agency_one_dispatch_the_one_that_came_further() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let mut both = Vec::new();
    for text in ["Kebakaran pasar", "Asap tebal di pasar"] {
        let report = operator.report(text).await?;
        let incident = operator.incident(std::slice::from_ref(&report), "fire_building", 1).await?;
        let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
        both.push((report, incident, dispatch));
    }
    let [(_, target, unread), (report, source, underway)] = &both[..] else { anyhow::bail!("two were made") };
    operator.dispatch(source, "polres", "support").await?;
    for act in ["acknowledge", "accept", "en-route"] {
        damkar.act(underway, act, json!({})).await?;
    }
    let merged = operator.post(&format!("incidents/{source}/merge"), json!({ "into": target }), 200).await?;
    assert_eq!(merged["incident"]["state"], "active", "the incident is as far as its furthest agency");
    assert_eq!(damkar.get(&format!("dispatches/{unread}")).await?["state"], "withdrawn");
    let moved = damkar.get(&format!("dispatches/{underway}")).await?;
    assert_eq!((&moved["state"], &moved["incident"]), (&json!("en_route"), &json!(target)));
    assert_eq!(damkar.act(underway, "on-scene", json!({})).await?, "on_scene");
    assert_eq!(damkar.get(&format!("reports/{report}")).await?["incident"], target.as_str());
    let live = operator.all(&format!("dispatches?incident={target}&open=true")).await?;
    let mut agencies: Vec<&str> = live.iter().filter_map(|dispatch| dispatch["agency"].as_str()).collect();
    agencies.sort_unstable();
    assert_eq!(agencies, ["damkar", "polres"]);
    Ok(())
}

async fn held(api: &Api, incident: &str) -> anyhow::Result<BTreeSet<String>> {
    let view = api.get(&format!("incidents/{incident}")).await?;
    let reports = view.get("reports").and_then(Value::as_array).context("no reports")?;
    Ok(reports.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Checks that the reports are all there, each in the one incident that it says it is in.
async fn whole(api: &Api, reports: &[String], after: &str) -> anyhow::Result<()> {
    let mut of_incidents = Vec::new();
    for incident in api.all("incidents").await? {
        let id = id_of(&incident, "/id")?;
        if id_of(&incident, "/state")? != "merged" {
            let reports = incident.get("reports").and_then(Value::as_array).context("no reports")?;
            of_incidents.extend(
                reports.iter().filter_map(Value::as_str).map(|report| (report.to_owned(), id.clone())),
            );
        }
    }
    ensure!(of_incidents.len() == reports.len(), "after {after} the incidents hold {of_incidents:?}");
    let listed = api.all("reports").await?;
    ensure!(listed.len() == reports.len(), "after {after} there are {} reports", listed.len());
    for report in listed {
        let pair = (id_of(&report, "/id")?, id_of(&report, "/incident")?);
        ensure!(of_incidents.contains(&pair), "after {after} {pair:?} is not in {of_incidents:?}");
    }
    Ok(())
}
