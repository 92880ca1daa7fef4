//! Where contacts are reached, read from the tables when a message goes out: an address changed a moment
//! ago is already in use, and one taken away is not.

use std::sync::Arc;

use kentongan_domain::delivery::DeliveryChannel;
use kentongan_store::rows::{ContactLinkRow, EndpointRow};
use kentongan_store::{Store, StoreError};

use super::address::Address;
use super::sender::Failure;

/// The addresses of one centre.
#[derive(Debug)]
pub struct Book {
    store: Arc<dyn Store>,
    centre: String,
}

impl Book {
    /// A centre's.
    pub fn new(store: Arc<dyn Store>, centre: String) -> Self {
        Self { store, centre }
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
    ) -> Result<Vec<Address>, Failure> {
        let found = self.read(agency, contact, channel).await.map_err(|error| {
            tracing::warn!(centre = %self.centre, %error, "addresses could not be read");
            Failure::again("store")
        })?;
        if found.is_empty() { Err(Failure::for_good("no_address")) } else { Ok(found) }
    }

    async fn read(
        &self,
        agency: &str,
        contact: &str,
        channel: DeliveryChannel,
    ) -> Result<Vec<Address>, StoreError> {
        let (store, centre) = (&self.store, &self.centre);
        Ok(match channel {
            DeliveryChannel::Webhook => {
                let of =
                    |row: &EndpointRow| row.active && row.agency == agency && row.channel == channel.code();
                let rows = store.endpoints(centre).await?.into_iter().filter(of);
                rows.filter_map(|row| Address::webhook(&row.target, &row.secret, row.private_allowed).ok())
                    .collect()
            }
            DeliveryChannel::Push => {
                let rows = store.pushes(centre).await?.into_iter().filter(|row| row.agency == agency);
                rows.filter_map(|row| Address::browser(&row.endpoint, &row.p256dh, &row.auth).ok()).collect()
            }
            _ => {
                let of = |row: &ContactLinkRow| {
                    row.agency == agency && row.contact == contact && row.channel == channel.code()
                };
                let rows = store.contact_links(centre).await?.into_iter().filter(of);
                rows.filter_map(|row| Address::parse(channel, &row.target).ok()).collect()
            }
        })
    }

    /// The contacts (agency, code) that have an address on a channel by which `is` knows the writer.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub async fn contacts_at(
        &self,
        channel: DeliveryChannel,
        is: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let links = self.store.contact_links(&self.centre).await?.into_iter();
        let of = links.filter(|row| row.channel == channel.code() && is(&row.target));
        Ok(of.map(|row| (row.agency, row.contact)).collect())
    }

    /// Forgets a browser that asked to be left alone.
    pub async fn drop_browser(&self, endpoint: &str) {
        if let Err(error) = self.store.drop_push(&self.centre, endpoint).await {
            tracing::warn!(centre = %self.centre, %error, "a browser that is gone could not be forgotten");
        }
    }
}
