//! The demo city with providers that listen on this machine, and a contact of the fire brigade.

use std::collections::BTreeMap;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::console::Console;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The token that gateways' calls bring.
pub const TOKEN: &str = "token-of-the-gateway";

/// A running city.
pub struct City {
    _data: TempDir,
    /// The server.
    pub server: Server,
    /// The desk.
    pub operator: Api,
    /// The fire brigade.
    pub damkar: Api,
    /// The desk's console.
    pub desk: Console,
}

impl City {
    /// Starts it with this `[forward]` part of the settings; this machine's own addresses may be dialled.
    pub async fn start(forward: &str) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let config = data.path().join("settings.toml");
        std::fs::write(&config, format!("public_url = \"https://112.example\"\n{forward}"))?;
        let mut start = Start::demo().with("--config").with(config);
        for name in ["TELEGRAM_TOKEN", "WHATSAPP_TOKEN", "LINE_TOKEN", "SMS_SECRET"] {
            start = start.with_env(&format!("KENTONGAN_{name}"), "7:secret");
        }
        for name in
            ["TELEGRAM_INBOUND_TOKEN", "LINE_CHANNEL_SECRET", "WHATSAPP_APP_SECRET", "SMS_INBOUND_TOKEN"]
        {
            start = start.with_env(&format!("KENTONGAN_{name}"), TOKEN);
        }
        Self::run(data, start.with_env("KENTONGAN_FORWARD_ALLOW", "127.0.0.0/8,::1")).await
    }

    /// Starts it on data that is there already, with nothing set.
    pub async fn on(data: TempDir) -> anyhow::Result<Self> {
        Self::run(data, Start::demo()).await
    }

    async fn run(data: TempDir, start: Start) -> anyhow::Result<Self> {
        let server = Server::start(data.path(), start)?;
        let operator = Api::log_in(&server.base, "operator").await?;
        let damkar = Api::log_in(&server.base, "damkar").await?;
        let desk = Console::connect(&operator).await?;
        Ok(Self { _data: data, server, operator, damkar, desk })
    }

    /// Gives the fire brigade a contact.
    pub async fn contact(&self, code: &str, place: u16, channels: Value) -> anyhow::Result<()> {
        let body =
            json!({ "name": "Danru Satu", "phone": "0812-0000-0001", "place": place, "channels": channels });
        let path = format!("agencies/damkar/contacts/{code}");
        self.damkar.send(Method::PUT, &path, Some(&body)).await?.expect_status(200)?;
        Ok(())
    }

    /// Forwards a fire to the fire brigade; the dispatch's id.
    pub async fn fire(&self, priority: u8) -> anyhow::Result<String> {
        let report = self.operator.report("Kebakaran rumah <b>besar</b>\r\nBcc: lain@contoh.example").await?;
        let incident = self.operator.incident(&[report], "fire_building", priority).await?;
        self.operator.dispatch(&incident, "damkar", "lead").await
    }

    /// Waits until the dispatch's delivery on a channel is as it should be; that delivery.
    pub async fn delivery(
        &mut self,
        dispatch: &str,
        channel: &str,
        is: impl Fn(&Value) -> bool,
    ) -> anyhow::Result<Value> {
        let view = self.desk.until("dispatch", dispatch, |view| of_channel(view, channel).any(&is)).await?;
        let found = of_channel(&view, channel).find(|one| is(one)).cloned();
        found.context("no such delivery")
    }

    /// Waits until the dispatch is as it should be.
    pub async fn dispatch(&mut self, dispatch: &str, is: impl Fn(&Value) -> bool) -> anyhow::Result<Value> {
        self.desk.until("dispatch", dispatch, is).await
    }

    /// A provider calls.
    pub async fn calls(
        &self,
        provider: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> anyhow::Result<(u16, Value)> {
        let nobody = Api::anonymous(&self.server.base)?;
        let mut request = nobody.request(Method::POST, &format!("inbound/{provider}")).body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok((status, serde_json::from_str(&answer.text().await?).unwrap_or(Value::Null)))
    }

    /// Ends it; the log and the projections agree.
    pub fn ends_well(mut self) -> anyhow::Result<()> {
        ensure!(self.server.stop()?, "the server ended badly");
        let (code, said) = self.server.cli(&["verify"])?;
        ensure!(code == 0, "verify: {said}");
        Ok(())
    }
}

/// The deliveries of a dispatch on a channel.
pub fn of_channel<'a>(dispatch: &'a Value, channel: &'a str) -> impl Iterator<Item = &'a Value> {
    let deliveries = dispatch["deliveries"].as_array().map(Vec::as_slice).unwrap_or_default();
    deliveries.iter().filter(move |one| one["channel"] == channel)
}

/// The fields of a form.
pub fn form(body: &str) -> BTreeMap<String, String> {
    let url = reqwest::Url::parse(&format!("http://form/?{body}"));
    url.map(|url| url.query_pairs().into_owned().collect()).unwrap_or_default()
}
