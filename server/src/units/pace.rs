//! What one console has been shown of positions, and when it may be shown more: at most once a second, and
//! only while it looks somewhere.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::area::Area;
use super::beat::Beat;
use super::positions::Positions;
use crate::stream::audience::Audience;

/// The shortest time between two frames.
const GAP: Duration = Duration::from_secs(1);

/// How far one console is.
#[derive(Debug, Default)]
pub struct Pace {
    area: Option<Area>,
    /// Whether it has been shown nothing of its area yet.
    fresh: bool,
    /// The beat it was shown last.
    seen: u64,
    /// When a frame was last handed out.
    sent: Option<Instant>,
}

impl Pace {
    /// It looks somewhere else, or nowhere.
    pub fn look(&mut self, area: Option<Area>) {
        self.area = area;
        self.fresh = area.is_some();
    }

    /// How long until there is something to look at, `newest` being the last beat; none while there is
    /// nothing.
    pub fn wait(&self, newest: u64, now: Instant) -> Option<Duration> {
        let due = self.area.is_some() && (self.fresh || self.seen < newest);
        let since = self.sent.map(|sent| now.saturating_duration_since(sent));
        due.then(|| since.map_or(Duration::ZERO, |since| GAP.saturating_sub(since)))
    }

    /// The frame to show now; none when nothing moved in its area.
    pub fn take(
        &mut self,
        positions: &Positions,
        newest: &Arc<Beat>,
        audience: &Audience,
        now: Instant,
    ) -> Option<Utf8Bytes> {
        let area = self.area?;
        let frame = if self.fresh {
            let (frame, reached) = positions.frame_since(audience, &area, 0);
            self.seen = reached;
            frame
        } else if self.seen + 1 == newest.number() {
            self.seen = newest.number();
            newest.frame(audience, &area)
        } else {
            // It was slow: what it missed comes in one frame.
            let (frame, reached) = positions.frame_since(audience, &area, self.seen);
            self.seen = reached;
            frame
        };
        self.fresh = false;
        if frame.is_some() {
            self.sent = Some(now);
        }
        frame
    }
}
