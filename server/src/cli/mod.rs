//! The command line. Errors go to stderr with exit code 2; `verify` and `centre check` that find something exit with 1.

mod accounts;
mod centre;
pub mod centre_check;
mod room_reports;
mod triage;
mod units;
mod verify;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use kentongan_store::Store;

use crate::settings::{DataArgs, ServeArgs, settings};

/// Dispatch console of a city's 112 emergency call centre.
#[derive(Debug, Parser)]
#[command(name = "kentongan", version, about)]
pub struct Cli {
    #[command(flatten)]
    data: DataArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve(ServeArgs),
    /// Bring the database's schema up to date.
    Migrate,
    /// Check that the projections are the fold of the log and that the chain holds.
    Verify {
        /// Only this centre.
        #[arg(long)]
        centre: Option<String>,
    },
    /// City packs, boundaries, endpoints.
    #[command(subcommand)]
    Centre(centre::CentreCommand),
    /// The model that reads reports: train, measure.
    #[command(subcommand)]
    Triage(triage::TriageCommand),
    /// Accounts.
    #[command(subcommand)]
    User(accounts::UserCommand),
    /// Units and what tells where they are.
    #[command(subcommand)]
    Unit(units::UnitCommand),
    /// Tokens for machines.
    #[command(subcommand)]
    Token(accounts::TokenCommand),
}

/// Runs the command line; tells the process's exit code.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::from(error)),
    };
    match runtime.block_on(dispatch(cli)) {
        Ok(code) => code,
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to people")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("kentongan: {error:#}");
    ExitCode::from(2)
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    crate::tls::install_provider();
    match cli.command {
        Command::Serve(serve) => {
            crate::logging::start();
            let settings = settings(&cli.data, &serve)?;
            crate::serve::serve(settings, serve.demo, serve.diagnostics).await?;
        }
        Command::Migrate => {
            let url = settings(&cli.data, &ServeArgs::default())?.database_url;
            kentongan_store::migrate(&url).await?;
            crate::serve::announce("the schema is up to date");
        }
        Command::Verify { centre } => {
            let store = open(&cli.data).await?;
            let agrees = verify::verify(&store, centre.as_deref()).await?;
            store.close().await;
            return Ok(if agrees { ExitCode::SUCCESS } else { ExitCode::from(1) });
        }
        Command::Centre(centre::CentreCommand::Check(args)) => {
            let store = if args.centre.is_some() { Some(open(&cli.data).await?) } else { None };
            let sound = centre_check::run(store.as_ref(), &args).await?;
            return Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(1) });
        }
        Command::Centre(command) => centre::run(&open(&cli.data).await?, command).await?,
        Command::Triage(command) => triage::run(&cli.data, command).await?,
        Command::User(command) => accounts::run_user(&open(&cli.data).await?, command).await?,
        Command::Unit(command) => units::run(&open(&cli.data).await?, command).await?,
        Command::Token(command) => accounts::run_token(&open(&cli.data).await?, command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn open(data: &DataArgs) -> anyhow::Result<Arc<dyn Store>> {
    let url = settings(data, &ServeArgs::default())?.database_url;
    Ok(kentongan_store::connect(&url).await?)
}
