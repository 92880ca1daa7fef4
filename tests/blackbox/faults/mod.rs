//! Faults: the process killed, the database locked, removed, stopped; peers that fail.

mod database;
mod dead_wire;
mod engine;
mod kills;
mod load;
mod overdue;
mod peer;
mod proxy;
mod watch;
mod webhooks;
