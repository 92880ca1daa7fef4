//! The part of the store that knows where units are and were.

use std::ops::Range;

use async_trait::async_trait;

use crate::rows::{DeviceRow, PositionRow};
use crate::store::Stored;

/// Tracks, last positions and devices of a centre's units.
#[async_trait]
pub trait PositionStore {
    /// Adds to tracks and moves last positions, in one transaction. What is there already stays; a last
    /// position never goes back in time. Meant for some hundred rows at a time: the log's writer waits.
    async fn put_positions(&self, centre: &str, track: &[PositionRow], last: &[PositionRow]) -> Stored<()>;
    /// Where every unit was last, as far as the server heard of it at or after `received_since`.
    async fn last_positions(&self, centre: &str, received_since: i64) -> Stored<Vec<PositionRow>>;
    /// A unit's track in this time (from the start, up to before the end), the earliest first.
    async fn track(&self, centre: &str, unit: &str, time: Range<i64>, limit: u32)
    -> Stored<Vec<PositionRow>>;
    /// Removes the earliest positions before an instant from all tracks: `some` of them, and what else is of
    /// the last one's instant. Answers how many; fewer than `some` means that none is left.
    async fn forget_positions(&self, centre: &str, before: i64, some: u32) -> Stored<u64>;
    /// Gives a unit exactly these devices. [`crate::StoreError::Duplicate`] when one rides in another unit.
    async fn set_devices(&self, centre: &str, unit: &str, devices: &[DeviceRow]) -> Stored<()>;
    /// All devices of a centre.
    async fn devices(&self, centre: &str) -> Stored<Vec<DeviceRow>>;
}
