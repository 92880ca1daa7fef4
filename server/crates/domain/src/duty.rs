//! Whom an agency's dispatches reach: its duty contacts with the channels they have, and who of them is
//! on duty when.
//!
//! Names, numbers and addresses are not here: the core knows a contact by its code.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::delivery::DeliveryChannel;
use crate::ids::EpochUs;

/// A person or desk of an agency that dispatches are told to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyContact {
    /// Its code, unique in the agency.
    pub code: String,
    /// Who comes first when nobody is on duty; the smallest first.
    pub place: u16,
    /// The channels that it can be reached on.
    pub channels: BTreeSet<DeliveryChannel>,
}

/// A contact's turn of duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutySpan {
    /// The contact's code.
    pub contact: String,
    /// From when (epoch µs).
    pub from: EpochUs,
    /// Until before when (epoch µs).
    pub until: EpochUs,
    /// First contact, second contact …; the smallest first.
    pub place: u16,
}

/// The contacts and duties of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgencyDuty {
    /// Its contacts.
    pub contacts: Vec<DutyContact>,
    /// Their turns.
    pub spans: Vec<DutySpan>,
    /// Channels of the agency itself besides its console: webhook, push.
    pub links: BTreeSet<DeliveryChannel>,
}

/// The duty book of a centre, by agency.
pub type DutyBook = BTreeMap<String, AgencyDuty>;

/// What is amiss with reaching an agency; told to the desk with the dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// The agency has no contact and no link: only its console, and the telephone.
    NoContact,
    /// Nobody of its contacts is on duty now: all are told.
    NobodyOnDuty,
}

impl AgencyDuty {
    /// Who is to be told at an instant, the first contact first. With nobody on duty it is everybody, by
    /// their place: a gap in the roster must not be silence.
    pub fn on_duty(&self, now: EpochUs) -> Vec<&DutyContact> {
        let mut turns: Vec<(u16, &DutyContact)> = self
            .spans
            .iter()
            .filter(|span| span.from <= now && now < span.until)
            .filter_map(|span| {
                self.contacts.iter().find(|one| one.code == span.contact).map(|one| (span.place, one))
            })
            .collect();
        turns.sort_by(|(one, a), (other, b)| (one, a.place, &a.code).cmp(&(other, b.place, &b.code)));
        let mut on_duty: Vec<&DutyContact> = Vec::new();
        for (_, contact) in turns {
            if on_duty.iter().all(|known| known.code != contact.code) {
                on_duty.push(contact);
            }
        }
        if on_duty.is_empty() {
            on_duty.extend(&self.contacts);
            on_duty.sort_by(|a, b| (a.place, &a.code).cmp(&(b.place, &b.code)));
        }
        on_duty
    }

    /// What is amiss with reaching the agency at an instant.
    pub fn concern(&self, now: EpochUs) -> Option<Concern> {
        if self.contacts.is_empty() {
            return self.links.is_empty().then_some(Concern::NoContact);
        }
        let any = self.spans.iter().any(|span| span.from <= now && now < span.until);
        // An agency that keeps no roster has its contacts always on duty.
        (!any && !self.spans.is_empty()).then_some(Concern::NobodyOnDuty)
    }
}
