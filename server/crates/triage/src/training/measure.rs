//! What readings are worth against labels, in one table with another reader's beside it.

use std::fmt::Write as _;

use kentongan_domain::catalogue::Category;

use super::corpus::Example;
use crate::model::AGENCY_KINDS;
use crate::triage::Triage;

/// Bounds of confidence that are reported.
const BOUNDS: [f64; 3] = [0.5, 0.7, 0.9];
/// Bins of the calibration error.
const BINS: usize = 10;

/// Precision and recall of one category.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OfCategory {
    /// Texts labelled so.
    pub labelled: usize,
    /// Texts said to be so.
    pub said: usize,
    /// Both.
    pub both: usize,
}

impl OfCategory {
    /// Share of what was said that is right.
    pub fn precision(&self) -> f64 {
        share(self.both, self.said)
    }

    /// Share of what is so that was said.
    pub fn recall(&self) -> f64 {
        share(self.both, self.labelled)
    }

    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.labelled + self.said).max(1) as f64
    }
}

/// The figures of one reader on one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Texts.
    pub texts: usize,
    /// Share with the first label.
    pub accuracy: f64,
    /// Share with any defensible label.
    pub acceptable: f64,
    /// Mean F1 of the categories that occur.
    pub macro_f1: f64,
    /// Share whose first label is among the three candidates.
    pub top_three: f64,
    /// At each bound of confidence: share of texts above it, and their accuracy.
    pub sure: [(f64, f64); 3],
    /// Recall of priority 1.
    pub first_recall: f64,
    /// Precision of priority 1.
    pub first_precision: f64,
    /// Share with the right priority.
    pub priority: f64,
    /// Share with the right type, of those labelled with one of the catalogue.
    pub kind: f64,
    /// Share with the right lead agency (or rightly none).
    pub lead: f64,
    /// Mean distance of confidence and accuracy over ten bins, weighted.
    pub calibration_error: f64,
    /// Each category, in catalogue order.
    pub categories: [OfCategory; 12],
}

/// Measures readings; both lists in the same order.
pub fn measure(examples: &[Example], readings: &[Triage]) -> Figures {
    let mut figures = Figures { texts: examples.len(), ..Figures::default() };
    let all = examples.len();
    let (mut right, mut acceptable, mut in_three, mut priority, mut lead) = (0, 0, 0, 0, 0);
    let (mut first_labelled, mut first_said, mut first_both) = (0, 0, 0);
    let (mut kinds, mut kinds_right) = (0, 0);
    let mut believed: Vec<(f64, bool)> = Vec::with_capacity(all);
    for (example, triage) in examples.iter().zip(readings) {
        let is_right = triage.category == Some(example.category);
        right += usize::from(is_right);
        acceptable += usize::from(
            is_right || triage.category.is_some_and(|category| example.acceptable.contains(&category)),
        );
        in_three += usize::from(triage.candidates.iter().any(|one| one.category == example.category));
        believed.push((triage.confidence, is_right));
        let said = u8::from(triage.priority);
        priority += usize::from(said == example.priority);
        first_labelled += usize::from(example.priority == 1);
        first_said += usize::from(said == 1);
        first_both += usize::from(said == 1 && example.priority == 1);
        lead += usize::from(lead_of(triage) == example.agencies.first().copied().unwrap_or(0));
        if let Some(code) = example.type_code.as_deref().filter(|code| !code.starts_with("nuisance")) {
            kinds += 1;
            kinds_right += usize::from(triage.type_code.as_deref() == Some(code));
        }
        if let Some(own) = figures.categories.get_mut(example.category as usize) {
            own.labelled += 1;
            own.both += usize::from(is_right);
        }
        if let Some(own) = triage.category.and_then(|said| figures.categories.get_mut(said as usize)) {
            own.said += 1;
        }
    }
    figures.accuracy = share(right, all);
    figures.acceptable = share(acceptable, all);
    figures.top_three = share(in_three, all);
    figures.priority = share(priority, all);
    figures.first_recall = share(first_both, first_labelled);
    figures.first_precision = share(first_both, first_said);
    figures.kind = share(kinds_right, kinds);
    figures.lead = share(lead, all);
    figures.macro_f1 = macro_f1(&figures.categories);
    figures.sure = BOUNDS.map(|bound| {
        let above: Vec<bool> =
            believed.iter().filter(|(share, _)| *share >= bound).map(|(_, right)| *right).collect();
        (share(above.len(), all), share(above.iter().filter(|right| **right).count(), above.len()))
    });
    figures.calibration_error = calibration_error(&believed);
    figures
}

/// The mean F1 of the categories that occur.
pub fn macro_f1(categories: &[OfCategory]) -> f64 {
    let occurring: Vec<&OfCategory> = categories.iter().filter(|own| own.labelled > 0).collect();
    occurring.iter().map(|own| own.f1()).sum::<f64>() / occurring.len().max(1) as f64
}

/// The lead's position in [`AGENCY_KINDS`]; the baseline, which names no agencies, answers with the default
/// catalogue's lead of its category.
fn lead_of(triage: &Triage) -> usize {
    let position = |code: &str| AGENCY_KINDS.iter().position(|known| *known == code).unwrap_or(0);
    match triage.agencies.iter().find(|guess| guess.lead) {
        Some(guess) => position(&guess.kind),
        None if triage.types.is_empty() => triage.category.map_or(0, |category| {
            position(match category {
                Category::Fire | Category::Rescue | Category::Animal => "damkar",
                Category::TrafficAccident | Category::PublicOrder | Category::Crime => "polres",
                Category::Medical => "psc119",
                Category::NaturalDisaster | Category::Infrastructure => "bpbd",
                Category::MentalHealth => "dinsos",
                Category::Complaint | Category::Information => "none",
            })
        }),
        None => 0,
    }
}

fn calibration_error(believed: &[(f64, bool)]) -> f64 {
    let mut error = 0.0;
    for bin in 0..BINS {
        let (from, to) = (bin as f64 / BINS as f64, (bin + 1) as f64 / BINS as f64);
        let last = bin + 1 == BINS;
        let own: Vec<&(f64, bool)> =
            believed.iter().filter(|(share, _)| *share >= from && (*share < to || last)).collect();
        if own.is_empty() {
            continue;
        }
        let mean = own.iter().map(|(share, _)| share).sum::<f64>() / own.len() as f64;
        let right = own.iter().filter(|(_, right)| *right).count() as f64 / own.len() as f64;
        error += (mean - right).abs() * own.len() as f64 / believed.len() as f64;
    }
    error
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// One table: the model's figures, the baseline's beside them.
pub fn table(model: &Figures, baseline: &Figures) -> String {
    let mut out = String::new();
    let mut line = |name: &str, one: f64, other: f64| {
        // Writing to a String cannot fail.
        writeln!(out, "{name:<34}{one:>8.3}{other:>10.3}").ok();
    };
    line("accuracy", model.accuracy, baseline.accuracy);
    line("accuracy, any defensible label", model.acceptable, baseline.acceptable);
    line("macro-F1", model.macro_f1, baseline.macro_f1);
    line("among the first three", model.top_three, baseline.top_three);
    for ((bound, one), other) in BOUNDS.iter().zip(model.sure).zip(baseline.sure) {
        line(&format!("share of texts at p >= {bound}"), one.0, other.0);
        line(&format!("accuracy at p >= {bound}"), one.1, other.1);
    }
    line("priority 1, recall", model.first_recall, baseline.first_recall);
    line("priority 1, precision", model.first_precision, baseline.first_precision);
    line("priority exact", model.priority, baseline.priority);
    line("type", model.kind, baseline.kind);
    line("lead agency", model.lead, baseline.lead);
    line("calibration error", model.calibration_error, baseline.calibration_error);
    writeln!(
        out,
        "\n{:<20}{:>7}{:>11}{:>8}{:>8}{:>20}",
        "category", "texts", "precision", "recall", "F1", "baseline's F1"
    )
    .ok();
    for ((category, own), other) in Category::ALL.iter().zip(&model.categories).zip(&baseline.categories) {
        writeln!(
            out,
            "{:<20}{:>7}{:>11.3}{:>8.3}{:>8.3}{:>20.3}",
            category.code(),
            own.labelled,
            own.precision(),
            own.recall(),
            own.f1(),
            other.f1()
        )
        .ok();
    }
    format!("{} texts{:>27}{:>10}\n{out}", model.texts, "model", "keywords")
}
