//! The ring of recent commits of a centre, rendered at most once for each audience, and the signal
//! that there is a new one.
//!
//! Publishing is memory only: it never waits for a socket, a renderer or a lock held across an await.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use kentongan_domain::ids::{EpochUs, IncidentId};
use kentongan_domain::state::Reference;
use kentongan_protocol::stream::ServerMessage;
use kentongan_protocol::views::View;
use parking_lot::{Mutex, RwLock};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::audience::Audience;
use super::item::{Item, view_of};
use super::memory::{Applied, Memory, Publication};

/// Commits kept for resuming; a reader further behind reads the log's projections instead.
const RING_LENGTH: usize = 2_048;

/// A frame for one audience: text, or nothing for it in this commit.
type Frame = Option<Utf8Bytes>;

/// One commit in the ring.
#[derive(Debug)]
pub struct Commit {
    /// The log's head after it.
    pub seq: i64,
    /// Whether another node wrote it.
    pub foreign: bool,
    received_at: EpochUs,
    committed_at: EpochUs,
    items: Vec<Item>,
    hidden_from: BTreeSet<String>,
    frames: Mutex<Vec<(Audience, Frame)>>,
}

impl Commit {
    /// What an audience sees of it.
    pub fn views(&self, audience: &Audience) -> Vec<View> {
        self.items.iter().filter_map(|item| view_of(item, audience)).collect()
    }

    /// What it changed.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether something left the audience's sight by it: there is no frame for one thing less.
    pub fn hides_from(&self, audience: &Audience) -> bool {
        matches!(audience, Audience::Agency(code) if self.hidden_from.contains(code))
    }

    /// Bytes of the frame for an audience, if somebody has rendered it already.
    fn rendered_bytes(&self, audience: &Audience) -> usize {
        let frames = self.frames.lock();
        frames
            .iter()
            .find(|(held, _)| held == audience)
            .and_then(|(_, frame)| frame.as_ref())
            .map_or(0, |f| f.len())
    }

    /// The frame for an audience, rendered by the first who asks.
    pub fn frame(&self, audience: &Audience) -> Frame {
        let mut frames = self.frames.lock();
        if let Some((_, frame)) = frames.iter().find(|(held, _)| held == audience) {
            return frame.clone();
        }
        let items = self.views(audience);
        let frame = (!items.is_empty())
            .then(|| {
                let message = ServerMessage::Changes {
                    seq: self.seq,
                    received_at: self.received_at,
                    committed_at: self.committed_at,
                    items,
                };
                serde_json::to_string(&message).ok().map(Utf8Bytes::from)
            })
            .flatten();
        frames.push((audience.clone(), frame.clone()));
        frame
    }
}

#[derive(Debug)]
struct Ring {
    commits: VecDeque<Arc<Commit>>,
    /// The head before the oldest commit kept: from here on the ring is complete.
    complete_since: i64,
    head: i64,
}

/// The hub of one centre.
#[derive(Debug)]
pub struct Hub {
    epoch: String,
    memory: RwLock<Memory>,
    ring: Mutex<Ring>,
    head: watch::Sender<i64>,
}

impl Hub {
    /// A hub at `head` of the log's `epoch`, with what was loaded.
    pub fn new(epoch: String, reference: Arc<Reference>, head: i64, loaded: Publication) -> Self {
        let mut memory = Memory::new(reference);
        memory.apply(loaded);
        Self {
            epoch,
            memory: RwLock::new(memory),
            ring: Mutex::new(Ring { commits: VecDeque::new(), complete_since: head, head }),
            head: watch::Sender::new(head),
        }
    }

    /// The log's epoch.
    pub fn epoch(&self) -> &str {
        &self.epoch
    }

    /// The head published last.
    pub fn head_seq(&self) -> i64 {
        *self.head.borrow()
    }

    /// Signals every new head.
    pub fn follow(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }

    /// Takes a commit in and wakes the readers.
    pub fn publish(&self, publication: Publication) {
        let (seq, received_at, committed_at) =
            (publication.seq, publication.received_at, publication.committed_at);
        let foreign = publication.foreign;
        {
            // Both locks together: a snapshot taken between them would miss or double this commit.
            let mut memory = self.memory.write();
            let Applied { items, hidden_from } = memory.apply(publication);
            let frames = Mutex::new(Vec::with_capacity(2));
            let commit = Commit { seq, foreign, received_at, committed_at, items, hidden_from, frames };
            let mut ring = self.ring.lock();
            ring.commits.push_back(Arc::new(commit));
            ring.head = seq;
            while ring.commits.len() > RING_LENGTH {
                if let Some(gone) = ring.commits.pop_front() {
                    ring.complete_since = gone.seq;
                }
            }
        }
        self.head.send_replace(seq);
    }

    /// The commits after `seq`, at most `most`; none when the ring no longer reaches back so far.
    pub fn after(&self, seq: i64, most: usize) -> Option<Vec<Arc<Commit>>> {
        let ring = self.ring.lock();
        if seq < ring.complete_since || seq > ring.head {
            return None;
        }
        let from = ring.commits.partition_point(|commit| commit.seq <= seq);
        Some(ring.commits.iter().skip(from).take(most).cloned().collect())
    }

    /// Whether a reader at `seq` lies more than `frames` commits or `bytes` rendered bytes behind.
    pub fn is_too_far_behind(&self, seq: i64, audience: &Audience, frames: usize, bytes: usize) -> bool {
        let ring = self.ring.lock();
        let from = ring.commits.partition_point(|commit| commit.seq <= seq);
        let behind = ring.commits.len() - from;
        let rendered: usize =
            ring.commits.iter().skip(from).map(|commit| commit.rendered_bytes(audience)).sum();
        behind > frames || rendered > bytes
    }

    /// Everything an audience may see, and the head it is true for.
    pub fn snapshot(&self, audience: &Audience) -> (i64, Vec<View>) {
        let (head, items) = {
            let memory = self.memory.read();
            let head = self.ring.lock().head;
            (head, memory.items())
        };
        (head, items.iter().filter_map(|item| view_of(item, audience)).collect())
    }

    /// Reads the memory.
    pub fn read<T>(&self, look: impl FnOnce(&Memory) -> T) -> T {
        look(&self.memory.read())
    }

    /// Takes in what the writer has loaded from the store; no view changes by it.
    pub fn hold(&self, loaded: Publication) {
        self.memory.write().apply(loaded);
    }

    /// Drops closed incidents with all that belongs to them.
    pub fn forget(&self, forgotten: Vec<IncidentId>) {
        self.memory.write().apply(Publication { forgotten, ..Publication::default() });
    }

    /// Drops handled reports that ended before `before` (epoch µs).
    pub fn forget_reports(&self, before: EpochUs) {
        self.memory.write().forget_reports(before);
    }
}
