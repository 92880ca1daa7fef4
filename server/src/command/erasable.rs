//! Personal data on its way to the erasable tables: texts people wrote, and reporters.
//!
//! Events name these by id; nothing here is ever logged.

use kentongan_domain::ids::{IdSource, PersonId, TextId};
use kentongan_store::rows::{PersonRow, TextRow};
use uuid::Uuid;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// A report's words and the place in the caller's words, as JSON `{text, place_text}`.
    Report,
    /// A note or a reason.
    Note,
}

impl TextKind {
    /// The stable name in the table.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Note => "note",
        }
    }
}

/// Rows that go with a command.
#[derive(Default, Clone)]
pub struct Erasable {
    pub(crate) texts: Vec<TextRow>,
    pub(crate) people: Vec<PersonRow>,
}

// By hand, so that no log line ever carries what somebody said.
impl std::fmt::Debug for Erasable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Erasable({} texts, {} people)", self.texts.len(), self.people.len())
    }
}

impl Erasable {
    /// Adds a text about an aggregate; returns the id that events use.
    pub fn text(&mut self, ids: &mut IdSource, about: &str, kind: TextKind, body: String) -> TextId {
        let id = ids.next_id();
        self.texts.push(TextRow {
            id,
            about: about.to_owned(),
            kind: kind.code().to_owned(),
            body: Some(body),
            erased_at: None,
        });
        TextId(id)
    }

    /// Adds a note, if there is one.
    pub fn note(&mut self, ids: &mut IdSource, about: &str, note: Option<String>) -> Option<TextId> {
        note.filter(|words| !words.trim().is_empty())
            .map(|words| self.text(ids, about, TextKind::Note, words))
    }

    /// Adds a reporter, `digits` being what the number is found by; returns the id that events use.
    pub fn person(
        &mut self,
        ids: &mut IdSource,
        report: Uuid,
        name: Option<String>,
        phone: Option<String>,
        digits: Option<String>,
    ) -> PersonId {
        let id = ids.next_id();
        self.people.push(PersonRow { id, report, name, phone, digits, erased_at: None });
        PersonId(id)
    }
}
