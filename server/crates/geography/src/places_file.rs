//! Reading a pack's `places.csv`: landmarks and streets with a position and other names.
//!
//! Columns: name, kind (landmark or street), lat, lon, `village_code` (may be empty), aliases (parted
//! by `|`, may be empty). A row that cannot be used is listed with its line and left out.

use serde::{Deserialize, Serialize};

use crate::error::GeographyError;
use crate::place::PlaceKind;
use crate::point::LatLon;

/// What a places file held.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacesReport {
    /// Places loaded.
    pub loaded: usize,
    /// Of these, places whose village code is empty or not on the map; the polygon that holds the
    /// position was taken instead.
    pub located_by_position: usize,
    /// Rows left out, with the reason.
    pub rejected: Vec<RejectedPlace>,
}

/// A row that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedPlace {
    /// Line in the file, counted from 1 (the header).
    pub line: u64,
    /// What is wrong and what to do.
    pub reason: String,
}

/// One usable row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceRow {
    pub name: String,
    pub kind: PlaceKind,
    pub at: LatLon,
    pub village_code: Option<String>,
    pub aliases: Vec<String>,
}

#[derive(Deserialize)]
struct RawRow {
    name: String,
    kind: String,
    lat: f64,
    lon: f64,
    #[serde(default)]
    village_code: String,
    #[serde(default)]
    aliases: String,
}

/// Reads the file. An empty text is a pack without places.
///
/// # Errors
/// [`GeographyError::Places`] when the header lacks a column.
pub(crate) fn read(text: &str) -> Result<(Vec<PlaceRow>, PlacesReport), GeographyError> {
    let mut report = PlacesReport::default();
    let mut rows = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok((rows, report));
    }
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let headers = reader
        .headers()
        .map_err(|error| GeographyError::Places { line: 1, reason: error.to_string() })?
        .clone();
    for needed in ["name", "kind", "lat", "lon"] {
        if !headers.iter().any(|header| header == needed) {
            return Err(GeographyError::Places { line: 1, reason: format!("column `{needed}` is missing") });
        }
    }
    let mut record = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let usable = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                record.deserialize::<RawRow>(Some(&headers)).map_err(|error| error.to_string()).and_then(row)
            }
            Err(error) => Err(error.to_string()),
        };
        // The reader's position before the read may point at an empty line; the record knows better.
        let line = record.position().map_or(line, csv::Position::line);
        match usable {
            Ok(row) => rows.push(row),
            Err(reason) => report.rejected.push(RejectedPlace { line, reason }),
        }
    }
    report.loaded = rows.len();
    Ok((rows, report))
}

fn row(raw: RawRow) -> Result<PlaceRow, String> {
    if raw.name.is_empty() {
        return Err("the name is empty".to_owned());
    }
    let kind = match raw.kind.as_str() {
        "landmark" => PlaceKind::Landmark,
        "street" => PlaceKind::Street,
        other => return Err(format!("kind `{other}` is unknown; write landmark or street")),
    };
    let at = LatLon::new(raw.lat, raw.lon).map_err(|error| error.to_string())?;
    let aliases = raw.aliases.split('|').map(str::trim).filter(|alias| !alias.is_empty());
    Ok(PlaceRow {
        aliases: aliases.map(str::to_owned).collect(),
        name: raw.name,
        kind,
        at,
        village_code: Some(raw.village_code).filter(|code| !code.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_rows_are_listed_and_the_rest_loads() {
        let text = "name,kind,lat,lon,village_code,aliases\n\
                    Pasar,landmark,-7.8,112.0,,psr a|psr b\n\
                    Jalan,road,-7.8,112.0,,\n\
                    Jauh,landmark,112.0,-7.8,,\n\
                    Kurang,landmark\n";
        let (rows, report) = read(text).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].aliases, ["psr a", "psr b"]);
        let lines: Vec<u64> = report.rejected.iter().map(|rejected| rejected.line).collect();
        assert_eq!(lines, [3, 4, 5]);
        assert!(report.rejected[1].reason.contains("swapped"));
    }

    #[test]
    fn a_missing_column_is_an_error() {
        let error = read("name,kind,lat\nx,street,1\n").unwrap_err();
        assert!(error.to_string().contains("`lon`"), "{error}");
        assert!(read(" \n").unwrap().0.is_empty());
    }
}
