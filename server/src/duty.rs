//! The duty book of a centre: whom its agencies' dispatches reach, as the core needs it, kept in step with
//! the tables.
//!
//! This node knows a change at once; another one looks every ten seconds. Names and addresses stay in the
//! tables: what is made of them here are codes and channels.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::duty::{DutyBook, DutyContact, DutySpan};
use kentongan_domain::ids::EpochUs;
use kentongan_store::{Store, StoreError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::platform::Platform;

/// How often other nodes' changes are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// A duty book that can be replaced.
#[derive(Debug)]
pub struct Duty {
    book: watch::Sender<Arc<DutyBook>>,
}

impl Duty {
    /// The book as it is stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn open(store: &Arc<dyn Store>, centre: &str) -> Result<Self, StoreError> {
        let book = read(store, centre, Platform.now()).await?;
        Ok(Self { book: watch::channel(Arc::new(book)).0 })
    }

    /// Follows it: the writer decides by the newest.
    pub fn reader(&self) -> watch::Receiver<Arc<DutyBook>> {
        self.book.subscribe()
    }

    /// As it is now.
    pub fn now(&self) -> Arc<DutyBook> {
        Arc::clone(&self.book.borrow())
    }

    /// Reads it again.
    ///
    /// # Errors
    /// When the store cannot be read; then it stays as it was.
    pub async fn refresh(&self, store: &Arc<dyn Store>, centre: &str) -> Result<(), StoreError> {
        let book = read(store, centre, Platform.now()).await?;
        self.book.send_if_modified(|held| {
            let changed = **held != book;
            if changed {
                *held = Arc::new(book);
            }
            changed
        });
        Ok(())
    }
}

/// Follows what other nodes change, until it is stopped.
pub async fn follow(duty: Arc<Duty>, store: Arc<dyn Store>, centre: String, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => return,
        }
        if let Err(error) = duty.refresh(&store, &centre).await {
            tracing::warn!(centre, %error, "the duty book could not be read; it stays as it was");
        }
    }
}

async fn read(store: &Arc<dyn Store>, centre: &str, now: EpochUs) -> Result<DutyBook, StoreError> {
    let mut book = DutyBook::new();
    let links = store.contact_links(centre).await?;
    for row in store.contacts(centre).await? {
        let channels: BTreeSet<DeliveryChannel> = links
            .iter()
            .filter(|link| link.agency == row.agency && link.contact == row.code)
            .filter_map(|link| DeliveryChannel::from_code(&link.channel))
            .collect();
        let place = u16::try_from(row.place).unwrap_or(u16::MAX);
        let contact = DutyContact { code: row.code, place, channels };
        book.entry(row.agency).or_default().contacts.push(contact);
    }
    // What is over stays in the book until it is read again; the core compares the instants.
    for row in store.duties(centre, now).await? {
        let span = DutySpan {
            contact: row.contact,
            from: row.starts_at,
            until: row.ends_at,
            place: u16::try_from(row.place).unwrap_or(u16::MAX),
        };
        book.entry(row.agency).or_default().spans.push(span);
    }
    for endpoint in store.endpoints(centre).await?.into_iter().filter(|endpoint| endpoint.active) {
        if let Some(channel) = DeliveryChannel::from_code(&endpoint.channel) {
            book.entry(endpoint.agency).or_default().links.insert(channel);
        }
    }
    for push in store.pushes(centre).await? {
        book.entry(push.agency).or_default().links.insert(DeliveryChannel::Push);
    }
    Ok(book)
}
