//! TLS of the server's own, with a certificate made here.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::{Server, Start, run_cli};
use serde_json::json;

struct Certificate {
    pem: String,
    cert: PathBuf,
    key: PathBuf,
}

fn certificate(folder: &Path, name: &str) -> anyhow::Result<Certificate> {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned(), "localhost".to_owned()])?;
    let (cert, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
    let pem = made.cert.pem();
    std::fs::write(&cert, &pem)?;
    std::fs::write(&key, made.signing_key.serialize_pem())?;
    Ok(Certificate { pem, cert, key })
}

fn with_tls(cert: &Path, key: &Path) -> Start {
    Start::demo().with("--tls-cert").with(cert).with("--tls-key").with(key)
}

#[tokio::test]
async fn https_works_with_a_cookie_bound_to_the_host() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let made = certificate(data.path(), "kentongan")?;
    let server = Server::start(data.path(), with_tls(&made.cert, &made.key))?;
    ensure!(server.base.starts_with("https://"), "it listens on {}", server.base);
    // Makes ring the provider of this process.
    let plain = Api::anonymous(&server.base)?;
    ensure!(plain.get("/healthz").await.is_err(), "a client trusted a certificate that nobody vouches for");
    let root = reqwest::Certificate::from_pem(made.pem.as_bytes())?;
    let client = reqwest::Client::builder().tls_certs_only([root]).https_only(true).build()?;

    let body = json!({ "user": "operator", "password": "kentongan" });
    let response = client.post(format!("{}/api/v1/session", server.base)).json(&body).send().await?;
    assert_eq!(response.status().as_u16(), 200);
    ensure!(
        response.headers().contains_key("strict-transport-security"),
        "browsers may go back to plain HTTP"
    );
    let cookie = response.headers().get("set-cookie").context("no cookie")?.to_str()?.to_owned();
    ensure!(
        cookie.starts_with("__Host-kentongan=") && cookie.contains("; Secure"),
        "the cookie is not bound to the host"
    );
    let pair = cookie.split(';').next().unwrap_or_default();
    let reports = format!("{}/api/v1/centres/kediri/reports", server.base);
    let ask = |origin: &str| {
        let body = json!({ "channel": "phone", "text": "Kebakaran" });
        client.post(&reports).header("cookie", pair).header("origin", origin).json(&body).send()
    };
    assert_eq!(ask(&server.base).await?.status().as_u16(), 201);
    let unsafe_page = server.base.replacen("https", "http", 1);
    assert_eq!(ask(&unsafe_page).await?.status().as_u16(), 403);
    // Without the prefix the cookie could have been planted by another host of the domain.
    let planted = pair.trim_start_matches("__Host-");
    let response = client.get(&reports).header("cookie", planted).send().await?;
    assert_eq!(response.status().as_u16(), 401);
    // Somebody who speaks plain HTTP gets nothing, and does not disturb the others.
    let answer = reqwest::Client::new().get(server.base.replacen("https", "http", 1)).send().await;
    ensure!(answer.is_err(), "plain HTTP was answered");
    assert_eq!(client.get(&reports).header("cookie", pair).send().await?.status().as_u16(), 200);
    Ok(())
}

#[test]
fn files_that_do_not_fit_stop_the_start_and_are_named() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let first = certificate(data.path(), "first")?;
    let second = certificate(data.path(), "second")?;
    let missing = data.path().join("missing.pem");
    let empty = data.path().join("empty.pem");
    std::fs::write(&empty, "")?;
    for (cert, key, words) in [
        (&missing, &first.key, "missing.pem"),
        (&first.cert, &missing, "missing.pem"),
        (&first.cert, &empty, "empty.pem"),
        (&first.cert, &second.key, "do not fit"),
    ] {
        let (cert, key) = (cert.display().to_string(), key.display().to_string());
        let args = ["serve", "--listen", "127.0.0.1:0", "--tls-cert", &cert, "--tls-key", &key];
        let (code, said) = run_cli(data.path(), None, &args)?;
        ensure!(code == 2 && said.contains(words), "{cert} {key} ended with {code}: {said}");
    }
    let cert = first.cert.display().to_string();
    let (code, said) =
        run_cli(data.path(), None, &["serve", "--listen", "127.0.0.1:0", "--tls-cert", &cert])?;
    ensure!(code == 2 && said.contains("--tls-key"), "ended with {code}: {said}");
    Ok(())
}
