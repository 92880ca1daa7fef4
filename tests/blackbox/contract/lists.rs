//! Lists in pages: complete, without doubles, and narrowed as asked.

use std::collections::BTreeSet;

use anyhow::ensure;
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use serde_json::{Value, json};

use super::findings::Findings;

#[tokio::test]
async fn pages_hold_every_thing_once_whatever_their_size() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let auditor = Api::log_in(&server.base, "auditor").await?;
    let mut findings = Findings::default();
    for nth in 0..7 {
        let report = operator.report(&format!("Kebakaran {nth}")).await?;
        let incident = operator.incident(&[report], "fire_building", 1 + nth % 3).await?;
        operator.dispatch(&incident, "damkar", "lead").await?;
    }

    for (who, api) in [("operator", &operator), ("damkar", &damkar), ("auditor", &auditor)] {
        for list in ["reports", "incidents", "dispatches", "units", "agencies"] {
            let whole = ids(&api.all(&format!("{list}?limit=200")).await?)?;
            let expected = if list == "units" || list == "agencies" { whole.len() } else { 7 };
            for limit in [1, 2, 3, 6, 7, 8] {
                let paged = ids(&api.all(&format!("{list}?limit={limit}")).await?)?;
                let named = format!("{list} of {who} by {limit}");
                findings.note(&named, complete(&whole, &paged, expected));
            }
        }
    }
    // What arrives while somebody pages neither doubles nor hides anything that was there.
    let first = operator.get("reports?limit=3").await?;
    let arrived = operator.report("Sementara itu").await?;
    let mut seen = ids(first["items"].as_array().map_or(&[], Vec::as_slice))?;
    if let Some(next) = first["next"].as_str() {
        seen.extend(ids(&operator.all(next).await?)?);
    }
    findings.note("while paging", complete(&seen, &seen, 7));
    ensure!(!seen.contains(&arrived), "a later report came into an older page");
    findings.end()
}

#[tokio::test]
async fn lists_are_narrowed_by_state_and_by_what_is_open() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let waiting = operator.report("Menunggu").await?;
    let prank = operator.report("Prank").await?;
    operator.post(&format!("reports/{prank}/outcome"), json!({ "outcome": "prank" }), 200).await?;
    let (first, second) = (operator.report("Satu").await?, operator.report("Dua").await?);
    let open = operator.incident(std::slice::from_ref(&first), "fire_building", 1).await?;
    let closed = operator.incident(std::slice::from_ref(&second), "fire_vehicle", 2).await?;
    let running = operator.dispatch(&open, "damkar", "lead").await?;
    let ended = operator.dispatch(&closed, "damkar", "lead").await?;
    operator.post(&format!("incidents/{closed}/close"), json!({}), 200).await?;

    let mut findings = Findings::default();
    let all = [&waiting, &prank, &first, &second];
    let cases: Vec<(&Api, String, Vec<&String>)> = vec![
        (&operator, "reports".into(), all.to_vec()),
        (&operator, "reports?open=true".into(), vec![&waiting]),
        (&operator, "reports?open=false".into(), vec![&prank, &first, &second]),
        (&operator, "reports?state=waiting".into(), vec![&waiting]),
        (&operator, "reports?state=waiting&open=false".into(), vec![]),
        (&operator, "reports?state=nonsense".into(), vec![]),
        (&operator, format!("reports?incident={open}"), vec![&first]),
        (&operator, "reports?channel=phone".into(), all.to_vec()),
        (&operator, "reports?channel=sms".into(), vec![]),
        (&operator, "incidents?open=true".into(), vec![&open]),
        (&operator, "incidents?open=false".into(), vec![&closed]),
        (&operator, "incidents?state=closed".into(), vec![&closed]),
        (&operator, "dispatches?open=true".into(), vec![&running]),
        (&operator, "dispatches?open=false".into(), vec![&ended]),
        (&operator, "dispatches?state=withdrawn".into(), vec![&ended]),
        (&operator, "dispatches?agency=bpbd".into(), vec![]),
        (&operator, format!("dispatches?incident={open}"), vec![&running]),
        (&operator, "dispatches?overdue=true".into(), vec![]),
        // An agency's lists come from elsewhere and must say the same.
        (&damkar, "reports?open=true".into(), vec![]),
        (&damkar, "reports?open=false".into(), vec![&first, &second]),
        (&damkar, format!("reports?incident={closed}"), vec![&second]),
        (&damkar, "reports?channel=sms".into(), vec![]),
        (&damkar, "incidents?open=true".into(), vec![&open]),
        (&damkar, "incidents?open=false".into(), vec![&closed]),
        (&damkar, "incidents?state=closed&open=true".into(), vec![]),
        (&damkar, "dispatches?open=true".into(), vec![&running]),
    ];
    for (api, path, expected) in cases {
        let separator = if path.contains('?') { '&' } else { '?' };
        let found = ids(&api.all(&format!("{path}{separator}limit=1")).await?)?;
        let (found, expected): (BTreeSet<&String>, BTreeSet<&String>) =
            (found.iter().collect(), expected.into_iter().collect());
        let outcome =
            if found == expected { Ok(()) } else { Err(anyhow::anyhow!("{found:?}, not {expected:?}")) };
        findings.note(&path, outcome);
    }
    findings.end()
}

fn ids(items: &[Value]) -> anyhow::Result<Vec<String>> {
    items.iter().map(|item| id_of(item, "/id").or_else(|_| id_of(item, "/code"))).collect()
}

fn complete(whole: &[String], paged: &[String], expected: usize) -> anyhow::Result<()> {
    let unique: BTreeSet<&String> = paged.iter().collect();
    ensure!(unique.len() == paged.len(), "something came twice");
    ensure!(paged == whole, "the pages hold {} of {} things, or in another order", paged.len(), whole.len());
    ensure!(paged.len() == expected && expected > 0, "{} things, not {expected}", paged.len());
    Ok(())
}
