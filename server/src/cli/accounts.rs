//! `user` and `token`.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use kentongan_domain::people::Role;
use kentongan_domain::report::Channel;
use kentongan_store::Store;

use crate::auth::{Grant, Passwords, admin};
use crate::http::access::POSITIONS_ONLY;
use crate::platform::Platform;
use crate::serve::announce;

/// `user …`.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account; prints a one-time password unless one is given on KENTONGAN_PASSWORD.
    Add {
        /// Account name.
        name: String,
        /// Centre.
        #[arg(long)]
        centre: String,
        /// Role: operator, supervisor, agency, trainer, auditor, admin, intake.
        #[arg(long)]
        role: String,
        /// Agency, with the role agency.
        #[arg(long)]
        agency: Option<String>,
    },
    /// Give another right.
    Grant {
        /// Account name.
        name: String,
        /// Centre.
        #[arg(long)]
        centre: String,
        /// Role.
        #[arg(long)]
        role: String,
        /// Agency, with the role agency.
        #[arg(long)]
        agency: Option<String>,
    },
    /// Set a new password (one-time, printed); ends the account's sessions.
    Password {
        /// Account name.
        name: String,
    },
    /// Shut an account out; open consoles close within 5 s.
    Disable {
        /// Account name.
        name: String,
    },
    /// Let an account in again.
    Enable {
        /// Account name.
        name: String,
    },
    /// Every account.
    List,
}

/// `token …`.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token; prints the token alone.
    Create {
        /// Centre.
        #[arg(long)]
        centre: String,
        /// Role: operator, supervisor, agency, trainer, auditor, admin, intake.
        #[arg(long)]
        role: String,
        /// Agency, with the role agency.
        #[arg(long)]
        agency: Option<String>,
        /// Only reports of this channel may be handed in with it; `positions`: only positions of units.
        #[arg(long)]
        channel: Option<String>,
        /// What it is for; stands in the log as the actor.
        #[arg(long)]
        label: Option<String>,
    },
    /// Every token of a centre.
    List {
        /// Centre.
        #[arg(long)]
        centre: String,
    },
    /// End a token.
    Revoke {
        /// Its id, from `token list`.
        id: uuid::Uuid,
    },
}

fn role_of(text: &str) -> anyhow::Result<Role> {
    Role::from_code(text).with_context(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("{text} is no role; choose one of {}", known.join(", "))
    })
}

/// Runs `user …`.
///
/// # Errors
/// What was wrong, for stderr.
pub async fn run_user(store: &Arc<dyn Store>, command: UserCommand) -> anyhow::Result<()> {
    let passwords = Passwords::new(Platform);
    match command {
        UserCommand::Add { name, centre, role, agency } => {
            let grant = Grant { centre, role: role_of(&role)?, agency };
            let given = std::env::var("KENTONGAN_PASSWORD").ok();
            let password = given.clone().map_or_else(|| admin::one_time_password(Platform), Ok)?;
            admin::create_user(store.as_ref(), Platform, &passwords, &name, &password, &[grant]).await?;
            match given {
                Some(_) => announce(&format!("account {name} made")),
                None => announce(&format!("account {name} made with the one-time password {password}")),
            }
        }
        UserCommand::Grant { name, centre, role, agency } => {
            let grant = Grant { centre, role: role_of(&role)?, agency };
            admin::grant(store.as_ref(), &name, &grant).await?;
            announce(&format!("{name} may be {role} in {}", grant.centre));
        }
        UserCommand::Password { name } => {
            let password = admin::one_time_password(Platform)?;
            admin::set_password(store.as_ref(), Platform, &passwords, &name, &password).await?;
            announce(&format!("account {name} has the one-time password {password}"));
        }
        UserCommand::Disable { name } => {
            let ended = admin::disable_user(store.as_ref(), Platform, &name).await?;
            announce(&format!("account {name} is shut out; {ended} sessions ended"));
        }
        UserCommand::Enable { name } => {
            admin::enable_user(store.as_ref(), &name).await?;
            announce(&format!("account {name} may come in again"));
        }
        UserCommand::List => {
            for user in store.users().await? {
                let grants = store.grants(user.id).await?;
                let rights: Vec<String> = grants
                    .iter()
                    .map(|grant| match &grant.agency {
                        Some(agency) => format!("{}:{}@{agency}", grant.centre, grant.role),
                        None => format!("{}:{}", grant.centre, grant.role),
                    })
                    .collect();
                let state = if user.disabled { "shut out" } else { "active" };
                announce(&format!("{}\t{state}\t{}", user.name, rights.join(" ")));
            }
        }
    }
    Ok(())
}

/// Runs `token …`.
///
/// # Errors
/// What was wrong, for stderr.
pub async fn run_token(store: &Arc<dyn Store>, command: TokenCommand) -> anyhow::Result<()> {
    match command {
        TokenCommand::Create { centre, role, agency, channel, label } => {
            let role = role_of(&role)?;
            if let Some(channel) = &channel
                && channel != POSITIONS_ONLY
                && Channel::from_code(channel).is_none()
            {
                let channels = Channel::ALL.iter().map(|channel| channel.code());
                let known: Vec<&str> = channels.chain([POSITIONS_ONLY]).collect();
                bail!("{channel} is no channel; choose one of {}", known.join(", "));
            }
            if let Some(agency) = &agency {
                let pack = crate::centre::read_pack(store, &centre).await?;
                anyhow::ensure!(
                    pack.agencies.iter().any(|known| &known.code == agency),
                    "{agency} is not an agency of {centre}"
                );
            }
            let label = label.unwrap_or_else(|| {
                let whose = agency.as_deref().or(channel.as_deref()).unwrap_or(role.code());
                format!("{}-{whose}", role.code())
            });
            let secret = admin::create_token(
                store.as_ref(),
                Platform,
                &label,
                &centre,
                role,
                agency.as_deref(),
                channel.as_deref(),
                None,
            )
            .await?;
            announce(&secret.expose());
        }
        TokenCommand::List { centre } => {
            for token in store.tokens(&centre).await? {
                let state = if token.revoked_at.is_some() { "revoked" } else { "active" };
                announce(&format!("{}\t{state}\t{}\t{}", token.id, token.role, token.label));
            }
        }
        TokenCommand::Revoke { id } => {
            anyhow::ensure!(store.revoke_token(id, Platform.now()).await?, "there is no token {id}");
            announce(&format!("token {id} ended"));
        }
    }
    Ok(())
}
