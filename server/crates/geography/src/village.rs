//! A village (desa or kelurahan) as an administrative fact: its codes and the names above it.
//!
//! Codes are those of the Ministry of Home Affairs: province.regency.district.village,
//! e.g. `35.71.01.1001`. The polygon lives in [`crate::VillageMap`], never here.

use serde::{Deserialize, Serialize};

/// The two kinds of lowest administrative area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VillageKind {
    /// Rural, with an elected head.
    Desa,
    /// Urban, with an appointed head.
    Kelurahan,
}

/// One village with the names and codes of the areas it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct Village {
    /// Code, e.g. `35.71.01.1001`.
    pub code: String,
    /// Name; not unique, not even inside one regency.
    pub name: String,
    /// Name of the district (kecamatan).
    pub district: String,
    /// Code of the district, e.g. `35.71.01`.
    pub district_code: String,
    /// Name of the regency or city, e.g. `Kota Kediri`.
    pub regency: String,
    /// Code of the regency or city, e.g. `35.71`.
    pub regency_code: String,
    /// Desa or kelurahan.
    pub kind: VillageKind,
    /// Latitude of its label point, degrees.
    pub lat: f64,
    /// Longitude of its label point, degrees.
    pub lon: f64,
}

/// The parts of a village code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VillageCode {
    /// `35.71.01.1001`
    pub village: String,
    /// `35.71.01`
    pub district: String,
    /// `35.71`
    pub regency: String,
    /// Desa or kelurahan by the ministry's rule: the village part starts with 1 for a kelurahan, 2 for a desa.
    pub kind: Option<VillageKind>,
}

impl VillageCode {
    /// Reads `35.71.01.1001` or the same ten digits without dots; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits: String = text.trim().chars().filter(|c| *c != '.').collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (province, rest) = digits.split_at_checked(2)?;
        let (regency, rest) = rest.split_at_checked(2)?;
        let (district, village) = rest.split_at_checked(2)?;
        let kind = match village.bytes().next() {
            Some(b'1') => Some(VillageKind::Kelurahan),
            Some(b'2') => Some(VillageKind::Desa),
            _ => None,
        };
        Some(Self {
            village: format!("{province}.{regency}.{district}.{village}"),
            district: format!("{province}.{regency}.{district}"),
            regency: format!("{province}.{regency}"),
            kind,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        let code = VillageCode::parse("35.71.01.1001").unwrap();
        assert_eq!((code.district.as_str(), code.regency.as_str()), ("35.71.01", "35.71"));
        assert_eq!(code.kind, Some(VillageKind::Kelurahan));
        assert_eq!(VillageCode::parse("3506012003").unwrap().village, "35.06.01.2003");
        for bad in ["", "35.71", "35.71.01.10x1", "35.71.01.10011"] {
            assert_eq!(VillageCode::parse(bad), None, "{bad}");
        }
    }
}
