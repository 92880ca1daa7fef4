//! Reading a national gazetteer: every area of the country with its code, name and position.
//!
//! Columns: code, name, lat, lng (or lon). A row that cannot be used is listed with its line and left
//! out; the good ones load.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::code::AreaCode;
use crate::error::GeographyError;
use crate::place::PlaceKind;
use crate::places_file::RejectedPlace;
use crate::point::LatLon;
use crate::spoken::in_indonesia;

/// Letters of a name at most; the longest published one has 44.
const LONGEST_NAME: usize = 200;

/// What a national gazetteer held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalReport {
    /// Provinces loaded.
    pub provinces: usize,
    /// Regencies and cities loaded.
    pub regencies: usize,
    /// Districts loaded.
    pub districts: usize,
    /// Villages loaded.
    pub villages: usize,
    /// Rows left out, with line and reason.
    pub rejected: Vec<RejectedPlace>,
}

impl NationalReport {
    /// Areas loaded.
    pub const fn loaded(&self) -> usize {
        self.provinces + self.regencies + self.districts + self.villages
    }
}

/// One usable row.
pub(crate) struct NationalRow {
    pub code: AreaCode,
    pub name: String,
    pub at: LatLon,
}

/// Reads the file.
///
/// # Errors
/// [`GeographyError::National`] when the heading lacks a column, or no row can be used.
pub(crate) fn read(text: &str) -> Result<(Vec<NationalRow>, NationalReport), GeographyError> {
    let text = text.trim_start_matches('\u{feff}');
    let wrong = |line: u64, reason: String| GeographyError::National { line, reason };
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    let column = |names: &[&str]| headers.iter().position(|header| names.contains(&header));
    let needed = |names: &[&str]| {
        column(names).ok_or_else(|| wrong(1, format!("column `{}` is missing", names.join("` or `"))))
    };
    let columns = [
        needed(&["code"])?,
        needed(&["name"])?,
        needed(&["lat", "latitude"])?,
        needed(&["lng", "lon", "longitude"])?,
    ];
    let mut report = NationalReport::default();
    let mut rows = Vec::new();
    let mut lines: HashMap<AreaCode, u64> = HashMap::new();
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        let read = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => row(&columns.map(|column| record.get(column).unwrap_or_default())),
            Err(error) => Err(error.to_string()),
        };
        let line = record.position().map_or(before, csv::Position::line);
        let read = read.and_then(|row| match lines.insert(row.code, line) {
            Some(first) => {
                lines.insert(row.code, first);
                Err(format!("code {} stands in line {first} already; keep one of them", row.code))
            }
            None => Ok(row),
        });
        match read {
            Ok(row) => {
                match row.code.kind() {
                    PlaceKind::Province => report.provinces += 1,
                    PlaceKind::Regency => report.regencies += 1,
                    PlaceKind::District => report.districts += 1,
                    _ => report.villages += 1,
                }
                rows.push(row);
            }
            Err(reason) => report.rejected.push(RejectedPlace { line, reason }),
        }
    }
    if rows.is_empty() {
        let first = report.rejected.first();
        let (line, reason) =
            first.map_or((1, "there is no row".to_owned()), |bad| (bad.line, bad.reason.clone()));
        return Err(wrong(line, format!("no row can be used; {reason}")));
    }
    Ok((rows, report))
}

fn row([code, name, lat, lon]: &[&str; 4]) -> Result<NationalRow, String> {
    let parsed = AreaCode::parse(code).ok_or_else(|| {
        format!("code `{}` is no area's; write it like 35, 35.71, 35.71.01 or 35.71.01.1001", brief(code))
    })?;
    if !name.chars().any(char::is_alphanumeric) {
        return Err(format!("{parsed} has no name; write one"));
    }
    if name.contains('\u{fffd}') {
        return Err(format!("{parsed} has letters that are not UTF-8; save the file as UTF-8"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(format!("{parsed} has a name of more than {LONGEST_NAME} letters; shorten it"));
    }
    let number = |what: &str, text: &str| {
        text.parse::<f64>().map_err(|_| format!("{parsed} {name}: {what} `{}` is no number", brief(text)))
    };
    let (lat, lon) = (number("latitude", lat)?, number("longitude", lon)?);
    let at = LatLon::new(lat, lon).map_err(|error| format!("{parsed} {name}: {error}"))?;
    if !in_indonesia(lat, lon) {
        let swapped =
            if in_indonesia(lon, lat) { "; are latitude and longitude swapped?" } else { "; correct it" };
        return Err(format!("{parsed} {name}: {lat}, {lon} lies outside Indonesia{swapped}"));
    }
    Ok(NationalRow { code: parsed, name: (*name).to_owned(), at })
}

/// A field's beginning, for a message.
fn brief(text: &str) -> String {
    text.chars().take(30).collect()
}
