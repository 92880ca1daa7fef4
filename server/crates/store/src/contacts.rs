//! The part of the store that knows whom agencies' dispatches reach.

use async_trait::async_trait;
use uuid::Uuid;

use crate::rows::{ContactLinkRow, ContactRow, DutyRow, PhotoRow, PushRow};
use crate::store::Stored;

/// Contacts, duties, browsers to notify, secrets the server made for itself, and pictures from the field.
#[async_trait]
pub trait ContactStore {
    /// Stores a contact with all its links; what it had before is replaced.
    async fn put_contact(&self, centre: &str, contact: &ContactRow, links: &[ContactLinkRow]) -> Stored<()>;
    /// Takes a contact away with its links and duties; false when there is none.
    async fn remove_contact(&self, centre: &str, agency: &str, code: &str) -> Stored<bool>;
    /// All contacts of a centre by agency and place.
    async fn contacts(&self, centre: &str) -> Stored<Vec<ContactRow>>;
    /// All links of contacts of a centre.
    async fn contact_links(&self, centre: &str) -> Stored<Vec<ContactLinkRow>>;
    /// Replaces an agency's duties that end after `now`; what is over stays.
    async fn set_duties(&self, centre: &str, agency: &str, duties: &[DutyRow], now: i64) -> Stored<()>;
    /// Duties of a centre that end after `after`, by agency and start.
    async fn duties(&self, centre: &str, after: i64) -> Stored<Vec<DutyRow>>;
    /// Stores a browser, or changes a known one.
    async fn put_push(&self, centre: &str, push: &PushRow) -> Stored<()>;
    /// Forgets a browser; false when it was not known.
    async fn drop_push(&self, centre: &str, endpoint: &str) -> Stored<bool>;
    /// All browsers of a centre.
    async fn pushes(&self, centre: &str) -> Stored<Vec<PushRow>>;
    /// The secret of that name; stores `body` when there is none yet. The first one stored stays.
    async fn secret(&self, name: &str, body: &str, now: i64) -> Stored<String>;
    /// Stores a picture.
    async fn put_photo(&self, centre: &str, photo: &PhotoRow) -> Stored<()>;
    /// A picture; its body is none when it was erased.
    async fn photo(&self, centre: &str, id: Uuid) -> Stored<Option<PhotoRow>>;
    /// Takes away a picture that no event names; false when there is none.
    async fn drop_photo(&self, centre: &str, id: Uuid) -> Stored<bool>;
    /// Empties a picture, like [`crate::Store::erase_person`].
    async fn erase_photo(&self, centre: &str, id: Uuid, at: i64) -> Stored<bool>;
}
