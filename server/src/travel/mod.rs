//! How long units need to a place, behind one trait: great circle and detour ([`Detour`]) by default, a road
//! server's table ([`Osrm`]) where one is set up.
//!
//! Must never fail and never keep a caller waiting: whoever cannot answer in time falls back to the detour and
//! says so. Choosing among units is [`kentongan_domain::recommend`]'s matter.

mod detour;
mod osrm;

use async_trait::async_trait;
use kentongan_domain::recommend::{Travel, TravelPolicy};
use kentongan_geography::LatLon;

pub use detour::Detour;
pub use osrm::Osrm;

/// A unit that would set out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trip<'a> {
    /// What it is, e.g. `pumper`; speeds differ.
    pub kind: &'a str,
    /// From where.
    pub from: LatLon,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Times {
    /// One entry a trip, in their order.
    pub times: Vec<Travel>,
    /// Why the road server did not answer, where one was asked.
    pub fell_back: Option<FellBack>,
}

/// Why a road server's answer could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FellBack {
    /// It took too long.
    Timeout,
    /// Nobody listens there, or the connection broke.
    Unreachable,
    /// It answered with this status.
    Status(u16),
    /// Its answer is no table of durations for what was asked.
    Malformed,
    /// It knows no way from any of the units: its map is likely not ours.
    NoRoute,
    /// It failed several times just now and is left alone for a while.
    Resting,
}

impl FellBack {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Unreachable => "unreachable",
            Self::Status(_) => "status",
            Self::Malformed => "malformed",
            Self::NoRoute => "no_route",
            Self::Resting => "resting",
        }
    }

    /// How it reads on screen, Indonesian.
    pub fn words(self) -> String {
        let why = match self {
            Self::Timeout => "server jalan terlalu lambat".to_owned(),
            Self::Unreachable => "server jalan tidak terhubung".to_owned(),
            Self::Status(status) => format!("server jalan menjawab {status}"),
            Self::Malformed => "jawaban server jalan tidak terbaca".to_owned(),
            Self::NoRoute => "server jalan tidak mengenal daerah ini".to_owned(),
            Self::Resting => "server jalan baru saja gagal".to_owned(),
        };
        format!("{why}; waktu tempuh diperkirakan dari garis lurus")
    }
}

/// Whoever knows how long units need.
#[async_trait]
pub trait TravelTimes: std::fmt::Debug + Send + Sync {
    /// How long each of these units needs to a place. `policy` says how to reckon where no road is known.
    async fn times(&self, policy: &TravelPolicy, trips: &[Trip<'_>], to: LatLon) -> Times;
}
