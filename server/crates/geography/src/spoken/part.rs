//! The parts of a place as it was told, and the whole of them.
//!
//! Values only; what makes them is in the modules beside this one.

use serde::{Deserialize, Serialize};

use super::map_link::MapService;
use super::note::Note;
use crate::point::LatLon;
use crate::village::VillageKind;

/// On which side of a landmark something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Depan, ngarep.
    Front,
    /// Belakang, mburi.
    Behind,
    /// Sebelah, samping, sanding.
    Beside,
    /// Seberang.
    Opposite,
    /// Dekat, cedhak, sekitar.
    Near,
    /// Utara, lor.
    North,
    /// Selatan, kidul.
    South,
    /// Timur, wetan.
    East,
    /// Barat, kulon.
    West,
    /// Atas, nduwur.
    Above,
    /// Bawah, ngisor.
    Below,
    /// Dalam, njero.
    Inside,
    /// Antara.
    Between,
}

/// What a part of a told place is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Detail {
    /// A street or road by name.
    Street {
        /// Its name without "jl".
        name: String,
    },
    /// A house's number.
    HouseNumber {
        /// As written: `5`, `12a`.
        number: String,
    },
    /// An alley.
    Gang {
        /// Its number or name.
        name: String,
    },
    /// Rukun tetangga.
    Rt {
        /// Its number.
        number: u16,
    },
    /// Rukun warga.
    Rw {
        /// Its number.
        number: u16,
    },
    /// A hamlet or neighbourhood.
    Dusun {
        /// Its name.
        name: String,
    },
    /// A village by a word that announces one.
    Village {
        /// Its name.
        name: String,
        /// What it was called; people say desa for a kelurahan and the other way round.
        said: VillageKind,
    },
    /// A kecamatan.
    District {
        /// Its name.
        name: String,
    },
    /// A regency or city.
    Regency {
        /// Its name without "kota" or "kabupaten"; short forms spelt out.
        name: String,
        /// Whether a city was said; `None` when neither was.
        city: Option<bool>,
    },
    /// A province.
    Province {
        /// Its name.
        name: String,
    },
    /// A thing that everybody there knows.
    Landmark {
        /// Its name.
        name: String,
        /// On which side of it, if that was said.
        relation: Option<Relation>,
    },
    /// A side, said of an area or street that is named elsewhere.
    Side {
        /// Which.
        relation: Relation,
    },
    /// A kilometre post.
    KmPost {
        /// Its kilometres.
        km: f64,
        /// The road, as said.
        road: Option<String>,
        /// Where the traffic goes.
        towards: Option<String>,
    },
    /// Where somebody or the road goes.
    Towards {
        /// The name said.
        name: String,
    },
    /// Where somebody or the road comes from.
    From {
        /// The name said.
        name: String,
    },
    /// A housing estate, or a block of one.
    Housing {
        /// The estate's name.
        name: Option<String>,
        /// The block.
        block: Option<String>,
        /// The house in it.
        number: Option<String>,
    },
    /// An open location code.
    PlusCode {
        /// The code, upper case.
        code: String,
        /// The place that a short one counts from, as said.
        area: Option<String>,
    },
    /// Coordinates in figures.
    Coordinates {
        /// The position.
        at: LatLon,
        /// Whether longitude was written first.
        swapped: bool,
    },
    /// A pasted map link.
    MapLink {
        /// Whose.
        service: MapService,
        /// Its position, if it tells one.
        at: Option<LatLon>,
        /// Radius of uncertainty in metres, if it tells one.
        accuracy_m: Option<f64>,
        /// Words that it asks the map for.
        query: Option<String>,
    },
}

/// One part of a told place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Part {
    /// The words as they stand in the text.
    pub words: String,
    /// First byte of them in the text.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// What they tell.
    #[serde(flatten)]
    pub detail: Detail,
}

/// A place as it was told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct SpokenPlace {
    /// Every part found, in the text's order; no two share a word.
    pub parts: Vec<Part>,
    /// What is worth saying about it.
    pub notes: Vec<Note>,
}

impl SpokenPlace {
    /// Whether nothing in the text tells a place.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The positions told in figures: coordinates and map links; plus codes need a gazetteer.
    pub fn positions(&self) -> impl Iterator<Item = (LatLon, Option<f64>)> {
        self.parts.iter().filter_map(|part| match part.detail {
            Detail::Coordinates { at, .. } => Some((at, None)),
            Detail::MapLink { at, accuracy_m, .. } => at.map(|at| (at, accuracy_m)),
            _ => None,
        })
    }
}
