//! One attempt: an offer or an answer to a neighbouring centre, in this server or another one.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::Command;
use kentongan_domain::handover::{HandoverResult, HandoverState};
use kentongan_domain::ids::{EpochUs, IncidentId, ReportId, TransferId};
use kentongan_protocol::neighbours::{HandoverNoted, HandoverOffer, HandoverReceived, HandoverReply};
use kentongan_store::Store;
use kentongan_store::rows::EndpointRow;

use super::link::{CHANNEL, Said, post};
use crate::centre::{Centre, Centres, LiveCentre};
use crate::command::{Submission, SubmitError};
use crate::forward::dial::Dialler;
use crate::forward::sender::Failure;
use crate::intake::neighbour::{NotTaken, is_code, receive, take_answer};
use crate::platform::Platform;

/// Pause before the outcome of an attempt is noted again when the store refused it.
const NOTE_AGAIN: Duration = Duration::from_millis(500);

/// So often a neighbour must say that it knows of no such offer.
const SURE_AFTER: u32 = 4;

/// How a live centre reaches its neighbours.
#[derive(Debug)]
pub struct Ways {
    pub live: LiveCentre,
    pub centres: Arc<Centres>,
    pub store: Arc<dyn Store>,
    pub dialler: Dialler,
}

/// What an attempt is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// An incident of ours, offered.
    Offer(IncidentId, TransferId),
    /// A report that was handed to us, decided.
    Answer(ReportId),
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is left to do.
    Done,
    /// To be made again, no sooner than this many milliseconds from now where the other side asked for it.
    Again(Option<u64>),
}

/// The way to one neighbour.
enum Way {
    Here(Arc<Centre>),
    There(Box<EndpointRow>),
}

impl Ways {
    fn centre(&self) -> &Centre {
        self.live.centre()
    }

    /// Makes one attempt, after so many.
    pub async fn attempt(&self, task: Task, before: u32) -> Outcome {
        match task {
            Task::Offer(incident, transfer) => self.offer(incident, transfer).await,
            Task::Answer(report) => self.answer(report, before).await,
        }
    }

    /// Looked up anew each time: an address set by the command line counts at once.
    async fn way_to(&self, neighbour: &str) -> Result<Way, Failure> {
        if let Some(centre) = self.centres.get(neighbour) {
            return Ok(Way::Here(Arc::clone(centre)));
        }
        let endpoints = self.store.endpoints(&self.centre().code).await;
        let endpoints = endpoints.map_err(|_| Failure::again("store"))?;
        let fits = |row: &EndpointRow| row.active && row.channel == CHANNEL && row.agency == neighbour;
        let found = endpoints.into_iter().find(fits).ok_or_else(|| Failure::again("no_address"))?;
        Ok(Way::There(Box::new(found)))
    }

    async fn offer(&self, incident: IncidentId, transfer: TransferId) -> Outcome {
        // Answered, withdrawn or over since.
        let Some(offer) = compose(self.centre(), incident, transfer) else { return Outcome::Done };
        let (started, to) = (Platform.now(), offer.to.clone());
        let told = self.deliver_offer(offer, started).await;
        let (stage, result, outcome) = match told {
            Ok(Said::Yes(received)) => {
                ("received".to_owned(), HandoverResult::Received { number: received.number }, Outcome::Done)
            }
            Ok(Said::No(reason)) => {
                ("answered".to_owned(), HandoverResult::Refused { reason }, Outcome::Done)
            }
            Err(failure) => {
                tracing::warn!(
                    centre = %self.centre().code,
                    incident.id = %incident,
                    transfer.id = %transfer,
                    neighbour = %to,
                    error = %failure.code,
                    "an incident could not be handed over yet"
                );
                let again = Outcome::Again(failure.retry_after_ms);
                (format!("failed/{started}"), HandoverResult::Failed { error: failure.code }, again)
            }
        };
        self.note(incident, transfer, &stage, result).await;
        outcome
    }

    async fn deliver_offer(
        &self,
        offer: HandoverOffer,
        now: EpochUs,
    ) -> Result<Said<HandoverReceived>, Failure> {
        match self.way_to(&offer.to).await? {
            Way::Here(centre) => match centre.live() {
                None => Ok(Said::No("drill_centre".to_owned())),
                Some(live) => receive(&live, offer, now).await.map(Said::Yes).map_err(|error| failed(&error)),
            },
            Way::There(endpoint) => {
                let path = format!("/api/v1/centres/{}/handovers", offer.to);
                let said: Said<HandoverReceived> =
                    post(&self.dialler, &endpoint, &path, offer.transfer, &offer, now).await?;
                match said {
                    Said::Yes(received) if !is_code(&received.number) => {
                        Err(Failure::again("strange_answer"))
                    }
                    said => Ok(said),
                }
            }
        }
    }

    async fn answer(&self, report: ReportId, before: u32) -> Outcome {
        let Some(reply) = reply_of(self.centre(), report) else { return Outcome::Done };
        let (transfer, to) = (reply.transfer, reply.to.clone());
        match self.deliver_reply(&reply, Platform.now()).await {
            Ok(Said::Yes(_)) => Outcome::Done,
            // Another node of theirs may not have read it yet.
            Ok(Said::No(_)) if before < SURE_AFTER => Outcome::Again(None),
            Ok(Said::No(code)) => {
                tracing::info!(transfer.id = %transfer, neighbour = %to, code, "an answer was not wanted");
                Outcome::Done
            }
            Err(failure) => {
                tracing::warn!(
                    centre = %self.centre().code,
                    report.id = %report,
                    transfer.id = %transfer,
                    neighbour = %to,
                    error = %failure.code,
                    "a hand-over could not be answered yet"
                );
                Outcome::Again(failure.retry_after_ms)
            }
        }
    }

    async fn deliver_reply(
        &self,
        reply: &HandoverReply,
        now: EpochUs,
    ) -> Result<Said<HandoverNoted>, Failure> {
        match self.way_to(&reply.to).await? {
            Way::Here(centre) => match centre.live() {
                None => Ok(Said::No("drill_centre".to_owned())),
                Some(live) => match take_answer(&live, reply, now).await {
                    Ok(noted) => Ok(Said::Yes(noted)),
                    Err(NotTaken::Unknown) => Ok(Said::No("unknown_transfer".to_owned())),
                    Err(error) => Err(failed(&error)),
                },
            },
            Way::There(endpoint) => {
                let path = format!("/api/v1/centres/{}/handovers/{}/answer", reply.to, reply.transfer);
                post(&self.dialler, &endpoint, &path, reply.transfer, reply, now).await
            }
        }
    }

    /// Notes what became of an offer until the store takes it.
    async fn note(&self, incident: IncidentId, transfer: TransferId, stage: &str, result: HandoverResult) {
        let key = format!("handover/{transfer}/{stage}");
        loop {
            let command = Command::RecordHandover { incident, transfer, result: result.clone() };
            let submission = Submission::of_system(&key, command, Platform.now());
            match self.centre().commands.submit(submission).await {
                Ok(_) | Err(SubmitError::Rejected(_) | SubmitError::KeyReused) => return,
                Err(error) => {
                    tracing::warn!(transfer.id = %transfer, %error, "an outcome could not be noted yet");
                    tokio::time::sleep(NOTE_AGAIN).await;
                }
            }
        }
    }
}

fn failed(error: &NotTaken) -> Failure {
    Failure::again(match error {
        NotTaken::Field(..) => "invalid_field",
        NotTaken::Unknown => "unknown_transfer",
        NotTaken::Submit(_) => "unavailable",
        NotTaken::Internal(_) => "internal",
    })
}

/// What is offered, as it stands now; none when it waits no more to be received.
fn compose(centre: &Centre, incident: IncidentId, transfer: TransferId) -> Option<HandoverOffer> {
    let profile = &centre.reference.pack.profile;
    centre.hub.read(|memory| {
        let held = memory.incident(incident)?;
        let of = held.incident.handover.as_ref()?;
        if of.transfer != transfer || of.state != HandoverState::Offered || !held.incident.state.is_live() {
            return None;
        }
        let reports = held.incident.reports.iter().filter_map(|id| memory.report(*id));
        let first = reports.min_by_key(|report| (report.report.received_at, report.report.id));
        let kind = centre.reference.incident_type(&held.incident.type_code);
        let named = kind.map_or(held.incident.category.name_id(), |kind| kind.name_id.as_str());
        Some(HandoverOffer {
            transfer,
            from: centre.code.clone(),
            from_name: profile.name.clone(),
            to: of.to.clone(),
            number: held.incident.number.clone(),
            category: held.incident.category,
            type_code: held.incident.type_code.clone(),
            type_name: named.to_owned(),
            priority: held.incident.priority,
            place: held.incident.place.clone(),
            place_text: first.as_ref().and_then(|report| report.words.place_text.clone()),
            text: first.as_ref().and_then(|report| report.words.text.clone()),
            note: held.handover_note.clone(),
            reporter: first.as_ref().and_then(|report| report.reporter.clone()),
            opened_at: held.incident.opened_at,
        })
    })
}

/// What is answered to a report that was handed to us; none while nobody has decided it.
fn reply_of(centre: &Centre, report: ReportId) -> Option<HandoverReply> {
    centre.hub.read(|memory| {
        let held = memory.report(report)?;
        let from = held.report.handed_over.as_ref()?;
        let outcome = held.report.outcome?;
        let incident = held.report.incident.and_then(|id| memory.incident(id));
        Some(HandoverReply {
            transfer: from.transfer,
            from: centre.code.clone(),
            to: from.centre.clone(),
            accepted: outcome.joins_incident(),
            number: incident.map(|held| held.incident.number.clone()),
            reason: (!outcome.joins_incident()).then(|| outcome.code().to_owned()),
        })
    })
}
