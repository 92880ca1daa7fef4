//! Accounts made and changed in a real SQLite store.

use super::*;
use crate::auth::scratch::scratch;
use std::collections::HashSet;

fn right(centre: &str, role: Role, agency: Option<&str>) -> Grant {
    Grant { centre: centre.into(), role, agency: agency.map(str::to_owned) }
}

#[tokio::test]
async fn a_user_is_made_once_with_their_rights() {
    let scratch = scratch().await;
    let (store, passwords) = (scratch.store.as_ref(), Passwords::new(Platform));
    let rights = [right("kediri", Role::Agency, Some("damkar")), right("latihan", Role::Trainer, None)];
    let id = create_user(store, Platform, &passwords, "damkar", "kentongan", &rights).await.unwrap();
    let mut stored: Vec<_> = store.grants(id).await.unwrap().iter().filter_map(Grant::from_row).collect();
    stored.sort_by(|one, other| one.centre.cmp(&other.centre));
    assert_eq!(stored, rights);

    let again = create_user(store, Platform, &passwords, "damkar", "kentongan", &rights).await;
    assert!(matches!(again, Err(AuthError::Store(StoreError::Duplicate { .. }))), "{again:?}");
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_leaves_nothing() {
    let scratch = scratch().await;
    let (store, passwords) = (scratch.store.as_ref(), Passwords::new(Platform));
    let table = [
        ("Damkar", "kentongan", right("kediri", Role::Operator, None), "invalid_account"),
        ("damkar", "short", right("kediri", Role::Operator, None), "invalid_account"),
        ("damkar", "kentongan", right("kediri", Role::Agency, None), "invalid_account"),
        ("damkar", "kentongan", right("kediri", Role::Operator, Some("damkar")), "invalid_account"),
        ("damkar", "kentongan", right("nowhere", Role::Operator, None), "not_found"),
    ];
    for (name, password, grant, code) in table {
        let made =
            create_user(store, Platform, &passwords, name, password, std::slice::from_ref(&grant)).await;
        assert_eq!(made.unwrap_err().code(), code, "{name} {password} {grant:?}");
    }
    assert!(store.users().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_right_is_given_and_withdrawn_once() {
    let scratch = scratch().await;
    let (store, passwords) = (scratch.store.as_ref(), Passwords::new(Platform));
    let id = create_user(store, Platform, &passwords, "sari", "kentongan", &[]).await.unwrap();
    let (one, other) = (right("kediri", Role::Operator, None), right("kediri", Role::Supervisor, None));
    for given in [&one, &other, &one] {
        grant(store, "sari", given).await.unwrap();
    }
    assert_eq!(store.grants(id).await.unwrap().len(), 2);
    assert!(withdraw_grant(store, "sari", &one).await.unwrap());
    assert!(!withdraw_grant(store, "sari", &one).await.unwrap());
    assert_eq!(store.grants(id).await.unwrap(), [other.to_row(id)]);
    let unknown = grant(store, "nobody", &one).await;
    assert!(matches!(unknown, Err(AuthError::Store(StoreError::NotFound { .. }))));
}

#[tokio::test]
async fn a_new_password_replaces_the_old_one() {
    let scratch = scratch().await;
    let (store, passwords) = (scratch.store.as_ref(), Passwords::new(Platform));
    create_user(store, Platform, &passwords, "sari", "kentongan", &[]).await.unwrap();
    set_password(store, Platform, &passwords, "sari", "bedug-besar").await.unwrap();
    let hash = store.user_by_name("sari").await.unwrap().unwrap().password_hash;
    assert!(passwords.verify(Some(&hash), "bedug-besar").await.unwrap());
    assert!(!passwords.verify(Some(&hash), "kentongan").await.unwrap());
    let unknown = set_password(store, Platform, &passwords, "nobody", "kentongan").await;
    assert_eq!(unknown.unwrap_err().code(), "not_found");
}

#[tokio::test]
async fn a_token_is_stored_as_its_digest() {
    let scratch = scratch().await;
    let store = scratch.store.as_ref();
    let secret =
        create_token(store, Platform, "damkar-desk", "kediri", Role::Agency, Some("damkar"), None, None);
    let secret = secret.await.unwrap();
    assert!(secret.expose().starts_with("ktg_"));
    let row = store.token(&secret.digest()).await.unwrap().unwrap();
    assert_eq!((row.label.as_str(), row.agency.as_deref()), ("damkar-desk", Some("damkar")));

    let table = [
        ("", "kediri", Role::Intake, None, "invalid_account"),
        ("sms", "kediri", Role::Agency, None, "invalid_account"),
        ("sms", "kediri", Role::Intake, Some(Platform.now()), "invalid_account"),
        ("sms", "nowhere", Role::Intake, None, "not_found"),
    ];
    for (label, centre, role, expires_at, code) in table {
        let made = create_token(store, Platform, label, centre, role, None, None, expires_at).await;
        assert_eq!(made.unwrap_err().code(), code, "{label} {centre} {role:?}");
    }
}

#[test]
fn a_one_time_password_can_be_read_out() {
    let made: HashSet<_> = (0..100).map(|_| one_time_password(Platform).unwrap()).collect();
    assert_eq!(made.len(), 100);
    for password in made {
        let groups: Vec<_> = password.split('-').collect();
        assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{password}");
        assert!(password.bytes().all(|byte| byte == b'-' || READABLE.contains(&byte)), "{password}");
    }
}
