//! The weights as they stand in the binary: one byte each, and the few numbers that go with them.
//!
//! ```text
//! "KTW1" | numbers: 8 x f32 little-endian | wide rows | type rows | agency rows      (then deflated)
//! ```
//! A byte `q` stands for `sign(q) · (q / 127)² · most` with the table's own `most`: small weights, which
//! are many, keep more of their digits than great ones.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::features::{NARROW, WIDE};

/// Categories.
pub(crate) const CATEGORIES: usize = 12;
/// Priorities.
pub(crate) const PRIORITIES: usize = 4;
/// What the wide table weighs: categories, then priorities.
pub(crate) const WIDE_COLUMNS: usize = CATEGORIES + PRIORITIES;

const MAGIC: [u8; 4] = *b"KTW1";
const NUMBERS: usize = 8;
/// The least byte that is kept.
const LEAST: i8 = 27;
/// More than any file of weights inflates to.
const LARGEST: u64 = 64 << 20;

/// A table of weights, a row a feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    columns: usize,
    most: f32,
    bytes: Vec<i8>,
}

impl Table {
    /// Squeezes weights (row by row) into bytes.
    pub fn of(columns: usize, weights: &[f32]) -> Self {
        let most = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
        let bytes = weights
            .iter()
            .map(|weight| {
                let size = ((weight.abs() / most).sqrt() * 127.0).round() as i8;
                // What weighs nothing is left out: the file deflates to half.
                let size = if size < LEAST { 0 } else { size };
                if *weight < 0.0 { -size } else { size }
            })
            .collect();
        Self { columns, most, bytes }
    }

    /// Adds `value` times a row to `sums`, which [`Self::scaled`] turns into sums of weights.
    pub fn add(&self, row: usize, value: f32, sums: &mut [f32]) {
        let start = row * self.columns;
        let Some(row) = self.bytes.get(start..start + self.columns) else { return };
        for (sum, byte) in sums.iter_mut().zip(row) {
            let byte = f32::from(*byte);
            *sum += value * (byte * byte.abs());
        }
    }

    /// Makes sums of weights from what [`Self::add`] added up.
    pub fn scaled(&self, sums: &mut [f32]) {
        let scale = self.most / (127.0 * 127.0);
        for sum in sums {
            *sum *= scale;
        }
    }
}

/// Everything the trainer makes.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Categories and priorities.
    pub(crate) wide: Table,
    /// Types.
    pub(crate) types: Table,
    /// Which agency leads, then which take part.
    pub(crate) agencies: Table,
    /// What the category's weights are divided by before they become probabilities.
    pub(crate) category_heat: f32,
    /// The same for the lead agency.
    pub(crate) lead_heat: f32,
    /// The same for the priority.
    pub(crate) priority_heat: f32,
    /// From this probability of priority 1 on, it is priority 1.
    pub(crate) first_from: f32,
    /// Below this probability the category is unsure.
    pub(crate) sure_from: f32,
}

impl Weights {
    /// The file: [`Self::to_bytes`], deflated.
    ///
    /// # Errors
    /// None that writing to memory has.
    pub fn to_file(&self) -> std::io::Result<Vec<u8>> {
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::best());
        deflated.write_all(&self.to_bytes())?;
        deflated.finish()
    }

    /// Reads [`Self::to_file`] back, for so many types and agencies.
    ///
    /// # Errors
    /// Says what does not fit.
    pub fn from_file(file: &[u8], types: usize, agencies: usize) -> Result<Self, WeightsError> {
        let mut bytes = Vec::new();
        let inflated = DeflateDecoder::new(file).take(LARGEST).read_to_end(&mut bytes);
        inflated.map_err(|_| WeightsError::NotWeights)?;
        Self::from_bytes(&bytes, types, agencies)
    }

    /// Everything in order.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let numbers = [
            self.wide.most,
            self.types.most,
            self.agencies.most,
            self.category_heat,
            self.lead_heat,
            self.priority_heat,
            self.first_from,
            self.sure_from,
        ];
        for number in numbers {
            bytes.extend(number.to_le_bytes());
        }
        for table in [&self.wide, &self.types, &self.agencies] {
            bytes.extend(table.bytes.iter().map(|byte| byte.cast_unsigned()));
        }
        bytes
    }

    /// Reads [`Self::to_bytes`] back, for so many types and agencies.
    ///
    /// # Errors
    /// Says what does not fit.
    fn from_bytes(bytes: &[u8], types: usize, agencies: usize) -> Result<Self, WeightsError> {
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(WeightsError::NotWeights)?;
        if *magic != MAGIC {
            return Err(WeightsError::NotWeights);
        }
        let (numbers, rest) = rest.split_first_chunk::<{ NUMBERS * 4 }>().ok_or(WeightsError::NotWeights)?;
        let mut numbers = numbers
            .as_chunks::<4>()
            .0
            .iter()
            .map(|four| f32::from_le_bytes(*four))
            .collect::<Vec<_>>()
            .into_iter();
        let mut next = || numbers.next().filter(|number| number.is_finite()).ok_or(WeightsError::NotWeights);
        let (wide, kinds, agents) = (next()?, next()?, next()?);
        let sizes = [(WIDE, WIDE_COLUMNS, wide), (NARROW, types, kinds), (NARROW, agencies, agents)];
        let expected: usize = sizes.iter().map(|(rows, columns, _)| rows * columns).sum();
        if rest.len() != expected {
            return Err(WeightsError::Size { expected, found: rest.len() });
        }
        let mut rest = rest;
        let mut tables = sizes.into_iter().map(|(rows, columns, most)| {
            let (own, behind) = rest.split_at_checked(rows * columns).unwrap_or((rest, &[]));
            rest = behind;
            Table { columns, most, bytes: own.iter().map(|byte| byte.cast_signed()).collect() }
        });
        let mut table = || tables.next().ok_or(WeightsError::NotWeights);
        Ok(Self {
            wide: table()?,
            types: table()?,
            agencies: table()?,
            category_heat: next()?,
            lead_heat: next()?,
            priority_heat: next()?,
            first_from: next()?,
            sure_from: next()?,
        })
    }
}

/// Why a file of weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// It is something else.
    #[error("this is no file of triage weights; make one with `kentongan triage train`")]
    NotWeights,
    /// It was made for another catalogue of types or agencies.
    #[error(
        "the weights hold {found} bytes where {expected} are needed: train them again with `kentongan triage train`"
    )]
    Size {
        /// Bytes needed.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
}
