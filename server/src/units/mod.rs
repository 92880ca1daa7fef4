//! Where units are: taken in from devices, held in memory, shown to those who look there, kept thinned.
//!
//! Positions are no facts of the log: nothing here decides, and what a crash takes is seconds old. What a
//! unit does (its state) is the domain's.
//!
//! ```text
//! Traccar, OwnTracks, phones -> feeds -> fix (can it be true?) -> devices (whose?) -> positions
//! positions -> once a second a beat -> one frame an area -> pace (once a second) -> consoles
//! positions -> what is worth keeping -> history -> unit_positions, unit_last_positions
//! ```

mod area;
mod beat;
mod devices;
pub mod feeds;
mod fix;
mod history;
mod pace;
mod positions;

pub use area::Area;
pub use beat::Beat;
pub use devices::{Bound, DEVICES_AT_MOST, Devices, device_name};
pub use fix::{Fix, Told, Unusable};
pub use pace::Pace;
pub use positions::{Outcome, Placed, Positions};

use std::sync::Arc;

use kentongan_domain::centre::CentrePack;
use kentongan_store::StoreError;

use self::history::{HistoryParts, run_history};
use crate::centre::{Centre, Shared};

/// Where a centre's units are, and what tells it.
#[derive(Debug)]
pub struct Units {
    /// Last positions.
    pub positions: Arc<Positions>,
    /// Which unit a device rides in.
    pub devices: Devices,
}

impl Units {
    /// Nothing has told yet.
    pub fn new(pack: &CentrePack) -> Self {
        Self { positions: Arc::new(Positions::new(pack)), devices: Devices::default() }
    }
}

/// Takes up where the last run left off, and begins to beat and to keep. `days` is how long tracks are
/// kept; `others` whether other nodes hear of units, too.
///
/// # Errors
/// When the store cannot be read.
pub async fn start(centre: &Centre, shared: &Shared, days: u32, others: bool) -> Result<(), StoreError> {
    let positions = &centre.units.positions;
    positions.load(&shared.store.last_positions(&centre.code, 0).await?);
    shared.tasks.spawn(Arc::clone(positions).run(shared.shutdown.clone()));
    shared.tasks.spawn(run_history(HistoryParts {
        centre: centre.code.clone(),
        positions: Arc::clone(positions),
        store: Arc::clone(&shared.store),
        metrics: Arc::clone(&shared.metrics),
        days,
        others,
        stop: shared.shutdown.clone(),
    }));
    Ok(())
}
