//! Labelled texts: reading them, and what one row holds.
//!
//! Columns as in the corpus's README; `type` and `group` may be missing where a file is only measured.

use std::collections::HashSet;

use kentongan_domain::catalogue::Category;

use crate::model::AGENCY_KINDS;
use crate::normalise::squeeze_doubles;

/// One labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Its id.
    pub id: String,
    /// `note` or `message`.
    pub kind: String,
    /// `id`, `jv`, `mix`, `en` …
    pub language: String,
    /// The text.
    pub text: String,
    /// What it is about.
    pub category: Category,
    /// What a dispatcher could defend.
    pub acceptable: Vec<Category>,
    /// Positions in [`AGENCY_KINDS`], the lead first; `none` alone when nobody is sent.
    pub agencies: Vec<usize>,
    /// 1 to 4.
    pub priority: u8,
    /// The type, if labelled; not one of the catalogue's for contacts that are no report.
    pub type_code: Option<String>,
    /// Whose hand wrote it.
    pub group: Option<String>,
}

/// What is wrong with a file of labelled texts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorpusError {
    /// A column is missing.
    #[error("the column `{0}` is missing; the first line must name the columns")]
    Column(&'static str),
    /// A row cannot be used.
    #[error("line {line}: {what}")]
    Row {
        /// Line of the file, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
}

/// Reads a file's rows.
///
/// # Errors
/// The first row that cannot be used.
pub fn read_corpus(csv_text: &str) -> Result<Vec<Example>, CorpusError> {
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    let headers = reader.headers().map_err(|error| row_error(&error))?.clone();
    let place = |name: &str| headers.iter().position(|found| found == name);
    let need = |name: &'static str| place(name).ok_or(CorpusError::Column(name));
    let columns = [
        need("id")?,
        need("kind")?,
        need("language")?,
        need("text")?,
        need("category")?,
        need("acceptable")?,
        need("agencies")?,
        need("priority")?,
    ];
    let (type_column, group_column) = (place("type"), place("group"));
    let mut examples = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| row_error(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let bad = |what: String| CorpusError::Row { line, what };
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let [id, kind, language, text, category, acceptable, agencies, priority] = columns.map(cell);
        let optional =
            |column: Option<usize>| column.map(cell).filter(|cell| !cell.is_empty()).map(str::to_owned);
        let category_of =
            |code: &str| Category::from_code(code).ok_or_else(|| bad(format!("`{code}` is no category")));
        examples.push(Example {
            id: id.to_owned(),
            kind: kind.to_owned(),
            language: language.to_owned(),
            text: text.to_owned(),
            category: category_of(category)?,
            acceptable: acceptable.split(';').map(category_of).collect::<Result<_, _>>()?,
            agencies: agencies
                .split(';')
                .map(|code| {
                    let at = AGENCY_KINDS.iter().position(|known| *known == code);
                    at.ok_or_else(|| bad(format!("`{code}` is no agency")))
                })
                .collect::<Result<_, _>>()?,
            priority: priority
                .parse()
                .ok()
                .filter(|priority| (1..=4).contains(priority))
                .ok_or_else(|| bad(format!("`{priority}` is no priority from 1 to 4")))?,
            type_code: optional(type_column),
            group: optional(group_column),
        });
    }
    Ok(examples)
}

fn row_error(error: &csv::Error) -> CorpusError {
    let line = error.position().map_or(0, csv::Position::line);
    CorpusError::Row { line, what: error.to_string() }
}

/// What a text is made of without its numbers, punctuation and letter case: two texts with one core are
/// one text said twice.
pub fn core_phrase(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<String> = lower
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(squeeze_doubles)
        .collect();
    words.join(" ")
}

/// The core phrases of a corpus.
pub fn core_phrases(examples: &[Example]) -> HashSet<String> {
    examples.iter().map(|example| core_phrase(&example.text)).collect()
}
