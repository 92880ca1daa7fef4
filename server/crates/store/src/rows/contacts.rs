//! Rows of agencies' contacts, their duties, browsers that want to be notified, and pictures from the field.

use std::fmt;

use sqlx::FromRow;
use uuid::Uuid;

/// A person or desk of an agency that dispatches are told to.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct ContactRow {
    /// The agency.
    pub agency: String,
    /// Its code, unique in the agency.
    pub code: String,
    /// Who it is, for the desk.
    pub name: String,
    /// Number to ring.
    pub phone: Option<String>,
    /// Who comes first when nobody is on duty.
    pub place: i64,
    /// When it was last changed.
    pub changed_at: i64,
}

/// A channel of a contact.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct ContactLinkRow {
    /// The agency.
    pub agency: String,
    /// The contact's code.
    pub contact: String,
    /// The channel.
    pub channel: String,
    /// Number, chat id or address on that channel.
    pub target: String,
}

/// A contact's turn of duty.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DutyRow {
    /// The agency.
    pub agency: String,
    /// The contact's code.
    pub contact: String,
    /// From when.
    pub starts_at: i64,
    /// Until before when.
    pub ends_at: i64,
    /// 1 first contact, 2 second contact …
    pub place: i64,
}

/// A browser that an agency's people want to be notified in.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct PushRow {
    /// The agency.
    pub agency: String,
    /// The push service's address for it.
    pub endpoint: String,
    /// The browser's public key, base64url.
    pub p256dh: String,
    /// Its authentication secret, base64url.
    pub auth: String,
    /// Whose browser it is.
    pub user_id: Uuid,
    /// When it was made.
    pub created_at: i64,
}

// Written by hand so that no log line ever carries a name, a number or a secret.
impl fmt::Debug for ContactRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactRow")
            .field("agency", &self.agency)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ContactLinkRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactLinkRow")
            .field("agency", &self.agency)
            .field("contact", &self.contact)
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PushRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushRow").field("agency", &self.agency).finish_non_exhaustive()
    }
}

/// A picture of a scene.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct PhotoRow {
    /// Its id.
    pub id: Uuid,
    /// The dispatch it belongs to.
    pub dispatch: Uuid,
    /// `image/jpeg`, `image/png` or `image/webp`.
    pub media_type: String,
    /// The picture; none when it was erased.
    pub body: Option<Vec<u8>>,
    /// When it came.
    pub created_at: i64,
    /// When it was erased.
    pub erased_at: Option<i64>,
}

impl fmt::Debug for PhotoRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhotoRow").field("id", &self.id).finish_non_exhaustive()
    }
}
