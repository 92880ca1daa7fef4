//! The borders between regencies (and around the whole map), found from the village polygons.
//!
//! An edge is a regency border when the areas just left and right of it differ. That needs no
//! clean topology: slivers and unmatched corners between neighbours do no harm.
//! Enclaves need nothing special, because no outer ring or box is ever used.

use std::collections::BTreeMap;

use geo::{Coord, Line};
use rstar::primitives::Line as Edge;
use rstar::{AABB, PointDistance, RTree};

use crate::point::Plane;
use crate::shape::Shape;

/// How far in metres to either side of an edge to look for what lies there: first beyond the slivers of
/// published files and below the width of any village, then across rivers, which belong to no
/// village in some files: the two banks of a river inside a regency are no border of it.
const PROBES_M: [f64; 5] = [5.0, 30.0, 80.0, 160.0, 320.0];

/// A border edge in metres on the map's plane.
type FlatEdge = Edge<[f64; 2]>;

/// One regency's border.
#[derive(Debug, Clone)]
struct Border {
    name: String,
    edges: RTree<FlatEdge>,
    /// The box around the edges: most regencies are told to be far by it alone.
    around: AABB<[f64; 2]>,
}

/// All borders by regency code.
#[derive(Debug, Clone, Default)]
pub(crate) struct RegencyBorders {
    by_code: BTreeMap<String, Border>,
}

impl RegencyBorders {
    /// Finds the borders. `regency_at` answers which regency's code holds a lon, lat coordinate.
    pub(crate) fn find<'a>(
        shapes: &'a [Shape],
        plane: Plane,
        regency_at: impl Fn(Coord<f64>) -> Option<&'a str>,
    ) -> Self {
        let mut collected: BTreeMap<&str, (&str, Vec<FlatEdge>)> = BTreeMap::new();
        for shape in shapes {
            let village = &shape.village;
            collected.entry(&village.regency_code).or_insert_with(|| (&village.regency, Vec::new()));
            for edge in shape.edges() {
                let across = |side: f64| {
                    PROBES_M.into_iter().find_map(|metres| regency_at(aside(edge, plane, side * metres)))
                };
                let (left, right) = (across(1.0), across(-1.0));
                if left == right {
                    continue;
                }
                let metres = Edge::new(plane.metres(edge.start), plane.metres(edge.end));
                for code in [left, right].into_iter().flatten() {
                    if let Some((_, edges)) = collected.get_mut(code) {
                        edges.push(metres);
                    }
                }
            }
        }
        let by_code = collected
            .into_iter()
            .map(|(code, (name, edges))| {
                let edges = RTree::bulk_load(edges);
                let around = edges.root().envelope();
                (code.to_owned(), Border { name: name.to_owned(), edges, around })
            })
            .collect();
        Self { by_code }
    }

    /// Metres from a point (in metres on the map's plane) to the border of this regency.
    pub(crate) fn distance_m(&self, regency_code: &str, at: [f64; 2]) -> Option<f64> {
        self.by_code.get(regency_code).and_then(|border| border.distance_m(at))
    }

    /// Every regency but this one whose border is within `within_m`: code, name and metres, nearest first.
    pub(crate) fn others_within(
        &self,
        except: Option<&str>,
        at: [f64; 2],
        within_m: f64,
    ) -> Vec<(String, String, f64)> {
        let mut others: Vec<(String, String, f64)> = self
            .by_code
            .iter()
            .filter(|(code, _)| Some(code.as_str()) != except)
            .filter(|(_, border)| border.around.distance_2(&at) <= within_m * within_m)
            .filter_map(|(code, border)| Some((code, border, border.distance_m(at)?)))
            .filter(|(_, _, metres)| *metres <= within_m)
            .map(|(code, border, metres)| (code.clone(), border.name.clone(), metres))
            .collect();
        others.sort_by(|a, b| a.2.total_cmp(&b.2));
        others
    }

    /// Metres to the nearest border of any regency.
    pub(crate) fn nearest_m(&self, at: [f64; 2]) -> Option<f64> {
        let mut nearest: Option<f64> = None;
        for border in self.by_code.values() {
            let nearer = nearest.is_none_or(|found| border.around.distance_2(&at) < found * found);
            if nearer && let Some(found) = border.distance_m(at) {
                nearest = Some(nearest.map_or(found, |before| before.min(found)));
            }
        }
        nearest
    }

    /// Codes and names of the regencies, in code order.
    pub(crate) fn regencies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_code.iter().map(|(code, border)| (code.as_str(), border.name.as_str()))
    }
}

impl Border {
    fn distance_m(&self, at: [f64; 2]) -> Option<f64> {
        self.edges.nearest_neighbor(&at).map(|edge| edge.distance_2(&at).sqrt())
    }
}

/// The point so many metres to the left of the middle of an edge; negative metres are to the right.
fn aside(edge: Line<f64>, plane: Plane, metres: f64) -> Coord<f64> {
    let ([ax, ay], [bx, by]) = (plane.metres(edge.start), plane.metres(edge.end));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    (edge.start + edge.end) / 2.0 + plane.degrees(-dy / length * metres, dx / length * metres)
}
