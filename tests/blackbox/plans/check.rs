//! `kentongan centre check`, as a city's administrator runs it.

use std::path::Path;

use anyhow::ensure;
use kentongan_tests::server::{Server, run_cli};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri");

/// A copy of the shipped pack with one file changed.
fn pack(folder: &Path, file: &str, from: &str, to: &str) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(PACK)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    let text = std::fs::read_to_string(folder.join(file))?;
    ensure!(text.contains(from), "{file} does not hold {from}");
    Ok(std::fs::write(folder.join(file), text.replacen(from, to, 1))?)
}

#[test]
fn the_shipped_pack_in_the_binary_in_its_folder_and_in_the_database() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    server.stop()?;
    for args in
        [&["centre", "check"][..], &["centre", "check", PACK], &["centre", "check", "--centre", "kediri"]]
    {
        let (code, said) = server.cli(args)?;
        ensure!(code == 0 && said.starts_with("nothing to put right: "), "{args:?}: {code} {said}");
    }
    let (code, said) = server.cli(&["centre", "check", "--centre", "blitar"])?;
    ensure!(code == 2 && said.contains("there is no centre blitar"), "{code} {said}");
    Ok(())
}

#[test]
fn findings_are_printed_by_file_and_line_and_end_with_1() -> anyhow::Result<()> {
    let (data, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let text = folder.path().to_str().unwrap_or_default();
    pack(folder.path(), "routing.toml", "cues = [\"weapon\"]", "cues = [\"sajam\"]")?;
    let (code, said) = run_cli(data.path(), None, &["centre", "check", text])?;
    let first = said.lines().next().unwrap_or_default();
    ensure!(code == 1, "{code} {said}");
    ensure!(first.starts_with("routing.toml:"), "{said}");
    ensure!(first.ends_with("): names the cue sajam, which the lexicon does not know"), "{said}");
    ensure!(said.ends_with("1 finding\n"), "{said}");
    // It is imported all the same, and the import says so.
    let (code, said) = run_cli(data.path(), None, &["centre", "import", text])?;
    ensure!(code == 0 && said.contains("1 finding: kentongan centre check"), "{code} {said}");
    let (code, said) = run_cli(data.path(), None, &["centre", "check", "--centre", "kediri"])?;
    ensure!(code == 1 && said.contains("routing.toml (rule "), "{code} {said}");

    pack(folder.path(), "plans.toml", "[units]", "[unit]")?;
    let (code, said) = run_cli(data.path(), None, &["centre", "check", text])?;
    ensure!(code == 2 && said.contains("plans.toml"), "a file that is not of its form: {code} {said}");
    std::fs::remove_file(folder.path().join("routing.toml"))?;
    let (code, said) = run_cli(data.path(), None, &["centre", "check", text])?;
    ensure!(code == 2, "{code} {said}");
    Ok(())
}
