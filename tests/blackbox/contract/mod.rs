//! What the HTTP API promises to everybody who calls it, well-meaning or not.

mod access;
mod accounts;
mod addresses;
mod agreement;
mod bodies;
mod browsers;
mod drill;
mod endings;
mod findings;
mod first_start;
mod lineage;
mod lists;
mod log;
mod openapi;
mod others;
mod personal_data;
mod positions;
mod repetition;
mod steps;
mod texts;
mod throttle;
mod tls;
mod tokens;
