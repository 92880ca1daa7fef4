//! Faults: the process killed, the database locked, removed, stopped; peers that fail.

mod database;
mod dead_wire;
mod engine;
mod kills;
mod load;
mod overdue;
pub mod peer;
mod proxy;
mod watch;

pub use watch::come_back;
mod webhooks;

pub use engine::Engine;
