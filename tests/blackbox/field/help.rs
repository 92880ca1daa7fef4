//! "Butuh bantuan": a call for help from the field rings at the desk until somebody answers.

use anyhow::ensure;
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::Server;
use serde_json::{Value, json};

#[tokio::test]
async fn a_call_for_help_is_on_the_desk_at_once_and_survives_a_kill() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let bpbd = Api::log_in(&server.base, "bpbd").await?;
    let mut desk = Console::connect(&operator).await?;
    let report = operator.report("Kebakaran gudang").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let (ask, answer) = (format!("dispatches/{dispatch}/help"), format!("dispatches/{dispatch}/help/answer"));
    let early = damkar.post(&ask, json!({}), 409).await?;
    ensure!(early["allowed"].as_array().is_some_and(|acts| !acts.is_empty()), "{early}");
    damkar.act(&dispatch, "acknowledge", json!({})).await?;
    bpbd.post(&ask, json!({}), 404).await?;
    damkar.post(&ask, json!({ "note": "dua orang terjebak, kirim ambulans" }), 200).await?;
    let view = desk.until("dispatch", &dispatch, |view| view["help"].is_object()).await?;
    assert_eq!(view.pointer("/help/note"), Some(&json!("dua orang terjebak, kirim ambulans")));
    ensure!(view.pointer("/deadlines/help").is_some(), "nothing rings: {view}");
    // What is worth knowing is written down and kept, too, and is no event's text.
    let notes = format!("dispatches/{dispatch}/notes");
    bpbd.post(&notes, json!({ "note": "x" }), 404).await?;
    damkar.post(&notes, json!({ "note": " " }), 422).await?;
    let noted = damkar.post(&notes, json!({ "note": "api dari dapur, tetangga dievakuasi" }), 200).await?;
    assert_eq!(noted.pointer("/dispatch/notes/0/text"), Some(&json!("api dari dapur, tetangga dievakuasi")));
    server.kill()?;
    server.restart()?;
    let (operator, damkar) = (operator.reconnected()?, damkar.reconnected()?);
    let kept = operator.get(&format!("dispatches/{dispatch}")).await?;
    assert_eq!(kept["help"], view["help"]);
    assert_eq!(kept["notes"], noted["dispatch"]["notes"]);
    damkar.post(&answer, json!({}), 403).await?;
    let answered = operator.post(&answer, json!({}), 200).await?;
    assert_eq!(answered.pointer("/dispatch/help/answered_by"), Some(&json!("operator")));
    assert_eq!(answered.pointer("/dispatch/deadlines/help"), None::<&Value>);
    operator.post(&answer, json!({}), 409).await?;
    // Help can be needed again.
    let again = damkar.post(&ask, json!({}), 200).await?;
    assert_eq!(again.pointer("/dispatch/help/answered_at"), Some(&Value::Null));
    ensure!(server.stop()?, "the server ended badly");
    let (code, said) = server.cli(&["verify"])?;
    ensure!(code == 0, "{said}");
    Ok(())
}
