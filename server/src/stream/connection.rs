//! One console's socket: hello, welcome, catching up, then frames and ticks until one side goes.
//!
//! ```text
//! upgraded -> hello (10 s) -> welcome -> snapshot | changes | nothing -> live
//! live: new head -> frames from the ring; a beat -> positions in view; 5 s -> tick; 3 s -> is the session
//!       still good?; the client looks elsewhere -> positions there
//! any  -> closed by the client | 4000 shutdown | 4008 too slow | 4500.. bad message, revoked, protocol
//! ```
//! The socket is read and written by one task, which holds no more than the frame it is writing.

use std::sync::Arc;
use std::time::Duration;

use kentongan_domain::command::{Command, DeliveryResult};
use kentongan_domain::ids::{DeliveryId, DispatchId};
use kentongan_protocol::PROTOCOL_VERSION;
use kentongan_protocol::stream::{ClientMessage, CloseCode, Cursor, ServerMessage};
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use tokio_util::sync::CancellationToken;

use super::audience::Audience;
use super::hub::Hub;
use super::resume::{CatchUp, catch_up, console_deliveries, render, snapshot};
use super::socket::{Said, Socket};
use crate::auth::{Accounts, Principal};
use crate::centre::Centre;
use crate::command::Submission;
use crate::metrics::Metrics;
use crate::platform::Platform;
use crate::units::{Area, Beat, Pace};

/// The bounds of a connection.
#[derive(Debug, Clone, Copy)]
pub struct StreamLimits {
    /// Time to say hello.
    pub hello_within: Duration,
    /// Time between ticks.
    pub tick_every: Duration,
    /// Time between looks at whether the session still holds; revocation must close within 5 s.
    pub check_every: Duration,
    /// Frames a reader may lie behind.
    pub behind_frames: usize,
    /// Bytes a reader may lie behind.
    pub behind_bytes: usize,
    /// How long one write may hang, whatever lies behind.
    pub write_within: Duration,
}

impl Default for StreamLimits {
    fn default() -> Self {
        Self {
            hello_within: Duration::from_secs(10),
            tick_every: Duration::from_secs(5),
            check_every: Duration::from_secs(3),
            behind_frames: 1_024,
            behind_bytes: 1 << 20,
            write_within: Duration::from_secs(30),
        }
    }
}

/// How long a close frame may take to leave for a reader that may not be reading.
const FAREWELL: Duration = Duration::from_secs(2);
/// Commits taken from the ring at once.
const TAKE: usize = 64;

/// Why the live loop ended.
enum End {
    /// The client went, or the socket broke.
    Gone,
    /// The server closes with a code.
    Close(CloseCode),
}

struct Connection {
    socket: Socket,
    centre: Arc<Centre>,
    hub: Arc<Hub>,
    audience: Audience,
    limits: StreamLimits,
    metrics: Arc<Metrics>,
    seq: i64,
    pace: Pace,
}

/// Serves one socket until it ends.
pub async fn serve_connection(
    socket: Socket,
    centre: Arc<Centre>,
    audience: Audience,
    principal: Principal,
    accounts: Accounts,
    metrics: Arc<Metrics>,
    shutdown: CancellationToken,
) {
    let hub = Arc::clone(&centre.hub);
    let limits = StreamLimits::default();
    let seq = hub.head_seq();
    let mut connection =
        Connection { socket, centre, hub, audience, limits, metrics, seq, pace: Pace::default() };
    connection.metrics.connections.inc();
    let end = match connection.greet().await {
        Ok(()) => connection.live(&principal, &accounts, &shutdown).await,
        Err(end) => end,
    };
    connection.metrics.connections.dec();
    if let End::Close(code) = end {
        connection.metrics.closes(code.number());
        connection.farewell(code).await;
    }
}

impl Connection {
    /// Waits for hello, answers welcome and brings the reader up to date.
    async fn greet(&mut self) -> Result<(), End> {
        let hello = timeout(self.limits.hello_within, self.socket.said()).await;
        let text = match hello {
            Err(_) => return Err(End::Close(CloseCode::HelloTimeout)),
            Ok(Said::Gone) => return Err(End::Gone),
            Ok(Said::Text(text)) => text,
            Ok(Said::Other | Said::Broken) => return Err(End::Close(CloseCode::BadMessage)),
        };
        let Ok(ClientMessage::Hello { protocol, resume, last_close_reason, connection_count, look }) =
            serde_json::from_str::<ClientMessage>(&text)
        else {
            return Err(End::Close(CloseCode::BadMessage));
        };
        if protocol != PROTOCOL_VERSION {
            return Err(End::Close(CloseCode::WrongProtocol));
        }
        self.look(look)?;
        tracing::debug!(
            centre = %self.centre.code,
            connection.count = connection_count,
            connection.last_close = last_close_reason.as_deref().unwrap_or("none"),
            "console connected"
        );
        let now = Platform.now();
        self.send_message(&ServerMessage::Welcome {
            protocol: PROTOCOL_VERSION,
            epoch: self.hub.epoch().to_owned(),
            head_seq: self.hub.head_seq(),
            server_time: now,
            drill: self.centre.is_drill(),
        })
        .await?;
        self.catch_up(resume.as_ref(), now).await
    }

    async fn catch_up(&mut self, resume: Option<&Cursor>, now: i64) -> Result<(), End> {
        let ready =
            catch_up(&self.hub, &self.centre.store, &self.centre.code, &self.audience, resume, now).await;
        let ready = match ready {
            Ok(ready) => ready,
            Err(error) => {
                tracing::warn!(centre = %self.centre.code, %error, "a console could not be caught up");
                return Err(End::Close(CloseCode::GoingAway));
            }
        };
        self.bring(ready).await
    }

    async fn bring(&mut self, ready: CatchUp) -> Result<(), End> {
        self.seq = ready.seq;
        for message in ready.messages {
            self.send(message).await?;
        }
        self.note_deliveries(ready.deliveries);
        Ok(())
    }

    async fn live(
        &mut self,
        principal: &Principal,
        accounts: &Accounts,
        shutdown: &CancellationToken,
    ) -> End {
        let mut head = self.hub.follow();
        let mut beats = self.centre.units.positions.follow();
        let mut tick = interval(self.limits.tick_every);
        let mut check = interval(self.limits.check_every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        head.mark_changed();
        loop {
            let wait = self.pace.wait(beats.borrow_and_update().number(), Platform.monotonic());
            let end = tokio::select! {
                changed = head.changed() => match changed {
                    Ok(()) => self.drain(&mut head).await,
                    Err(_) => Err(End::Close(CloseCode::GoingAway)),
                },
                // How long to wait is asked anew.
                _ = beats.changed() => Ok(()),
                () = pause(wait) => self.show_positions(&beats).await,
                _ = tick.tick() => self.tick().await,
                _ = check.tick() => {
                    if accounts.is_still_valid(principal).await { Ok(()) } else { Err(End::Close(CloseCode::Revoked)) }
                }
                said = self.socket.said() => match said {
                    Said::Gone => Err(End::Gone),
                    // After hello one only looks around up here: commands go by HTTP.
                    Said::Text(text) => match serde_json::from_str::<ClientMessage>(&text) {
                        Ok(ClientMessage::Look { area }) => self.look(area),
                        Ok(ClientMessage::Hello { .. }) | Err(_) => Err(End::Close(CloseCode::BadMessage)),
                    },
                    Said::Other | Said::Broken => Err(End::Close(CloseCode::BadMessage)),
                },
                () = shutdown.cancelled() => Err(End::Close(CloseCode::GoingAway)),
            };
            if let Err(end) = end {
                return end;
            }
        }
    }

    /// Sends every frame the ring has for this audience.
    async fn drain(&mut self, head: &mut watch::Receiver<i64>) -> Result<(), End> {
        loop {
            head.mark_unchanged();
            let Some(commits) = self.hub.after(self.seq, TAKE) else {
                // The ring has moved on: this reader is more than its length behind.
                return Err(End::Close(CloseCode::TooSlow));
            };
            if commits.is_empty() {
                return Ok(());
            }
            for commit in commits {
                if commit.hides_from(&self.audience) {
                    let all = snapshot(&self.hub, &self.audience);
                    self.bring(all).await?;
                    // The snapshot may have passed commits that were taken with this one.
                    break;
                }
                if let Some(frame) = commit.frame(&self.audience) {
                    self.send(frame).await?;
                    self.note_deliveries(console_deliveries_of(&commit, &self.audience));
                }
                self.seq = commit.seq;
            }
        }
    }

    /// The client looks at this part of the map from now on, or at none.
    fn look(&mut self, area: Option<[f64; 4]>) -> Result<(), End> {
        let area = match area {
            Some(edges) => Some(Area::new(edges).ok_or(End::Close(CloseCode::BadMessage))?),
            None => None,
        };
        self.pace.look(area);
        Ok(())
    }

    async fn show_positions(&mut self, beats: &watch::Receiver<Arc<Beat>>) -> Result<(), End> {
        let newest = Arc::clone(&beats.borrow());
        let positions = &self.centre.units.positions;
        match self.pace.take(positions, &newest, &self.audience, Platform.monotonic()) {
            Some(frame) => self.send(frame).await,
            None => Ok(()),
        }
    }

    async fn tick(&mut self) -> Result<(), End> {
        let surge = match self.audience {
            Audience::Desk => self.centre.understander.proposed(&self.hub),
            Audience::Agency(_) | Audience::Auditor => 0,
        };
        let message =
            ServerMessage::Tick { head_seq: self.hub.head_seq(), server_time: Platform.now(), surge };
        self.send_message(&message).await
    }

    async fn send_message(&mut self, message: &ServerMessage) -> Result<(), End> {
        match render(message) {
            Some(text) => self.send(text).await,
            None => Err(End::Close(CloseCode::GoingAway)),
        }
    }

    /// Writes one message; ends the connection when the reader falls too far behind meanwhile.
    async fn send(&mut self, text: Utf8Bytes) -> Result<(), End> {
        let (hub, audience, seq, limits) = (&self.hub, &self.audience, self.seq, self.limits);
        let too_far_behind = async {
            let mut head = hub.follow();
            let patience = tokio::time::sleep(limits.write_within);
            tokio::pin!(patience);
            loop {
                tokio::select! {
                    () = &mut patience => return,
                    changed = head.changed() => {
                        if changed.is_err() || hub.is_too_far_behind(seq, audience, limits.behind_frames, limits.behind_bytes) {
                            return;
                        }
                    }
                }
            }
        };
        tokio::select! {
            biased;
            sent = self.socket.send(text) => {
                self.metrics.frames.inc();
                sent.map_err(|_| End::Gone)
            }
            () = too_far_behind => Err(End::Close(CloseCode::TooSlow)),
        }
    }

    /// Tells the log that these dispatches have reached the agency's screen. A shown dispatch is
    /// delivered, never acknowledged.
    fn note_deliveries(&self, deliveries: Vec<(DispatchId, DeliveryId)>) {
        for (dispatch, delivery) in deliveries {
            let centre = Arc::clone(&self.centre);
            tokio::spawn(async move {
                let command = Command::RecordDelivery { dispatch, delivery, result: DeliveryResult::Arrived };
                let submission =
                    Submission::of_system(&format!("delivery/{delivery}/arrived"), command, Platform.now());
                if let Err(error) = centre.commands.submit(submission).await {
                    tracing::warn!(centre = %centre.code, dispatch.id = %dispatch, %error, "delivery not noted");
                }
            });
        }
    }

    async fn farewell(mut self, code: CloseCode) {
        if timeout(FAREWELL, self.socket.close(code.number(), reason(code))).await.is_err() {
            tracing::debug!(close.code = code.number(), "console did not answer the close");
        }
    }
}

/// Waits so long; for ever when there is nothing to wait for.
async fn pause(wait: Option<Duration>) {
    match wait {
        Some(Duration::ZERO) => {}
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}

fn console_deliveries_of(commit: &super::hub::Commit, audience: &Audience) -> Vec<(DispatchId, DeliveryId)> {
    match audience {
        Audience::Agency(_) => console_deliveries(&commit.views(audience), audience),
        _ => Vec::new(),
    }
}

const fn reason(code: CloseCode) -> &'static str {
    match code {
        CloseCode::GoingAway => "going away",
        CloseCode::HelloTimeout => "no hello",
        CloseCode::TooSlow => "too slow",
        CloseCode::BadMessage => "bad message",
        CloseCode::Revoked => "revoked",
        CloseCode::WrongProtocol => "wrong protocol",
    }
}
