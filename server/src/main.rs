//! `kentongan`: see `kentongan --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kentongan::cli::run()
}
