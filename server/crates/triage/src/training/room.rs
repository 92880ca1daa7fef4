//! Training with a room's own decided reports, and whether what comes out may replace what is in use.
//!
//! The room's newest reports are held out: a reader is judged on what comes after what it learnt. Weights
//! that find fewer of the contacts on which lives depend are named, class by class; whether to keep them is
//! the caller's to refuse. Pure like the rest: texts in, weights and figures out.

use std::collections::HashSet;
use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use kentongan_domain::catalogue::Category;

use super::corpus::{Example, core_phrase, core_phrases};
use super::measure::measure;
use super::{TrainError, train};
use crate::lexicon::Lexicon;
use crate::model::{Reader, Weights};
use crate::triage::Triage;

/// Decided reports below which nothing is learnt from them.
pub const LEAST_DECIDED: usize = 200;
/// One in so many is held out, the newest.
const HELD_OUT_SHARE: usize = 5;
/// Texts of each critical category that the corpus must hold: without them nobody could tell what is missed.
const LEAST_OF_CLASS: usize = 20;
/// How far a recall may fall: one point in a hundred.
const MOST_FALL: f64 = 0.01;
/// Sorts the room's groups behind every group of the corpus, so that those keep their folds and the
/// comparison on them is like with like.
const BEHIND: char = '~';

/// Categories whose recall must not fall.
pub const CRITICAL: [Category; 5] =
    [Category::Fire, Category::Medical, Category::Rescue, Category::Crime, Category::MentalHealth];

/// What must not be missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A category of [`CRITICAL`].
    Category(Category),
    /// Priority 1.
    FirstPriority,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Category(category) => f.write_str(category.code()),
            Self::FirstPriority => f.write_str("priority 1"),
        }
    }
}

/// What was read to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The room's newest reports, which nothing had learnt.
    Room,
    /// The corpus, each text by weights that never saw its group.
    Corpus,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Room => "the room's newest reports",
            Self::Corpus => "the corpus's held-out groups",
        })
    }
}

/// How many of a class were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Recall {
    /// Texts of the class.
    pub labelled: usize,
    /// Of these: read as such.
    pub found: usize,
}

impl Recall {
    /// 0 to 1; 0 without texts.
    pub fn share(self) -> f64 {
        self.found as f64 / self.labelled.max(1) as f64
    }
}

/// The old and the new reader on one class of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// Where.
    pub part: Part,
    /// Of what.
    pub class: Class,
    /// Before.
    pub before: Recall,
    /// With the new weights.
    pub after: Recall,
}

impl Comparison {
    /// Whether the new weights find fewer by more than one point in a hundred.
    pub fn falls(&self) -> bool {
        // What stands between is the rounding of the division, not a point.
        self.before.share() - self.after.share() > MOST_FALL + 1e-9
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, class, before, after } = self;
        let points = (after.share() - before.share()) * 100.0;
        write!(
            f,
            "recall of {class} on {part}: {:.3} before, {:.3} after ({points:+.1} points; {} and {} of {} texts)",
            before.share(),
            after.share(),
            before.found,
            after.found,
            before.labelled
        )
    }
}

/// Why nothing was trained.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// Too little to learn from and to judge on.
    #[error(
        "{0} decided reports can be learnt from, and {LEAST_DECIDED} are needed: with fewer, chance would decide; \
         try again when more incidents have been closed"
    )]
    TooFew(usize),
    /// The corpus cannot show what the new weights would miss.
    #[error(
        "the corpus has {1} texts of {0}, and {LEAST_OF_CLASS} are needed to see what is missed; name the whole \
         corpus with --corpus"
    )]
    Blind(&'static str, usize),
    /// The corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] TrainError),
}

/// What a training with the room's reports made.
#[derive(Debug)]
pub struct RoomTrained {
    /// The weights that were judged: they have not seen the reports held out.
    pub weights: Weights,
    /// Reports of the room learnt from.
    pub learnt: usize,
    /// Reports of the room held out.
    pub held_out: usize,
    /// Accuracy of categories before and after, on the room's newest reports.
    pub room_accuracy: (f64, f64),
    /// The same on the corpus's held-out groups.
    pub corpus_accuracy: (f64, f64),
    /// Every critical class that occurs, on both parts.
    pub comparisons: Vec<Comparison>,
}

impl RoomTrained {
    /// What speaks against using the weights; empty when nothing does.
    pub fn falls(&self) -> Vec<&Comparison> {
        self.comparisons.iter().filter(|one| one.falls()).collect()
    }

    /// The figures in lines, for people; no words of any report.
    pub fn table(&self) -> String {
        let mut out = String::new();
        for (part, (before, after)) in
            [(Part::Room, self.room_accuracy), (Part::Corpus, self.corpus_accuracy)]
        {
            // Writing to a String cannot fail.
            writeln!(out, "accuracy on {part}: {before:.3} before, {after:.3} after").ok();
        }
        for one in &self.comparisons {
            writeln!(out, "{one}").ok();
        }
        out
    }
}

/// Trains on the corpus and the older four fifths of the room's reports, and compares with what is in use.
///
/// `room` comes the oldest first, with the month as group. A text that stands in the corpus, or that a later
/// report repeats, is left out: it would be learnt and judged on at once. Before and after are, on the room's
/// newest fifth, the reader in use and the new one; on the corpus, each text read by weights that never saw
/// its group, trained without the room and with it (what is in use has learnt the corpus by heart).
///
/// # Errors
/// Fewer than [`LEAST_DECIDED`] reports; a corpus without groups, or with too little of what is critical.
pub fn train_with_room(
    lexicon: &Arc<Lexicon>,
    corpus: &[Example],
    room: &[Example],
    in_use: &Reader,
) -> Result<RoomTrained, RoomError> {
    let room = distinct(corpus, room);
    if room.len() < LEAST_DECIDED {
        return Err(RoomError::TooFew(room.len()));
    }
    for category in CRITICAL {
        let texts = corpus.iter().filter(|example| example.category == category).count();
        if texts < LEAST_OF_CLASS {
            return Err(RoomError::Blind(category.code(), texts));
        }
    }
    let (older, newest) = room.split_at(room.len() - room.len() / HELD_OUT_SHARE);
    let before = train(lexicon, corpus)?;
    let mut examples = corpus.to_vec();
    examples.extend_from_slice(older);
    let trained = train(lexicon, &examples)?;
    let corpus_after = trained.held_out.get(..corpus.len()).unwrap_or_default();
    let reader = Reader::new(Arc::clone(lexicon), trained.weights);
    let read = |reader: &Reader| -> Vec<Triage> {
        newest.iter().map(|example| reader.read(&example.text)).collect()
    };
    let (room_before, room_after) = (read(in_use), read(&reader));
    let accuracy = |examples: &[Example], before: &[Triage], after: &[Triage]| {
        (measure(examples, before).accuracy, measure(examples, after).accuracy)
    };
    let mut comparisons = compare(Part::Room, newest, &room_before, &room_after);
    comparisons.extend(compare(Part::Corpus, corpus, &before.held_out, corpus_after));
    Ok(RoomTrained {
        learnt: older.len(),
        held_out: newest.len(),
        room_accuracy: accuracy(newest, &room_before, &room_after),
        corpus_accuracy: accuracy(corpus, &before.held_out, corpus_after),
        comparisons,
        weights: reader.into_weights(),
    })
}

/// The room's texts that say something of their own, of a repeated one the newest; groups behind the corpus's.
fn distinct(corpus: &[Example], room: &[Example]) -> Vec<Example> {
    let mut known: HashSet<String> = core_phrases(corpus);
    known.insert(String::new());
    let mut kept: Vec<Example> = room
        .iter()
        .rev()
        .filter(|example| known.insert(core_phrase(&example.text)))
        .map(|example| Example {
            group: example.group.as_ref().map(|group| format!("{BEHIND}{group}")),
            ..example.clone()
        })
        .collect();
    kept.reverse();
    kept
}

/// Every critical class that occurs; the three lists in the same order.
fn compare(part: Part, examples: &[Example], before: &[Triage], after: &[Triage]) -> Vec<Comparison> {
    CRITICAL
        .into_iter()
        .map(Class::Category)
        .chain([Class::FirstPriority])
        .map(|class| Comparison {
            part,
            class,
            before: recall(class, examples, before),
            after: recall(class, examples, after),
        })
        .filter(|one| one.before.labelled > 0)
        .collect()
}

fn recall(class: Class, examples: &[Example], readings: &[Triage]) -> Recall {
    let mut recall = Recall::default();
    for (example, triage) in examples.iter().zip(readings) {
        let (is_so, is_found) = match class {
            Class::Category(category) => (example.category == category, triage.category == Some(category)),
            Class::FirstPriority => (example.priority == 1, u8::from(triage.priority) == 1),
        };
        recall.labelled += usize::from(is_so);
        recall.found += usize::from(is_so && is_found);
    }
    recall
}
