//! At which lines the entries of a pack's files begin, so that a finding can be jumped to.

use serde::Deserialize;
use toml::{Spanned, Value};

/// Lines by the entries' order, from 1; empty for a pack that was not read from files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    rules: Vec<usize>,
    plans: Vec<usize>,
}

#[derive(Deserialize)]
struct Entries {
    #[serde(default)]
    rules: Vec<Spanned<Value>>,
    #[serde(default)]
    plans: Vec<Spanned<Value>>,
}

impl Lines {
    /// Reads them off `routing.toml` and `plans.toml`.
    ///
    /// # Errors
    /// When a text is no TOML.
    pub fn of(routing: &str, plans: &str) -> anyhow::Result<Self> {
        let rules: Entries = toml::from_str(routing)?;
        let entries: Entries = toml::from_str(plans)?;
        let lines = |text: &str, found: &[Spanned<Value>]| {
            found.iter().map(|entry| line_of(text, entry.span().start)).collect()
        };
        Ok(Self { rules: lines(routing, &rules.rules), plans: lines(plans, &entries.plans) })
    }

    /// The line of a rule, by its place from 0.
    pub fn rule(&self, index: usize) -> Option<usize> {
        self.rules.get(index).copied()
    }

    /// The line of a plan, by its place from 0.
    pub fn plan(&self, index: usize) -> Option<usize> {
        self.plans.get(index).copied()
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_begin_at_their_headings() {
        let routing =
            "version = \"1\"\n\n[[rules]]\ncategory = \"fire\"\n\n# and\n[[rules]]\ncategory = \"crime\"\n";
        let plans = "[units]\nrest_after_ms = 1\n[[plans]]\ncode = \"a\"\n[[plans.alarms]]\n[[plans]]\ncode = \"b\"\n";
        let lines = Lines::of(routing, plans).unwrap();
        assert_eq!(lines, Lines { rules: vec![3, 7], plans: vec![3, 6] });
        assert_eq!((lines.rule(1), lines.rule(2)), (Some(7), None));
    }
}
