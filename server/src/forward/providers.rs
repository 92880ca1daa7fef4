//! The senders of one live centre, by channel, with what each provider takes.
//!
//! Made from the settings and a permit; a channel whose provider is not set up has none, and what is due on
//! it fails with `no_provider`, where the desk sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use kentongan_domain::delivery::DeliveryChannel;

use super::dial::Dialler;
use super::email::EmailSender;
use super::gateway::{Gateway, GatewaySender};
use super::lanes::Limits;
use super::line::LineSender;
use super::push::PushSender;
use super::sender::{Permit, Sender};
use super::settings::{ForwardSettings, Pace};
use super::sms::SmsSender;
use super::telegram::TelegramSender;
use super::vapid::Vapid;
use super::webhook::WebhookSender;
use super::whatsapp::WhatsappSender;

/// What one agency's own server takes.
const WEBHOOK: Limits = Limits { per_second: 50.0, burst: 100, at_once: 16 };
/// What push services take, for one agency's browsers.
const PUSH: Limits = Limits { per_second: 50.0, burst: 200, at_once: 16 };

/// A channel's sender and pace.
#[derive(Clone)]
pub struct Provider {
    /// What sends.
    pub sender: Arc<dyn Sender>,
    /// What the provider takes, and its heartbeat.
    pub pace: Pace,
}

/// The providers of a live centre.
#[derive(Clone)]
pub struct Providers(BTreeMap<DeliveryChannel, Provider>);

impl Providers {
    /// Those that are set up.
    ///
    /// # Errors
    /// When one's settings are none.
    pub fn new(permit: &Permit, settings: &ForwardSettings, vapid: &Vapid) -> anyhow::Result<Self> {
        let dialler = Dialler::new(permit, settings.targets.clone())?;
        let dial = || dialler.clone();
        let mut held = BTreeMap::new();
        let mut add = |sender: Arc<dyn Sender>, pace: Pace| {
            held.insert(sender.channel(), Provider { sender, pace });
        };
        let quiet = |limits| Pace { limits, test_contact: None, test_every_us: i64::MAX };
        add(Arc::new(WebhookSender::new(permit, dial())), quiet(WEBHOOK));
        let push = settings.push.as_ref().map_or(PUSH, |push| push.pace.limits);
        add(Arc::new(PushSender::new(permit, dial(), vapid.clone())), quiet(push));
        if let Some(set) = &settings.telegram {
            let sender = TelegramSender::new(permit, dial(), &set.with.api, set.with.token.clone());
            add(Arc::new(sender), set.pace.clone());
        }
        if let Some(set) = &settings.line {
            let sender = LineSender::new(permit, dial(), &set.with.api, set.with.token.clone());
            add(Arc::new(sender), set.pace.clone());
        }
        if let Some(set) = &settings.whatsapp {
            let (with, token) = (&set.with, set.with.token.clone());
            let templates = with.templates.clone();
            let sender = WhatsappSender::new(permit, dial(), &with.api, &with.number_id, token, templates);
            add(Arc::new(sender), set.pace.clone());
        }
        if let Some(set) = &settings.gateway {
            let gateway = Gateway::new(permit, dial(), set.with.dialect.clone(), set.with.secret.clone())?;
            add(Arc::new(GatewaySender::new(gateway)), set.pace.clone());
        }
        if let Some(set) = &settings.sms {
            let gateway = Gateway::new(permit, dial(), set.with.dialect.clone(), set.with.secret.clone())?;
            add(Arc::new(SmsSender::new(gateway)), set.pace.clone());
        }
        if let Some(set) = &settings.email {
            let sender = EmailSender::new(permit, &set.with.server, set.with.password.clone())?;
            add(Arc::new(sender), set.pace.clone());
        }
        Ok(Self(held))
    }

    /// A channel's.
    pub fn get(&self, channel: DeliveryChannel) -> Option<&Provider> {
        self.0.get(&channel)
    }

    /// Every one.
    pub fn all(&self) -> impl Iterator<Item = (DeliveryChannel, &Provider)> {
        self.0.iter().map(|(channel, provider)| (*channel, provider))
    }

    /// What a channel's provider takes; of one that is not set up as much as can fail at once.
    pub fn limits(&self, channel: DeliveryChannel) -> Limits {
        self.get(channel).map_or(WEBHOOK, |provider| provider.pace.limits)
    }
}
