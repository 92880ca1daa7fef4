//! Counts what was taken for what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Expected category against the one found.
#[derive(Debug, Default)]
pub struct Confusion {
    counts: BTreeMap<(String, String), usize>,
}

impl Confusion {
    /// Counts one.
    pub fn add(&mut self, expected: &str, found: &str) {
        *self.counts.entry((expected.to_owned(), found.to_owned())).or_default() += 1;
    }
}

/// A table: a row for each expected category, a column for each found one, `.` for none.
impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: BTreeSet<&String> = self.counts.keys().map(|(expected, _)| expected).collect();
        let columns: BTreeSet<&String> = self.counts.keys().map(|(_, found)| found).collect();
        write!(f, "{:18}", "expected / found")?;
        for column in &columns {
            write!(f, " {column:>6.6}")?;
        }
        for row in rows {
            write!(f, "\n{row:18}")?;
            for column in &columns {
                match self.counts.get(&(row.clone(), (*column).clone())) {
                    Some(count) => write!(f, " {count:>6}")?,
                    None => write!(f, " {:>6}", ".")?,
                }
            }
        }
        Ok(())
    }
}
