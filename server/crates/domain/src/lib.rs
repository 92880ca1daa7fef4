//! The pure rules of a 112 centre: `decide(state, command, context) -> events | rejection` and
//! `evolve(state, record)`. Only these change an incident, live, in drills, in tests and in replay.
//!
//! No tokio, no sqlx, no axum, no clock, no randomness, no I/O: time and ids come in as values.

pub mod actions;
pub mod catalogue;
pub mod centre;
pub mod command;
pub mod contact;
pub mod deadline;
pub mod decide;
pub mod delivery;
pub mod dispatch;
pub mod duty;
pub mod event;
pub mod evolve;
pub mod field;
pub mod handover;
pub mod ids;
pub mod incident;
pub mod ladder;
pub mod number;
pub mod people;
pub mod place;
pub mod plan;
pub mod queue;
pub mod recommend;
pub mod rejection;
pub mod report;
pub mod routing;
pub mod state;
pub mod unit;
