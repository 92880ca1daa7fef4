//! The `[forward]` part of the settings file: which providers there are and how they are spoken to.
//!
//! Secrets do not stand in it: each is read from the file named beside it, or from the environment. An
//! address of a provider stands here, so an administrator has put it there; agencies' addresses do not.

use std::path::PathBuf;

use anyhow::Context as _;
use serde::Deserialize;

use super::dial::{Network, Targets};
use super::email::MailServer;
use super::gateway::Dialect;
use super::inbound::gateway::Names;
use super::lanes::Limits;
use super::secret::Secret;
use super::vapid::Vapid;
use super::whatsapp::Templates;

/// Networks of the city's own that may be dialled, from the environment: `10.20.0.0/16,127.0.0.1`.
const ALLOW: &str = "KENTONGAN_FORWARD_ALLOW";

/// Where the gateways' secrets and the tokens of their calls are in the environment.
const GATEWAY_SECRETS: (&str, &str) = ("KENTONGAN_GATEWAY_SECRET", "KENTONGAN_GATEWAY_INBOUND_TOKEN");
/// See [`GATEWAY_SECRETS`].
const SMS_SECRETS: (&str, &str) = ("KENTONGAN_SMS_SECRET", "KENTONGAN_SMS_INBOUND_TOKEN");

/// As it stands in the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForwardFile {
    /// Networks of the city's own where agencies' servers may be, also without TLS.
    allow: Vec<String>,
    push: Option<PushFile>,
    telegram: Option<TelegramFile>,
    line: Option<LineFile>,
    whatsapp: Option<WhatsappFile>,
    gateway: Option<GatewayFile>,
    sms: Option<GatewayFile>,
    email: Option<EmailFile>,
}

/// What every provider has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Common {
    /// Messages a second in the long run.
    per_second: Option<f64>,
    /// Messages at once after a rest.
    burst: Option<u32>,
    /// Whom the heartbeat tells.
    test_contact: Option<String>,
    /// How often, in minutes.
    test_every_minutes: Option<u32>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PushFile {
    contact: String,
    key_file: Option<PathBuf>,
    #[serde(default)]
    limits: Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct TelegramFile {
    #[serde(default = "telegram_api")]
    api: String,
    token_file: Option<PathBuf>,
    inbound_token_file: Option<PathBuf>,
    #[serde(default)]
    limits: Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    #[serde(default = "line_api")]
    api: String,
    token_file: Option<PathBuf>,
    channel_secret_file: Option<PathBuf>,
    #[serde(default)]
    limits: Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhatsappFile {
    #[serde(default = "whatsapp_api")]
    api: String,
    number_id: String,
    token_file: Option<PathBuf>,
    app_secret_file: Option<PathBuf>,
    verify_token_file: Option<PathBuf>,
    #[serde(default)]
    templates: Templates,
    #[serde(default)]
    limits: Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct GatewayFile {
    dialect: Dialect,
    #[serde(default)]
    inbound: Names,
    secret_file: Option<PathBuf>,
    inbound_token_file: Option<PathBuf>,
    #[serde(default)]
    limits: Common,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EmailFile {
    server: MailServer,
    password_file: Option<PathBuf>,
    #[serde(default)]
    limits: Common,
}

fn telegram_api() -> String {
    "https://api.telegram.org".to_owned()
}

fn line_api() -> String {
    "https://api.line.me".to_owned()
}

fn whatsapp_api() -> String {
    "https://graph.facebook.com/v23.0".to_owned()
}

/// What a provider takes, and its heartbeat.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    /// How much it takes.
    pub limits: Limits,
    /// Whom the heartbeat tells: an address as in the contacts' table. None: no heartbeat.
    pub test_contact: Option<Secret>,
    /// How often, in µs.
    pub test_every_us: i64,
}

/// A provider's settings.
#[derive(Debug, Clone)]
pub struct Provider<T> {
    /// How it is spoken to.
    pub with: T,
    /// What it takes.
    pub pace: Pace,
}

/// Telegram.
#[derive(Debug, Clone)]
pub struct Telegram {
    /// Its address.
    pub api: String,
    /// The bot's token.
    pub token: Secret,
    /// What its calls bring with them; none: they are not taken.
    pub inbound: Option<Secret>,
}

/// LINE.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its address.
    pub api: String,
    /// The channel's token.
    pub token: Secret,
    /// What its calls are signed with; none: they are not taken.
    pub inbound: Option<Secret>,
}

/// WhatsApp.
#[derive(Debug, Clone)]
pub struct Whatsapp {
    /// Its address, with the version.
    pub api: String,
    /// The number's id.
    pub number_id: String,
    /// The token.
    pub token: Secret,
    /// What its calls are signed with; none: they are not taken.
    pub inbound: Option<Secret>,
    /// What it asks with whether this address is ours.
    pub verify: Option<Secret>,
    /// The city's templates.
    pub templates: Templates,
}

/// A plain gateway.
#[derive(Debug, Clone)]
pub struct Box112 {
    /// How it is spoken to.
    pub dialect: Dialect,
    /// How it speaks.
    pub names: Names,
    /// What it knows us by.
    pub secret: Option<Secret>,
    /// What its calls bring with them; none: they are not taken.
    pub inbound: Option<Secret>,
}

/// Mail.
#[derive(Debug, Clone)]
pub struct Email {
    /// The server.
    pub server: MailServer,
    /// Its password.
    pub password: Option<Secret>,
}

/// What holds in the end.
#[derive(Debug, Clone, Default)]
pub struct ForwardSettings {
    /// Which addresses may be dialled for agencies.
    pub targets: Targets,
    /// Web Push.
    pub push: Option<Provider<Vapid>>,
    /// Telegram.
    pub telegram: Option<Provider<Telegram>>,
    /// LINE.
    pub line: Option<Provider<Line>>,
    /// WhatsApp.
    pub whatsapp: Option<Provider<Whatsapp>>,
    /// The messaging gateway.
    pub gateway: Option<Provider<Box112>>,
    /// The gateway for text messages.
    pub sms: Option<Provider<Box112>>,
    /// Mail.
    pub email: Option<Provider<Email>>,
}

impl ForwardFile {
    /// Puts file and environment together.
    ///
    /// # Errors
    /// Names the part that is wrong, never a secret.
    pub fn settings(self) -> anyhow::Result<ForwardSettings> {
        let from_environment = std::env::var(ALLOW).unwrap_or_default();
        let words = from_environment.split(',').map(str::trim).filter(|words| !words.is_empty());
        let allowed = self.allow.iter().map(String::as_str).chain(words).map(str::parse::<Network>);
        let allowed = allowed.collect::<anyhow::Result<Vec<_>>>().context("[forward] allow")?;
        Ok(ForwardSettings {
            targets: Targets { allowed },
            push: self.push.map(push).transpose().context("[forward.push]")?,
            telegram: self.telegram.map(telegram).transpose().context("[forward.telegram]")?,
            line: self.line.map(line).transpose().context("[forward.line]")?,
            whatsapp: self.whatsapp.map(whatsapp).transpose().context("[forward.whatsapp]")?,
            gateway: self
                .gateway
                .map(|file| gateway(file, GATEWAY_SECRETS, (1.0, 5)))
                .transpose()
                .context("[forward.gateway]")?,
            sms: self
                .sms
                .map(|file| gateway(file, SMS_SECRETS, (1.0, 10)))
                .transpose()
                .context("[forward.sms]")?,
            email: self.email.map(email).transpose().context("[forward.email]")?,
        })
    }
}

/// A provider with its pace; `usual` is the rate a second and the burst when the file names none.
fn provider<T>(with: T, common: Common, usual: (f64, u32)) -> anyhow::Result<Provider<T>> {
    let per_second = common.per_second.unwrap_or(usual.0);
    anyhow::ensure!(per_second.is_finite() && per_second > 0.0, "per_second is above 0");
    let burst = common.burst.unwrap_or(usual.1);
    anyhow::ensure!((1..=10_000).contains(&burst), "burst is 1 to 10,000");
    let minutes = common.test_every_minutes.unwrap_or(60);
    anyhow::ensure!((1..=10_080).contains(&minutes), "test_every_minutes is 1 to 10,080");
    let limits = Limits { per_second, burst, at_once: 16 };
    let test_contact = common.test_contact.as_deref().map(Secret::new);
    Ok(Provider { with, pace: Pace { limits, test_contact, test_every_us: i64::from(minutes) * 60_000_000 } })
}

fn push(file: PushFile) -> anyhow::Result<Provider<Vapid>> {
    let key = Secret::demand("KENTONGAN_PUSH_KEY", file.key_file.as_deref())?;
    provider(Vapid::new(&key, &file.contact)?, file.limits, (50.0, 200))
}

fn telegram(file: TelegramFile) -> anyhow::Result<Provider<Telegram>> {
    let with = Telegram {
        api: file.api,
        token: Secret::demand("KENTONGAN_TELEGRAM_TOKEN", file.token_file.as_deref())?,
        inbound: Secret::load("KENTONGAN_TELEGRAM_INBOUND_TOKEN", file.inbound_token_file.as_deref())?,
    };
    provider(with, file.limits, (25.0, 25))
}

fn line(file: LineFile) -> anyhow::Result<Provider<Line>> {
    let with = Line {
        api: file.api,
        token: Secret::demand("KENTONGAN_LINE_TOKEN", file.token_file.as_deref())?,
        inbound: Secret::load("KENTONGAN_LINE_CHANNEL_SECRET", file.channel_secret_file.as_deref())?,
    };
    provider(with, file.limits, (30.0, 60))
}

fn whatsapp(file: WhatsappFile) -> anyhow::Result<Provider<Whatsapp>> {
    let with = Whatsapp {
        api: file.api,
        number_id: file.number_id,
        token: Secret::demand("KENTONGAN_WHATSAPP_TOKEN", file.token_file.as_deref())?,
        inbound: Secret::load("KENTONGAN_WHATSAPP_APP_SECRET", file.app_secret_file.as_deref())?,
        verify: Secret::load("KENTONGAN_WHATSAPP_VERIFY_TOKEN", file.verify_token_file.as_deref())?,
        templates: file.templates,
    };
    let fits = !with.number_id.is_empty() && with.number_id.chars().all(|one| one.is_ascii_alphanumeric());
    anyhow::ensure!(fits, "number_id is the id of the number, digits only");
    provider(with, file.limits, (40.0, 80))
}

fn gateway(
    file: GatewayFile,
    (secret, inbound): (&str, &str),
    usual: (f64, u32),
) -> anyhow::Result<Provider<Box112>> {
    file.dialect.check()?;
    let with = Box112 {
        dialect: file.dialect,
        names: file.inbound,
        secret: Secret::load(secret, file.secret_file.as_deref())?,
        inbound: Secret::load(inbound, file.inbound_token_file.as_deref())?,
    };
    provider(with, file.limits, usual)
}

fn email(file: EmailFile) -> anyhow::Result<Provider<Email>> {
    let password = Secret::load("KENTONGAN_MAIL_PASSWORD", file.password_file.as_deref())?;
    provider(Email { server: file.server, password }, file.limits, (5.0, 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<ForwardSettings> {
        toml::from_str::<ForwardFile>(text)?.settings()
    }

    #[test]
    fn a_whole_part() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "123:abc\n").unwrap();
        let file = file.display();
        let settings = read(&format!(
            r#"
            allow = ["10.20.0.0/16"]
            [telegram]
            token_file = "{file}"
            limits = {{ per_second = 2, test_contact = "-100", test_every_minutes = 5 }}
            [whatsapp]
            number_id = "106540352242922"
            token_file = "{file}"
            templates = {{ order = "tugas_baru" }}
            [sms]
            secret_file = "{file}"
            dialect = {{ url = "http://10.20.0.9/send", method = "get", fields = {{ to = "{{to}}", text = "{{text}}" }}, success = "OK" }}
            [email]
            server = {{ host = "127.0.0.1", tls = "none", from = "Call Center 112 <112@kota.example>" }}
            "#
        ))
        .unwrap();
        assert!(settings.targets.is_allowed("10.20.1.1".parse().unwrap()));
        let telegram = settings.telegram.as_ref().unwrap();
        assert_eq!(telegram.with.token.reveal(), "123:abc");
        assert_eq!((telegram.pace.limits.burst, telegram.pace.test_every_us), (25, 300_000_000));
        assert_eq!(settings.whatsapp.as_ref().unwrap().with.templates.correction, "kentongan_ralat");
        let shown = format!("{settings:?}");
        assert!(!shown.contains("123:abc") && !shown.contains("-100"), "{shown}");
    }

    #[test]
    fn what_is_wrong_is_named_by_its_part() {
        for (text, part) in [
            ("allow = [\"somewhere\"]", "[forward] allow"),
            ("[telegram]\ntoken_file = \"/nowhere\"", "[forward.telegram]"),
            ("[push]\ncontact = \"x\"", "[forward.push]"),
            ("[sms]\ndialect = { url = \"http://h\", fields = {}, success = \"OK\" }", "[forward.sms]"),
            ("[email]\nserver = { host = \"h\", from = \"f\" }\nlimits = { burst = 0 }", "[forward.email]"),
        ] {
            let error = read(text).unwrap_err();
            assert!(format!("{error:#}").contains(part), "{error:#}");
        }
        assert!(read("[telegramm]").is_err() && read("[line]\ntoken = \"written here\"").is_err());
    }
}
