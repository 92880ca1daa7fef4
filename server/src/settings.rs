//! How the server is set up: command line before environment before file before default.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;

use crate::forward::{ForwardFile, ForwardSettings};

/// Where the data lies; every subcommand takes these.
#[derive(Debug, Clone, Default, Args)]
pub struct DataArgs {
    /// Folder of the embedded database (default `data`).
    #[arg(long, env = "KENTONGAN_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// Database: `sqlite:PATH` or `postgres://…` (default: SQLite in the data folder).
    #[arg(long, env = "KENTONGAN_DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Settings file, TOML.
    #[arg(long, env = "KENTONGAN_CONFIG", global = true)]
    pub config: Option<PathBuf>,
}

/// Days that units' tracks are kept when nothing is said: a fortnight tells how a job went, and is no archive
/// of where people were.
const POSITION_DAYS: u32 = 14;

/// Settings of `serve`.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// Address to listen on (default 127.0.0.1:8112; port 0 picks a free one).
    #[arg(long, env = "KENTONGAN_LISTEN")]
    pub listen: Option<String>,
    /// Load the Kediri pack, a drill centre and demo accounts, if they are not there yet.
    #[arg(long, env = "KENTONGAN_DEMO")]
    pub demo: bool,
    /// Add /ws/echo.
    #[arg(long, env = "KENTONGAN_DIAGNOSTICS")]
    pub diagnostics: bool,
    /// TLS certificate chain, PEM.
    #[arg(long, env = "KENTONGAN_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// TLS private key, PEM.
    #[arg(long, env = "KENTONGAN_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Address under which people and agencies reach this server, e.g. `https://112.kota.go.id`; needed for links
    /// in messages.
    #[arg(long, env = "KENTONGAN_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Days that units' tracks are kept (default 14).
    #[arg(long, env = "KENTONGAN_POSITION_DAYS", value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub position_days: Option<u32>,
    /// People reach this server through a proxy that ends TLS: set secure cookies.
    #[arg(long, env = "KENTONGAN_BEHIND_TLS")]
    pub behind_tls: bool,
}

/// The settings file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    public_url: Option<String>,
    position_days: Option<u32>,
    #[serde(default)]
    behind_tls: bool,
    #[serde(default)]
    allowed_origins: Vec<String>,
    #[serde(default)]
    forward: ForwardFile,
    #[serde(default)]
    travel: TravelFile,
}

/// `[travel]` of the settings file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TravelFile {
    osrm_url: Option<String>,
}

/// What holds in the end.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address to listen on.
    pub listen: String,
    /// The database.
    pub database_url: String,
    /// The data folder; made only where something is put into it.
    pub data_dir: PathBuf,
    /// Certificate chain and key, for TLS of our own.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Where contacts reach us, for links in messages.
    pub public_url: Option<String>,
    /// Days that units' tracks are kept.
    pub position_days: u32,
    /// Whether people reach us over TLS, ours or a proxy's.
    pub secure: bool,
    /// Origins besides our own whose pages may call us.
    pub allowed_origins: Vec<String>,
    /// Providers that carry dispatches to agencies.
    pub forward: ForwardSettings,
    /// Address of an OSRM-compatible road server, for travel times.
    pub osrm_url: Option<String>,
}

/// Puts the settings together.
///
/// # Errors
/// Names the file and the key, or what is missing.
pub fn settings(data: &DataArgs, serve: &ServeArgs) -> anyhow::Result<Settings> {
    let file = match &data.config {
        Some(path) => read_file(path)?,
        None => File::default(),
    };
    let data_dir = data.data_dir.clone().or(file.data_dir).unwrap_or_else(|| PathBuf::from("data"));
    let database_url = if let Some(url) = data.database_url.clone().or(file.database_url) {
        url
    } else {
        std::fs::create_dir_all(&data_dir)
            .with_context(|| format!("the data folder {} cannot be made", data_dir.display()))?;
        format!("sqlite:{}", data_dir.join("kentongan.db").display())
    };
    let tls = match (serve.tls_cert.clone().or(file.tls_cert), serve.tls_key.clone().or(file.tls_key)) {
        (Some(cert), Some(key)) => Some((cert, key)),
        (None, None) => None,
        _ => anyhow::bail!("TLS needs both --tls-cert and --tls-key"),
    };
    Ok(Settings {
        listen: serve.listen.clone().or(file.listen).unwrap_or_else(|| "127.0.0.1:8112".to_owned()),
        database_url,
        data_dir,
        public_url: serve.public_url.clone().or(file.public_url).map(|url| checked_url(&url)).transpose()?,
        position_days: serve.position_days.or(file.position_days).unwrap_or(POSITION_DAYS).max(1),
        secure: tls.is_some() || serve.behind_tls || file.behind_tls,
        tls,
        allowed_origins: file.allowed_origins,
        forward: file.forward.settings()?,
        osrm_url: file.travel.osrm_url,
    })
}

/// An address that a message can carry.
fn checked_url(url: &str) -> anyhow::Result<String> {
    let parsed = reqwest::Url::parse(url).with_context(|| format!("the public address {url} is none"))?;
    anyhow::ensure!(
        matches!(parsed.scheme(), "http" | "https") && parsed.query().is_none(),
        "the public address {url} must be http or https, without a query"
    );
    Ok(url.trim_end_matches('/').to_owned())
}

fn read_file(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("the settings file {} cannot be read", path.display()))?;
    toml::from_str(&text).with_context(|| format!("the settings file {}", path.display()))
}
