//! How far `confidence` may be believed, measured on `fixtures/blind.txt`: reports that were written
//! before the lexicon was last worked on and are never mended by adding their words.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use kentongan_domain::catalogue::Category;
use kentongan_triage::{Lexicon, classify};

const BLIND: &str = include_str!("fixtures/blind.txt");

/// Confidences that bound the bins: no category, leads under 1, 2 and 3, and beyond.
const BINS: [(f64, f64); 5] = [(0.0, 0.1), (0.1, 0.672), (0.672, 0.821), (0.821, 0.89), (0.89, 1.0)];

/// The most that confidence may promise over what comes true, in any bin and in all.
const MOST_BOAST: f64 = 0.05;
/// The most that it may stay under it; wider, for whoever wrote the reports had read the lexicon.
const MOST_MODESTY: f64 = 0.15;

/// (confidence, whether the category was right) of every report.
fn readings() -> Vec<(f64, bool)> {
    let lexicon = Lexicon::built_in().expect("lexicon");
    BLIND
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.splitn(3, '|').map(str::trim).collect();
            let triage = classify(&lexicon, fields[2]);
            let right = triage.category.is_some_and(|category| category.code() == fields[0]);
            assert!(Category::from_code(fields[0]).is_some(), "{line}");
            (triage.confidence, right)
        })
        .collect()
}

/// Mean confidence, share right and number.
fn measure<'a>(readings: impl Iterator<Item = &'a (f64, bool)>) -> (f64, f64, usize) {
    let (sum, right, count) = readings.fold((0.0, 0, 0), |(sum, right, count), (confidence, is_right)| {
        (sum + confidence, right + usize::from(*is_right), count + 1)
    });
    let all = f64::from(u32::try_from(count).expect("few")).max(1.0);
    (sum / all, right as f64 / all, count)
}

#[test]
fn confidence_comes_true() {
    let readings = readings();
    let bins = BINS.map(|(from, to)| measure(readings.iter().filter(|(c, _)| (from..to).contains(c))));
    for (mean, right, count) in bins {
        println!("confidence {mean:.2}: right {right:.2} of {count}");
    }
    let (mean, right, count) = measure(readings.iter());
    println!("all: confidence {mean:.3}, right {right:.3} of {count}");
    assert!(right >= 0.75, "the blind reports are read worse than before");
    assert!((mean - right).abs() <= MOST_BOAST, "confidence {mean:.3}, right {right:.3}");
    assert!(
        bins.windows(2).all(|pair| pair[0].1 <= pair[1].1),
        "surer readings are right more often: {bins:?}"
    );
    for (mean, right, count) in bins {
        assert!(
            mean - right <= MOST_BOAST && right - mean <= MOST_MODESTY,
            "{mean:.2} for {right:.2} of {count}"
        );
    }
}
