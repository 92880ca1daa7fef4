//! Text messages by an HTTP gateway: short, in the alphabet of telephones, answered with the reply code.

use async_trait::async_trait;
use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;

use super::address::Address;
use super::gateway::Gateway;
use super::message::Message;
use super::sender::{Failure, Receipt, Sender};

/// Sends text messages. Its gateway is made with a live centre's permit only.
#[derive(Debug, Clone)]
pub struct SmsSender(Gateway);

impl SmsSender {
    /// Text messages by a gateway.
    pub const fn new(gateway: Gateway) -> Self {
        Self(gateway)
    }
}

#[async_trait]
impl Sender for SmsSender {
    fn channel(&self) -> DeliveryChannel {
        DeliveryChannel::Sms
    }

    async fn send(&self, to: &Address, message: &Message, now: EpochUs) -> Result<Receipt, Failure> {
        self.0.hand_in(to, &message.sms(), &message.delivery, now).await
    }
}
