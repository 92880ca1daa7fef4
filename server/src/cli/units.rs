//! `unit`: the devices that ride in units.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use clap::Subcommand;
use kentongan_store::Store;
use kentongan_store::rows::DeviceRow;

use crate::platform::Platform;
use crate::serve::announce;
use crate::units::{DEVICES_AT_MOST, device_name};

/// `unit …`.
#[derive(Debug, Subcommand)]
pub enum UnitCommand {
    /// Trackers and phones that tell where a unit is.
    #[command(subcommand)]
    Device(DeviceCommand),
}

/// `unit device …`.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Let a device tell where a unit is; a running server knows within 10 s.
    Add {
        /// What it calls itself: a Traccar uniqueId, an OwnTracks user/device or tid.
        device: String,
        /// Centre.
        #[arg(long)]
        centre: String,
        /// The unit's code.
        #[arg(long)]
        unit: String,
    },
    /// Take a device out of its unit.
    Remove {
        /// What it calls itself.
        device: String,
        /// Centre.
        #[arg(long)]
        centre: String,
    },
    /// Every device of a centre.
    List {
        /// Centre.
        #[arg(long)]
        centre: String,
    },
}

/// Runs `unit …`.
///
/// # Errors
/// What was wrong, for stderr.
pub async fn run(store: &Arc<dyn Store>, command: UnitCommand) -> anyhow::Result<()> {
    let UnitCommand::Device(command) = command;
    match command {
        DeviceCommand::Add { device, centre, unit } => {
            let name = device_name(&device).context("a device's name has 1 to 100 characters on one line")?;
            let pack = crate::centre::read_pack(store, &centre).await?;
            ensure!(pack.units.iter().any(|known| known.code == unit), "{unit} is not a unit of {centre}");
            let all = store.devices(&centre).await?;
            if let Some(taken) = all.iter().find(|row| row.device == name) {
                ensure!(taken.unit == unit, "{name} rides in {}; remove it there first", taken.unit);
            }
            let mut own: Vec<DeviceRow> = all.into_iter().filter(|row| row.unit == unit).collect();
            if !own.iter().any(|row| row.device == name) {
                ensure!(own.len() < DEVICES_AT_MOST, "at most {DEVICES_AT_MOST} devices ride in a unit");
                let bound_at = Platform.now();
                let bound_by = "command line".to_owned();
                own.push(DeviceRow { device: name.clone(), unit: unit.clone(), bound_by, bound_at });
                store.set_devices(&centre, &unit, &own).await?;
            }
            announce(&format!("{name} tells where {unit} is"));
        }
        DeviceCommand::Remove { device, centre } => {
            let all = store.devices(&centre).await?;
            let name = device.trim();
            let gone = all.iter().find(|row| row.device == name);
            let gone = gone.with_context(|| format!("{name} is no device of {centre}"))?;
            let left: Vec<DeviceRow> =
                all.iter().filter(|row| row.unit == gone.unit && row.device != name).cloned().collect();
            store.set_devices(&centre, &gone.unit, &left).await?;
            announce(&format!("{name} rides in no unit"));
        }
        DeviceCommand::List { centre } => {
            for row in store.devices(&centre).await? {
                announce(&format!("{}\t{}\t{}", row.unit, row.device, row.bound_by));
            }
        }
    }
    Ok(())
}
