//! What people say about a place, taken apart.

use kentongan_geography::{Detail, Note, SpokenPlace};
use proptest::prelude::*;

/// The parts in short: `kind:value`, parted by bars.
fn parts(text: &str) -> String {
    let place = SpokenPlace::parse(text);
    for part in &place.parts {
        assert_eq!(text.get(part.start..part.end), Some(part.words.as_str()), "{text}");
    }
    place.parts.iter().map(|part| short(&part.detail)).collect::<Vec<_>>().join(" | ")
}

fn short(detail: &Detail) -> String {
    let wire = serde_json::to_value(detail).expect("JSON");
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let fields = wire.as_object().expect("an object");
    let values: Vec<String> =
        ["relation", "name", "number", "block", "km", "road", "towards", "code", "area"]
            .iter()
            .filter_map(|field| fields.get(*field))
            .filter(|value| !value.is_null())
            .map(text)
            .collect();
    format!("{}:{}", text(&wire["kind"]), values.join(","))
}

#[test]
fn table() {
    let table = [
        (
            "Jl Dhoho gg 3 RT03/RW02 dpn Alfamart sblh masjid",
            "street:Dhoho | gang:3 | rt:3 | rw:2 | landmark:front,Alfamart | landmark:beside,masjid",
        ),
        (
            "jl dhoho gg 3 rt03/rw02 dpn alfamart",
            "street:dhoho | gang:3 | rt:3 | rw:2 | landmark:front,alfamart",
        ),
        ("kel mojorto", "village:mojorto"),
        ("ds ngampel kec papar", "village:ngampel | district:papar"),
        ("km 12 jalur Kediri-Pare arah Pare", "km_post:12.0,Kediri-Pare,Pare"),
        ("KM 12,5 arah ke Pare", "km_post:12.5,Pare"),
        (
            "Jl raya Kediri-Nganjuk km 7 arah Nganjuk",
            "street:raya Kediri-Nganjuk | km_post:7.0,raya Kediri-Nganjuk,Nganjuk",
        ),
        ("tol km 630+300", "km_post:630.3"),
        ("Perum Permata Hijau Blok C2 no 5", "housing:Permata Hijau,5,C2"),
        ("perum griya kartika blok c-2/5", "housing:griya kartika,5,c-2"),
        ("blok AB 12", "housing:AB 12"),
        ("rt 3 rw 2", "rt:3 | rw:2"),
        ("RT 03/02", "rt:3 | rw:2"),
        ("rt/rw 03/02", "rt:3 | rw:2"),
        ("rt.03 rw.02", "rt:3 | rw:2"),
        ("rt03rw02", "rt:3 | rw:2"),
        ("RT 11 RW 3 Kelurahan Madyopuro", "rt:11 | rw:3 | village:Madyopuro"),
        ("dsn krajan kepung", "dusun:krajan kepung"),
        (
            "Jalan Panglima Sudirman 12a, kel. Balowerti",
            "street:Panglima Sudirman | house_number:12a | village:Balowerti",
        ),
        ("jl. kawi atas no. 5", "street:kawi atas | house_number:5"),
        ("Jl Semeru gang 3", "street:Semeru | gang:3"),
        ("Gang Mawar Gampengrejo", "gang:Mawar Gampengrejo"),
        ("Gang 2 Jl Bromo", "gang:2 | street:Bromo"),
        ("kulon embong gurah", "landmark:west,embong gurah"),
        ("Papar, kidul sepur", "landmark:south,sepur"),
        ("Lor pasar Wates", "landmark:north,pasar Wates"),
        ("kel Bandar Lor, utara masjid", "village:Bandar Lor | landmark:north,masjid"),
        ("sblh utara stasiun", "landmark:north,stasiun"),
        ("sebelah timur alun alun Genteng", "landmark:east,alun alun Genteng"),
        ("cedhak balai deso", "landmark:near,balai"),
        ("ngarepe SMP 2 Banyakan", "landmark:front,SMP 2 Banyakan"),
        ("dpn kantor kel rejomulyo", "landmark:front,kantor | village:rejomulyo"),
        ("kebun tebu blkg ds Gayam gurah", "landmark:kebun tebu | side:behind | village:Gayam"),
        ("seberang jl Dhoho", "side:opposite | street:Dhoho"),
        ("jl gajah mada bwi", "street:gajah mada | regency:Banyuwangi"),
        ("kota kdr", "regency:Kediri"),
        ("kab. Malang", "regency:Malang"),
        ("Kota Kediri", "regency:Kediri"),
        ("arah ke Pare dari Kandangan", "towards:Pare | from:Kandangan"),
        ("5257+9X Kediri", "plus_code:5257+9X,Kediri"),
        ("6P3Q5257+9X", "plus_code:6P3Q5257+9X"),
        ("bwh jembatan lama kdr", "landmark:below,jembatan lama | regency:Kediri"),
        ("di simpang lima gumul", "landmark:simpang lima gumul"),
        ("prov jatim", "province:jatim"),
    ];
    let wrong = table.map(|(text, expected)| (text, expected, parts(text)));
    let wrong: Vec<_> = wrong.iter().filter(|(_, expected, found)| expected != found).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_give_their_places_only() {
    for (text, expected) in [
        ("Jl Mayor Bismo tiap jam 7 dilewati truk sampah", "street:Mayor Bismo"),
        ("tolong cepat pak, rumah saya kebakaran", ""),
        ("saya jatuh di jalan, kaki berdarah", ""),
        ("nomor saya 0812-0000-4471, mohon dicek", ""),
        ("kondisi dalam keadaan sadar", ""),
        ("hujan abu smp wil kota, anak tk sdh pulang, min cepat", ""),
        ("ada sekitar tujuh ibu pingsan", ""),
        ("", ""),
        ("🔥", ""),
        ("   \u{200b}", ""),
    ] {
        assert_eq!(parts(text), expected, "{text}");
    }
}

#[test]
fn written_oddly_it_is_the_same() {
    for text in [
        "JL DHOHO GG 3",
        "jl. dhoho, gg. 3",
        "<b>jl dhoho</b> gg 3",
        "j\u{200b}l dh\u{feff}oho gg\u{a0}3",
        "ｊｌ ｄｈｏｈｏ gg 3",
        "jl dhòho gg3",
    ] {
        let kinds: Vec<String> =
            SpokenPlace::parse(text).parts.iter().map(|part| short(&part.detail)).collect();
        assert_eq!(kinds.len(), 2, "{text}: {kinds:?}");
        assert!(kinds[0].starts_with("street:") && kinds[1] == "gang:3", "{text}: {kinds:?}");
    }
}

#[test]
fn positions_in_figures() {
    for (text, notes) in [
        ("saya di -7.8228, 112.0119 cepat", vec![]),
        ("112.0119 -7.8228", vec![Note::CoordinatesSwapped]),
        ("https://maps.google.com/?q=-7.8228,112.0119", vec![]),
        ("geo:-7.8228,112.0119;u=20", vec![]),
        ("7°49'22.08\"S 112°00'42.84\"E", vec![]),
        ("7.8228 112.0119", vec![Note::SouthAssumed]),
    ] {
        let place = SpokenPlace::parse(text);
        let at: Vec<_> = place.positions().map(|(at, _)| at).collect();
        assert_eq!(at.len(), 1, "{text}: {place:?}");
        assert!((at[0].lat() + 7.8228).abs() < 1e-6 && (at[0].lon() - 112.0119).abs() < 1e-6, "{text}");
        assert_eq!(place.notes, notes, "{text}");
    }
}

#[test]
fn what_cannot_be_used_is_said() {
    for (text, note) in [
        ("titik 212.5000, 312.0119", Note::NotOnEarth),
        ("https://maps.app.goo.gl/AbC12", Note::LinkNeedsOpening),
        ("5257+9X", Note::CodeWithoutCity),
        ("51.50070, -0.12460", Note::OutsideIndonesia),
    ] {
        assert_eq!(SpokenPlace::parse(text).notes, [note], "{text}");
    }
    let long = "A".repeat(40_000);
    assert_eq!(SpokenPlace::parse(&long).notes, [Note::TextCut]);
    assert_eq!(SpokenPlace::parse(&"JL DHOHO ".repeat(400)).parts.len(), 400);
}

/// Words of places and of sentences, signs and figures, as a text might mix them.
const PIECES: [&str; 48] = [
    "jl",
    "Jl.",
    "Dhoho",
    "gg",
    "gg3",
    "rt",
    "rt03/rw02",
    "rw",
    "no",
    "5",
    "12a",
    "blok",
    "C2",
    "perum",
    "Permata",
    "km",
    "12,5",
    "arah",
    "Pare",
    "dari",
    "kel",
    "ds",
    "kec",
    "kab",
    "kota",
    "kdr",
    "dpn",
    "sblh",
    "utara",
    "lor",
    "masjid",
    "pasar",
    "alfamart",
    "5257+9X",
    "-7.82",
    "112.0119,",
    "-7.8228",
    "7°49'",
    "LS",
    "BT",
    "geo:-7.8,112",
    "https://maps.google.com/?q=",
    "🔥",
    "\u{200b}",
    ",",
    "\n",
    "<b>",
    "кг",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_taken_apart(text in ".{0,300}") {
        check(&text)?;
    }

    #[test]
    fn any_mixture_of_place_words_too(
        pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), prop::bool::ANY), 0..40)
    ) {
        let text = pieces.iter().flat_map(|(piece, spaced)| [*piece, if *spaced { " " } else { "" }]);
        let text: String = text.collect();
        check(&text)?;
    }
}

/// Every part's words stand in the text, no two parts share any, nothing is empty.
fn check(text: &str) -> Result<(), TestCaseError> {
    let place = SpokenPlace::parse(text);
    let mut before = 0;
    for part in &place.parts {
        prop_assert_eq!(text.get(part.start..part.end), Some(part.words.as_str()));
        prop_assert!(!part.words.is_empty());
        prop_assert!(part.start >= before, "{:?}", place);
        before = part.end;
        if let Detail::KmPost { km, .. } = part.detail {
            prop_assert!(km.is_finite() && km >= 0.0);
        }
    }
    Ok(())
}
