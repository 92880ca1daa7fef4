//! An index from spellings to areas: exact, by beginning, and by a few wrong letters.
//!
//! Spellings are kept in order in one string. For misspelt ones all are passed over, but hardly any
//! compared: a mask of the letters in each tells that it is too far off.

use std::ops::Range;

use crate::spelling::distance_within;

/// One spelling.
#[derive(Debug, Clone, Copy)]
struct Spelling {
    /// Its first byte in the text of all.
    start: u32,
    length: u16,
    /// The letters in it, one bit each.
    letters: u32,
    /// Its first area in the list of all.
    first: u32,
}

/// The spellings of many names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spellings {
    text: String,
    /// In the order of the alphabet.
    entries: Vec<Spelling>,
    areas: Vec<u32>,
}

impl Spellings {
    /// The index of these spellings with their areas.
    pub(crate) fn new(mut names: Vec<(String, u32)>) -> Self {
        names.retain(|(name, _)| !name.is_empty());
        names.sort_unstable();
        names.dedup();
        let mut index = Self::default();
        let mut before: Option<&str> = None;
        for (name, area) in &names {
            if before != Some(name) {
                index.entries.push(Spelling {
                    start: u32::try_from(index.text.len()).unwrap_or(u32::MAX),
                    length: u16::try_from(name.len()).unwrap_or(u16::MAX),
                    letters: letters(name),
                    first: u32::try_from(index.areas.len()).unwrap_or(u32::MAX),
                });
                index.text.push_str(name);
                before = Some(name);
            }
            index.areas.push(*area);
        }
        index.text.shrink_to_fit();
        index.entries.shrink_to_fit();
        index.areas.shrink_to_fit();
        index
    }

    /// Number of different spellings.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The areas spelt exactly so.
    pub(crate) fn exact(&self, name: &str) -> &[u32] {
        self.find(name).map_or(&[], |at| self.areas_at(at))
    }

    /// The spellings that begin so, as their places in the order.
    pub(crate) fn beginning(&self, name: &str) -> Range<usize> {
        let from = self.entries.partition_point(|spelling| self.spelt(spelling) < name);
        let rest = self.entries.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|spelling| self.spelt(spelling).starts_with(name))
    }

    /// The areas of a spelling by its place in the order.
    pub(crate) fn areas_at(&self, at: usize) -> &[u32] {
        let first = self.entries.get(at).map_or(0, |spelling| spelling.first as usize);
        let end = self.entries.get(at + 1).map_or(self.areas.len(), |next| next.first as usize);
        self.areas.get(first..end).unwrap_or_default()
    }

    /// A spelling by its place in the order.
    pub(crate) fn spelling_at(&self, at: usize) -> &str {
        self.entries.get(at).map(|spelling| self.spelt(spelling)).unwrap_or_default()
    }

    /// Every spelling at most so many letters away, but not the same: its place and the letters.
    pub(crate) fn misspelt(&self, name: &str, most: usize) -> Vec<(usize, usize)> {
        let wanted = letters(name);
        // Each wrong letter changes two bits at most.
        let bits = 2 * u32::try_from(most).unwrap_or_default();
        let near = self.entries.iter().enumerate().filter(|(_, spelling)| {
            usize::from(spelling.length).abs_diff(name.len()) <= most
                && (spelling.letters ^ wanted).count_ones() <= bits
        });
        near.filter_map(|(at, spelling)| Some((at, distance_within(name, self.spelt(spelling), most)?)))
            .filter(|(_, faults)| *faults > 0)
            .collect()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.entries.binary_search_by(|spelling| self.spelt(spelling).cmp(name)).ok()
    }

    fn spelt(&self, spelling: &Spelling) -> &str {
        let start = spelling.start as usize;
        self.text.get(start..start + usize::from(spelling.length)).unwrap_or_default()
    }
}

/// One bit a letter of the alphabet, one for figures, one for everything else.
fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |mask, byte| {
        mask | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << 26,
            _ => 1 << 27,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finding() {
        let names = ["ngampel", "ngampel", "ngampelsari", "papar", "pagu", "mojoroto"];
        let numbered = names.iter().zip(0..).map(|(name, area)| ((*name).to_owned(), area)).collect();
        let index = Spellings::new(numbered);
        assert_eq!(index.len(), 5);
        assert_eq!(index.exact("ngampel"), [0, 1]);
        assert_eq!(index.exact("ngampe"), [0_u32; 0]);
        let begun: Vec<&str> = index.beginning("ngam").map(|at| index.spelling_at(at)).collect();
        assert_eq!(begun, ["ngampel", "ngampelsari"]);
        assert_eq!(index.beginning("zzz").len(), 0);
        let near: Vec<&str> =
            index.misspelt("mojorto", 1).into_iter().map(|(at, _)| index.spelling_at(at)).collect();
        assert_eq!(near, ["mojoroto"]);
    }
}
