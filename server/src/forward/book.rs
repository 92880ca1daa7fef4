//! Where contacts are reached, read from the tables when a message goes out: an address changed a second
//! ago is already in use, and one taken away is not.

use std::sync::Arc;

use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;
use kentongan_store::rows::{ContactLinkRow, EndpointRow, PushRow};
use kentongan_store::{Store, StoreError};
use tokio::sync::Mutex;

use super::address::Address;
use super::sender::Failure;

/// How long what was read is good (µs): a flood of messages reads the tables once a second.
const FRESH_US: EpochUs = 1_000_000;

#[derive(Debug)]
struct Pages {
    read_at: EpochUs,
    endpoints: Vec<EndpointRow>,
    links: Vec<ContactLinkRow>,
    browsers: Vec<PushRow>,
}

/// The addresses of one centre.
#[derive(Debug)]
pub struct Book {
    store: Arc<dyn Store>,
    centre: String,
    pages: Mutex<Option<Arc<Pages>>>,
}

impl Book {
    /// A centre's.
    pub fn new(store: Arc<dyn Store>, centre: String) -> Self {
        Self { store, centre, pages: Mutex::new(None) }
    }

    async fn pages(&self, now: EpochUs) -> Result<Arc<Pages>, StoreError> {
        let mut held = self.pages.lock().await;
        let fresh = |pages: &&Arc<Pages>| (0..FRESH_US).contains(&now.saturating_sub(pages.read_at));
        if let Some(pages) = held.as_ref().filter(fresh) {
            return Ok(Arc::clone(pages));
        }
        let pages = Arc::new(Pages {
            read_at: now,
            endpoints: self.store.endpoints(&self.centre).await?,
            links: self.store.contact_links(&self.centre).await?,
            browsers: self.store.pushes(&self.centre).await?,
        });
        *held = Some(Arc::clone(&pages));
        Ok(pages)
    }

    /// Every address that a delivery goes to: one, or for the agency's browsers as many as there are.
    ///
    /// # Errors
    /// `no_address` for good when there is none that can be used; `store` when it could not be read.
    pub async fn addresses(
        &self,
        agency: &str,
        contact: &str,
        channel: DeliveryChannel,
        now: EpochUs,
    ) -> Result<Vec<Address>, Failure> {
        let pages = self.pages(now).await.map_err(|error| {
            tracing::warn!(centre = %self.centre, %error, "addresses could not be read");
            Failure::again("store")
        })?;
        let found: Vec<Address> = match channel {
            DeliveryChannel::Webhook => {
                let of =
                    |row: &&EndpointRow| row.active && row.agency == agency && row.channel == channel.code();
                let rows = pages.endpoints.iter().filter(of);
                rows.filter_map(|row| Address::webhook(&row.target, &row.secret, row.private_allowed).ok())
                    .collect()
            }
            DeliveryChannel::Push => {
                let rows = pages.browsers.iter().filter(|row| row.agency == agency);
                rows.filter_map(|row| Address::browser(&row.endpoint, &row.p256dh, &row.auth).ok()).collect()
            }
            _ => {
                let of = |row: &&ContactLinkRow| {
                    row.agency == agency && row.contact == contact && row.channel == channel.code()
                };
                let rows = pages.links.iter().filter(of);
                rows.filter_map(|row| Address::parse(channel, &row.target).ok()).collect()
            }
        };
        if found.is_empty() { Err(Failure::for_good("no_address")) } else { Ok(found) }
    }

    /// The contacts (agency, code) that have an address on a channel by which `is` knows the writer.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn contacts_at(
        &self,
        channel: DeliveryChannel,
        now: EpochUs,
        is: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let pages = self.pages(now).await?;
        let of = |row: &&ContactLinkRow| row.channel == channel.code() && is(&row.target);
        Ok(pages.links.iter().filter(of).map(|row| (row.agency.clone(), row.contact.clone())).collect())
    }

    /// Forgets a browser that asked to be left alone.
    pub async fn drop_browser(&self, endpoint: &str) {
        match self.store.drop_push(&self.centre, endpoint).await {
            Ok(_) => *self.pages.lock().await = None,
            Err(error) => {
                tracing::warn!(centre = %self.centre, %error, "a browser that is gone could not be forgotten");
            }
        }
    }
}
