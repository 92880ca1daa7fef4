//! Where a centre is at home among the areas of the country.

use std::collections::{BTreeSet, HashSet};

use super::AreaCode;
use crate::point::LatLon;
use crate::village_map::VillageMap;

/// A centre's own part of the country.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    /// Provinces that its map touches.
    pub provinces: BTreeSet<AreaCode>,
    /// Regencies on its map.
    pub regencies: BTreeSet<AreaCode>,
    /// The middle of its villages: whatever is equal else is ordered by the distance from here.
    pub middle: Option<LatLon>,
    /// Areas that the centre's own names hold already.
    known: HashSet<AreaCode>,
}

impl Home {
    /// The part of the country that a map shows.
    pub(crate) fn of(map: &VillageMap) -> Self {
        let (mut known, mut lat, mut lon, mut count) = (HashSet::new(), 0.0, 0.0, 0.0);
        for village in map.villages() {
            known.extend(AreaCode::parse(&village.code));
            known.extend(AreaCode::parse(&village.district_code));
            (lat, lon, count) = (lat + village.lat, lon + village.lon, count + 1.0);
        }
        let regencies: BTreeSet<AreaCode> =
            map.regencies().filter_map(|(code, _)| AreaCode::parse(code)).collect();
        Self {
            provinces: regencies.iter().map(|code| code.province()).collect(),
            regencies,
            middle: LatLon::new(lat / count, lon / count).ok(),
            known,
        }
    }

    /// Whether the area lies in a regency of the map.
    pub(crate) fn has(&self, code: AreaCode) -> bool {
        self.regencies.contains(&code.regency())
    }

    /// Whether the area lies in a province of the map.
    pub(crate) fn is_in_province(&self, code: AreaCode) -> bool {
        self.provinces.contains(&code.province())
    }

    /// Whether the centre's own names hold the area, so that the country's need not.
    pub(crate) fn knows(&self, code: AreaCode) -> bool {
        self.known.contains(&code)
    }
}
