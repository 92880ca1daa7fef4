//! What positions cost: six thousand units on the move, each telling every five seconds as Traccar forwards
//! it, shown to two hundred consoles. The server's processor is read from `/proc` over half a minute.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use kentongan_store::connect;
use kentongan_store::rows::DeviceRow;
use kentongan_tests::api::{Api, CITY};
use kentongan_tests::server::{Server, Start, run_cli};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_tungstenite::tungstenite::Message;

use crate::bed::{Bed, Served, operator_token};
use crate::line::Line;
use crate::listener::greeted;
use crate::samples::{Samples, epoch_us, now};
use crate::table::{Figure, Goal, Table};
use crate::texts;

const UNITS: usize = 6_000;
const EVERY_S: usize = 5;
const CONSOLES: usize = 200;
const AT_A_TIME: usize = 20;
/// Connections that a gateway keeps.
const LINES: usize = 24;
/// Before it is measured: every unit has told, every console has been shown all.
const WARM: Duration = Duration::from_secs(8);
const MEASURED: Duration = Duration::from_secs(30);
/// The corner and the size of the map, in degrees.
const SOUTH: f64 = -8.0;
const WEST: f64 = 111.8;
const SIZE: f64 = 0.4;
/// A unit's way in five seconds: 40 km/h.
const STEP: f64 = 0.000_5;

/// Which part of the map each console looks at.
#[derive(Clone, Copy)]
enum Look {
    All,
    /// Each at another quarter, none at the same.
    Quarters,
}

impl Look {
    fn area(self, console: usize) -> [f64; 4] {
        let (side, room) = match self {
            Self::All => return [WEST, SOUTH, WEST + SIZE, SOUTH + SIZE],
            Self::Quarters => (SIZE / 2.0, SIZE / 2.0),
        };
        let across = (console % 20) as f64 / 20.0 * room;
        let up = (console / 20) as f64 / 10.0 * room;
        [WEST + across, SOUTH + up, WEST + across + side, SOUTH + up + side]
    }
}

/// What one run came to.
struct Cost {
    cores: f64,
    frames_s: f64,
    mib_s: f64,
    told_s: f64,
    told: Samples,
    reports: Samples,
    resident_mib: f64,
}

pub async fn measure(bed: &Bed, table: &mut Table) -> anyhow::Result<()> {
    let served = fleet(bed).await?;
    let quiet = reports(&served, MEASURED / 3).await?;
    for (look, name) in [(Look::All, "all see everything"), (Look::Quarters, "each sees another quarter")] {
        let cost = run(&served, look).await?;
        let how = format!(
            "{:.0} positions/s handed in one by one, {:.2} frames/s and console, {:.1} MiB/s out; server's utime + stime \
             over {} s",
            cost.told_s,
            cost.frames_s,
            cost.mib_s,
            MEASURED.as_secs()
        );
        let label = format!("{UNITS} units every {EVERY_S} s, {CONSOLES} consoles, {name}");
        table.add(
            Figure::new(format!("{label}: processor"), vec![cost.cores], "cores", how)
                .goal(Goal::AtMost(1.0)),
        );
        let (p50, p99) = (cost.told.p50_ms(), cost.told.percentile_ms(99));
        let how = format!("from request to answer; p99 {p99:.1} ms");
        table.add(Figure::new(format!("{label}: a position handed in, p50"), vec![p50], "ms", how));
        let how = format!(
            "p99 {:.1} ms; without positions p50 {:.1} and p99 {:.1} ms; resident {:.0} MiB",
            cost.reports.percentile_ms(99),
            quiet.p50_ms(),
            quiet.percentile_ms(99),
            cost.resident_mib
        );
        table.add(Figure::new(
            format!("{label}: a report beside it, p50"),
            vec![cost.reports.p50_ms()],
            "ms",
            how,
        ));
    }
    Ok(())
}

/// The demo city with six thousand units, each with a tracker.
async fn fleet(bed: &Bed) -> anyhow::Result<Served> {
    let data = bed.scratch()?;
    // The accounts, then another pack for the same centre.
    drop(Server::start(data.path(), Start::demo())?);
    let pack = data.path().join("pack");
    std::fs::create_dir(&pack)?;
    let kediri = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/centres/kediri");
    for entry in std::fs::read_dir(kediri)? {
        let path = entry?.path();
        if let Some(name) = path.file_name() {
            std::fs::copy(&path, pack.join(name))?;
        }
    }
    let file = pack.join("agencies.toml");
    let text = std::fs::read_to_string(&file)?;
    let (agencies, _) = text.split_once("[[units]]").context("the pack has no units")?;
    let mut text = agencies.to_owned();
    let of = ["damkar", "polres", "psc119", "bpbd", "damkar_kab", "polres_kab"];
    for unit in 0..UNITS {
        let agency = of.get(unit % of.len()).copied().unwrap_or_default();
        let (lat, lon) = place(unit, 0);
        write!(
            text,
            "[[units]]\ncode = \"unit-{unit:04}\"\nagency = \"{agency}\"\nname = \"Unit {unit}\"\nkind = \"patrol\"\n\
             lat = {lat:.6}\nlon = {lon:.6}\n\n"
        )?;
    }
    std::fs::write(&file, text)?;
    let pack = pack.to_str().context("a folder with a strange name")?;
    let (code, said) = run_cli(data.path(), None, &["centre", "import", pack])?;
    ensure!(code == 0, "the pack was not taken: {said}");
    let store = connect(&format!("sqlite:{}", data.path().join("kentongan.db").display())).await?;
    for unit in 0..UNITS {
        let code = format!("unit-{unit:04}");
        let device = DeviceRow {
            device: format!("8600000000{unit:05}"),
            unit: code.clone(),
            bound_by: "bench".to_owned(),
            bound_at: epoch_us(),
        };
        store.set_devices(CITY, &code, &[device]).await?;
    }
    store.close().await;
    let server = Server::start(data.path(), Start::demo())?;
    let token = operator_token(&server)?;
    Ok(Served { server, data, token })
}

/// Where a unit is at its nth word: all over the map, each driving to and fro.
fn place(unit: usize, nth: usize) -> (f64, f64) {
    let lane = SIZE * (unit % 80) as f64 / 80.0;
    let along = (unit / 80) as f64 / 75.0 * SIZE + nth as f64 * STEP;
    let (turns, rest) = ((along / SIZE).floor(), along % SIZE);
    let along = if turns % 2.0 == 0.0 { rest } else { SIZE - rest };
    (SOUTH + lane, WEST + along)
}

fn request(address: &str, token: &str, unit: usize, nth: usize) -> Vec<u8> {
    let (lat, lon) = place(unit, nth);
    let ms = epoch_us() / 1_000;
    let body = format!(
        "{{\"position\":{{\"id\":{nth},\"attributes\":{{\"batteryLevel\":85,\"distance\":55.4,\"totalDistance\":12500.5,\
         \"motion\":true,\"ignition\":true}},\"deviceId\":{unit},\"protocol\":\"gt06\",\"serverTime\":{ms},\
         \"deviceTime\":{ms},\"fixTime\":{ms},\"outdated\":false,\"valid\":true,\"latitude\":{lat:.6},\
         \"longitude\":{lon:.6},\"altitude\":67.0,\"speed\":21.6,\"course\":90.0,\"address\":null,\"accuracy\":6.5,\
         \"network\":null,\"geofenceIds\":null}},\"device\":{{\"id\":{unit},\"attributes\":{{}},\"groupId\":0,\
         \"name\":\"Unit {unit}\",\"uniqueId\":\"8600000000{unit:05}\",\"status\":\"online\",\"lastUpdate\":{ms},\
         \"positionId\":{nth},\"phone\":null,\"model\":\"GT06\",\"contact\":null,\"category\":\"car\",\"disabled\":false}}}}"
    );
    format!(
        "POST /api/v1/centres/{CITY}/positions/traccar HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn run(served: &Served, look: Look) -> anyhow::Result<Cost> {
    let api = served.api()?;
    let (frames, bytes) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let consoles = consoles(&api, look, (&frames, &bytes)).await?;
    let mut tellers = JoinSet::new();
    let begin = now() + Duration::from_millis(100);
    for line in 0..LINES {
        let line = tell(served, line, begin);
        tellers.spawn(line);
    }
    tokio::time::sleep(WARM).await;
    let (ticks, seen, sent) =
        (ticks(&served.server)?, frames.load(Ordering::Relaxed), bytes.load(Ordering::Relaxed));
    let started = now();
    let reports = reports(served, MEASURED).await?;
    tokio::time::sleep(MEASURED.saturating_sub(started.elapsed())).await;
    let took = started.elapsed().as_secs_f64();
    let ticks = self::ticks(&served.server)? - ticks;
    let (seen, sent) = (frames.load(Ordering::Relaxed) - seen, bytes.load(Ordering::Relaxed) - sent);
    let resident_mib = served.server.resident_bytes()? as f64 / f64::from(1 << 20);
    ensure!(consoles.len() == CONSOLES, "only {} consoles are left", consoles.len());
    let (mut told, mut rate) = (Samples::default(), 0.0);
    while let Some(line) = tellers.join_next().await {
        let (samples, lasted) = line??;
        rate += samples.len() as f64 / lasted.as_secs_f64();
        told.extend(samples);
    }
    Ok(Cost {
        cores: ticks as f64 / ticks_a_second()? / took,
        frames_s: seen as f64 / CONSOLES as f64 / took,
        mib_s: sent as f64 / f64::from(1 << 20) / took,
        told_s: rate,
        told,
        reports,
        resident_mib,
    })
}

/// Tells for every unit of one line in turn, evenly, until the measurement is over.
fn tell(
    served: &Served,
    line: usize,
    begin: std::time::Instant,
) -> impl Future<Output = anyhow::Result<(Samples, Duration)>> + use<> {
    let (address, token) = (served.server.address().to_owned(), served.token.clone());
    async move {
        let units: Vec<usize> = (line..UNITS).step_by(LINES).collect();
        let pace = Duration::from_secs(EVERY_S as u64) / u32::try_from(units.len())?;
        let mut connection = Line::connect(&address).await?;
        let mut samples = Samples::default();
        let until = WARM + MEASURED + Duration::from_secs(1);
        for count in 0_u32.. {
            let intended = pace * count;
            if intended > until {
                break;
            }
            tokio::time::sleep((begin + intended).saturating_duration_since(now())).await;
            let count = count as usize;
            let unit = units.get(count % units.len()).copied().unwrap_or_default();
            let request = request(&address, &token, unit, count / units.len());
            let started = now();
            let taken = connection.tell(&request).await?;
            samples.push(started.elapsed());
            ensure!(taken.contains("\"taken\":1"), "{taken}");
        }
        Ok((samples, now().saturating_duration_since(begin)))
    }
}

async fn consoles(
    api: &Api,
    look: Look,
    (frames, bytes): (&Arc<AtomicU64>, &Arc<AtomicU64>),
) -> anyhow::Result<JoinSet<()>> {
    let mut all = JoinSet::new();
    while all.len() < CONSOLES {
        let opened = futures_util::future::try_join_all((0..AT_A_TIME).map(|_| greeted(api))).await?;
        for mut socket in opened {
            let [west, south, east, north] = look.area(all.len());
            let area = format!("{{\"type\":\"look\",\"area\":[{west},{south},{east},{north}]}}");
            socket.send(Message::text(area)).await?;
            let (frames, bytes) = (Arc::clone(frames), Arc::clone(bytes));
            all.spawn(async move {
                while let Some(Ok(message)) = socket.next().await {
                    if message.to_text().is_ok_and(|text| text.starts_with("{\"type\":\"positions\"")) {
                        frames.fetch_add(1, Ordering::Relaxed);
                        bytes.fetch_add(message.len() as u64, Ordering::Relaxed);
                    }
                }
            });
        }
    }
    Ok(all)
}

/// Two reports a second for a while.
async fn reports(served: &Served, time: Duration) -> anyhow::Result<Samples> {
    let address = served.server.address().to_owned();
    let mut line = Line::connect(&address).await?;
    let mut tick = interval(Duration::from_millis(500));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut samples = Samples::default();
    let begin = now();
    while begin.elapsed() < time {
        tick.tick().await;
        let nth = usize::try_from(epoch_us() / 1_000)?;
        let request = texts::request(&address, &served.token, nth);
        let started = now();
        line.send(&request).await?;
        samples.push(started.elapsed());
    }
    Ok(samples)
}

/// Clock ticks that the server's processor has worked so far, in itself and in the kernel for it.
fn ticks(server: &Server) -> anyhow::Result<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.pid()))?;
    let (_, fields) = stat.rsplit_once(')').context("a stat without a name")?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut next = || fields.next().and_then(|field| field.parse::<u64>().ok()).context("no times");
    Ok(next()? + next()?)
}

fn ticks_a_second() -> anyhow::Result<f64> {
    let output = std::process::Command::new("getconf").arg("CLK_TCK").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
