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
use kentongan_triage::training::train;
use kentongan_triage::{Lexicon, Reader, Triage, classify};

use crate::serve::announce;

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
        #[arg(long, default_value = WEIGHTS)]
        out: PathBuf,
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
/// Files that cannot be read or used, a split that would mislead.
pub fn run(command: TriageCommand) -> anyhow::Result<()> {
    let lexicon = Arc::new(Lexicon::built_in()?);
    match command {
        TriageCommand::Train { corpus, out } => {
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
            let examples = if file.is_dir() { read_folder(&file)? } else { read_file(&file)? };
            let trained = train(&lexicon, &examples)?;
            print(&lexicon, &examples, &trained.held_out);
        }
        TriageCommand::Evaluate { file, split: None, corpus } => {
            let mut examples = if file.is_dir() { read_folder(&file)? } else { read_file(&file)? };
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

fn print(lexicon: &Lexicon, examples: &[Example], readings: &[Triage]) {
    let baseline: Vec<Triage> = examples.iter().map(|example| classify(lexicon, &example.text)).collect();
    announce(&table(&measure(examples, readings), &measure(examples, &baseline)));
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
