//! The committed weights are what the trainer makes of the committed corpus, and what they are worth on
//! author groups that were held out.
#![allow(clippy::expect_used)] // as in any test

use std::sync::Arc;

use kentongan_triage::training::corpus::{Example, core_phrase, read_corpus};
use kentongan_triage::training::measure::{measure, table};
use kentongan_triage::training::train;
use kentongan_triage::{Lexicon, Reader, Triage, classify};

fn corpus() -> Vec<Example> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| read_corpus(&std::fs::read_to_string(file).expect("a file")).expect("rows"))
        .collect()
}

#[test]
fn the_corpus_holds_distinct_texts_of_many_hands() {
    let examples = corpus();
    assert!(examples.len() >= 6_000, "{} texts", examples.len());
    let mut seen = std::collections::HashMap::new();
    for example in &examples {
        if let Some(other) = seen.insert(core_phrase(&example.text), &example.id) {
            panic!("{} and {other} say the same", example.id);
        }
    }
    let groups: std::collections::BTreeSet<_> = examples.iter().map(|one| one.group.clone()).collect();
    assert!(groups.len() >= 12 && !groups.contains(&None), "{groups:?}");
    let ids: std::collections::BTreeSet<_> = examples.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids.len(), examples.len(), "an id stands twice");
    // A number that could be dialled has no place here.
    for example in &examples {
        let digits =
            example.text.split(|c: char| !(c.is_ascii_digit() || c == '-')).max_by_key(|run| run.len());
        let digits: usize = digits.unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
        assert!(digits < 9, "{}: {}", example.id, example.text);
    }
}

#[test]
fn the_weights_are_what_the_trainer_makes() {
    let examples = corpus();
    let lexicon = Arc::new(Lexicon::built_in().expect("lexicon"));
    let trained = train(&lexicon, &examples).expect("trained");
    let baseline: Vec<Triage> = examples.iter().map(|one| classify(&lexicon, &one.text)).collect();
    let (model, keywords) = (measure(&examples, &trained.held_out), measure(&examples, &baseline));
    println!("{}", table(&model, &keywords));
    let built_in = Reader::built_in(lexicon).expect("weights");
    assert!(
        built_in.weights().to_bytes() == trained.weights.to_bytes(),
        "the committed weights are stale: run `kentongan triage train` and commit what it writes"
    );
    // Floors, a little under what was measured when the corpus was last added to.
    assert!(model.macro_f1 >= 0.77, "macro-F1 {}", model.macro_f1);
    assert!(model.macro_f1 >= keywords.macro_f1 + 0.25, "hardly better than the keywords");
    assert!(model.first_recall >= 0.94, "priority 1 recall {}", model.first_recall);
    assert!(model.calibration_error <= 0.05, "calibration error {}", model.calibration_error);
}
