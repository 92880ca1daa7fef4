//! Who a request comes from, and the rights they hold.
//!
//! A snapshot of what the store said a moment ago: made by [`super::Accounts`] only, held for one
//! request or checked again while a socket is open. Says who; never decides what is allowed.

use std::fmt;

use kentongan_domain::people::{Actor, Role};
use kentongan_store::rows::{GrantRow, SessionRow, TokenRow, UserRow};
use uuid::Uuid;

/// One right: a role in a centre, of one agency if the role is an agency's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The centre's code.
    pub centre: String,
    /// The role.
    pub role: Role,
    /// The agency's code; there exactly when the role is [`Role::Agency`].
    pub agency: Option<String>,
}

/// Somebody who proved who they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Principal {
    /// A user's name, or `token:` and a token's label. A user's name has no colon, so neither
    /// can pass for the other.
    pub name: String,
    /// The user; none for a token.
    pub user_id: Option<Uuid>,
    /// The token; none for a user.
    pub token_id: Option<Uuid>,
    /// Every right held.
    pub grants: Vec<Grant>,
    /// The inbound channel that a token is narrowed to.
    pub channel: Option<String>,
    /// Digest of the secret shown.
    pub credential: [u8; 32],
    /// Whether the secret came in a cookie: then the Origin must be checked
    /// ([`super::origin::same_origin`]).
    pub by_cookie: bool,
    /// When it ends by itself, epoch µs; `i64::MAX` for never.
    pub expires_at: i64,
}

impl Grant {
    /// The right in a row; none, with a warning, for a row that gives no clear right. What is
    /// not understood must never give more than was meant.
    pub(super) fn from_row(row: &GrantRow) -> Option<Self> {
        Self::understood(&row.centre, &row.role, row.agency.as_deref())
    }

    pub(super) fn understood(centre: &str, role: &str, agency: Option<&str>) -> Option<Self> {
        let Some(known) = Role::from_code(role) else {
            tracing::warn!(centre.code = centre, grant.role = role, "a right names an unknown role: ignored");
            return None;
        };
        let grant = Self { centre: centre.to_owned(), role: known, agency: agency.map(str::to_owned) };
        if !grant.is_clear() {
            tracing::warn!(centre.code = centre, grant.role = role, "a right misfits its agency: ignored");
            return None;
        }
        Some(grant)
    }

    /// Whether the agency is there exactly when the role needs it.
    pub(super) fn is_clear(&self) -> bool {
        (self.role == Role::Agency) == self.agency.is_some()
    }

    pub(super) fn to_row(&self, user_id: Uuid) -> GrantRow {
        GrantRow {
            user_id,
            centre: self.centre.clone(),
            role: self.role.code().to_owned(),
            agency: self.agency.clone(),
        }
    }
}

impl Principal {
    pub(super) fn of_session(session: &SessionRow, user: UserRow, grants: &[GrantRow]) -> Self {
        Self {
            name: user.name,
            user_id: Some(user.id),
            token_id: None,
            grants: grants.iter().filter_map(Grant::from_row).collect(),
            channel: None,
            credential: session.token_hash,
            by_cookie: false,
            expires_at: session.expires_at,
        }
    }

    pub(super) fn of_token(token: TokenRow) -> Self {
        let grant = Grant::understood(&token.centre, &token.role, token.agency.as_deref());
        Self {
            name: format!("token:{}", token.label),
            user_id: None,
            token_id: Some(token.id),
            grants: grant.into_iter().collect(),
            channel: token.channel,
            credential: token.token_hash,
            by_cookie: false,
            expires_at: token.expires_at.unwrap_or(i64::MAX),
        }
    }

    /// The right under which they act in a centre: of several, the one that may do most.
    pub fn grant_in(&self, centre: &str) -> Option<&Grant> {
        self.grants.iter().filter(|grant| grant.centre == centre).min_by_key(|grant| precedence(grant.role))
    }

    /// The actor that events in this centre name; none without a right there.
    pub fn actor_in(&self, centre: &str) -> Option<Actor> {
        self.grant_in(centre).map(|grant| Actor {
            name: self.name.clone(),
            role: Some(grant.role),
            agency: grant.agency.clone(),
        })
    }

    /// Whether the other has the same rights; a socket's audience hangs on them.
    pub(super) fn has_rights_of(&self, other: &Self) -> bool {
        self.channel == other.channel
            && self.grants.len() == other.grants.len()
            && self.grants.iter().all(|grant| other.grants.contains(grant))
    }
}

/// Lower acts first.
const fn precedence(role: Role) -> u8 {
    match role {
        Role::Admin => 0,
        Role::Supervisor => 1,
        Role::Operator => 2,
        Role::Trainer => 3,
        Role::Agency => 4,
        Role::Auditor => 5,
        Role::Intake => 6,
    }
}

// By hand: the digest finds the session in the database, so it stays out of logs.
impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Principal")
            .field("name", &self.name)
            .field("user_id", &self.user_id)
            .field("token_id", &self.token_id)
            .field("grants", &self.grants)
            .field("by_cookie", &self.by_cookie)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn principal(grants: &[(&str, Role, Option<&str>)]) -> Principal {
        Principal {
            name: "sari".into(),
            user_id: Some(Uuid::nil()),
            token_id: None,
            grants: grants
                .iter()
                .map(|(centre, role, agency)| Grant {
                    centre: (*centre).into(),
                    role: *role,
                    agency: agency.map(str::to_owned),
                })
                .collect(),
            channel: None,
            credential: [0xab; 32],
            by_cookie: true,
            expires_at: 0,
        }
    }

    #[test]
    fn the_strongest_right_of_the_centre_counts() {
        use Role::{Admin, Agency, Auditor, Intake, Operator, Supervisor, Trainer};
        let order = [Admin, Supervisor, Operator, Trainer, Agency, Auditor, Intake];
        for (at, role) in order.into_iter().enumerate() {
            let mut grants: Vec<_> = order[at..].iter().rev().map(|role| ("kediri", *role, None)).collect();
            grants.push(("malang", Admin, None));
            assert_eq!(principal(&grants).grant_in("kediri").unwrap().role, role);
        }
        assert!(principal(&[("malang", Admin, None)]).grant_in("kediri").is_none());
    }

    #[test]
    fn the_actor_names_role_and_agency() {
        let actor = principal(&[("kediri", Role::Agency, Some("damkar"))]).actor_in("kediri").unwrap();
        let expected = Actor { name: "sari".into(), role: Some(Role::Agency), agency: Some("damkar".into()) };
        assert_eq!(actor, expected);
        assert!(principal(&[]).actor_in("kediri").is_none());
    }

    #[test]
    fn an_unclear_right_is_no_right() {
        let table = [
            ("operator", None, true),
            ("agency", Some("damkar"), true),
            ("agency", None, false),
            ("operator", Some("damkar"), false),
            ("owner", None, false),
        ];
        for (role, agency, clear) in table {
            assert_eq!(Grant::understood("kediri", role, agency).is_some(), clear, "{role} {agency:?}");
        }
    }

    #[test]
    fn rights_are_the_same_in_any_order() {
        let both = [("kediri", Role::Operator, None), ("latihan", Role::Trainer, None)];
        let swapped = [both[1], both[0]];
        assert!(principal(&both).has_rights_of(&principal(&swapped)));
        assert!(!principal(&both).has_rights_of(&principal(&both[..1])));
        assert!(!principal(&both[..1]).has_rights_of(&principal(&both[1..])));
    }

    #[test]
    fn debug_hides_the_credential() {
        let shown = format!("{:?}", principal(&[]));
        assert!(shown.contains("sari") && !shown.contains("171") && !shown.contains("credential"), "{shown}");
    }
}
