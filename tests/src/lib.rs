//! What black-box tests and benches share: a server as a process, an API client, a console on the stream.
//!
//! Talks to the binary over real sockets only; waits for readiness, never for a time to pass.

pub mod agreement;
pub mod api;
pub mod clock;
pub mod console;
pub mod random;
pub mod server;
pub mod shared;
pub mod tools;
