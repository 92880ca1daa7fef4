//! The lexicon's types and the default centre's catalogue name the same things: same codes, same
//! categories, same default priorities.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::collections::BTreeMap;

use kentongan_triage::Lexicon;

/// Code -> (category, default priority).
type Types = BTreeMap<String, (String, u8)>;

fn catalogue() -> Types {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../centres/kediri/catalogue.toml");
    let text = std::fs::read_to_string(path).expect("the default catalogue");
    let table: toml::Table = text.parse().expect("TOML");
    let listed = table["types"].as_array().expect("a list of types");
    let types: Types = listed
        .iter()
        .map(|one| {
            let word = |key: &str| one[key].as_str().expect(key).to_owned();
            let priority = one["priority"].as_integer().and_then(|p| u8::try_from(p).ok());
            (word("code"), (word("category"), priority.expect("a priority")))
        })
        .collect();
    assert_eq!(types.len(), listed.len(), "a code is listed twice in the catalogue");
    types
}

fn lexicon() -> Types {
    Lexicon::built_in()
        .expect("lexicon")
        .types()
        .iter()
        .map(|one| (one.code.clone(), (one.category.code().to_owned(), u8::from(one.priority))))
        .collect()
}

#[test]
fn the_lexicon_and_the_catalogue_agree() {
    let (catalogue, lexicon) = (catalogue(), lexicon());
    assert!(!catalogue.is_empty());
    let mut wrong = Vec::new();
    for (code, said) in &lexicon {
        match catalogue.get(code) {
            None => wrong.push(format!("{code}: not in the catalogue")),
            Some(listed) if listed != said => wrong.push(format!("{code}: {said:?}, catalogue {listed:?}")),
            Some(_) => {}
        }
    }
    wrong.extend(
        catalogue
            .keys()
            .filter(|code| !lexicon.contains_key(*code))
            .map(|c| format!("{c}: not in types.lex")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
