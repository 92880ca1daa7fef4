//! The one table of all figures, for people and as JSON.

use serde::Serialize;

use crate::samples::median;

/// What a figure is held to.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Not above.
    AtMost(f64),
    /// Not below.
    AtLeast(f64),
}

impl Goal {
    fn is_met(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }
}

/// One line.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    name: String,
    median: f64,
    runs: Vec<f64>,
    unit: &'static str,
    goal: Option<Goal>,
    met: Option<bool>,
    how: String,
}

impl Figure {
    /// A figure from its runs.
    pub fn new(name: impl Into<String>, runs: Vec<f64>, unit: &'static str, how: impl Into<String>) -> Self {
        Self { name: name.into(), median: median(&runs), runs, unit, goal: None, met: None, how: how.into() }
    }

    /// The same, held to a goal.
    #[must_use]
    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self.met = Some(goal.is_met(self.median));
        self
    }
}

/// Every line, and what could not be measured.
#[derive(Debug, Default, Serialize)]
pub struct Table {
    figures: Vec<Figure>,
    not_measured: Vec<String>,
}

impl Table {
    /// Adds a line, and says it at once, because a whole report takes minutes.
    pub fn add(&mut self, figure: Figure) {
        eprintln!("  {}: {} {}", figure.name, number(figure.median), figure.unit);
        self.figures.push(figure);
    }

    /// Notes a part that failed.
    pub fn note(&mut self, part: &str, outcome: anyhow::Result<()>) {
        if let Err(error) = outcome {
            eprintln!("  {part}: not measured: {error:#}");
            self.not_measured.push(format!("{part}: {error:#}"));
        }
    }

    pub fn print(&self) {
        let heads = ["figure", "median", "range", "goal", "met", "how"].map(str::to_owned);
        let mut rows = vec![heads];
        rows.extend(self.figures.iter().map(cells));
        let width = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2), width(3), width(4), 0];
        println!();
        for (nth, row) in rows.iter().enumerate() {
            let line: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
            println!("{}", line.join("  ").trim_end());
            if nth == 0 {
                println!("{}", "-".repeat(widths.iter().sum::<usize>() + 12));
            }
        }
        for part in &self.not_measured {
            println!("not measured: {part}");
        }
    }

    pub fn json(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }
}

fn cells(figure: &Figure) -> [String; 6] {
    let least = figure.runs.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figure.runs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range =
        if figure.runs.len() > 1 { format!("{}..{}", number(least), number(most)) } else { String::new() };
    [
        figure.name.clone(),
        format!("{} {}", number(figure.median), figure.unit),
        range,
        match figure.goal {
            Some(Goal::AtMost(most)) => format!("<= {}", number(most)),
            Some(Goal::AtLeast(least)) => format!(">= {}", number(least)),
            None => String::new(),
        },
        figure.met.map_or("", |met| if met { "yes" } else { "NO" }).to_owned(),
        figure.how.clone(),
    ]
}

/// Three figures that count.
fn number(value: f64) -> String {
    let places = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.places$}")
}
