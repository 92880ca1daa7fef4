//! Running the server: opens the store and the centres, listens, and stops in order: no new
//! connections, sockets told to come again, commands in line answered, store closed.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use kentongan_triage::Reader;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::auth::{Accounts, Passwords};
use crate::centre::{Shared, open_centres};
use crate::forward::{Forwarding, start_neighbours, start_worker};
use crate::http::{App, openapi, router, routes};
use crate::link::Links;
use crate::metrics::Metrics;
use crate::platform::Platform;
use crate::settings::Settings;
use crate::travel::{Detour, Osrm, TravelTimes};
use crate::{demo, tls, units, weights};

/// How long requests and sockets may take to end after the signal.
const STOP_WITHIN: Duration = Duration::from_secs(10);
/// How long a client may take to send its request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// Read buffer of a connection: hyper's smallest; heads larger than it are refused.
const BUFFER: usize = 16 * 1024;

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// When it cannot start.
pub async fn serve(settings: Settings, with_demo: bool, diagnostics: bool) -> anyhow::Result<()> {
    let store = kentongan_store::connect(&settings.database_url)
        .await
        .context("the database cannot be opened; check --database-url or --data-dir")?;
    let passwords = Passwords::new(Platform);
    if with_demo {
        demo::load(&store, &passwords).await?;
    } else {
        demo::first_admin(&store, &passwords).await?;
    }
    let shared = Shared {
        store: Arc::clone(&store),
        metrics: Arc::new(Metrics::default()),
        links: Arc::new(Links::open(&store, settings.public_url.clone()).await?),
        shutdown: CancellationToken::new(),
        tasks: TaskTracker::new(),
    };
    let centres = open_centres(&shared, Arc::new(reader(&settings)?)).await?;
    let others = settings.database_url.starts_with("postgres");
    for centre in centres.values() {
        units::start(centre, &shared, settings.position_days, others).await?;
    }
    let forwarding = Forwarding::open(&shared, &settings).await?;
    for live in centres.values().filter_map(crate::centre::Centre::live) {
        start_worker(live, &shared, &forwarding)?;
    }
    let centres = Arc::new(centres);
    start_neighbours(&centres, &shared, &settings.forward)?;
    let sockets = CancellationToken::new();
    let app = App {
        centres,
        accounts: Accounts::new(Arc::clone(&store), Platform, passwords),
        store: Arc::clone(&store),
        metrics: Arc::clone(&shared.metrics),
        links: Arc::clone(&shared.links),
        forwarding: Arc::new(forwarding),
        secure: settings.secure,
        allowed_origins: Arc::new(settings.allowed_origins.clone()),
        travel: travel_times(&settings)?,
        shutdown: sockets.clone(),
        permissions: Arc::new(routes::permissions(diagnostics)),
        openapi: Arc::new(serde_json::to_string(&openapi::build(diagnostics))?),
    };
    let service = TowerToHyperService::new(router(app, diagnostics));
    let listener = TcpListener::bind(&settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}; choose another --listen", settings.listen))?;
    let acceptor = settings.tls.as_ref().map(|(cert, key)| tls::acceptor(cert, key)).transpose()?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    // Before anybody is told that it runs: whoever hears that may stop it in the same moment.
    let stop = stop_signal()?;
    announce(&format!("listening on {scheme}://{}", listener.local_addr()?));
    let connections = TaskTracker::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (service, acceptor, closing) = (service.clone(), acceptor.clone(), sockets.clone());
                    connections.spawn(async move { connection(stream, acceptor, service, closing).await });
                }
                Err(error) => {
                    // Out of file descriptors, most likely: those open go on.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    tracing::info!("stopping");
    drop(listener);
    sockets.cancel();
    connections.close();
    if tokio::time::timeout(STOP_WITHIN, connections.wait()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
    shared.shutdown.cancel();
    shared.tasks.close();
    shared.tasks.wait().await;
    store.close().await;
    Ok(())
}

/// Who knows how long units need: the road server where one is set up.
fn travel_times(settings: &Settings) -> anyhow::Result<Arc<dyn TravelTimes>> {
    Ok(match &settings.osrm_url {
        Some(url) => Arc::new(Osrm::new(url)?),
        None => Arc::new(Detour),
    })
}

/// What reads reports: the room's own weights if they fit.
fn reader(settings: &Settings) -> anyhow::Result<Reader> {
    let in_use = weights::in_use(&settings.data_dir)?;
    if let Some(words) = in_use.set_aside {
        tracing::warn!("{words}");
    } else if in_use.own {
        tracing::info!(
            "reports are read by the weights in {}",
            settings.data_dir.join(weights::FILE).display()
        );
    }
    Ok(in_use.reader)
}

type Service = TowerToHyperService<axum::Router>;

async fn connection(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    service: Service,
    closing: CancellationToken,
) {
    // Frames are small and each one counts: never wait to fill a segment.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay could not be set");
    }
    match acceptor {
        None => http(stream, service, closing).await,
        Some(acceptor) => match tokio::time::timeout(HEAD_WITHIN, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => http(stream, service, closing).await,
            Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        },
    }
}

async fn http<S>(stream: S, service: Service, closing: CancellationToken)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => note(ended),
        () = closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            note(connection.await);
        }
    }
}

fn note(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

/// One line on stdout, for people and for whoever started us.
pub fn announce(line: &str) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    // Nobody reading is no reason to stop.
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        tracing::debug!("nobody reads stdout");
    }
}

/// Listens for SIGINT and SIGTERM from now on; the future ends at the first of them.
///
/// # Errors
/// When the system grants no handler.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
