//! One centre as this process runs it: its reference data, geography, stream and way in.
//!
//! A drill centre is another centre. Whether anything may leave the server for real is a matter of
//! type: see [`crate::forward`], which only a [`LiveCentre`] can be handed to.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kentongan_domain::centre::{CentreKind, CentrePack};
use kentongan_domain::state::Reference;
use kentongan_geography::{Atlas, NationalGazetteer};
use kentongan_store::Store;
use kentongan_store::rows::CentreRow;
use kentongan_triage::Reader;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::command::{Commands, Writer, WriterParts, fingerprint, load_centre};
use crate::duty::{self, Duty};
use crate::intake::Understander;
use crate::landmarks::Landmarks;
use crate::link::Links;
use crate::metrics::Metrics;
use crate::pack::{boundary_texts, gazetteer_text, places_text};
use crate::platform::Platform;
use crate::stream::Hub;
use crate::units::Units;

/// A centre.
#[derive(Debug)]
pub struct Centre {
    /// Its code.
    pub code: String,
    /// Reference data.
    pub reference: Arc<Reference>,
    /// Its map and names.
    pub atlas: Arc<Atlas>,
    /// The landmarks that people added to it.
    pub landmarks: Arc<Landmarks>,
    /// Village outlines for the console's map, as GeoJSON text.
    pub outlines: axum::body::Bytes,
    /// What makes sense of texts.
    pub understander: Understander,
    /// The stream.
    pub hub: Arc<Hub>,
    /// The way in.
    pub commands: Commands,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Whom agencies' dispatches reach.
    pub duty: Arc<Duty>,
    /// Where its units are.
    pub units: Units,
    kind: CentreKind,
}

/// Proof that a centre is live. There is no other way to one than [`Centre::live`].
#[derive(Debug, Clone)]
pub struct LiveCentre(Arc<Centre>);

impl LiveCentre {
    /// The centre.
    pub fn centre(&self) -> &Arc<Centre> {
        &self.0
    }
}

impl Centre {
    /// Whether it is a drill centre.
    pub fn is_drill(&self) -> bool {
        self.kind == CentreKind::Drill
    }

    /// The proof that it is live; none for a drill centre.
    pub fn live(self: &Arc<Self>) -> Option<LiveCentre> {
        match self.kind {
            CentreKind::Live => Some(LiveCentre(Arc::clone(self))),
            CentreKind::Drill => None,
        }
    }
}

/// What every centre of a process shares.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The database.
    pub store: Arc<dyn Store>,
    /// Measures.
    pub metrics: Arc<Metrics>,
    /// Signed links in messages.
    pub links: Arc<Links>,
    /// Stops everything.
    pub shutdown: CancellationToken,
    /// Tasks to wait for at the end.
    pub tasks: TaskTracker,
}

/// Every centre of this process, by code.
pub type Centres = BTreeMap<String, Arc<Centre>>;

/// Opens every centre of the database and starts its writer; `reader` reads their reports.
///
/// # Errors
/// When the database cannot be read, or holds reference data that cannot be used.
pub async fn open_centres(shared: &Shared, reader: Arc<Reader>) -> anyhow::Result<Centres> {
    let mut centres = Centres::new();
    let mut wakers = BTreeMap::new();
    let mut geography = Geography::default();
    for row in shared.store.centres().await? {
        let (centre, waker) = open_centre(shared, &row, &reader, &mut geography).await?;
        wakers.insert(row.code.clone(), waker);
        centres.insert(row.code, centre);
    }
    for centre in centres.values() {
        // The command line changes it too.
        let (duty, store) = (Arc::clone(&centre.duty), Arc::clone(&shared.store));
        shared.tasks.spawn(duty::follow(duty, store, centre.code.clone(), shared.shutdown.clone()));
    }
    if let Some(mut news) = shared.store.follow() {
        for centre in centres.values() {
            let (landmarks, stop) = (Arc::clone(&centre.landmarks), shared.shutdown.clone());
            shared.tasks.spawn(async move { landmarks.follow(stop).await });
        }
        let shutdown = shared.shutdown.clone();
        shared.tasks.spawn(async move {
            loop {
                let code = tokio::select! {
                    code = news.recv() => code,
                    () = shutdown.cancelled() => None,
                };
                let Some(code) = code else { return };
                if let Some(waker) = wakers.get(&code) {
                    waker.send_modify(|count: &mut u64| *count += 1);
                }
            }
        });
    }
    Ok(centres)
}

/// Reads a centre's pack.
///
/// # Errors
/// When there is none, or it is not a pack.
pub async fn read_pack(store: &Arc<dyn Store>, code: &str) -> anyhow::Result<CentrePack> {
    let row = store.reference(code, "pack", "pack").await?;
    let row = row.ok_or_else(|| {
        anyhow::anyhow!("centre {code} has no city pack; run `kentongan centre import DIR`")
    })?;
    serde_json::from_str(&row.body)
        .map_err(|error| anyhow::anyhow!("the pack of centre {code} cannot be read: {error}"))
}

/// Maps and names by the texts they were made of: a city and its drill centre share them.
#[derive(Default)]
struct Geography {
    made: HashMap<[u8; 32], (Atlas, axum::body::Bytes)>,
    countries: HashMap<[u8; 32], Arc<NationalGazetteer>>,
}

impl Geography {
    fn atlas(
        &mut self,
        centre: &str,
        texts: &[String],
        places: &str,
        gazetteer: Option<&str>,
    ) -> anyhow::Result<(Arc<Atlas>, axum::body::Bytes)> {
        let (mut atlas, outlines) = self.map(centre, texts, places)?;
        if let Some(national) = gazetteer.and_then(|text| self.country(centre, text)) {
            atlas = atlas.with_national(national);
        }
        // A clone of its own each: what one centre adds to its names is not another's.
        Ok((Arc::new(atlas), outlines))
    }

    /// The country's names; without them the centre still works, so a fault in them stops nothing.
    fn country(&mut self, centre: &str, text: &str) -> Option<Arc<NationalGazetteer>> {
        let key = fingerprint(&[text.as_bytes()]);
        if let Some(made) = self.countries.get(&key) {
            return Some(Arc::clone(made));
        }
        match NationalGazetteer::from_csv(text) {
            Ok((national, report)) => {
                if !report.rejected.is_empty() {
                    tracing::warn!(
                        centre,
                        rows = report.rejected.len(),
                        "rows of the gazetteer were set aside"
                    );
                }
                let made = Arc::new(national);
                self.countries.insert(key, Arc::clone(&made));
                Some(made)
            }
            Err(error) => {
                tracing::error!(centre, %error, "the national gazetteer cannot be used; load it again");
                None
            }
        }
    }

    fn map(
        &mut self,
        centre: &str,
        texts: &[String],
        places: &str,
    ) -> anyhow::Result<(Atlas, axum::body::Bytes)> {
        let parts: Vec<&[u8]> = texts.iter().map(String::as_bytes).chain([places.as_bytes()]).collect();
        let key = fingerprint(&parts);
        if let Some(made) = self.made.get(&key) {
            return Ok(made.clone());
        }
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (atlas, report) = Atlas::new(&borrowed, places)?;
        if !report.is_clean() {
            tracing::warn!(centre, ?report, "parts of the geography were set aside");
        }
        let outlines = axum::body::Bytes::from(atlas.outlines_geojson());
        let made = (atlas, outlines);
        self.made.insert(key, made.clone());
        Ok(made)
    }
}

async fn open_centre(
    shared: &Shared,
    row: &CentreRow,
    reader: &Arc<Reader>,
    geography: &mut Geography,
) -> anyhow::Result<(Arc<Centre>, watch::Sender<u64>)> {
    let store = &shared.store;
    let mut pack = read_pack(store, &row.code).await?;
    let (texts, schematic) = boundary_texts(store, &row.code).await?;
    pack.profile.boundaries_schematic = schematic;
    let places = places_text(store, &row.code).await?;
    let gazetteer = gazetteer_text(store, &row.code).await?;
    let (atlas, outlines) = geography.atlas(&row.code, &texts, &places, gazetteer.as_deref())?;
    let landmarks = Arc::new(Landmarks::open(store, &row.code, &atlas).await?);
    let duty = Arc::new(Duty::open(store, &row.code).await?);
    let kind = pack.profile.kind;
    let reference = Arc::new(Reference { pack });
    let loaded = load_centre(store, &row.code, &reference, Platform.now()).await?;
    let hub = Arc::new(Hub::new(
        row.epoch.to_string(),
        Arc::clone(&reference),
        loaded.head.seq,
        loaded.publication,
    ));
    let understander = Understander::new(Arc::clone(reader), Arc::clone(&reference), Arc::clone(&atlas));
    // What waits is read before the first caller would wait for it.
    understander.keep_up(&hub);
    let (commands, queue) = Commands::channel();
    let (waker, moved) = watch::channel(0);
    let centre = Arc::new(Centre {
        code: row.code.clone(),
        outlines,
        understander,
        reference: Arc::clone(&reference),
        atlas,
        landmarks,
        hub: Arc::clone(&hub),
        commands,
        store: Arc::clone(store),
        duty: Arc::clone(&duty),
        units: Units::new(&reference.pack),
        kind,
    });
    let parts = WriterParts {
        centre: row.code.clone(),
        reference,
        store: Arc::clone(store),
        hub,
        metrics: Arc::clone(&shared.metrics),
        queue,
        duty: duty.reader(),
        moved,
        shutdown: shared.shutdown.clone(),
    };
    shared.tasks.spawn(Writer::new(parts, loaded.state, loaded.head).run());
    Ok((centre, waker))
}
