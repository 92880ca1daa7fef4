//! All villages of a centre's area, with the indexes that answer "whose is this point" in microseconds.
//!
//! Built from `GeoJSON` text and rebuilt whole when a file is added; between that only read.
//! Names and words are the gazetteer's, never this module's.

use std::collections::{HashMap, HashSet};

use geo::Coord;
use geo::coordinate_position::CoordPos;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::boundary_file::{self, BoundaryReport};
use crate::confidence::{effective_accuracy_m, same_side};
use crate::error::GeographyError;
use crate::jurisdiction::{
    GAP_WITHIN_M, Jurisdiction, JurisdictionMethod, NEAREST_WITHIN_M, OUTSIDE_HORIZON_M, OtherRegency,
};
use crate::point::{LatLon, Plane};
use crate::regency_border::RegencyBorders;
use crate::shape::Shape;
use crate::village::Village;

/// Of even odds, what is left at least for the nearest village in a gap.
const LEAST_ODDS: f64 = 0.4;

/// A village's box and its place in the list.
type Boxed = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The villages, their polygons and the borders between regencies.
#[derive(Debug, Clone)]
pub struct VillageMap {
    /// In code order, so that the first of several is the one with the smallest code.
    shapes: Vec<Shape>,
    by_code: HashMap<String, usize>,
    boxes: RTree<Boxed>,
    borders: RegencyBorders,
    plane: Plane,
}

impl VillageMap {
    /// Reads one `GeoJSON` file (coordinates lon, lat).
    ///
    /// # Errors
    /// [`GeographyError`] when the text is no feature collection or holds no usable village.
    pub fn from_geojson(text: &str) -> Result<(Self, BoundaryReport), GeographyError> {
        let (shapes, mut report) = boundary_file::read(text)?;
        let (map, joined) = Self::build(Vec::new(), shapes);
        report.joined = joined;
        Ok((map, report))
    }

    /// Reads several files as one map, built once; a village that an earlier file began (same code) gets
    /// the later polygons added. One report a file, in their order.
    ///
    /// # Errors
    /// [`GeographyError`] when there is no file, or one is no feature collection with a usable village.
    pub fn from_geojson_texts(texts: &[&str]) -> Result<(Self, Vec<BoundaryReport>), GeographyError> {
        let mut all: Vec<Shape> = Vec::new();
        let mut reports = Vec::with_capacity(texts.len());
        let mut known: HashSet<String> = HashSet::new();
        for text in texts {
            let (shapes, mut report) = boundary_file::read(text)?;
            report.joined = shapes.iter().filter(|shape| !known.insert(shape.village.code.clone())).count();
            all.extend(shapes);
            reports.push(report);
        }
        if all.is_empty() {
            return Err(GeographyError::NoVillages {
                features: 0,
                first: "no boundary file was given".to_owned(),
            });
        }
        Ok((Self::build(Vec::new(), all).0, reports))
    }

    /// Adds another file's villages; a village already here (same code) gets the new polygons added.
    ///
    /// # Errors
    /// As [`VillageMap::from_geojson`]; the map is then unchanged.
    pub fn extend(&mut self, text: &str) -> Result<BoundaryReport, GeographyError> {
        let (shapes, mut report) = boundary_file::read(text)?;
        let (map, joined) = Self::build(std::mem::take(&mut self.shapes), shapes);
        report.joined = joined;
        *self = map;
        Ok(report)
    }

    /// The map of these shapes and how many of the new ones joined an earlier village.
    fn build(mut shapes: Vec<Shape>, new: Vec<Shape>) -> (Self, usize) {
        let mut by_code: HashMap<String, usize> =
            shapes.iter().enumerate().map(|(at, shape)| (shape.village.code.clone(), at)).collect();
        let mut joined = 0;
        for shape in new {
            if let Some(earlier) = by_code.get(&shape.village.code).and_then(|at| shapes.get_mut(*at)) {
                earlier.parts.extend(shape.parts);
                joined += 1;
            } else {
                by_code.insert(shape.village.code.clone(), shapes.len());
                shapes.push(shape);
            }
        }
        shapes.sort_by(|a, b| a.village.code.cmp(&b.village.code));
        let by_code = shapes.iter().enumerate().map(|(at, shape)| (shape.village.code.clone(), at)).collect();
        let boxes: Vec<Boxed> = shapes
            .iter()
            .enumerate()
            .filter_map(|(at, shape)| Some(GeomWithData::new(shape.envelope()?.into(), at)))
            .collect();
        let mean_lat = shapes.iter().map(|shape| shape.village.lat).sum::<f64>() / shapes.len().max(1) as f64;
        let mut map = Self {
            shapes,
            by_code,
            boxes: RTree::bulk_load(boxes),
            borders: RegencyBorders::default(),
            plane: Plane::at_latitude(mean_lat),
        };
        map.borders = RegencyBorders::find(&map.shapes, map.plane, |at| {
            map.first_at(at).map(|shape| shape.village.regency_code.as_str())
        });
        (map, joined)
    }

    /// The villages in code order.
    pub fn villages(&self) -> impl Iterator<Item = &Village> {
        self.shapes.iter().map(|shape| &shape.village)
    }

    /// The village with this code, e.g. `35.71.01.1001`.
    pub fn village(&self, code: &str) -> Option<&Village> {
        self.by_code.get(code).and_then(|at| self.shapes.get(*at)).map(|shape| &shape.village)
    }

    /// Codes and names of the regencies on the map, in code order.
    pub fn regencies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.borders.regencies()
    }

    pub(crate) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// Whose area a point is in. `accuracy_m` is the 68 % radius of the position in metres;
    /// without one (or with a senseless one) [`crate::ASSUMED_ACCURACY_M`] is taken.
    pub fn jurisdiction(&self, point: LatLon, accuracy_m: Option<f64>) -> Jurisdiction {
        let accuracy_m = effective_accuracy_m(accuracy_m);
        let at = point.coord();
        let hits = self.all_at(at);
        let (shape, method) = match hits.as_slice() {
            [] => match self.nearest_within(at, NEAREST_WITHIN_M).or_else(|| self.around_gap(at)) {
                Some(shape) => (shape, JurisdictionMethod::Nearest),
                None => return self.outside(at, accuracy_m),
            },
            [only] => (*only, JurisdictionMethod::Contains),
            [first, ..] => (*first, JurisdictionMethod::Tie),
        };
        let metres = self.plane.metres(at);
        let village_border_m = shape.border_distance_m(self.plane, at);
        let border_distance_m = self.borders.distance_m(&shape.village.regency_code, metres);
        let (confidence, reach_m) = if method == JurisdictionMethod::Nearest {
            // In no polygon: even odds beside the village, less the farther away; whoever is hardly
            // farther than the nearest might be the one.
            let odds = 0.5 * (1.0 - village_border_m / (2.0 * NEAREST_WITHIN_M)).max(LEAST_ODDS);
            (odds, accuracy_m.max(2.0 * village_border_m))
        } else {
            (border_distance_m.map_or(1.0, |border_m| same_side(border_m, accuracy_m)), accuracy_m)
        };
        Jurisdiction {
            alternatives: self.alternatives(Some(&shape.village.regency_code), metres, reach_m),
            village: Some(shape.village.clone()),
            method,
            border_distance_m: border_distance_m.map(decimetres),
            village_border_m: Some(decimetres(village_border_m)),
            accuracy_m,
            confidence,
        }
    }

    /// The nearest village when the point lies in a gap of the map, with villages all around it: rivers and
    /// faults of the file leave such gaps, and somebody's area they are.
    fn around_gap(&self, at: Coord<f64>) -> Option<&Shape> {
        let nearest = self.nearest_within(at, GAP_WITHIN_M)?;
        let on_map = |(east, north): &(f64, f64)| {
            (1..=3).any(|step| {
                let away = GAP_WITHIN_M * f64::from(step) * 0.7;
                self.first_at(at + self.plane.degrees(east * away, north * away)).is_some()
            })
        };
        let around = [
            (1.0, 0.0),
            (0.7, 0.7),
            (0.0, 1.0),
            (-0.7, 0.7),
            (-1.0, 0.0),
            (-0.7, -0.7),
            (0.0, -1.0),
            (0.7, -0.7),
        ];
        around.iter().all(on_map).then_some(nearest)
    }

    fn outside(&self, at: Coord<f64>, accuracy_m: f64) -> Jurisdiction {
        let metres = self.plane.metres(at);
        let border_m = self.borders.nearest_m(metres).filter(|border_m| *border_m <= OUTSIDE_HORIZON_M);
        Jurisdiction {
            village: None,
            method: JurisdictionMethod::Outside,
            border_distance_m: border_m.map(decimetres),
            village_border_m: None,
            accuracy_m,
            confidence: same_side(border_m.unwrap_or(OUTSIDE_HORIZON_M), accuracy_m),
            alternatives: self.alternatives(None, metres, accuracy_m),
        }
    }

    fn alternatives(&self, except: Option<&str>, metres: [f64; 2], within_m: f64) -> Vec<OtherRegency> {
        let others = self.borders.others_within(except, metres, within_m);
        others
            .into_iter()
            .map(|(regency_code, regency, distance_m)| OtherRegency {
                regency,
                regency_code,
                distance_m: decimetres(distance_m),
            })
            .collect()
    }

    /// Every village that holds the point inside or on its border, the smallest code first.
    fn all_at(&self, at: Coord<f64>) -> Vec<&Shape> {
        let mut places: Vec<usize> =
            self.boxes.locate_all_at_point(&[at.x, at.y]).map(|boxed| boxed.data).collect();
        places.sort_unstable();
        let shapes = places.into_iter().filter_map(|place| self.shapes.get(place));
        shapes.filter(|shape| shape.position(at) != CoordPos::Outside).collect()
    }

    /// Any village that holds the point; cheaper than all of them, for probing borders.
    fn first_at(&self, at: Coord<f64>) -> Option<&Shape> {
        let shapes =
            self.boxes.locate_all_at_point(&[at.x, at.y]).filter_map(|boxed| self.shapes.get(boxed.data));
        shapes.into_iter().find(|shape| shape.position(at) != CoordPos::Outside)
    }

    fn nearest_within(&self, at: Coord<f64>, within_m: f64) -> Option<&Shape> {
        let reach = self.plane.degrees(within_m, within_m);
        let window = AABB::from_corners([at.x - reach.x, at.y - reach.y], [at.x + reach.x, at.y + reach.y]);
        let mut near: Vec<(f64, usize)> = self
            .boxes
            .locate_in_envelope_intersecting(&window)
            .filter_map(|boxed| {
                let shape = self.shapes.get(boxed.data)?;
                Some((shape.border_distance_m(self.plane, at), boxed.data))
            })
            .filter(|(metres, _)| *metres <= within_m)
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.first().and_then(|(_, place)| self.shapes.get(*place))
    }
}

/// Answers speak in tenths of a metre; the rest would be noise.
fn decimetres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}
