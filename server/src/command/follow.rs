//! Reading on when another node has written, and starting again from the store when in doubt.
//!
//! What is read are the projections of the changed aggregates, which are the fold of the log; views of
//! them are published here as if they had been written here.

use kentongan_store::StoreError;
use tokio::sync::watch;

use super::deadlines::DeadlineQueue;
use super::load::{Loaded, load_centre, words_of};
use super::patience::patiently;
use super::rows::{dispatch_from_row, incident_from_row, report_from_row, unit_from_row};
use super::writer::Writer;
use crate::platform::Platform;
use crate::stream::Publication;

/// Rows of a kind read at once when catching up with other nodes.
const FOLLOW_ROWS: u32 = 2_000;

impl Writer {
    /// Reads what other nodes have written, publishes it here too.
    pub(super) async fn follow(&mut self) {
        match patiently(self.parts.store.head(&self.parts.centre)).await {
            Ok(Some(head)) if head.seq != self.head.seq => {
                if let Err(error) = patiently(self.catch_up()).await {
                    tracing::warn!(centre = %self.parts.centre, %error, "could not follow the log");
                    self.suspect = true;
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(centre = %self.parts.centre, %error, "could not read the log's head");
            }
        }
    }

    pub(super) async fn catch_up(&mut self) -> Result<(), StoreError> {
        let centre = &self.parts.centre;
        let rows = self.parts.store.changed_since(centre, self.head.seq, FOLLOW_ROWS).await?;
        if rows.truncated {
            return self.reload().await;
        }
        let head = rows.head;
        let (seq, committed_at) = (head.seq, Platform.now());
        let mut news = Publication { seq, committed_at, foreign: true, ..Publication::default() };
        for row in &rows.reports {
            news.reports.push(report_from_row(row)?);
        }
        for row in &rows.incidents {
            news.incidents.push(incident_from_row(row)?);
        }
        for row in &rows.dispatches {
            news.dispatches.push(dispatch_from_row(row)?);
        }
        for row in &rows.units {
            news.units.push(unit_from_row(row)?);
        }
        let (texts, people) = words_of(&self.parts.store, centre, &news).await?;
        news.texts = texts;
        news.people = people;
        news.received_at = news.committed_at;
        self.state.reports.extend(news.reports.iter().cloned().map(|held| (held.id, held)));
        self.state.incidents.extend(news.incidents.iter().cloned().map(|held| (held.id, held)));
        self.state.dispatches.extend(news.dispatches.iter().cloned().map(|held| (held.id, held)));
        self.state.units.extend(news.units.iter().cloned().map(|held| (held.code.clone(), held)));
        self.state.numbers.day.clone_from(&head.number_day);
        self.state.numbers.last = head.number_last;
        self.head = head;
        self.deadlines = DeadlineQueue::of(&self.state);
        self.parts.hub.publish(news);
        Ok(())
    }

    /// Starts again from the store.
    pub(super) async fn reload(&mut self) -> Result<(), StoreError> {
        let Loaded { state, head, mut publication } =
            load_centre(&self.parts.store, &self.parts.centre, &self.parts.reference, Platform.now()).await?;
        self.state = state;
        self.deadlines = DeadlineQueue::of(&self.state);
        self.suspect = false;
        if head.seq != self.head.seq {
            publication.received_at = publication.committed_at;
            publication.foreign = true;
            self.parts.hub.publish(publication);
        }
        self.head = head;
        Ok(())
    }
}

/// Waits until another node has written; for ever where no other node can.
pub(super) async fn another_node(moved: &mut watch::Receiver<u64>) {
    if moved.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}
