//! `triage`: trains the model, measures it, draws its learning curve.
//!
//! Files in, figures and weights out; what is right or wrong about a reading is decided in the crate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use kentongan_triage::training::corpus::{Example, core_phrase, core_phrases, read_corpus};
use kentongan_triage::training::curve::learning_curve;
use kentongan_triage::training::measure::{measure, table};
use kentongan_triage::training::room::{LEAST_DECIDED, RoomError, train_with_room};
use kentongan_triage::training::train;
use kentongan_triage::{Lexicon, Reader, Triage, classify};

use super::room_reports::room_reports;
use crate::serve::announce;
use crate::settings::{DataArgs, ServeArgs, settings};
use crate::weights;

const CORPUS: &str = "server/crates/triage/corpus";
const WEIGHTS: &str = "server/crates/triage/model/weights.bin";

/// What can be done with the model.
#[derive(Debug, Subcommand)]
pub enum TriageCommand {
    /// Train on a corpus and write the weights; prints the figures on author groups held out.
    Train {
        /// Folder of the corpus's CSV files.
        #[arg(long, default_value = CORPUS)]
        corpus: PathBuf,
        /// Where the weights go.
        #[arg(long, default_value = WEIGHTS, conflicts_with = "from_log")]
        out: PathBuf,
        /// Learn from the centres' own decided reports too, and write `triage.weights` into the data folder,
        /// which `serve` reads at its next start. Refuses weights that miss more of what is critical.
        #[arg(long)]
        from_log: bool,
        /// Only this centre's reports; without it those of every live one.
        #[arg(long, requires = "from_log")]
        centre: Option<String>,
    },
    /// Measure the model on labelled texts, with the keyword baseline beside it.
    Evaluate {
        /// A CSV file with the columns of the corpus.
        file: PathBuf,
        /// Train on the file itself and read every text by weights that never saw its part; without it
        /// the built-in model reads the file.
        #[arg(long)]
        split: Option<Split>,
        /// Folder of the corpus, to tell texts that the built-in model has learnt from.
        #[arg(long, default_value = CORPUS)]
        corpus: PathBuf,
    },
    /// Print what more texts bring: macro-F1 on held-out groups against texts learnt from.
    Curve {
        /// Folder of the corpus's CSV files.
        #[arg(long, default_value = CORPUS)]
        corpus: PathBuf,
    },
}

/// How a file is split into what is learnt and what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Split {
    /// By author group.
    Group,
    /// At random: refused, because it measures memory.
    Random,
}

/// Runs a command.
///
/// # Errors
/// Files that cannot be read or used, a split that would mislead, weights that would miss more.
pub async fn run(data: &DataArgs, command: TriageCommand) -> anyhow::Result<()> {
    let lexicon = Arc::new(Lexicon::built_in()?);
    match command {
        TriageCommand::Train { corpus, from_log: true, centre, .. } => {
            train_from_log(data, &lexicon, &corpus, centre.as_deref()).await?;
        }
        TriageCommand::Train { corpus, out, .. } => {
            let examples = read_folder(&corpus)?;
            let trained = train(&lexicon, &examples)?;
            announce(&format!(
                "{} texts; every text read by weights that never saw its group:\n",
                examples.len()
            ));
            print(&lexicon, &examples, &trained.held_out);
            std::fs::write(&out, trained.weights.to_file()?)
                .with_context(|| format!("{} cannot be written", out.display()))?;
            announce(&format!("weights written to {}; build again to use them", out.display()));
        }
        TriageCommand::Evaluate { split: Some(Split::Random), .. } => anyhow::bail!(
            "a random split puts texts of one hand on both sides and measures memory: use --split group"
        ),
        TriageCommand::Evaluate { file, split: Some(Split::Group), .. } => {
            let examples = read_any(&file)?;
            let trained = train(&lexicon, &examples)?;
            print(&lexicon, &examples, &trained.held_out);
        }
        TriageCommand::Evaluate { file, split: None, corpus } => {
            let mut examples = read_any(&file)?;
            if corpus.is_dir() {
                let known = core_phrases(&read_folder(&corpus)?);
                let before = examples.len();
                examples.retain(|example| !known.contains(&core_phrase(&example.text)));
                if examples.len() < before {
                    announce(&format!(
                        "{} of {before} texts stand in the corpus and are left out: the model has learnt them",
                        before - examples.len()
                    ));
                }
                anyhow::ensure!(
                    !examples.is_empty(),
                    "every text of {} stands in the corpus: measure it with --split group",
                    file.display()
                );
            }
            let reader = Reader::built_in(Arc::clone(&lexicon))?;
            let readings: Vec<Triage> = examples.iter().map(|example| reader.read(&example.text)).collect();
            print(&lexicon, &examples, &readings);
        }
        TriageCommand::Curve { corpus } => {
            let examples = read_folder(&corpus)?;
            announce("texts learnt from   macro-F1   accuracy, on author groups held out");
            for point in learning_curve(&lexicon, &examples)? {
                announce(&format!("{:>17}{:>11.3}{:>11.3}", point.texts, point.macro_f1, point.accuracy));
            }
        }
    }
    Ok(())
}

/// Figures to stdout, refusals to stderr; no word of a report to either.
async fn train_from_log(
    data: &DataArgs,
    lexicon: &Arc<Lexicon>,
    corpus: &Path,
    centre: Option<&str>,
) -> anyhow::Result<()> {
    let data_dir = settings(data, &ServeArgs::default())?.data_dir;
    let store = super::open(data).await?;
    let found = room_reports(&store, centre).await;
    store.close().await;
    let found = found?;
    announce(&format!(
        "{} decided reports with their words; {} more whose words were erased",
        found.examples.len(),
        found.erased
    ));
    // Said before a corpus is asked for: nobody fetches one in vain.
    if found.examples.len() < LEAST_DECIDED {
        return Err(RoomError::TooFew(found.examples.len()).into());
    }
    let examples = read_folder(corpus)?;
    let in_use = weights::in_use(&data_dir)?;
    if let Some(words) = &in_use.set_aside {
        announce(words);
    }
    let trained = train_with_room(lexicon, &examples, &found.examples, &in_use.reader)?;
    announce(&format!(
        "learnt from {} of them that say something of their own and {} texts of the corpus; the newest {} were \
         held out\n{}",
        trained.learnt,
        examples.len(),
        trained.held_out,
        trained.table()
    ));
    let falls: Vec<String> = trained.falls().iter().map(ToString::to_string).collect();
    anyhow::ensure!(
        falls.is_empty(),
        "nothing was written, because the new weights miss more of what is critical than those in use:\n{}\n\
         look at how these reports were closed, or try again when there are more of them",
        falls.join("\n")
    );
    let path = weights::write(&data_dir, &trained.weights)?;
    announce(&format!("weights written to {}; restart the server to use them", path.display()));
    Ok(())
}

fn print(lexicon: &Lexicon, examples: &[Example], readings: &[Triage]) {
    let baseline: Vec<Triage> = examples.iter().map(|example| classify(lexicon, &example.text)).collect();
    announce(&table(&measure(examples, readings), &measure(examples, &baseline)));
}

/// The examples of a file, or of every file of a folder.
fn read_any(path: &Path) -> anyhow::Result<Vec<Example>> {
    if path.is_dir() { read_folder(path) } else { read_file(path) }
}

/// Every CSV file of a folder, in the order of their names.
fn read_folder(folder: &Path) -> anyhow::Result<Vec<Example>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read; name the corpus's folder", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    let mut examples = Vec::new();
    for file in files {
        examples.extend(read_file(&file)?);
    }
    Ok(examples)
}

fn read_file(file: &Path) -> anyhow::Result<Vec<Example>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    read_corpus(&text).with_context(|| format!("{} cannot be used", file.display()))
}
