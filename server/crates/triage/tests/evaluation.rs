//! Measures the lexicon and the model on the labelled reports of the shared folder and prints the figures.
//!
//! The sample is small and a larger one is kept back, so the tests assert only floors; they say "skipped" where
//! the folder is absent.
#![allow(clippy::expect_used)] // as in any test

use std::path::Path;
use std::sync::Arc;

use kentongan_triage::training::corpus::{Example, read_corpus};
use kentongan_triage::training::measure::{Figures, measure, table};
use kentongan_triage::{Lexicon, Reader, Triage, classify};

fn sample() -> Option<Vec<Example>> {
    let shared = std::env::var("KENTONGAN_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared").to_owned());
    let Ok(text) = std::fs::read_to_string(Path::new(&shared).join("data/text/reports-sample.csv")) else {
        println!("skipped: no shared data");
        return None;
    };
    Some(read_corpus(&text).expect("rows"))
}

fn measured(examples: &[Example], read: impl Fn(&str) -> Triage) -> Figures {
    let readings: Vec<Triage> = examples.iter().map(|one| read(&one.text)).collect();
    for (example, triage) in examples.iter().zip(&readings) {
        if triage.category != Some(example.category) || u8::from(triage.priority) != example.priority {
            let said = triage.category.map_or("none", |category| category.code());
            println!(
                "{} P{} -> {said} P{}",
                example.category.code(),
                example.priority,
                u8::from(triage.priority)
            );
        }
    }
    measure(examples, &readings)
}

#[test]
fn the_lexicon_and_the_model_on_the_labelled_sample() {
    let Some(examples) = sample() else { return };
    let lexicon = Arc::new(Lexicon::built_in().expect("lexicon"));
    let baseline = measured(&examples, |text| classify(&lexicon, text));
    let reader = Reader::built_in(Arc::clone(&lexicon)).expect("weights");
    let model = measured(&examples, |text| reader.read(text));
    println!("{}", table(&model, &baseline));
    assert!(baseline.accuracy >= 0.6, "the lexicon's accuracy is {}", baseline.accuracy);
    assert!(baseline.first_recall >= 0.7, "the lexicon's P1 recall is {}", baseline.first_recall);
    assert!(model.macro_f1 >= 0.8, "macro-F1 is {}", model.macro_f1);
    assert!(model.top_three >= 0.95, "top three is {}", model.top_three);
}
