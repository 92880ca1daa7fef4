//! Users, sessions, tokens, endpoints, reference data, erasure.

use crate::bench::Bench;
use crate::rows;
use kentongan_store::StoreError;
use kentongan_store::rows::{EndpointRow, GrantRow, ReferenceRow, SessionRow, TokenRow, UserRow};

fn user(number: u64, name: &str) -> UserRow {
    UserRow {
        id: rows::id(9, number),
        name: name.into(),
        password_hash: "$argon2id$".into(),
        disabled: false,
        created_at: 1,
    }
}

fn grant(user: u64, centre: &str, agency: Option<&str>) -> GrantRow {
    GrantRow {
        user_id: rows::id(9, user),
        centre: centre.into(),
        role: "operator".into(),
        agency: agency.map(Into::into),
    }
}

pub async fn erased_is_gone_and_stays_gone(bench: Bench) {
    let mut batch = bench.batch().await;
    batch.people = vec![rows::person(1, rows::id(3, 1)), rows::person(2, rows::id(3, 2))];
    batch.texts = vec![rows::text(1, rows::id(3, 1))];
    bench.store.append(&batch).await.expect("stored");
    assert_eq!(bench.store.erase_person("kediri", rows::id(7, 1), 77).await, Ok(true));
    assert_eq!(bench.store.erase_text("kediri", rows::id(8, 1), 77).await, Ok(true));
    assert_eq!(bench.store.erase_person("kediri", rows::id(7, 9), 77).await, Ok(false));
    assert_eq!(bench.store.erase_person("kota", rows::id(7, 2), 77).await, Ok(false));
    // Again, and by a batch that still remembers.
    assert_eq!(bench.store.erase_person("kediri", rows::id(7, 1), 99).await, Ok(true));
    bench.store.append(&batch).await.expect("stored");
    let person = bench.store.people("kediri", &[rows::id(7, 1)]).await.expect("read").remove(0);
    assert_eq!((person.name, person.phone, person.erased_at), (None, None, Some(77)));
    let text = bench.store.texts("kediri", &[rows::id(8, 1)]).await.expect("read").remove(0);
    assert_eq!((text.body, text.erased_at), (None, Some(77)));
    let other = bench.store.people("kediri", &[rows::id(7, 2)]).await.expect("read");
    assert_eq!(other, [rows::person(2, rows::id(3, 2))]);
}

pub async fn sessions_begin_and_end(bench: Bench) {
    let store = &bench.store;
    store.put_user(&user(1, "operator")).await.expect("stored");
    let session = |byte: u8| SessionRow {
        token_hash: [byte; 32],
        user_id: rows::id(9, 1),
        created_at: 1,
        expires_at: 100,
        last_seen_at: 1,
        revoked_at: None,
    };
    for byte in 1..=3 {
        store.put_session(&session(byte)).await.expect("stored");
    }
    assert_eq!(store.session(&[1; 32]).await, Ok(Some(session(1))));
    assert_eq!(store.session(&[9; 32]).await, Ok(None));
    assert_eq!(store.touch_session(&[1; 32], 50).await, Ok(true));
    assert_eq!(store.revoke_session(&[1; 32], 60).await, Ok(true));
    assert_eq!(store.revoke_session(&[9; 32], 60).await, Ok(false));
    let ended = store.session(&[1; 32]).await.expect("read").expect("there");
    assert_eq!((ended.last_seen_at, ended.revoked_at), (50, Some(60)));
    assert_eq!(store.revoke_sessions_of(rows::id(9, 1), 70).await, Ok(2));
    let ended = store.session(&[1; 32]).await.expect("read").expect("there");
    assert_eq!(ended.revoked_at, Some(60), "the first end counts");
    let nobodys = SessionRow { token_hash: [8; 32], user_id: rows::id(9, 8), ..session(8) };
    let code = store.put_session(&nobodys).await.map_err(|error| error.code());
    assert_eq!(code, Err("store_invalid"));
}

pub async fn tokens_are_found_until_revoked(bench: Bench) {
    let store = &bench.store;
    let token = TokenRow {
        id: rows::id(10, 1),
        token_hash: [1; 32],
        label: "WhatsApp gateway".into(),
        centre: "kediri".into(),
        role: "channel".into(),
        agency: None,
        channel: Some("whatsapp".into()),
        created_at: 1,
        expires_at: None,
        revoked_at: None,
    };
    store.put_token(&token).await.expect("stored");
    let twin = TokenRow { id: rows::id(10, 2), ..token.clone() };
    let twice = StoreError::Duplicate { what: "tokens.token_hash".into() };
    assert_eq!(store.put_token(&twin).await, Err(twice));
    assert_eq!(store.token(&[1; 32]).await, Ok(Some(token.clone())));
    assert_eq!(store.tokens("kediri").await, Ok(vec![token.clone()]));
    assert_eq!(store.tokens("kota").await, Ok(vec![]));
    assert_eq!(store.revoke_token(token.id, 9).await, Ok(true));
    assert_eq!(store.revoke_token(rows::id(10, 9), 9).await, Ok(false));
    let revoked = store.token(&[1; 32]).await.expect("read").expect("there");
    assert_eq!(revoked.revoked_at, Some(9));
}

pub async fn users_and_rights_are_replaced(bench: Bench) {
    let store = &bench.store;
    store.put_user(&user(2, "operator")).await.expect("stored");
    store.put_user(&user(1, "admin")).await.expect("stored");
    let twice = StoreError::Duplicate { what: "users.name".into() };
    assert_eq!(store.put_user(&user(3, "admin")).await, Err(twice));
    let mut changed = user(2, "operator");
    changed.disabled = true;
    store.put_user(&changed).await.expect("stored");
    assert_eq!(store.set_password(changed.id, "$new$").await, Ok(true));
    assert_eq!(store.set_password(rows::id(9, 7), "$new$").await, Ok(false));
    changed.password_hash = "$new$".into();
    assert_eq!(store.user(changed.id).await, Ok(Some(changed.clone())));
    assert_eq!(store.user_by_name("operator").await, Ok(Some(changed.clone())));
    assert_eq!(store.users().await, Ok(vec![user(1, "admin"), changed]));

    store.set_grants(rows::id(9, 1), &[grant(1, "kediri", Some("damkar"))]).await.expect("stored");
    let both = [grant(1, "kediri", None), grant(1, "kediri", Some("bpbd"))];
    store.set_grants(rows::id(9, 1), &both).await.expect("stored");
    let mut found = store.grants(rows::id(9, 1)).await.expect("read");
    found.sort_by(|a, b| a.agency.cmp(&b.agency));
    assert_eq!(found, both);
    let doubled = [grant(1, "kediri", None), grant(1, "kediri", None)];
    let twice = StoreError::Duplicate { what: "grants.role".into() };
    assert_eq!(store.set_grants(rows::id(9, 1), &doubled).await, Err(twice));
    let code = store.set_grants(rows::id(9, 1), &[grant(2, "kediri", None)]).await;
    assert_eq!(code.map_err(|error| error.code()), Err("store_invalid"));
    assert_eq!(store.grants(rows::id(9, 1)).await.expect("read").len(), 2, "as before");
}

pub async fn endpoints_are_changed_in_place(bench: Bench) {
    let endpoint = EndpointRow {
        centre: "kediri".into(),
        agency: "damkar".into(),
        channel: "webhook".into(),
        target: "https://damkar.example/112".into(),
        secret: "s1".into(),
        active: true,
        created_at: 1,
        private_allowed: true,
    };
    bench.store.put_endpoint(&endpoint).await.expect("stored");
    let changed = EndpointRow { active: false, secret: "s2".into(), created_at: 9, ..endpoint };
    bench.store.put_endpoint(&changed).await.expect("stored");
    let kept = EndpointRow { created_at: 1, ..changed };
    assert_eq!(bench.store.endpoints("kediri").await, Ok(vec![kept]));
}

pub async fn the_newest_reference_is_in_force(bench: Bench) {
    let store = &bench.store;
    let row = |name: &str, version: i64| ReferenceRow {
        centre: "kediri".into(),
        kind: "boundaries".into(),
        name: name.into(),
        version,
        body: format!("{name} {version}"),
        recorded_at: version,
    };
    for version in [1, 10, 2] {
        store.put_reference(&row("villages", version)).await.expect("stored");
    }
    store.put_reference(&row("districts", 4)).await.expect("stored");
    let twice = StoreError::Duplicate { what: "reference.version".into() };
    assert_eq!(store.put_reference(&row("villages", 2)).await, Err(twice));
    assert_eq!(store.reference("kediri", "boundaries", "villages").await, Ok(Some(row("villages", 10))));
    assert_eq!(store.reference("kediri", "pack", "villages").await, Ok(None));
    let newest = vec![row("districts", 4), row("villages", 10)];
    assert_eq!(store.references("kediri", "boundaries").await, Ok(newest));
}

pub async fn a_centre_keeps_its_log(bench: Bench) {
    let mut batch = bench.batch().await;
    rows::add_event(&mut batch, "r1", 1);
    bench.store.append(&batch).await.expect("stored");
    let mut changed = rows::centre("kediri");
    changed.kind = "drill".into();
    changed.epoch = rows::id(1, 2);
    bench.store.put_centre(&changed).await.expect("stored");
    bench.store.put_centre(&rows::centre("blitar")).await.expect("stored");
    assert_eq!(bench.store.centres().await, Ok(vec![rows::centre("blitar"), changed]));
    assert_eq!(bench.store.head("kediri").await, Ok(Some(batch.head)));
    assert_eq!(bench.store.head("blitar").await.expect("read").expect("a head").seq, 0);
    assert_eq!(bench.store.head("kota").await, Ok(None));
}
