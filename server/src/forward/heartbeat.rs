//! A test message to a test contact of each provider, on a schedule: a way that is dead while everything
//! looks normal is found before the night that needs it.
//!
//! The schedule is pure and spread, so that the providers of a server, and servers of a country, are not
//! all asked in the same second. The result is shown; it never makes the server red.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::delivery::DeliveryChannel;
use kentongan_domain::ids::EpochUs;
use tokio_util::sync::CancellationToken;

use super::address::Address;
use super::board::{Beat, Board};
use super::message::heartbeat;
use super::providers::{Provider, Providers};
use super::sender::Failure;
use crate::centre::LiveCentre;
use crate::platform::Platform;

/// The first one comes so soon after the start (µs), so that a wrong setting is seen at once.
const FIRST_AFTER_US: EpochUs = 2_000_000;

/// When the next test message is due (epoch µs), the last having been sent at `last`: after the period,
/// give or take a tenth by `jitter` (0 to 1).
pub fn next_beat(started: EpochUs, last: Option<EpochUs>, every_us: EpochUs, jitter: f64) -> EpochUs {
    let Some(last) = last else {
        return started.saturating_add(FIRST_AFTER_US);
    };
    let spread = (every_us as f64 * 0.2 * (jitter.clamp(0.0, 1.0) - 0.5)) as EpochUs;
    last.saturating_add(every_us).saturating_add(spread)
}

/// Starts the heartbeats of a live centre; each ends with the server.
pub fn start(live: &LiveCentre, providers: &Providers, board: &Arc<Board>, stop: &CancellationToken) {
    for (channel, provider) in providers.all() {
        let Some(contact) = provider.pace.test_contact.clone() else { continue };
        let Ok(to) = Address::parse(channel, contact.reveal()) else {
            tracing::error!(channel = channel.code(), "the test contact of a provider is no address");
            continue;
        };
        let (live, provider, board) = (live.clone(), provider.clone(), Arc::clone(board));
        let stop = stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = beat(&live, channel, &provider, &to, &board) => {}
                () = stop.cancelled() => {}
            }
        });
    }
}

async fn beat(live: &LiveCentre, channel: DeliveryChannel, provider: &Provider, to: &Address, board: &Board) {
    let (started, mut last) = (Platform.now(), None);
    let centre = live.centre();
    loop {
        let jitter = Platform.random::<1>().map_or(0.5, |[byte]| f64::from(byte) / 255.0);
        let due = next_beat(started, last, provider.pace.test_every_us, jitter);
        let wait = due.saturating_sub(Platform.now()).max(0).unsigned_abs();
        tokio::time::sleep(Duration::from_micros(wait)).await;
        let (at, since) = (Platform.now(), Platform.monotonic());
        last = Some(at);
        let Ok(id) = Platform.ids().map(|mut ids| ids.next_id().to_string()) else { continue };
        let message = heartbeat(&id, &centre.reference.pack.profile.name);
        let sent = provider.sender.send(to, &message, at).await;
        let error = sent.err().map(|Failure { code, .. }| code);
        if let Some(error) = &error {
            tracing::warn!(centre = %centre.code, channel = channel.code(), error, "a test message was not taken");
        }
        let beat = Beat { at, ok: error.is_none(), error };
        board.beat(&centre.code, channel.code(), beat, Platform.since(since).as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soon_then_every_period_spread_by_a_tenth() {
        let hour = 3_600_000_000;
        assert_eq!(next_beat(5, None, hour, 0.9), 5 + FIRST_AFTER_US);
        assert_eq!(next_beat(5, Some(100), hour, 0.5), 100 + hour);
        assert_eq!(next_beat(5, Some(100), hour, 0.0), 100 + hour - hour / 10);
        assert_eq!(next_beat(5, Some(100), hour, 1.0), 100 + hour + hour / 10);
        assert_eq!(next_beat(5, Some(100), i64::MAX, 0.5), i64::MAX);
    }
}
