//! `centre`: importing a city pack, real boundaries, a national gazetteer, where agencies' webhooks go, and joining
//! neighbouring centres.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use base64::Engine as _;
use clap::Subcommand;
use kentongan_domain::centre::{CentreKind, CentrePack};
use kentongan_domain::dispatch::DeliveryChannel;
use kentongan_domain::people::Role;
use kentongan_geography::{Atlas, NationalGazetteer};
use kentongan_store::Store;
use kentongan_store::rows::EndpointRow;

use super::centre_check::CheckArgs;
use crate::auth::{Grant, admin};
use crate::demo::FIRST_ADMIN;
use crate::forward::{NEIGHBOUR_CHANNEL, secret_bytes};
use crate::pack::{as_drill, drill_code, pack_from_folder, store_boundaries, store_gazetteer, store_pack};
use crate::platform::Platform;
use crate::serve::announce;

/// `centre …`.
#[derive(Debug, Subcommand)]
pub enum CentreCommand {
    /// Import a city pack: a new centre, or a new version of its reference data.
    Import {
        /// Folder with centre.toml, catalogue.toml, agencies.toml, routing.toml, places.csv, boundaries.geojson.
        folder: PathBuf,
        /// Also make (or renew) its drill centre.
        #[arg(long)]
        with_drill: bool,
    },
    /// Load real village polygons; a running server uses them after its next start.
    Boundaries {
        /// GeoJSON file (lon, lat).
        file: PathBuf,
        /// Centre.
        #[arg(long)]
        centre: String,
    },
    /// Load a national gazetteer behind the centre's own names; a running server uses it after its next
    /// start. A bad row is named by its line, the good ones load.
    Gazetteer {
        /// CSV file: code, name, lat, lng.
        file: PathBuf,
        /// Centre.
        #[arg(long)]
        centre: String,
    },
    /// Set where an agency's webhook goes; prints the signing secret.
    Endpoint {
        /// Centre; drill centres have none.
        #[arg(long)]
        centre: String,
        /// Agency.
        #[arg(long)]
        agency: String,
        /// Target address.
        #[arg(long)]
        url: String,
        /// Signing secret, `whsec_` and base64; made when absent.
        #[arg(long, env = "KENTONGAN_WEBHOOK_SECRET", hide_env_values = true)]
        secret: Option<String>,
        /// Take the endpoint out of use.
        #[arg(long)]
        off: bool,
        /// Let the address lie in a private network or on this machine.
        #[arg(long)]
        allow_private: bool,
    },
    /// Join a neighbouring centre of another server: where it is, and the secret that both sides sign with; prints it.
    Neighbour {
        /// Centre; drill centres have none.
        #[arg(long)]
        centre: String,
        /// The neighbour's code, as it stands in the city pack and as it calls itself.
        #[arg(long)]
        neighbour: String,
        /// Its server's address, e.g. https://112.kota.go.id.
        #[arg(long)]
        url: String,
        /// Signing secret, `whsec_` and base64, the same on both sides; made when absent. While it changes: the new
        /// and the old one with a space between.
        #[arg(long, env = "KENTONGAN_WEBHOOK_SECRET", hide_env_values = true)]
        secret: Option<String>,
        /// Part the two.
        #[arg(long)]
        off: bool,
        /// Let the address lie in a private network or on this machine.
        #[arg(long)]
        allow_private: bool,
    },
    /// Find what is missing in a city pack or contradicts itself; exits with 1 when there is something.
    Check(CheckArgs),
    /// Every centre.
    List,
}

/// Runs `centre …`.
///
/// # Errors
/// What was wrong, for stderr.
pub async fn run(store: &Arc<dyn Store>, command: CentreCommand) -> anyhow::Result<()> {
    match command {
        CentreCommand::Import { folder, with_drill } => import(store, &folder, with_drill).await,
        CentreCommand::Boundaries { file, centre } => boundaries(store, &file, &centre).await,
        CentreCommand::Gazetteer { file, centre } => gazetteer(store, &file, &centre).await,
        CentreCommand::Endpoint { centre, agency, url, secret, off, allow_private } => {
            let pack = live_pack(store, &centre).await?;
            anyhow::ensure!(
                pack.agencies.iter().any(|known| known.code == agency),
                "{agency} is not an agency of {centre}"
            );
            let channel = DeliveryChannel::Webhook.code();
            endpoint(store, (centre, agency, channel), url, secret, (!off, allow_private)).await
        }
        CentreCommand::Neighbour { centre, neighbour, url, secret, off, allow_private } => {
            let pack = live_pack(store, &centre).await?;
            anyhow::ensure!(
                pack.neighbours.iter().any(|known| known.code == neighbour),
                "{neighbour} is not among the neighbours of {centre}; name it in neighbours.toml and import the pack"
            );
            let peer = (centre, neighbour, NEIGHBOUR_CHANNEL);
            endpoint(store, peer, url, secret, (!off, allow_private)).await
        }
        CentreCommand::Check(args) => {
            anyhow::ensure!(super::centre_check::run(Some(store), &args).await?, "there are findings");
            Ok(())
        }
        CentreCommand::List => {
            for row in store.centres().await? {
                announce(&format!("{}\t{}", row.code, row.kind));
            }
            Ok(())
        }
    }
}

async fn import(store: &Arc<dyn Store>, folder: &std::path::Path, with_drill: bool) -> anyhow::Result<()> {
    let files = pack_from_folder(folder)?;
    let (atlas, report) = Atlas::new(&[&files.boundaries], &files.places)?;
    let code = files.pack.profile.code.clone();
    store_pack(store, &files).await?;
    give_to_admins(store, &code).await?;
    announce(&format!(
        "centre {code}: {} types, {} agencies, {} units, {} villages",
        files.pack.types.len(),
        files.pack.agencies.len(),
        files.pack.units.len(),
        atlas.villages.villages().count()
    ));
    let findings = super::centre_check::findings(&files, &super::centre_check::Lines::default())?.len();
    if findings > 0 {
        let many = if findings == 1 { "finding" } else { "findings" };
        announce(&format!("{findings} {many}: kentongan centre check {}", folder.display()));
    }
    if !report.is_clean() {
        announce(&format!("set aside: {report:?}"));
    }
    if with_drill {
        let drill = as_drill(files);
        store_pack(store, &drill).await?;
        give_to_admins(store, &drill_code(&code)).await?;
        announce(&format!("drill centre {}", drill_code(&code)));
    }
    Ok(())
}

/// Whoever administers any centre, and the first administrator, administer a new one too.
async fn give_to_admins(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<()> {
    for user in store.users().await? {
        let grants = store.grants(user.id).await?;
        let is_admin = grants.iter().any(|grant| grant.role == Role::Admin.code());
        if is_admin || (grants.is_empty() && user.name == FIRST_ADMIN) {
            let grant = Grant { centre: centre.to_owned(), role: Role::Admin, agency: None };
            admin::grant(store.as_ref(), &user.name, &grant).await?;
        }
    }
    Ok(())
}

async fn must_exist(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<()> {
    if store.head(centre).await?.is_none() {
        bail!("there is no centre {centre}; import its pack first: kentongan centre import DIR");
    }
    Ok(())
}

async fn boundaries(store: &Arc<dyn Store>, file: &std::path::Path, centre: &str) -> anyhow::Result<()> {
    must_exist(store, centre).await?;
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (atlas, report) = Atlas::new(&[&text], "").with_context(|| format!("{}", file.display()))?;
    if let Some(rejected) = report.boundaries.iter().flat_map(|file| &file.rejected).next() {
        bail!("{}: feature {}: {}; nothing was loaded", file.display(), rejected.index, rejected.reason);
    }
    let regencies: BTreeSet<String> =
        atlas.villages.villages().map(|village| village.regency_code.clone()).collect();
    let regencies: Vec<String> = regencies.into_iter().collect();
    store_boundaries(store, centre, &regencies, text).await?;
    announce(&format!(
        "centre {centre}: {} villages of {} loaded; a running server uses them after its next start",
        atlas.villages.villages().count(),
        regencies.join(", ")
    ));
    Ok(())
}

/// Bad rows of a gazetteer that are named one by one; of more only the number is told.
const BAD_ROWS_NAMED: usize = 50;

async fn gazetteer(store: &Arc<dyn Store>, file: &std::path::Path, centre: &str) -> anyhow::Result<()> {
    must_exist(store, centre).await?;
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    // Rows with foreign letters are set aside by name; they take no good row with them.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (_, report) = NationalGazetteer::from_csv(&text).with_context(|| format!("{}", file.display()))?;
    for bad in report.rejected.iter().take(BAD_ROWS_NAMED) {
        announce(&format!("{}, line {}: {}; left out", file.display(), bad.line, bad.reason));
    }
    if report.rejected.len() > BAD_ROWS_NAMED {
        announce(&format!("… and {} rows more were left out", report.rejected.len() - BAD_ROWS_NAMED));
    }
    store_gazetteer(store, centre, text).await?;
    announce(&format!(
        "centre {centre}: {} names loaded ({} provinces, {} regencies, {} districts, {} villages), {} rows left \
         out; a running server uses them after its next start",
        report.loaded(),
        report.provinces,
        report.regencies,
        report.districts,
        report.villages,
        report.rejected.len()
    ));
    Ok(())
}

/// The pack of a centre that something may leave.
async fn live_pack(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<CentrePack> {
    let pack = crate::centre::read_pack(store, centre).await?;
    if pack.profile.kind == CentreKind::Drill {
        bail!("{centre} is a drill centre: nothing may leave it, so it has no endpoints");
    }
    Ok(pack)
}

async fn endpoint(
    store: &Arc<dyn Store>,
    (centre, agency, channel): (String, String, &str),
    url: String,
    secret: Option<String>,
    (active, private_allowed): (bool, bool),
) -> anyhow::Result<()> {
    let target = reqwest::Url::parse(&url).with_context(|| format!("{url} is no address"))?;
    anyhow::ensure!(matches!(target.scheme(), "http" | "https"), "the address must be http or https");
    let secret = match secret {
        Some(secret) => secret,
        None => {
            format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(Platform.random::<32>()?))
        }
    };
    secret.split_whitespace().try_for_each(|one| secret_bytes(one).map(drop))?;
    anyhow::ensure!(!secret.trim().is_empty(), "the secret is empty");
    let row = EndpointRow {
        centre,
        agency,
        channel: channel.to_owned(),
        target: url,
        secret: secret.clone(),
        active,
        created_at: Platform.now(),
        private_allowed,
    };
    store.put_endpoint(&row).await?;
    announce(&secret);
    Ok(())
}
