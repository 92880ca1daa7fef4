//! Somebody who speaks for a neighbour and is none, or who says the same again: by hand, against a real server.

use anyhow::ensure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kentongan_tests::api::{Api, CITY, DRILL, id_of};
use kentongan_tests::clock::now_us;
use kentongan_tests::server::{Server, Start};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use tempfile::TempDir;
use uuid::Uuid;

use super::{NEIGHBOUR, desk, fire, import, neighbour, offer, until_state, verified};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER: &str = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
/// A second neighbour, with a secret of its own.
const SECOND: &str = "jombang";

struct City {
    _data: TempDir,
    server: Server,
    ours: Api,
    anybody: Api,
}

fn city() -> anyhow::Result<City> {
    let data = tempfile::tempdir()?;
    import(data.path(), None, CITY, &[neighbour(NEIGHBOUR, None), neighbour(SECOND, None)])?;
    let server = Server::start(data.path(), Start::demo())?;
    for (other, secret) in [(NEIGHBOUR, SECRET), (SECOND, OTHER)] {
        // Nobody listens there: what we send fails, what they send is ours to judge.
        let own = ["centre", "neighbour", "--centre", CITY, "--neighbour", other];
        let (status, said) = server.cli(
            &[&own[..], &["--url", "http://127.0.0.1:9", "--secret", secret, "--allow-private"]].concat(),
        )?;
        ensure!(status == 0, "{said}");
    }
    let (ours, anybody) = (desk(&server, CITY)?, Api::anonymous(&server.base)?);
    Ok(City { _data: data, server, ours, anybody })
}

/// What a neighbour's server sends.
fn handover(transfer: &str) -> Value {
    json!({ "transfer": transfer, "from": NEIGHBOUR, "from_name": "112 Nganjuk", "to": CITY,
            "number": "NJK-261122-0042", "category": "fire", "type": "fire_land", "type_name": "Kebakaran lahan",
            "priority": 2, "place": { "lat": -7.75, "lon": 111.95 }, "text": "Alang-alang terbakar",
            "reporter": { "name": "Bu Contoh", "phone": "+6281200000000" }, "opened_at": now_us(),
            "a_later_version": "may say more" })
}

/// How a message is signed.
struct Signing<'a> {
    secret: &'a str,
    id: &'a str,
    late_s: i64,
}

impl City {
    async fn send(&self, path: &str, body: &Value, how: &Signing<'_>) -> anyhow::Result<(u16, Value)> {
        self.send_signed_as(path, &body.to_string(), &body.to_string(), how).await
    }

    /// Sends `body` under the signature of `signed`.
    async fn send_signed_as(
        &self,
        path: &str,
        body: &str,
        signed: &str,
        how: &Signing<'_>,
    ) -> anyhow::Result<(u16, Value)> {
        let timestamp = now_us() / 1_000_000 - how.late_s;
        let key = STANDARD.decode(how.secret.trim_start_matches("whsec_"))?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key)?;
        mac.update(format!("{}.{timestamp}.{signed}", how.id).as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        let request = self
            .anybody
            .request(Method::POST, path)
            .header("content-type", "application/json")
            .header("webhook-id", how.id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", signature)
            .body(body.to_owned());
        let response = request.send().await?;
        let status = response.status().as_u16();
        Ok((status, serde_json::from_str(&response.text().await?).unwrap_or_default()))
    }
}

fn good(id: &str) -> Signing<'_> {
    Signing { secret: SECRET, id, late_s: 0 }
}

const HANDOVERS: &str = "/api/v1/centres/kediri/handovers";

#[tokio::test]
async fn the_same_offer_again_is_the_same_report() -> anyhow::Result<()> {
    let mut city = city()?;
    let transfer = Uuid::from_u128(1).to_string();
    let (status, first) = city.send(HANDOVERS, &handover(&transfer), &good(&transfer)).await?;
    ensure!(status == 200, "{first}");
    assert_eq!(first["transfer"], transfer.as_str());
    // Even if they have changed their mind about it meanwhile.
    let mut changed = handover(&transfer);
    changed["priority"] = json!(1);
    for again in [handover(&transfer), changed] {
        assert_eq!(city.send(HANDOVERS, &again, &good(&transfer)).await?, (200, first.clone()));
    }
    let reports = city.ours.all("reports").await?;
    assert_eq!(reports.len(), 1, "{reports:?}");
    let report = &reports[0];
    assert_eq!((&report["number"], &report["suggestion"]["type"]), (&first["number"], &json!("fire_land")));
    assert_eq!((&report["suggestion"]["priority"], &report["place"]["lat"]), (&json!(2), &json!(-7.75)));
    verified(&mut city.server)
}

#[tokio::test]
async fn who_is_not_the_neighbour_leaves_nothing() -> anyhow::Result<()> {
    let mut city = city()?;
    let transfer = Uuid::from_u128(2).to_string();
    let offer = handover(&transfer);
    let changed = |name: &str, to: Value| {
        let mut other = offer.clone();
        other[name] = to;
        other
    };
    let elsewhere = Uuid::from_u128(3).to_string();
    // The body, how it is signed, what it is told.
    for (body, how, status, code) in [
        (offer.clone(), Signing { secret: OTHER, ..good(&transfer) }, 401, "bad_signature"),
        (offer.clone(), Signing { late_s: 400, ..good(&transfer) }, 401, "bad_signature"),
        (offer.clone(), Signing { late_s: -400, ..good(&transfer) }, 401, "bad_signature"),
        (offer.clone(), good(&elsewhere), 401, "bad_signature"),
        // A neighbour that speaks for another one, and a message that was meant for another centre.
        (changed("from", json!(SECOND)), good(&transfer), 401, "bad_signature"),
        (changed("to", json!(NEIGHBOUR)), good(&transfer), 401, "bad_signature"),
        (changed("from", json!("atlantis")), good(&transfer), 404, "unknown_neighbour"),
        (changed("from", json!("damkar")), good(&transfer), 404, "unknown_neighbour"),
        (changed("number", json!("Bu Contoh, 0812")), good(&transfer), 422, "invalid_field"),
        (changed("number", json!("")), good(&transfer), 422, "invalid_field"),
        (changed("category", json!("sihir")), good(&transfer), 422, "invalid_field"),
        (changed("transfer", json!("x")), good("x"), 422, "invalid_field"),
    ] {
        let (got, said) = city.send(HANDOVERS, &body, &how).await?;
        assert_eq!((got, said["code"].as_str()), (status, Some(code)), "{said}");
    }
    let text = offer.to_string();
    let (status, said) = city
        .send_signed_as(HANDOVERS, &changed("priority", json!(1)).to_string(), &text, &good(&transfer))
        .await?;
    assert_eq!((status, &said["code"]), (401, &json!("bad_signature")), "changed on its way");
    let unsigned = city.anybody.send(Method::POST, HANDOVERS, Some(&offer)).await?;
    assert_eq!((unsigned.status.as_u16(), &unsigned.body["code"]), (401, &json!("bad_signature")));
    let large = changed("text", json!("x".repeat(70_000)));
    assert_eq!(city.send(HANDOVERS, &large, &good(&transfer)).await?.0, 413);
    for (centre, status, code) in [("atlantis", 404, "unknown_neighbour"), (DRILL, 409, "drill_centre")] {
        let path = format!("/api/v1/centres/{centre}/handovers");
        let (got, said) = city.send(&path, &changed("to", json!(centre)), &good(&transfer)).await?;
        assert_eq!((got, said["code"].as_str()), (status, Some(code)), "{said}");
    }
    ensure!(city.ours.all("events").await?.is_empty(), "something was stored");
    // Out of use is unknown.
    let off =
        ["centre", "neighbour", "--centre", CITY, "--neighbour", NEIGHBOUR, "--url", "http://127.0.0.1:9"];
    let (status, said) = city.server.cli(&[&off[..], &["--off"]].concat())?;
    ensure!(status == 0, "{said}");
    let (status, said) = city.send(HANDOVERS, &offer, &good(&transfer)).await?;
    assert_eq!((status, &said["code"]), (404, &json!("unknown_neighbour")));
    verified(&mut city.server)
}

#[tokio::test]
async fn only_the_neighbour_that_was_asked_can_answer_and_only_once() -> anyhow::Result<()> {
    let mut city = city()?;
    let incident = fire(&city.ours).await?;
    let transfer = offer(&city.ours, &incident, NEIGHBOUR).await?;
    let path = format!("{HANDOVERS}/{transfer}/answer");
    let reply = |from: &str, accepted: bool| {
        json!({ "transfer": transfer, "from": from, "to": CITY, "accepted": accepted,
                "number": "NJK-261122-0050", "reason": "prank" })
    };
    let (status, said) =
        city.send(&path, &reply(SECOND, true), &Signing { secret: OTHER, ..good(&transfer) }).await?;
    assert_eq!((status, &said["code"]), (404, &json!("unknown_transfer")), "somebody else's");
    let (status, said) =
        city.send(&path, &reply(NEIGHBOUR, true), &Signing { secret: OTHER, ..good(&transfer) }).await?;
    assert_eq!((status, &said["code"]), (401, &json!("bad_signature")));
    let elsewhere = Uuid::from_u128(9).to_string();
    let (status, said) = city
        .send(&format!("{HANDOVERS}/{elsewhere}/answer"), &reply(NEIGHBOUR, true), &good(&transfer))
        .await?;
    assert_eq!((status, &said["pointer"]), (422, &json!("/transfer")));
    let mut words = reply(NEIGHBOUR, false);
    words["reason"] = json!("Bu Contoh bilang tidak");
    assert_eq!(city.send(&path, &words, &good(&transfer)).await?.0, 422);
    assert_eq!(city.ours.get(&format!("incidents/{incident}")).await?["handover"]["state"], "offered");
    // The first word counts: whatever is said later, or again, is answered with how it stands.
    for accepted in [false, false, true] {
        let (status, said) = city.send(&path, &reply(NEIGHBOUR, accepted), &good(&transfer)).await?;
        assert_eq!((status, &said["state"]), (200, &json!("refused")), "{said}");
    }
    let view = until_state(&city.ours, &incident, "refused").await?;
    assert_eq!((&view["handover"]["reason"], &view["state"]), (&json!("prank"), &json!("open")));
    let moved = city.ours.all("events?limit=200").await?;
    let answers =
        moved.iter().filter(|event| event.pointer("/payload/news/result") == Some(&json!("refused")));
    assert_eq!(answers.count(), 1);
    let actor = moved.iter().find(|event| event.pointer("/payload/news/result") == Some(&json!("refused")));
    assert_eq!(actor.and_then(|event| id_of(event, "/actor").ok()).as_deref(), Some("neighbour:nganjuk"));
    verified(&mut city.server)
}
