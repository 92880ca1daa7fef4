//! A village with its polygons: is a point in it, and how far is its border.
//!
//! Border and inside are told apart, because a point on a shared border needs the tie rule.
//! Must never decide whose a point is: that is [`crate::jurisdiction`]'s.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Coord, Line, LineString, Polygon};
use rstar::AABB;

use crate::point::Plane;
use crate::village::Village;

/// One village and its parts (islands and exclaves make several).
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The administrative facts.
    pub village: Village,
    /// Its polygons, coordinates lon, lat; never empty.
    pub parts: Vec<Polygon<f64>>,
}

impl Shape {
    /// Whether the point is inside, on the border or outside. On the border of any part counts
    /// as border, also where two parts touch.
    pub(crate) fn position(&self, at: Coord<f64>) -> CoordPos {
        let mut found = CoordPos::Outside;
        for part in &self.parts {
            match part.coordinate_position(&at) {
                CoordPos::Inside => return CoordPos::Inside,
                CoordPos::OnBoundary => found = CoordPos::OnBoundary,
                CoordPos::Outside => {}
            }
        }
        found
    }

    /// The box around all parts, in degrees lon, lat; `None` only without a part.
    pub(crate) fn envelope(&self) -> Option<AABB<[f64; 2]>> {
        let mut corners = self
            .parts
            .iter()
            .filter_map(BoundingRect::bounding_rect)
            .flat_map(|rect| [[rect.min().x, rect.min().y], [rect.max().x, rect.max().y]])
            .peekable();
        corners.peek()?;
        let corners: Vec<[f64; 2]> = corners.collect();
        Some(AABB::from_points(&corners))
    }

    /// Every edge of every ring.
    pub(crate) fn edges(&self) -> impl Iterator<Item = Line<f64>> + '_ {
        self.parts.iter().flat_map(rings).flat_map(LineString::lines)
    }

    /// Metres from the point to the nearest edge of this village.
    pub(crate) fn border_distance_m(&self, plane: Plane, at: Coord<f64>) -> f64 {
        let origin = plane.metres(at);
        let square = self
            .edges()
            .map(|edge| square_to_segment(origin, plane.metres(edge.start), plane.metres(edge.end)))
            .fold(f64::INFINITY, f64::min);
        square.sqrt()
    }
}

/// Outer ring first, then the holes.
fn rings(part: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(part.exterior()).chain(part.interiors())
}

/// Square of the distance from a point to a segment on a plane.
fn square_to_segment([px, py]: [f64; 2], [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((px - ax) * dx + (py - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (ox, oy) = (px - (ax + along * dx), py - (ay + along * dy));
    ox * ox + oy * oy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segment_distance() {
        let at = |p, a, b| square_to_segment(p, a, b).sqrt();
        assert!((at([0.0, 3.0], [-1.0, 0.0], [1.0, 0.0]) - 3.0).abs() < 1e-9);
        assert!((at([4.0, 4.0], [0.0, 0.0], [1.0, 0.0]) - 5.0).abs() < 1e-9);
        assert!((at([3.0, 4.0], [0.0, 0.0], [0.0, 0.0]) - 5.0).abs() < 1e-9);
    }
}
