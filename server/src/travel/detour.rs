//! Travel time without a road server: great circle × detour ÷ speed, as the city pack sets them.

use async_trait::async_trait;
use kentongan_domain::recommend::{Travel, TravelPolicy, TravelSource};
use kentongan_geography::LatLon;

use super::{Times, TravelTimes, Trip};

/// The estimate; needs nobody else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Detour;

/// One trip's estimate, in milliseconds.
pub fn estimate_ms(policy: &TravelPolicy, trip: &Trip<'_>, to: LatLon) -> i64 {
    policy.travel_ms(trip.kind, trip.from.distance_m(to))
}

/// All trips' estimates.
pub fn estimates(policy: &TravelPolicy, trips: &[Trip<'_>], to: LatLon) -> Vec<Travel> {
    let taking = |trip| Travel::Takes { ms: estimate_ms(policy, trip, to), source: TravelSource::Detour };
    trips.iter().map(taking).collect()
}

#[async_trait]
impl TravelTimes for Detour {
    async fn times(&self, policy: &TravelPolicy, trips: &[Trip<'_>], to: LatLon) -> Times {
        Times { times: estimates(policy, trips, to), fell_back: None }
    }
}
