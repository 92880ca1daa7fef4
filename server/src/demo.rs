//! What a first start finds: the demo city with its accounts, or one administrator.

use std::sync::Arc;

use kentongan_domain::people::Role;
use kentongan_store::Store;

use crate::auth::{Grant, Passwords, admin};
use crate::pack::{as_drill, demo_pack, drill_code, store_pack};
use crate::platform::Platform;
use crate::serve::announce;

/// Password of every demo account.
const DEMO_PASSWORD: &str = "kentongan";
/// Name of the first administrator.
pub const FIRST_ADMIN: &str = "admin";
/// The demo city.
const CITY: &str = "kediri";

/// Loads the demo city, its drill centre and its accounts, as far as they are missing.
///
/// # Errors
/// When the store refuses, or the pack inside the binary does not hold together.
pub async fn load(store: &Arc<dyn Store>, passwords: &Passwords) -> anyhow::Result<()> {
    let known = store.centres().await?;
    let files = demo_pack()?;
    if !known.iter().any(|row| row.code == CITY) {
        store_pack(store, &files).await?;
    }
    if !known.iter().any(|row| row.code == drill_code(CITY)) {
        store_pack(store, &as_drill(files)).await?;
    }
    for (name, grants) in accounts() {
        if store.user_by_name(name).await?.is_none() {
            admin::create_user(store.as_ref(), Platform, passwords, name, DEMO_PASSWORD, &grants).await?;
        }
    }
    announce(&format!(
        "demo: centre {CITY} and drill centre {}; accounts operator, supervisor, damkar, bpbd, polres, psc119, \
         trainer, admin, auditor, each with the password {DEMO_PASSWORD}",
        drill_code(CITY)
    ));
    Ok(())
}

fn accounts() -> Vec<(&'static str, Vec<Grant>)> {
    let in_both = |role: Role, agency: Option<&str>| {
        [CITY.to_owned(), drill_code(CITY)]
            .into_iter()
            .map(|centre| Grant { centre, role, agency: agency.map(str::to_owned) })
            .collect::<Vec<_>>()
    };
    vec![
        ("operator", in_both(Role::Operator, None)),
        ("supervisor", in_both(Role::Supervisor, None)),
        ("damkar", in_both(Role::Agency, Some("damkar"))),
        ("bpbd", in_both(Role::Agency, Some("bpbd"))),
        ("polres", in_both(Role::Agency, Some("polres"))),
        ("psc119", in_both(Role::Agency, Some("psc119"))),
        ("trainer", vec![Grant { centre: drill_code(CITY), role: Role::Trainer, agency: None }]),
        ("auditor", in_both(Role::Auditor, None)),
        ("admin", in_both(Role::Admin, None)),
    ]
}

/// Makes the first administrator, with a password that is shown once.
///
/// # Errors
/// When the store refuses.
pub async fn first_admin(store: &Arc<dyn Store>, passwords: &Passwords) -> anyhow::Result<()> {
    if !store.users().await?.is_empty() {
        return Ok(());
    }
    let password = admin::one_time_password(Platform)?;
    // Without a centre there is nothing to have a right in yet: importing one gives it.
    let grants: Vec<Grant> = store
        .centres()
        .await?
        .into_iter()
        .map(|row| Grant { centre: row.code, role: Role::Admin, agency: None })
        .collect();
    admin::create_user(store.as_ref(), Platform, passwords, FIRST_ADMIN, &password, &grants).await?;
    announce(&format!("first start: account admin with the one-time password {password}"));
    Ok(())
}
