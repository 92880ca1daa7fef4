//! The live views of a centre: what is held in memory, what changed, and the sockets that follow it.
//!
//! The writer publishes after its commit and never waits for a socket; each connection reads the ring
//! at its own pace. Nothing here can change an incident.

pub mod audience;
mod connection;
mod hub;
mod item;
mod memory;
mod resume;
mod socket;

pub use connection::{StreamLimits, serve_connection};
pub use hub::{Commit, Hub};
pub use item::{
    HeldDispatch, HeldIncident, HeldReport, HeldUnit, Item, ReportWords, dispatch_view, incident_view,
    report_view, unit_view, view_of,
};
pub use memory::{Memory, Publication};
pub use socket::Socket;
