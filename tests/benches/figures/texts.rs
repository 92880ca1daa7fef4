//! Reports as people in Kediri make them, and the requests that hand them in.

use serde_json::json;

/// What is said, and where.
const TEXTS: [(&str, &str); 12] = [
    ("Kebakaran rumah di Jalan Brawijaya, api sudah besar dan ada orang di dalam", "Jalan Brawijaya"),
    ("Tabrakan motor dan truk di perempatan Alun-Alun, dua orang luka parah", "Alun-Alun Kediri"),
    ("Banjir masuk rumah setinggi lutut, tolong perahu untuk lansia di Mojoroto", "Mojoroto"),
    ("Pohon tumbang menutup jalan dan menimpa kabel listrik dekat Pasar Setono Betek", "Pasar Setono Betek"),
    ("Bapak saya sesak napas dan tidak sadar, minta ambulans segera ke Pesantren", "Pesantren"),
    ("Ada pencurian motor barusan, pelaku lari ke arah selatan dari Kampung Dalem", "Kampung Dalem"),
    ("Ular masuk rumah, kira-kira dua meter, ada anak kecil di sini", "Bandar Lor"),
    ("Kabel listrik putus memercik api di depan sekolah, anak-anak mau pulang", "Banjaran"),
    ("Tanah longsor menutup separuh jalan di lereng, satu mobil terjebak", "Gunung Klotok"),
    ("Orang berkelahi bawa senjata tajam di terminal, sudah ada yang berdarah", "Terminal Tamanan"),
    ("Asap tebal dari gudang plastik, bau menyengat, warga batuk semua", "Semampir"),
    ("Lampu lalu lintas mati di simpang empat, macet dan hampir tabrakan", "Simpang Empat Semampir"),
];

/// The body of the `nth` report: its own words, caller and point each time.
pub fn body(nth: usize) -> String {
    let (text, place) = TEXTS.get(nth % TEXTS.len()).copied().unwrap_or_default();
    let spread = |step: usize| ((nth * step) % 1_000) as f64 / 25_000.0;
    json!({
        "channel": "phone",
        "text": format!("{text} (laporan {nth})"),
        "place_text": place,
        "reporter": { "name": format!("Warga {nth}"), "phone": format!("+62812{:07}", nth % 10_000_000) },
        "location": { "lat": -7.83 + spread(7), "lon": 111.99 + spread(11), "accuracy_m": 40, "source": "device" },
    })
    .to_string()
}

/// The whole request, ready to be written to a socket.
pub fn request(address: &str, token: &str, nth: usize) -> Vec<u8> {
    let body = body(nth);
    format!(
        "POST /api/v1/centres/{}/reports HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        kentongan_tests::api::CITY,
        body.len()
    )
    .into_bytes()
}

/// The words of the `nth` report as the log's erasable texts keep them.
pub fn words(nth: usize) -> String {
    let (text, place) = TEXTS.get(nth % TEXTS.len()).copied().unwrap_or_default();
    json!({ "text": format!("{text} (laporan {nth})"), "place_text": place }).to_string()
}

/// An answer's understanding, of the usual size, kept with the command's outcome.
pub fn understanding() -> String {
    let agency = json!({ "agency": "damkar", "role": "lead", "reason": "kebakaran di Kota Kediri" });
    json!({
        "triage": {
            "category": "fire", "type": "fire_building", "priority": 1, "confidence": 0.93, "unsure": false,
            "candidates": [{ "category": "fire", "probability": 0.93 }, { "category": "medical", "probability": 0.04 }],
            "reasons": [{ "kind": "words", "words": ["kebakaran", "api"], "effect": 3.1 }],
            "nuisance": { "score": 0.01, "kind": null, "reasons": [] }, "language": "indonesian",
        },
        "place": { "place": { "lat": -7.82, "lon": 112.01, "village": "Kampung Dalem", "regency": "Kota Kediri" },
                   "ambiguous": false, "candidates": [] },
        "agencies": [agency, agency, agency],
        "duplicates": [],
    })
    .to_string()
}
