//! Whom an agency's dispatches reach, as people see and set it.

use std::collections::BTreeMap;

use kentongan_domain::delivery::DeliveryChannel;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::requests::InstantInput;

/// A duty contact of an agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ContactView {
    /// Its code, unique in the agency.
    pub code: String,
    /// Who it is.
    pub name: String,
    /// Number to ring.
    pub phone: Option<String>,
    /// Who comes first when nobody is on duty; the smallest first.
    pub place: u16,
    /// Its address by channel.
    #[ts(type = "Partial<Record<DeliveryChannel, string>>")]
    pub channels: BTreeMap<DeliveryChannel, String>,
    /// Whether dispatches are told to it now, and as the how manieth: 1 first contact, 2 second …
    pub on_duty: Option<u16>,
}

/// A contact's turn of duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct DutyView {
    /// The contact's code.
    pub contact: String,
    /// From when (epoch µs).
    #[ts(type = "number")]
    pub from: i64,
    /// Until before when (epoch µs).
    #[ts(type = "number")]
    pub until: i64,
    /// 1 first contact, 2 second contact …
    pub place: u16,
}

/// `GET …/agencies/{code}/contacts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ContactsAnswer {
    /// The contacts, the first first.
    pub contacts: Vec<ContactView>,
    /// Turns of duty that are not over.
    pub duties: Vec<DutyView>,
    /// Channels of the agency itself besides its console: webhook, push.
    pub links: Vec<DeliveryChannel>,
}

/// `PUT …/agencies/{code}/contacts/{contact}`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutContact {
    /// Who it is, up to 200 characters.
    pub name: String,
    /// Number to ring.
    #[serde(default)]
    #[ts(optional)]
    pub phone: Option<String>,
    /// Who comes first when nobody is on duty; default 1.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<u16>,
    /// Its address by channel: number, chat id, e-mail address.
    #[serde(default)]
    #[ts(optional, type = "Partial<Record<DeliveryChannel, string>>")]
    pub channels: Option<BTreeMap<DeliveryChannel, String>>,
}

/// `PUT …/agencies/{code}/duties`: replaces every turn that is not over.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDuties {
    /// The turns.
    pub duties: Vec<DutyInput>,
}

/// A turn of duty as it is set.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DutyInput {
    /// The contact's code.
    pub contact: String,
    /// From when.
    pub from: InstantInput,
    /// Until before when.
    pub until: InstantInput,
    /// 1 first contact (default), 2 second contact …
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<u16>,
}
