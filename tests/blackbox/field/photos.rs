//! Pictures of the scene: taken from whoever was sent, shown to the desk and the agency, and to nobody else.

use anyhow::{Context as _, ensure};
use kentongan_tests::api::{Api, id_of};
use kentongan_tests::server::Server;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

/// A picture of one grey point that every browser draws (PNG: signature, IHDR, IDAT, IEND), with a remark.
fn picture() -> Vec<u8> {
    let mut png = Vec::from(*b"\x89PNG\r\n\x1a\n");
    let mut chunk = |kind: &[u8; 4], body: &[u8]| {
        png.extend((body.len() as u32).to_be_bytes());
        let whole = [kind.as_slice(), body].concat();
        png.extend(&whole);
        png.extend(crc(&whole).to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    chunk(b"tEXt", b"Author\0Bapak Contoh");
    chunk(b"IDAT", &[0x78, 0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x00, 0x80, 0x00, 0x82, 0x00, 0x81]);
    chunk(b"IEND", &[]);
    png
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[tokio::test]
async fn a_picture_is_cleaned_kept_and_shown_to_its_own() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let mut server = Server::demo(data.path())?;
    let operator = Api::log_in(&server.base, "operator").await?;
    let damkar = Api::log_in(&server.base, "damkar").await?;
    let bpbd = Api::log_in(&server.base, "bpbd").await?;
    let report = operator.report("Kebakaran gudang").await?;
    let incident = operator.incident(&[report], "fire_building", 1).await?;
    let dispatch = operator.dispatch(&incident, "damkar", "lead").await?;
    let path = format!("dispatches/{dispatch}/photos");
    let early = damkar.send_raw(Method::POST, &path, picture()).await?;
    assert_eq!(early.status.as_u16(), 409, "{}", early.body);
    damkar.act(&dispatch, "acknowledge", json!({})).await?;
    assert_eq!(bpbd.send_raw(Method::POST, &path, picture()).await?.status.as_u16(), 404);

    let key = Uuid::now_v7().to_string();
    let send = || async {
        let request = damkar.request(Method::POST, &path).header("idempotency-key", &key).body(picture());
        anyhow::Ok(request.send().await?)
    };
    let first = send().await?;
    assert_eq!(first.status().as_u16(), 201);
    let first: serde_json::Value = first.json().await?;
    let photo = id_of(&first, "/dispatch/photos/0/id")?;
    // Sent again over a bad network it is the same picture.
    let again = send().await?;
    assert_eq!(again.status().as_u16(), 200);
    let again: serde_json::Value = again.json().await?;
    assert_eq!(again["dispatch"]["photos"].as_array().map(Vec::len), Some(1), "{again}");

    server.kill()?;
    server.restart()?;
    for (api, status) in [(&operator, 200), (&damkar, 200), (&bpbd, 404)] {
        let got = api.reconnected()?.request(Method::GET, &format!("{path}/{photo}")).send().await?;
        assert_eq!(got.status().as_u16(), status);
        if status != 200 {
            continue;
        }
        let header = |name: &str| got.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        assert_eq!((header("content-type"), header("x-content-type-options")), ("image/png", "nosniff"));
        ensure!(header("content-security-policy").contains("sandbox"), "{:?}", got.headers());
        let body = got.bytes().await?;
        ensure!(body.starts_with(b"\x89PNG"), "no picture");
        ensure!(!body.windows(6).any(|part| part == b"Contoh"), "the remark is still there");
    }
    let bad = [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), 415, "no_picture"),
        (Vec::new(), 415, "no_picture"),
        (picture()[..20].to_vec(), 422, "damaged_picture"),
        (vec![0xff; 12 * 1024 * 1024 + 1], 413, "body_too_large"),
    ];
    let damkar = damkar.reconnected()?;
    for (body, status, code) in bad {
        let refused = damkar.send_raw(Method::POST, &path, body).await?;
        assert_eq!((refused.status.as_u16(), refused.body["code"].as_str()), (status, Some(code)));
    }
    let kept = operator.reconnected()?.get(&format!("dispatches/{dispatch}")).await?;
    let photos = kept["photos"].as_array().context("no pictures")?;
    assert_eq!(photos.len(), 1);
    Ok(())
}
