//! Everything that crosses the wire, and nothing else: views, stream messages, request and answer
//! bodies. Exported to TypeScript; see `docs/PROTOCOL.md`.
//!
//! No logic beyond turning an aggregate into its view. Instants are epoch microseconds, coordinates
//! WGS 84 degrees, ids strings.

pub mod agreement;
pub mod answers;
pub mod duty;
pub mod field;
pub mod neighbours;
pub mod page;
pub mod problem;
pub mod push;
pub mod recommendation;
pub mod requests;
pub mod stream;
pub mod units;
pub mod views;

/// The version of the stream protocol; `hello` names it.
pub const PROTOCOL_VERSION: u32 = 1;
