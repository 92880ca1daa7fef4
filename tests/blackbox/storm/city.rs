//! The demo city with agencies that are reached on every channel, and impatient ladders.

use std::path::Path;

use anyhow::{Context as _, ensure};
use kentongan_tests::api::Api;
use kentongan_tests::server::{Server, Start, run_cli};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::providers::Providers;

/// The agencies: between them they have every channel.
pub const AGENCIES: [&str; 4] = ["damkar", "psc119", "polres", "bpbd"];

/// When an unacknowledged dispatch rings at the desk, in milliseconds.
pub const ALARM_MS: i64 = 2_000;

/// Secrets that both sides know.
pub const TELEGRAM: &str = "rahasia-telegram";
pub const LINE: &str = "rahasia-line";
pub const WHATSAPP: &str = "rahasia-whatsapp";
pub const GATEWAY: &str = "rahasia-gateway";

/// A key of a browser, public (RFC 8291, appendix A): nobody reads what is sent to it.
const BROWSER: (&str, &str) = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
);

/// Contacts: agency, code, place, and address by channel.
fn contacts() -> [(&'static str, &'static str, u16, Value); 6] {
    [
        ("damkar", "danru-1", 1, json!({ "telegram": "-1001", "sms": "081200000001" })),
        ("damkar", "danru-2", 2, json!({ "sms": "081200000002" })),
        ("psc119", "piket-1", 1, json!({ "line": "U0000000000000000000000000000001", "whatsapp": "081200000003" })),
        ("psc119", "piket-2", 2, json!({ "telegram": "-1002" })),
        ("polres", "pawas-1", 1, json!({ "gateway": "081200000004", "email": "pawas@polres.example" })),
        ("bpbd", "piket-1", 1, json!({ "sms": "081200000005" })),
    ]
}

const LADDERS: &str = r#"
[[ladders]]
rungs = [
    { after_ms = 0, act = "alert", to = "first" },
    { after_ms = 2_000, act = "alarm" },
    { after_ms = 3_000, act = "alert", to = "second" },
    { after_ms = 4_000, act = "supervisor" },
]
"#;

/// A running city.
pub struct City {
    _data: TempDir,
    _config: TempDir,
    pub server: Server,
}

impl City {
    /// Sets the city up and starts it.
    pub async fn start(providers: &Providers) -> anyhow::Result<Self> {
        let (data, config) = (tempfile::tempdir()?, tempfile::tempdir()?);
        impatient_pack(data.path())?;
        let settings = config.path().join("kentongan.toml");
        std::fs::write(&settings, settings_of(providers))?;
        let env = [
            ("KENTONGAN_CONFIG", settings.to_str().context("a strange path")?),
            ("KENTONGAN_FORWARD_ALLOW", "127.0.0.1"),
            ("KENTONGAN_PUSH_KEY", "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            ("KENTONGAN_TELEGRAM_TOKEN", "1:a"),
            ("KENTONGAN_TELEGRAM_INBOUND_TOKEN", TELEGRAM),
            ("KENTONGAN_LINE_TOKEN", "b"),
            ("KENTONGAN_LINE_CHANNEL_SECRET", LINE),
            ("KENTONGAN_WHATSAPP_TOKEN", "c"),
            ("KENTONGAN_WHATSAPP_APP_SECRET", WHATSAPP),
            ("KENTONGAN_GATEWAY_INBOUND_TOKEN", GATEWAY),
            ("KENTONGAN_SMS_INBOUND_TOKEN", GATEWAY),
            ("KENTONGAN_PUBLIC_URL", "http://112.example"),
        ];
        let start = env.iter().fold(Start::demo(), |start, (name, value)| start.with_env(name, value));
        let hook = providers.address("/hook");
        // The city must be there before it can have an endpoint.
        let server = Server::start(data.path(), start)?;
        let set = ["centre", "endpoint", "--centre", "kediri", "--agency", "damkar", "--url", &hook];
        let (code, said) = server.cli(&[&set[..], &["--allow-private"]].concat())?;
        ensure!(code == 0, "{said}");
        let supervisor = Api::log_in(&server.base, "supervisor").await?;
        for (agency, code, place, channels) in contacts() {
            let body = json!({ "name": "Contoh", "place": place, "channels": channels });
            let path = format!("agencies/{agency}/contacts/{code}");
            supervisor.send(Method::PUT, &path, Some(&body)).await?.expect_status(200)?;
        }
        let bpbd = Api::log_in(&server.base, "bpbd").await?;
        let (p256dh, auth) = BROWSER;
        let browser = json!({ "endpoint": providers.address("/push/1"), "keys": { "p256dh": p256dh, "auth": auth } });
        let kept = bpbd.send(Method::POST, "agencies/bpbd/push", Some(&browser)).await?;
        ensure!(kept.status.is_success(), "{} {}", kept.status, kept.body);
        // The endpoint was set from outside: the server looks for it every ten seconds, a start at once.
        let mut server = server;
        server.kill()?;
        server.restart()?;
        Ok(Self { _data: data, _config: config, server })
    }
}

fn impatient_pack(data: &Path) -> anyhow::Result<()> {
    let pack = tempfile::tempdir()?;
    let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri"));
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        std::fs::copy(entry.path(), pack.path().join(entry.file_name()))?;
    }
    std::fs::write(pack.path().join("ladders.toml"), LADDERS)?;
    let folder = pack.path().to_str().context("a strange path")?;
    let (code, said) = run_cli(data, None, &["centre", "import", folder])?;
    ensure!(code == 0, "{said}");
    Ok(())
}

fn settings_of(providers: &Providers) -> String {
    let fast = "limits = { per_second = 2000.0, burst = 2000 }";
    let base = providers.address("");
    format!(
        r#"
[forward]
allow = ["127.0.0.1"]
[forward.push]
contact = "mailto:112@kota.example"
{fast}
[forward.telegram]
api = "{base}/telegram"
{fast}
[forward.line]
api = "{base}/line"
{fast}
[forward.whatsapp]
api = "{base}/whatsapp"
number_id = "1065"
{fast}
[forward.gateway]
dialect = {{ url = "{base}/gateway", method = "post", fields = {{ to = "{{to}}", text = "{{text}}", id = "{{id}}" }}, success = "OK", id_after = "id=" }}
{fast}
[forward.sms]
dialect = {{ url = "{base}/sms", method = "get", fields = {{ to = "{{to}}", text = "{{text}}", id = "{{id}}" }}, success = "OK", id_after = "id=" }}
{fast}
[forward.email]
server = {{ host = "127.0.0.1", port = {}, tls = "none", from = "Call Center 112 <112@kota.example>" }}
{fast}
"#,
        providers.mail_port()
    )
}
