//! The hash chain over a centre's log: each event's hash covers the one before it.
//!
//! Pure. Shows that an event was changed, removed or put in between; a cut tail it cannot
//! show, so the head is signed and kept elsewhere by the server. The encoding is fixed for
//! ever: every variable field is preceded by its length, so no two events encode alike.

use crate::rows::EventRow;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Names the encoding below; another encoding needs another name.
const DOMAIN: &[u8] = b"kentongan event 1\n";

/// SHA-256 of `event` after an event with the hash `prev` (zeros before the first).
///
/// The row's own `prev_hash` and `hash` are not read.
pub fn event_hash(prev: &[u8; 32], event: &EventRow) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(prev);
    text(&mut hash, &event.centre);
    number(&mut hash, event.seq);
    text(&mut hash, &event.stream_kind);
    text(&mut hash, &event.stream_id);
    number(&mut hash, event.version);
    text(&mut hash, &event.kind);
    number(&mut hash, event.schema_version);
    number(&mut hash, event.occurred_at);
    number(&mut hash, event.recorded_at);
    text(&mut hash, &event.actor);
    hash.update(event.command_id.as_bytes());
    text(&mut hash, &event.payload);
    hash.finalize().into()
}

/// Fills `prev_hash` and `hash` of events that follow `prev`, in order; returns the last hash.
pub fn link(prev: [u8; 32], events: &mut [EventRow]) -> [u8; 32] {
    let mut last = prev;
    for event in events {
        event.prev_hash = last;
        event.hash = event_hash(&last, event);
        last = event.hash;
    }
    last
}

/// Where a chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ChainBreak {
    /// An event is missing or out of order.
    #[error("expected event {expected}, found {found}")]
    Gap {
        /// The seq that should have come.
        expected: i64,
        /// The seq that came.
        found: i64,
    },
    /// An event does not follow the one before it.
    #[error("event {seq} does not follow the event before it")]
    Unlinked {
        /// The event.
        seq: i64,
    },
    /// An event's content is not what was hashed.
    #[error("event {seq} was changed")]
    Changed {
        /// The event.
        seq: i64,
    },
}

/// Checks events that follow `seq` and `hash` (0 and zeros for a whole log); returns the seq
/// and the hash it ends at, to go on with or to compare with the head.
pub fn verify_chain<'a>(
    seq: i64,
    hash: [u8; 32],
    events: impl IntoIterator<Item = &'a EventRow>,
) -> Result<(i64, [u8; 32]), ChainBreak> {
    let (mut seq, mut hash) = (seq, hash);
    for event in events {
        if event.seq != seq + 1 {
            return Err(ChainBreak::Gap { expected: seq + 1, found: event.seq });
        }
        seq = event.seq;
        if event.prev_hash != hash {
            return Err(ChainBreak::Unlinked { seq });
        }
        if event_hash(&hash, event) != event.hash {
            return Err(ChainBreak::Changed { seq });
        }
        hash = event.hash;
    }
    Ok((seq, hash))
}

fn text(hash: &mut Sha256, value: &str) {
    hash.update((value.len() as u64).to_be_bytes());
    hash.update(value.as_bytes());
}

fn number(hash: &mut Sha256, value: i64) {
    hash.update(value.to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn event(kind: &str, actor: &str) -> EventRow {
        EventRow {
            centre: "kediri".into(),
            seq: 1,
            stream_kind: "report".into(),
            stream_id: "1".into(),
            version: 1,
            kind: kind.into(),
            schema_version: 1,
            occurred_at: 1,
            recorded_at: 2,
            actor: actor.into(),
            command_id: Uuid::nil(),
            payload: "{}".into(),
            prev_hash: [0; 32],
            hash: [0; 32],
        }
    }

    #[test]
    fn moving_a_letter_between_fields_changes_the_hash() {
        let zero = [0; 32];
        assert_ne!(event_hash(&zero, &event("ab", "c")), event_hash(&zero, &event("a", "bc")));
    }

    #[test]
    fn the_encoding_never_changes() {
        let hash = event_hash(&[0; 32], &event("received", "operator"));
        let expected = [
            0x60, 0x13, 0x67, 0x9d, 0x95, 0xe3, 0xc1, 0x88, 0x4c, 0x55, 0x23, 0xb1, 0x58, 0xd7, 0xeb, 0x5c,
            0xf4, 0x4b, 0x20, 0xcf, 0xf3, 0x64, 0x1a, 0xd8, 0xe0, 0x16, 0x9c, 0x08, 0x9e, 0x3b, 0xb5, 0xfb,
        ];
        assert_eq!(hash, expected);
    }
}
