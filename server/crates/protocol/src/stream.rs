//! Messages of the stream, one JSON object each with a `type`.
//!
//! The client says `hello` once; the server answers `welcome` and then `snapshot` or `changes`, and from
//! then on `changes`, `tick` and, while the client looks at a part of the map, `positions`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::units::UnitPosition;
use crate::views::View;

/// Where a client stands in a centre's log: valid only for the epoch it was got in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Cursor {
    /// The log's epoch; a restored log has a new one.
    pub epoch: String,
    /// The last sequence number seen.
    #[ts(type = "number")]
    pub seq: i64,
}

/// From the client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    /// First message of a connection.
    Hello {
        /// The protocol version the client speaks.
        protocol: u32,
        /// Where to go on from; absent for a fresh start.
        #[serde(default)]
        #[ts(optional)]
        resume: Option<Cursor>,
        /// The close code of the connection before, if it was closed.
        #[serde(default)]
        #[ts(optional)]
        last_close_reason: Option<String>,
        /// Which connection of this page it is, from 1.
        #[serde(default)]
        #[ts(optional)]
        connection_count: Option<u32>,
        /// The part of the map it shows, like `look`.
        #[serde(default)]
        #[ts(optional, type = "[number, number, number, number]")]
        look: Option<[f64; 4]>,
    },
    /// The part of the map it shows from now on: positions of units are told for it, once a second.
    Look {
        /// West, south, east, north in WGS 84 degrees; null when no map is shown.
        #[ts(type = "[number, number, number, number] | null")]
        area: Option<[f64; 4]>,
    },
}

/// From the server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// The answer to `hello`.
    Welcome {
        /// The protocol version the server speaks.
        protocol: u32,
        /// The log's epoch.
        epoch: String,
        /// The log's head.
        #[ts(type = "number")]
        head_seq: i64,
        /// The server's time (epoch µs).
        #[ts(type = "number")]
        server_time: i64,
        /// Whether the centre is a drill centre: everything shown must say LATIHAN.
        drill: bool,
    },
    /// Everything this audience may see, in parts; replaces all that the client held.
    Snapshot {
        /// The state is as of this sequence number.
        #[ts(type = "number")]
        seq: i64,
        /// Part number, from 1; part 1 clears what the client held.
        part: u32,
        /// Number of parts.
        parts: u32,
        /// Views.
        items: Vec<View>,
    },
    /// What changed: upserts, the newest view of each.
    Changes {
        /// The client stands here after applying them.
        #[ts(type = "number")]
        seq: i64,
        /// When the commands' reports were received (epoch µs), the oldest in the frame.
        #[ts(type = "number")]
        received_at: i64,
        /// When the log had them for certain (epoch µs).
        #[ts(type = "number")]
        committed_at: i64,
        /// Views.
        items: Vec<View>,
    },
    /// Where units are in the part of the map that the client looks at: all of them after it began to look,
    /// then those that moved, at most once a second. Not part of the log: no seq goes with it.
    Positions {
        /// Units, each once; one left out is where it was.
        units: Vec<UnitPosition>,
    },
    /// Every five seconds.
    Tick {
        /// The log's head.
        #[ts(type = "number")]
        head_seq: i64,
        /// The server's time (epoch µs).
        #[ts(type = "number")]
        server_time: i64,
        /// Events that many contacts tell of and nobody has confirmed; 0 for audiences outside the desk.
        #[serde(default)]
        surge: u32,
    },
}

/// Why the server closes a connection: 4000-4499 reconnect, 4500-4999 stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[repr(u16)]
pub enum CloseCode {
    /// The server is shutting down: reconnect.
    GoingAway = 4000,
    /// No `hello` within 10 s: reconnect.
    HelloTimeout = 4001,
    /// The reader fell too far behind: reconnect and resume.
    TooSlow = 4008,
    /// A message was not JSON, not of the protocol, or over 64 KiB: stop.
    BadMessage = 4500,
    /// The session or token was revoked or has expired: stop and log in again.
    Revoked = 4501,
    /// The client speaks another protocol version: stop and reload.
    WrongProtocol = 4502,
}

impl CloseCode {
    /// The number on the wire.
    pub const fn number(self) -> u16 {
        self as u16
    }
}
