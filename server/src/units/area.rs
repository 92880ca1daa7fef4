//! The part of the map that a console looks at.

use std::hash::{Hash, Hasher};

/// A rectangle in WGS 84 degrees, edges included. It does not cross the 180th meridian: no centre does.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Area {
    /// The area `[west, south, east, north]`; none when that is no rectangle on earth.
    pub fn new([west, south, east, north]: [f64; 4]) -> Option<Self> {
        let fits = (-180.0..=180.0).contains(&west)
            && (-180.0..=180.0).contains(&east)
            && (-90.0..=90.0).contains(&south)
            && (-90.0..=90.0).contains(&north)
            && west <= east
            && south <= north;
        fits.then_some(Self { west, south, east, north })
    }

    /// Its southern and northern edge.
    pub const fn latitudes(&self) -> (f64, f64) {
        (self.south, self.north)
    }

    /// Whether a point lies in it.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        (self.south..=self.north).contains(&lat) && (self.west..=self.east).contains(&lon)
    }

    fn bits(&self) -> [u64; 4] {
        // Adding nothing makes one zero of the two.
        [self.west, self.south, self.east, self.north].map(|edge| (edge + 0.0).to_bits())
    }
}

// By the bits: consoles that look at the same area share what was rendered for it.
impl PartialEq for Area {
    fn eq(&self, other: &Self) -> bool {
        self.bits() == other.bits()
    }
}

impl Eq for Area {}

impl Hash for Area {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_rectangle_on_earth_is_an_area() {
        let city = [111.9, -7.9, 112.1, -7.7];
        assert!(Area::new(city).is_some());
        assert!(Area::new([-180.0, -90.0, 180.0, 90.0]).is_some(), "the whole world");
        assert!(Area::new([112.0, -7.8, 112.0, -7.8]).is_some(), "a point");
        for (at, edge) in [(0, 112.2), (1, -7.6), (2, 180.1), (3, 90.1), (0, f64::NAN), (3, f64::INFINITY)] {
            let mut edges = city;
            edges[at] = edge;
            assert!(Area::new(edges).is_none(), "{edges:?}");
        }
    }

    #[test]
    fn edges_belong_to_it() {
        let area = Area::new([111.9, -7.9, 112.1, -7.7]).unwrap();
        for (lat, lon, inside) in [
            (-7.8, 112.0, true),
            (-7.9, 111.9, true),
            (-7.7, 112.1, true),
            (-7.91, 112.0, false),
            (-7.8, 112.11, false),
        ] {
            assert_eq!(area.holds(lat, lon), inside, "{lat} {lon}");
        }
        assert_eq!(Area::new([0.0, 0.0, 1.0, 1.0]), Area::new([-0.0, -0.0, 1.0, 1.0]));
        assert_ne!(Area::new([0.0, 0.0, 1.0, 1.0]), Area::new([0.0, 0.0, 1.0, 1.5]));
    }
}
