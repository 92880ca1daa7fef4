//! The ministry's codes of areas as one number each, so that 91,081 of them are cheap to hold and order.

use std::fmt;

use crate::place::PlaceKind;

/// An area's code: two digits each of province, regency and district, four of the village; zeros
/// where the area is larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AreaCode(u64);

const DISTRICT: u64 = 10_000;
const REGENCY: u64 = 100 * DISTRICT;
const PROVINCE: u64 = 100 * REGENCY;

impl AreaCode {
    /// Reads `35`, `35.71`, `35.71.01` or `35.71.01.1001`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.trim().split('.').collect();
        let lengths = [2, 2, 2, 4];
        let fits = parts.len() <= lengths.len()
            && parts.iter().zip(lengths).all(|(part, length)| {
                part.len() == length
                    && part.bytes().all(|b| b.is_ascii_digit())
                    && part.bytes().any(|b| b != b'0')
            });
        if !fits {
            return None;
        }
        let worth = [PROVINCE, REGENCY, DISTRICT, 1];
        parts
            .iter()
            .zip(worth)
            .try_fold(0, |sum, (part, worth)| Some(sum + part.parse::<u64>().ok()? * worth))
            .map(Self)
    }

    /// What kind of area has this code.
    pub(crate) const fn kind(self) -> PlaceKind {
        if !self.0.is_multiple_of(DISTRICT) {
            PlaceKind::Village
        } else if !self.0.is_multiple_of(REGENCY) {
            PlaceKind::District
        } else if !self.0.is_multiple_of(PROVINCE) {
            PlaceKind::Regency
        } else {
            PlaceKind::Province
        }
    }

    /// The district it lies in, or is; for a larger area the same code.
    pub(crate) const fn district(self) -> Self {
        Self(self.0 - self.0 % DISTRICT)
    }

    /// The regency it lies in, or is.
    pub(crate) const fn regency(self) -> Self {
        Self(self.0 - self.0 % REGENCY)
    }

    /// The province it lies in, or is.
    pub(crate) const fn province(self) -> Self {
        Self(self.0 - self.0 % PROVINCE)
    }

    /// Whether a village's code is a kelurahan's by the ministry's rule.
    pub(crate) const fn is_kelurahan(self) -> bool {
        self.0 % DISTRICT / 1_000 == 1
    }

    /// Whether the other area lies in this one, or is it.
    pub(crate) fn holds(self, other: Self) -> bool {
        match self.kind() {
            PlaceKind::Province => other.province() == self,
            PlaceKind::Regency => other.regency() == self,
            PlaceKind::District => other.district() == self,
            _ => other == self,
        }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |worth: u64, size: u64| self.0 / worth % size;
        write!(out, "{:02}", part(PROVINCE, 100))?;
        if self.kind() <= PlaceKind::Regency {
            write!(out, ".{:02}", part(REGENCY, 100))?;
        }
        if self.kind() <= PlaceKind::District {
            write!(out, ".{:02}", part(DISTRICT, 100))?;
        }
        if self.kind() <= PlaceKind::Village {
            write!(out, ".{:04}", part(1, DISTRICT))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for (text, kind) in [
            ("35", PlaceKind::Province),
            ("35.71", PlaceKind::Regency),
            ("35.71.01", PlaceKind::District),
            ("35.71.01.1001", PlaceKind::Village),
        ] {
            let code = AreaCode::parse(text).unwrap();
            assert_eq!((code.to_string().as_str(), code.kind()), (text, kind));
            assert!(AreaCode::parse("35").unwrap().holds(code));
        }
        for bad in ["", "3", "35.7", "35.71.01.101", "35.71.01.1001.1", "35.00", "ab.cd", "35,71", "٣٥"] {
            assert_eq!(AreaCode::parse(bad), None, "{bad}");
        }
    }
}
