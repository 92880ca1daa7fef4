//! City packs: reading one from a folder (or the one inside the binary), checking it, storing it, and
//! which boundaries a centre uses.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use kentongan_domain::centre::{
    Agency, CentreKind, CentrePack, CentreProfile, IncidentType, Neighbour, RoutingPolicy, RoutingRule,
    UnitProfile,
};
use kentongan_domain::ladder::Ladder;
use kentongan_domain::plan::PlanBook;
use kentongan_store::Store;
use kentongan_store::rows::{CentreRow, ReferenceRow};
use serde::Deserialize;

use crate::platform::Platform;

/// The demo pack, so that the binary runs without a folder beside it.
#[derive(rust_embed::RustEmbed)]
#[folder = "centres/kediri"]
struct Kediri;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    types: Vec<IncidentType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgenciesFile {
    agencies: Vec<Agency>,
    #[serde(default)]
    units: Vec<UnitProfile>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct LaddersFile {
    #[serde(default)]
    ladders: Vec<Ladder>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct NeighboursFile {
    #[serde(default)]
    neighbours: Vec<Neighbour>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoutingFile {
    #[serde(default)]
    version: String,
    #[serde(default)]
    may_lead: Vec<String>,
    rules: Vec<RoutingRule>,
}

/// A pack with its geography.
#[derive(Debug, Clone)]
pub struct PackFiles {
    /// Everything but geography.
    pub pack: CentrePack,
    /// Schematic boundaries, GeoJSON.
    pub boundaries: String,
    /// Places, CSV.
    pub places: String,
}

/// Reads the pack inside the binary.
///
/// # Errors
/// When it does not hold together.
pub fn demo_pack() -> anyhow::Result<PackFiles> {
    sound(read_pack(&demo_text)?)
}

/// Reads a pack from a folder.
///
/// # Errors
/// Names the file, and the line where there is one.
pub fn pack_from_folder(folder: &Path) -> anyhow::Result<PackFiles> {
    sound(read_pack(&|name| folder_text(folder, name))?)
}

/// The text of a file of the pack inside the binary; nothing when there is no such file.
///
/// # Errors
/// When it is no text.
pub fn demo_text(name: &str) -> anyhow::Result<Option<String>> {
    let Some(file) = Kediri::get(name) else { return Ok(None) };
    Ok(Some(String::from_utf8(file.data.into_owned())?))
}

/// The text of a file of the pack in a folder; nothing when there is no such file.
///
/// # Errors
/// When it cannot be read.
pub fn folder_text(folder: &Path, name: &str) -> anyhow::Result<Option<String>> {
    let path = folder.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Reads a pack, whether or not it holds together. `read` gives a file's text, nothing when there is no such
/// file.
///
/// # Errors
/// When a file is missing or not of its form; names it.
pub fn read_pack(read: &dyn Fn(&str) -> anyhow::Result<Option<String>>) -> anyhow::Result<PackFiles> {
    let parse = |name: &str| read(name)?.with_context(|| format!("{name} is missing in the pack"));
    let ladders: LaddersFile =
        toml::from_str(&read("ladders.toml")?.unwrap_or_default()).context("ladders.toml")?;
    let neighbours: NeighboursFile =
        toml::from_str(&read("neighbours.toml")?.unwrap_or_default()).context("neighbours.toml")?;
    let plans: PlanBook = toml::from_str(&read("plans.toml")?.unwrap_or_default()).context("plans.toml")?;
    let profile: CentreProfile = toml::from_str(&parse("centre.toml")?).context("centre.toml")?;
    let catalogue: CatalogueFile = toml::from_str(&parse("catalogue.toml")?).context("catalogue.toml")?;
    let agencies: AgenciesFile = toml::from_str(&parse("agencies.toml")?).context("agencies.toml")?;
    let routing: RoutingFile = toml::from_str(&parse("routing.toml")?).context("routing.toml")?;
    let pack = CentrePack {
        profile,
        types: catalogue.types,
        agencies: agencies.agencies,
        units: agencies.units,
        routing: routing.rules,
        routing_policy: RoutingPolicy { version: routing.version, may_lead: routing.may_lead },
        plans,
        ladders: ladders.ladders,
        neighbours: neighbours.neighbours,
    };
    Ok(PackFiles { pack, boundaries: parse("boundaries.geojson")?, places: parse("places.csv")? })
}

fn sound(files: PackFiles) -> anyhow::Result<PackFiles> {
    let problems = problems_of(&files.pack);
    if !problems.is_empty() {
        bail!("the pack does not hold together:\n  {}", problems.join("\n  "));
    }
    Ok(files)
}

/// What in a pack points to nothing, stands twice, or leaves a category without a rule.
pub fn problems_of(pack: &CentrePack) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for code in
        pack.types.iter().map(|kind| &kind.code).chain(pack.agencies.iter().map(|agency| &agency.code))
    {
        if !seen.insert(code) {
            problems.push(format!("{code} stands twice"));
        }
    }
    let kinds: BTreeSet<&str> = pack.agencies.iter().map(|agency| agency.kind.as_str()).collect();
    for rule in &pack.routing {
        for kind in rule.lead.iter().chain(&rule.support) {
            if !kinds.contains(kind.as_str()) {
                problems
                    .push(format!("routing of {} names {kind}, which no agency is", rule.category.code()));
            }
        }
        if let Some(code) = &rule.type_code
            && !pack.types.iter().any(|kind| &kind.code == code)
        {
            problems.push(format!("routing names the type {code}, which the catalogue does not have"));
        }
    }
    for (at, ladder) in pack.ladders.iter().enumerate() {
        problems.extend(ladder.faults().into_iter().map(|fault| format!("ladder {} {fault}", at + 1)));
        if let Some(code) = &ladder.agency
            && !pack.agencies.iter().any(|agency| agency.code == *code)
        {
            problems.push(format!("ladder {} is for {code}, which is no agency", at + 1));
        }
        if let Some(kind) = ladder.kind.as_deref().filter(|kind| !kinds.contains(kind)) {
            problems.push(format!("ladder {} is for {kind}, which no agency is", at + 1));
        }
    }
    let mut neighbours = BTreeSet::from([&pack.profile.code]);
    for neighbour in &pack.neighbours {
        if !neighbours.insert(&neighbour.code) {
            problems.push(format!("neighbour {} stands twice, or is the centre itself", neighbour.code));
        }
        let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        if neighbour.code.is_empty() || !neighbour.code.chars().all(fits) {
            problems.push(format!("neighbour {:?} has a code that no centre can have", neighbour.code));
        }
        if neighbour.answer_within_ms == Some(0) {
            problems.push(format!("neighbour {} has no time to answer", neighbour.code));
        }
    }
    for unit in &pack.units {
        if !pack.agencies.iter().any(|agency| agency.code == unit.agency) {
            problems.push(format!("unit {} belongs to {}, which is no agency", unit.code, unit.agency));
        }
    }
    for category in kentongan_domain::catalogue::Category::ALL {
        let for_all = |rule: &RoutingRule| rule.type_code.is_none() && rule.cues.is_empty();
        if !pack.routing.iter().any(|rule| rule.category == category && for_all(rule)) {
            problems.push(format!("no routing rule for {}", category.code()));
        }
        if !pack.types.iter().any(|kind| kind.category == category) {
            problems.push(format!("no type in the category {}", category.code()));
        }
    }
    problems
}

/// Code of the drill centre that belongs to a centre.
pub fn drill_code(code: &str) -> String {
    format!("{code}-latihan")
}

/// The drill centre's pack: the same city, marked LATIHAN.
pub fn as_drill(mut files: PackFiles) -> PackFiles {
    let profile = &mut files.pack.profile;
    profile.code = drill_code(&profile.code);
    profile.name = format!("LATIHAN {}", profile.name);
    profile.kind = CentreKind::Drill;
    profile.number_prefix = format!("LAT{}", profile.number_prefix);
    files
}

/// Stores a pack as a centre: a new one, or a new version of its reference data.
///
/// # Errors
/// When the store refuses.
pub async fn store_pack(store: &Arc<dyn Store>, files: &PackFiles) -> anyhow::Result<()> {
    let profile = &files.pack.profile;
    let now = Platform.now();
    let known = store.centres().await?.into_iter().find(|row| row.code == profile.code);
    let kind = match profile.kind {
        CentreKind::Live => "live",
        CentreKind::Drill => "drill",
    };
    let row = CentreRow {
        code: profile.code.clone(),
        kind: kind.to_owned(),
        profile: serde_json::to_string(profile)?,
        epoch: known.map_or_else(|| Platform.ids().map(|mut ids| ids.next_id()), |row| Ok(row.epoch))?,
        created_at: now,
    };
    store.put_centre(&row).await?;
    let pack = serde_json::to_string(&files.pack)?;
    for (kind, name, body) in [
        ("pack", "pack", &pack),
        ("boundaries", SCHEMATIC, &files.boundaries),
        ("places", "places", &files.places),
    ] {
        store.put_reference(&reference_row(&profile.code, kind, name, body.clone(), now)).await?;
    }
    Ok(())
}

/// Name of the schematic boundaries among a centre's boundaries.
const SCHEMATIC: &str = "schematic";

fn reference_row(centre: &str, kind: &str, name: &str, body: String, now: i64) -> ReferenceRow {
    ReferenceRow {
        centre: centre.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        version: now,
        body,
        recorded_at: now,
    }
}

/// Stores real polygons, under the regencies they cover, so that loading a regency again replaces it.
///
/// # Errors
/// When the store refuses.
pub async fn store_boundaries(
    store: &Arc<dyn Store>,
    centre: &str,
    regencies: &[String],
    geojson: String,
) -> anyhow::Result<()> {
    let row = reference_row(centre, "boundaries", &regencies.join("+"), geojson, Platform.now());
    Ok(store.put_reference(&row).await?)
}

/// The boundary texts a centre uses: every real one, and the schematic cells of regencies that no real
/// one covers. Also whether anything schematic is left.
///
/// # Errors
/// When the store cannot be read, or the schematic text is no GeoJSON.
pub async fn boundary_texts(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<(Vec<String>, bool)> {
    let rows = store.references(centre, "boundaries").await?;
    let (schematic, real): (Vec<ReferenceRow>, Vec<ReferenceRow>) =
        rows.into_iter().partition(|row| row.name == SCHEMATIC);
    let covered: Vec<String> =
        real.iter().flat_map(|row| row.name.split('+').map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut texts: Vec<String> = real.into_iter().map(|row| row.body).collect();
    let mut left = false;
    for row in schematic {
        let mut map: serde_json::Value = serde_json::from_str(&row.body)
            .with_context(|| format!("the schematic boundaries of {centre}"))?;
        let Some(features) = map.get_mut("features").and_then(serde_json::Value::as_array_mut) else {
            continue;
        };
        features.retain(|feature| !is_covered(feature, &covered));
        if !features.is_empty() {
            left = true;
            texts.push(map.to_string());
        }
    }
    Ok((texts, left))
}

fn is_covered(feature: &serde_json::Value, covered: &[String]) -> bool {
    let code = feature.pointer("/properties/code").and_then(serde_json::Value::as_str).unwrap_or_default();
    covered.iter().any(|regency| code.starts_with(&format!("{regency}.")))
}

/// The places of a centre, CSV; only the heading when there are none.
///
/// # Errors
/// When the store cannot be read.
pub async fn places_text(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<String> {
    Ok(store.reference(centre, "places", "places").await?.map(|row| row.body).unwrap_or_default())
}

/// Stores a national gazetteer for a centre; a later one replaces it.
///
/// # Errors
/// When the store refuses.
pub async fn store_gazetteer(store: &Arc<dyn Store>, centre: &str, csv: String) -> anyhow::Result<()> {
    let row = reference_row(centre, "gazetteer", "national", csv, Platform.now());
    Ok(store.put_reference(&row).await?)
}

/// The national gazetteer of a centre, CSV, if one was loaded.
///
/// # Errors
/// When the store cannot be read.
pub async fn gazetteer_text(store: &Arc<dyn Store>, centre: &str) -> anyhow::Result<Option<String>> {
    Ok(store.reference(centre, "gazetteer", "national").await?.map(|row| row.body))
}
