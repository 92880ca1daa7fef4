//! Temporary.
#[path = "../blackbox/contract/mod.rs"]
mod contract;
