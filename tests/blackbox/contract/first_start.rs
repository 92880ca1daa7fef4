//! The first start without a demo: one administrator, whose password is shown once.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::{Value, json};

use super::findings::problem;

#[tokio::test]
async fn the_first_start_prints_a_password_once_and_it_logs_in() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), Start::default())?;
    let said = server.said.join("\n");
    let password = said.rsplit_once("one-time password ").context("no password was printed")?.1.to_owned();
    ensure!(password.len() >= 16 && !password.contains(char::is_whitespace), "it said {said}");
    ensure!(!server.log().contains(&password), "the password is in the log");
    let anonymous = Api::anonymous(&server.base)?;
    let body = json!({ "user": "admin", "password": password });
    let answer = anonymous.send(Method::POST, "/api/v1/session", Some(&body)).await?.expect_status(200)?;
    // There is no centre yet: nothing to have a right in.
    assert_eq!(answer["grants"], json!([]));
    let guess = json!({ "user": "admin", "password": "kentongan" });
    problem(&anonymous.send(Method::POST, "/api/v1/session", Some(&guess)).await?, 401, "wrong_credentials")?;
    let demo = json!({ "user": "operator", "password": "kentongan" });
    problem(&anonymous.send(Method::POST, "/api/v1/session", Some(&demo)).await?, 401, "wrong_credentials")?;

    // A second start says nothing of passwords, and the first one still holds.
    ensure!(server.stop()?, "the server ended badly");
    server.restart()?;
    ensure!(!server.said.join("\n").contains("password"), "it said {:?}", server.said);
    let answer = log_in(&server, "admin", &password).await?;
    answer.expect_status(200).map(drop)
}

/// Whoever waits for "listening" may stop it in the same moment: that is a stop, not a kill.
#[test]
fn a_server_stopped_as_soon_as_it_listens_ends_well() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    for round in 0..10 {
        let mut server = Server::start(data.path(), Start::default())?;
        ensure!(server.stop()?, "in round {round} the server ended badly");
    }
    Ok(())
}

#[tokio::test]
async fn an_imported_centre_belongs_to_the_administrator_and_gets_its_people() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::start(data.path(), Start::default())?;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri");
    let (code, said) = server.cli(&["centre", "import", folder])?;
    ensure!(code == 0, "{said}");
    let (code, said) = server.cli(&["user", "add", "sari", "--centre", "kediri", "--role", "operator"])?;
    ensure!(code == 0, "{said}");
    let password =
        said.trim().rsplit_once("one-time password ").context("no password was printed")?.1.to_owned();
    ensure!(server.stop()?, "the server ended badly");
    server.restart()?;
    let sari = log_in(&server, "sari", &password).await?.expect_status(200)?;
    assert_eq!(sari["grants"][0]["centre"], "kediri");
    assert_eq!(sari["grants"][0]["role"], "operator");

    // A new password ends the old one.
    let (code, said) = server.cli(&["user", "password", "sari"])?;
    ensure!(code == 0, "{said}");
    let renewed =
        said.trim().rsplit_once("one-time password ").context("no password was printed")?.1.to_owned();
    ensure!(renewed != password, "the password is the old one");
    problem(&log_in(&server, "sari", &password).await?, 401, "wrong_credentials")?;
    log_in(&server, "sari", &renewed).await?.expect_status(200)?;
    let (_, list) = server.cli(&["user", "list"])?;
    ensure!(!list.contains(&renewed) && list.contains("sari\tactive\tkediri:operator"), "{list}");
    ensure!(list.contains("admin\tactive\tkediri:admin"), "{list}");
    for args in [
        &["user", "add", "sari", "--centre", "kediri", "--role", "operator"][..],
        &["user", "add", "Sari Contoh", "--centre", "kediri", "--role", "operator"],
        &["user", "add", "budi", "--centre", "atlantis", "--role", "operator"],
        &["user", "add", "budi", "--centre", "kediri", "--role", "agency"],
        &["user", "disable", "nobody"],
    ] {
        let (code, said) = server.cli(args)?;
        ensure!(code == 2 && said.starts_with("kentongan: "), "{args:?} ended with {code}: {said}");
    }
    Ok(())
}

async fn log_in(server: &Server, user: &str, password: &str) -> anyhow::Result<kentongan_tests::api::Answer> {
    let body: Value = json!({ "user": user, "password": password });
    Api::anonymous(&server.base)?.send(Method::POST, "/api/v1/session", Some(&body)).await
}
