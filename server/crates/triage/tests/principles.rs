//! `fixtures/principles.txt`: the cause outranks its consequences, an address speaks for nothing, and
//! plain sentences of every category and language are read right.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::collections::BTreeMap;

use kentongan_domain::catalogue::Category;
use kentongan_triage::{Lexicon, classify};

const FIXTURES: &str = include_str!("fixtures/principles.txt");

fn fixtures() -> impl Iterator<Item = [&'static str; 5]> {
    FIXTURES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let fields: Vec<&str> = line.splitn(5, '|').map(str::trim).collect();
        fields.try_into().expect("five fields")
    })
}

#[test]
fn every_fixture_is_read_right() {
    let lexicon = Lexicon::built_in().expect("lexicon");
    let mut wrong = Vec::new();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
    for [category, type_code, priorities, language, text] in fixtures() {
        *languages.entry(language).or_default() += 1;
        *categories.entry(category).or_default() += 1;
        let triage = classify(&lexicon, text);
        let said = triage.category.map_or("none", Category::code);
        let code = triage.type_code.as_deref().unwrap_or("none");
        let (most, least) = priorities.split_once('-').expect("a range");
        let priority = u8::from(triage.priority);
        let in_range =
            (most.parse().expect("a priority")..=least.parse().expect("a priority")).contains(&priority);
        if said != category || (type_code != "-" && code != type_code) || !in_range {
            let reasons: Vec<String> =
                triage.reasons.iter().map(|reason| format!("{} = {}", reason.words, reason.effect)).collect();
            wrong.push(format!(
                "{text}\n  {category} {type_code} {priorities}, said {code} P{priority}\n  {}",
                reasons.join("; ")
            ));
        }
    }
    let all: usize = languages.values().sum();
    assert!(all >= 60 && languages.values().all(|count| *count >= 15), "{languages:?}");
    assert!(categories.len() == 12 && categories.values().all(|count| *count >= 3), "{categories:?}");
    assert!(wrong.is_empty(), "{} of {all} wrong\n{}", wrong.len(), wrong.join("\n"));
}
