//! Web Push to a push service that checks and decrypts as a browser's does.

use anyhow::{Context as _, ensure};
use kentongan_tests::tools::{Language, Tool, installed};
use reqwest::Method;
use serde_json::{Value, json};

use super::city::{City, of_channel};

struct Service {
    _tool: Tool,
    base: String,
    client: reqwest::Client,
}

impl Service {
    fn start() -> anyhow::Result<Self> {
        let tool = Tool::start(Language::Node, "push_service.cjs")?;
        Ok(Self {
            base: format!("http://localhost:{}", tool.port),
            _tool: tool,
            client: reqwest::Client::new(),
        })
    }

    async fn ask(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let answer = self.client.post(format!("{}/{path}", self.base)).json(&body).send().await?;
        ensure!(answer.status().is_success(), "{path}: {} {}", answer.status(), answer.text().await?);
        Ok(serde_json::from_str(&answer.text().await?).unwrap_or(Value::Null))
    }

    /// A browser that lets itself be woken by this key.
    async fn browser(&self, key: &str) -> anyhow::Result<Value> {
        let asked = json!({ "userVisibleOnly": "true", "applicationServerKey": key });
        self.ask("subscribe", asked).await?.get("data").cloned().context("no subscription")
    }

    async fn shown(&self, browser: &Value) -> anyhow::Result<Vec<Value>> {
        let asked = json!({ "clientHash": browser["clientHash"] });
        let told = self.ask("get-notifications", asked).await?;
        let messages = told.pointer("/data/messages").and_then(Value::as_array).cloned().unwrap_or_default();
        messages.iter().map(|one| Ok(serde_json::from_str(one.as_str().context("no text")?)?)).collect()
    }
}

fn of_browser(browser: &Value) -> Value {
    json!({ "endpoint": browser["endpoint"], "keys": browser["keys"] })
}

#[tokio::test]
async fn a_browser_is_woken_and_told_nothing_personal() -> anyhow::Result<()> {
    if !installed(Language::Node) {
        return Ok(());
    }
    let mut city = City::start("").await?;
    let service = Service::start()?;
    let key = city.damkar.get("push-key").await?;
    let browser = service.browser(key["key"].as_str().context("no key")?).await?;
    let put = city.damkar.send(Method::POST, "agencies/damkar/push", Some(&of_browser(&browser))).await?;
    put.expect_status(204)?;
    let dispatch = city.fire(1).await?;
    city.delivery(&dispatch, "push", |one| one["state"] == "sent").await?;
    let shown = service.shown(&browser).await?;
    assert_eq!(shown.len(), 1, "{shown:?}");
    let told = shown[0].as_object().context("no object")?;
    let names: Vec<&str> = told.keys().map(String::as_str).collect();
    assert_eq!(names, ["agency", "category", "dispatch", "notice", "number", "priority"]);
    assert_eq!((&told["category"], &told["priority"]), (&json!("fire"), &json!(1)));
    assert_eq!(told["dispatch"], dispatch.as_str());
    Ok(())
}

#[tokio::test]
async fn a_browser_that_left_is_forgotten() -> anyhow::Result<()> {
    if !installed(Language::Node) {
        return Ok(());
    }
    let mut city = City::start("").await?;
    let service = Service::start()?;
    let key = city.damkar.get("push-key").await?;
    let browser = service.browser(key["key"].as_str().context("no key")?).await?;
    city.damkar
        .send(Method::POST, "agencies/damkar/push", Some(&of_browser(&browser)))
        .await?
        .expect_status(204)?;
    let hash = browser["clientHash"].as_str().context("no hash")?;
    service.client.post(format!("{}/expire-subscription/{hash}", service.base)).send().await?;
    let dispatch = city.fire(1).await?;
    let failed = city.delivery(&dispatch, "push", |one| one["state"] == "failed").await?;
    assert_eq!((&failed["last_error"], &failed["next_attempt_at"]), (&json!("gone"), &Value::Null));
    let contacts = city.damkar.get("agencies/damkar/contacts").await?;
    ensure!(contacts["links"] == json!([]), "still woken by {}", contacts["links"]);
    let second = city.fire(1).await?;
    let view = city.operator.get(&format!("dispatches/{second}")).await?;
    assert_eq!(of_channel(&view, "push").count(), 0);
    Ok(())
}

#[tokio::test]
async fn who_may_be_woken() -> anyhow::Result<()> {
    let city = City::start("").await?;
    let browser =
        json!({ "endpoint": "https://push.example/1", "keys": { "p256dh": "AAAA", "auth": "AAAA" } });
    let set = |api: &kentongan_tests::api::Api, agency: &str, body: Value| {
        let (api, path) = (api.clone(), format!("agencies/{agency}/push"));
        async move { api.send(Method::POST, &path, Some(&body)).await }
    };
    assert_eq!(set(&city.damkar, "damkar", browser.clone()).await?.status, 422);
    assert_eq!(set(&city.damkar, "bpbd", browser.clone()).await?.status, 403);
    assert_eq!(set(&city.operator, "damkar", browser.clone()).await?.status, 403);
    let plain = json!({ "endpoint": "ftp://push.example", "keys": browser["keys"] });
    assert_eq!(set(&city.damkar, "damkar", plain).await?.body["pointer"], "/endpoint");
    let drill = city.damkar.in_centre(kentongan_tests::api::DRILL);
    assert_eq!(drill.send(Method::GET, "push-key", None).await?.status, 404);
    Ok(())
}
