//! An agency's contacts and their turns of duty: read by the desk and the agency, set by the agency itself,
//! supervisors and administrators.

use std::collections::{BTreeMap, BTreeSet};

use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::duty::AgencyDuty;
use kentongan_domain::people::Role;
use kentongan_protocol::duty::{ContactView, ContactsAnswer, DutyView, PutContact, PutDuties};
use kentongan_store::rows::{ContactLinkRow, ContactRow, DutyRow};

use super::body::{Json, bounded};
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Path;
use super::reports::instant;
use crate::platform::Platform;

const NAME_MAX_CHARS: usize = 200;
const TARGET_MAX_CHARS: usize = 320;
/// Contacts of an agency at most.
const MOST_CONTACTS: usize = 100;
/// Turns of duty at most: three contacts, three shifts a day, a year.
const MOST_DUTIES: usize = 4_000;

/// Channels that a person can have; the others are the agency's own.
const OF_PEOPLE: [DeliveryChannel; 6] = [
    DeliveryChannel::Telegram,
    DeliveryChannel::Line,
    DeliveryChannel::Whatsapp,
    DeliveryChannel::Gateway,
    DeliveryChannel::Email,
    DeliveryChannel::Sms,
];

/// `GET …/agencies/{id}/contacts`.
pub async fn list(
    caller: Caller,
    Path((_, agency)): Path<(String, String)>,
) -> Result<axum::Json<ContactsAnswer>, ApiError> {
    may_see(&caller, &agency)?;
    Ok(axum::Json(answer(&caller, &agency).await?))
}

/// `PUT …/agencies/{id}/contacts/{contact}`.
pub async fn put(
    caller: Caller,
    Path((_, agency, code)): Path<(String, String, String)>,
    Json { value: body, .. }: Json<PutContact>,
) -> Result<axum::Json<ContactsAnswer>, ApiError> {
    may_set(&caller, &agency)?;
    let centre = &caller.centre;
    let fits = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, '-' | '_');
    if code.is_empty() || code.len() > 40 || !code.chars().all(fits) {
        return Err(ApiError::bad_parameter(
            "contact",
            "a contact's code is 1 to 40 lower case letters, digits, - and _",
        ));
    }
    // In deliveries the agency's own code stands for its console.
    if code == agency {
        return Err(ApiError::bad_parameter("contact", "a contact cannot have the agency's own code"));
    }
    let name = bounded(Some(body.name), "/name", NAME_MAX_CHARS)?.unwrap_or_default();
    if name.trim().is_empty() {
        return Err(ApiError::invalid("/name", "say who it is"));
    }
    let phone = bounded(body.phone, "/phone", 40)?.filter(|phone| !phone.trim().is_empty());
    let known = centre.duty.now().get(&agency).map_or(0, |duty| duty.contacts.len());
    if known >= MOST_CONTACTS {
        return Err(ApiError::invalid("", format!("an agency has at most {MOST_CONTACTS} contacts")));
    }
    let mut links = Vec::new();
    for (channel, target) in body.channels.unwrap_or_default() {
        let pointer = format!("/channels/{}", channel.code());
        if !OF_PEOPLE.contains(&channel) {
            return Err(ApiError::invalid(pointer, "this channel belongs to the agency, not to a person"));
        }
        let target = bounded(Some(target), &pointer, TARGET_MAX_CHARS)?.unwrap_or_default();
        let target = target_of(channel, &target).map_err(|detail| ApiError::invalid(pointer, detail))?;
        links.push(ContactLinkRow {
            agency: agency.clone(),
            contact: code.clone(),
            channel: channel.code().to_owned(),
            target,
        });
    }
    let row = ContactRow {
        agency: agency.clone(),
        code,
        name,
        phone,
        place: i64::from(body.place.unwrap_or(1)),
        changed_at: Platform.now(),
    };
    centre.store.put_contact(&centre.code, &row, &links).await?;
    changed(&caller, &agency, &format!("contact {} set", row.code)).await
}

/// `DELETE …/agencies/{id}/contacts/{contact}`.
pub async fn remove(
    caller: Caller,
    Path((_, agency, code)): Path<(String, String, String)>,
) -> Result<axum::Json<ContactsAnswer>, ApiError> {
    may_set(&caller, &agency)?;
    if !caller.centre.store.remove_contact(&caller.centre.code, &agency, &code).await? {
        return Err(ApiError::not_found("the contact"));
    }
    changed(&caller, &agency, &format!("contact {code} removed")).await
}

/// `PUT …/agencies/{id}/duties`.
pub async fn put_duties(
    caller: Caller,
    Path((_, agency)): Path<(String, String)>,
    Json { value: body, .. }: Json<PutDuties>,
) -> Result<axum::Json<ContactsAnswer>, ApiError> {
    may_set(&caller, &agency)?;
    let centre = &caller.centre;
    if body.duties.len() > MOST_DUTIES {
        return Err(ApiError::invalid("/duties", format!("at most {MOST_DUTIES} turns")));
    }
    let book = centre.duty.now();
    let known: BTreeSet<&str> =
        book.get(&agency).into_iter().flat_map(|duty| &duty.contacts).map(|one| one.code.as_str()).collect();
    let (now, mut rows) = (Platform.now(), Vec::with_capacity(body.duties.len()));
    let mut begun = BTreeSet::new();
    for (at, duty) in body.duties.into_iter().enumerate() {
        if !known.contains(duty.contact.as_str()) {
            let detail = format!("{} is no contact of {agency}", duty.contact);
            return Err(ApiError::invalid(format!("/duties/{at}/contact"), detail));
        }
        let (starts_at, ends_at) = (
            instant(duty.from, &format!("/duties/{at}/from"))?,
            instant(duty.until, &format!("/duties/{at}/until"))?,
        );
        if ends_at <= starts_at {
            return Err(ApiError::invalid(format!("/duties/{at}/until"), "a turn ends after it has begun"));
        }
        if ends_at <= now {
            return Err(ApiError::invalid(format!("/duties/{at}/until"), "this turn is over already"));
        }
        if !begun.insert((duty.contact.clone(), starts_at)) {
            return Err(ApiError::invalid(format!("/duties/{at}"), "this turn stands twice"));
        }
        let place = i64::from(duty.place.unwrap_or(1));
        rows.push(DutyRow { agency: agency.clone(), contact: duty.contact, starts_at, ends_at, place });
    }
    centre.store.set_duties(&centre.code, &agency, &rows, now).await?;
    changed(&caller, &agency, "duties set").await
}

/// An address as its channel takes it.
fn target_of(channel: DeliveryChannel, target: &str) -> Result<String, &'static str> {
    let target = target.trim();
    if target.is_empty() || target.chars().any(char::is_control) {
        return Err("an address is needed, in one line");
    }
    match channel {
        DeliveryChannel::Sms | DeliveryChannel::Whatsapp | DeliveryChannel::Gateway => {
            let digits: String = target.chars().filter(char::is_ascii_digit).collect();
            let rest = target.chars().all(|sign| sign.is_ascii_digit() || "+ -.()".contains(sign));
            if !rest || !(6..=15).contains(&digits.len()) {
                return Err("a telephone number is needed, e.g. +62812…");
            }
            // One spelling, so that an answer from it is recognised.
            Ok(match digits.strip_prefix('0') {
                Some(local) => format!("+62{local}"),
                None => format!("+{digits}"),
            })
        }
        DeliveryChannel::Email => {
            let halves = target.split_once('@');
            let fits = halves.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            if fits && !target.contains(' ') {
                Ok(target.to_owned())
            } else {
                Err("an e-mail address is needed")
            }
        }
        DeliveryChannel::Telegram => {
            target.parse::<i64>().map(|id| id.to_string()).map_err(|_| "a chat id is needed, a whole number")
        }
        DeliveryChannel::Line
        | DeliveryChannel::Console
        | DeliveryChannel::Webhook
        | DeliveryChannel::Push => Ok(target.to_owned()),
    }
}

async fn changed(caller: &Caller, agency: &str, what: &str) -> Result<axum::Json<ContactsAnswer>, ApiError> {
    let centre = &caller.centre;
    centre.duty.refresh(&centre.store, &centre.code).await?;
    tracing::info!(centre = %centre.code, agency, actor = %caller.actor.name, "{what}");
    Ok(axum::Json(answer(caller, agency).await?))
}

async fn answer(caller: &Caller, agency: &str) -> Result<ContactsAnswer, ApiError> {
    let centre = &caller.centre;
    let (now, book) = (Platform.now(), centre.duty.now());
    let none = AgencyDuty::default();
    let duty = book.get(agency).unwrap_or(&none);
    let on_duty: BTreeMap<String, u16> =
        duty.on_duty(now).into_iter().map(|one| one.code.clone()).zip(1_u16..).collect();
    let links = centre.store.contact_links(&centre.code).await?;
    let contacts = centre.store.contacts(&centre.code).await?.into_iter();
    let contacts = contacts.filter(|row| row.agency == agency).map(|row| ContactView {
        channels: links
            .iter()
            .filter(|link| link.agency == agency && link.contact == row.code)
            .filter_map(|link| Some((DeliveryChannel::from_code(&link.channel)?, link.target.clone())))
            .collect(),
        on_duty: on_duty.get(&row.code).copied(),
        code: row.code,
        name: row.name,
        phone: row.phone,
        place: u16::try_from(row.place).unwrap_or(u16::MAX),
    });
    let duties = duty.spans.iter().filter(|span| span.until > now).map(|span| DutyView {
        contact: span.contact.clone(),
        from: span.from,
        until: span.until,
        place: span.place,
    });
    Ok(ContactsAnswer {
        contacts: contacts.collect(),
        duties: duties.collect(),
        links: duty.links.iter().copied().collect(),
    })
}

/// Another agency's contacts do not exist for this one.
fn may_see(caller: &Caller, agency: &str) -> Result<(), ApiError> {
    let foreign = caller.is_agency() && caller.grant.agency.as_deref() != Some(agency);
    if foreign || caller.centre.reference.agency(agency).is_none() {
        return Err(ApiError::not_found("the agency"));
    }
    Ok(())
}

fn may_set(caller: &Caller, agency: &str) -> Result<(), ApiError> {
    may_see(caller, agency)?;
    let may =
        caller.is_agency() || matches!(caller.grant.role, Role::Supervisor | Role::Admin | Role::Trainer);
    if may { Ok(()) } else { Err(ApiError::forbidden()) }
}
