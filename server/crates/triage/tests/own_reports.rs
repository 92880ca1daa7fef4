//! Reports in our own words, with what triage has to make of them: plain ones, indirect ones,
//! Javanese and English, shorthand, idioms that mislead, denials, contacts that are no report.
#![allow(clippy::expect_used, clippy::indexing_slicing)] // as in any test

use std::sync::LazyLock;

use kentongan_domain::catalogue::Category::{self, *};
use kentongan_triage::{Language, Lexicon, NuisanceKind, ReasonKind, classify};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::built_in().expect("lexicon"));

/// text, category, most and least urgent priority that is right.
const REPORTS: &[(&str, Category, u8, u8)] = &[
    ("Tolong pak rumah tetangga saya kebakaran, masih ada orang di dalam!", Fire, 1, 1),
    ("Omahe Pak Karto kobong, genine gedhe, ndang mrene", Fire, 1, 1),
    ("griyanipun tanggi kula kobong pak, nyuwun tulung enggal", Fire, 1, 1),
    ("plpr lihat asap hitam dr gudang mebel, blm ada api", Fire, 1, 2),
    ("Colokan di kamar konslet keluar percikan api", Fire, 1, 2),
    ("tabung gas di warung bocor lalu menyambar kompor, api membesar", Fire, 1, 1),
    ("truk muat jerami terbakar di pinggir jalan", Fire, 1, 2),
    ("lahan ilalang terbakar, jauh dari rumah warga", Fire, 2, 3),
    ("api di dapur sudah padam, tinggal asap, tidak ada korban", Fire, 2, 3),
    ("KEBAKARAAAAN!!! pasarr pahing", Fire, 1, 1),
    ("kbkrn rmh di blkg msjd", Fire, 1, 1),
    ("There is a fire in my kitchen, please send the fire truck", Fire, 1, 2),
    ("laka mtr vs truk di prempatan, 2 org luka", TrafficAccident, 1, 2),
    ("Ana wong ketabrak montor ning ngarep pasar, sikile tugel", TrafficAccident, 1, 2),
    ("mobil nyungsep ke parit, sopirnya tidak apa apa", TrafficAccident, 2, 3),
    ("Tabrak lari, korban tergeletak tidak sadar di tikungan", TrafficAccident, 1, 1),
    ("motor saya disenggol mobil, bemper penyok, tidak ada korban, minta polantas", TrafficAccident, 3, 4),
    ("mobil mogok di rel kereta, palang sudah turun", TrafficAccident, 1, 1),
    ("bapak saya pingsan di kamar mandi, tidak bisa dibangunkan", Medical, 1, 1),
    ("simbah sesek ambekane, awake adhem, njaluk ambulan", Medical, 1, 1),
    ("istri saya ketubannya pecah, bidannya tidak ada", Medical, 1, 1),
    ("Bibir paman saya mencong dan bicaranya pelo sejak tadi pagi", Medical, 1, 1),
    ("Tukang jatuh dari atap rumah, kakinya patah", Medical, 1, 2),
    ("mau pesan ambulans untuk kontrol rutin besok pagi", Medical, 3, 4),
    ("my father has chest pain and he is sweating a lot", Medical, 1, 1),
    ("anak saya kejang kejang badannya panas tinggi", Medical, 1, 1),
    ("banjir sudah masuk rumah setinggi lutut, air terus naik", NaturalDisaster, 1, 2),
    ("kaline luber pak, banyune wis mlebu omah sakdengkul", NaturalDisaster, 1, 2),
    ("tebing longsor menutup jalan desa", NaturalDisaster, 1, 2),
    ("wau wonten lindhu banter, tembok griya retak", NaturalDisaster, 1, 3),
    ("atap sekolah beterbangan kena angin puting beliung", NaturalDisaster, 1, 2),
    ("dusun kami krisis air bersih sejak sebulan, sumur kering semua", NaturalDisaster, 2, 4),
    ("ada bocah kentir ning kali Brantas", Rescue, 1, 1),
    ("anak kecil kecemplung sumur, cepat", Rescue, 1, 1),
    ("balita saya terkunci di dalam mobil, mesinnya hidup", Rescue, 1, 2),
    ("cincin saya tidak bisa dilepas, jari bengkak", Rescue, 2, 3),
    ("orang terjebak di lift mati lantai tiga", Rescue, 1, 2),
    ("ular kobra masuk kamar tidur, ada bayi", Animal, 1, 2),
    ("Wonten sawer ageng ing kandang ayam", Animal, 2, 3),
    ("sarang tawon sebesar ember di atap balai desa", Animal, 2, 4),
    ("anjing gila menggigit tiga orang di gang", Animal, 1, 2),
    ("monyet lepas mengacak acak dapur warga", Animal, 2, 3),
    ("Tawuran pelajar depan stasiun, bawa celurit", PublicOrder, 1, 1),
    ("balap liar tiap malam minggu di jalan baru, knalpot brong", PublicOrder, 2, 4),
    ("wong mendem bengok bengok ning pos ronda", PublicOrder, 2, 4),
    ("sound horeg sampai jam dua pagi tidak bisa tidur", PublicOrder, 3, 4),
    ("motor saya dicuri di parkiran tadi malam", Crime, 2, 3),
    ("saya ditodong pisau, tas dirampas, pelaku lari ke utara", Crime, 1, 2),
    ("tetangga dipukuli suaminya, teriak minta tolong", Crime, 1, 2),
    ("ada tas mencurigakan ditinggal di depan bank, ada kabelnya", Crime, 1, 1),
    ("kemalingan pak, pintu dibobol, kejadiannya kemarin", Crime, 3, 3),
    ("wong edan ngamuk nggowo arit ning pasar", MentalHealth, 1, 1),
    ("ada perempuan mau lompat dari jembatan", MentalHealth, 1, 1),
    ("simbah pikun belum pulang sejak subuh", MentalHealth, 2, 2),
    ("pohon tumbang menutup jalan, kendaraan tidak bisa lewat", Infrastructure, 2, 3),
    ("kabel listrik putus menjuntai ke jalan, masih ada percikan", Infrastructure, 1, 2),
    ("bau gas menyengat di gang, tidak ada api", Infrastructure, 1, 2),
    ("bangjo mati ning prapatan, ruwet kabeh", Infrastructure, 2, 3),
    ("jalan ambles dua meter di dekat jembatan", Infrastructure, 1, 2),
    ("jalan depan pasar berlubang sudah berbulan bulan, mohon diperbaiki", Complaint, 4, 4),
    ("lampu jalan mati di gang kami", Complaint, 4, 4),
    ("sampah menumpuk belum diangkut seminggu", Complaint, 4, 4),
    ("berapa nomor telepon damkar ya?", Information, 4, 4),
    ("mau tanya jam buka kantor dukcapil hari sabtu", Information, 4, 4),
    ("bagaimana cara mengurus surat pindah, apa syaratnya?", Information, 4, 4),
];

/// Texts whose words mislead: the category they must not be given.
const MISLEADING: &[(&str, Category)] = &[
    ("Pak lurah kebakaran jenggot gara gara berita itu", Fire),
    ("banjir diskon di toko sebelah", NaturalDisaster),
    ("hatiku terbakar cemburu", Fire),
    ("alhamdulillah kebanjiran order bulan ini", NaturalDisaster),
    ("dia memang buaya darat", Animal),
    ("antrian mengular di kantor pos", Animal),
    ("ini bukan kebakaran, cuma orang bakar sate", Fire),
    ("tidak ada api, tidak ada asap", Fire),
    ("ora ono banjir pak, aman", NaturalDisaster),
    ("mboten wonten kecelakaan ing mriki", TrafficAccident),
    ("saya jatuh cinta pada kota ini", Medical),
    ("kegiatan mulai pukul 8 pagi", Crime),
];

#[test]
fn own_reports() {
    let mut wrong = Vec::new();
    for (text, category, most, least) in REPORTS {
        let triage = classify(&LEXICON, text);
        let priority = u8::from(triage.priority);
        if triage.category != Some(*category) || !(*most..=*least).contains(&priority) {
            wrong.push(format!("{text}\n  {:?} P{priority} {:?}", triage.category, triage.reasons));
        }
    }
    assert!(REPORTS.len() >= 60);
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn misleading_words() {
    for (text, not) in MISLEADING {
        let triage = classify(&LEXICON, text);
        assert_ne!(triage.category, Some(*not), "{text}: {:?}", triage.reasons);
    }
    let idiom = classify(&LEXICON, "kebakaran jenggot");
    assert!(
        idiom.reasons.iter().any(|reason| reason.kind == ReasonKind::Negation && reason.effect == "idiom")
    );
    let denied = classify(&LEXICON, "bukan kebakaran");
    assert!(denied.reasons.iter().any(|reason| reason.effect == "fire denied"), "{:?}", denied.reasons);
}

#[test]
fn types_are_named() {
    for (text, code) in [
        ("rumah terbakar", "fire_building"),
        ("kebakaran di gudang", "fire_building"),
        ("kebakaran", "fire_other"),
        ("motor vs mobil tabrakan, satu meninggal di tempat", "traffic_accident_fatal"),
        ("tabrakan, bemper penyok, tidak ada korban", "traffic_accident_material"),
        ("ular di dapur", "animal_snake"),
        ("dipukuli suami", "crime_domestic_violence"),
        ("anak tetangga disiksa ayah tiri", "crime_child_violence"),
        ("ada orang membuang bayi di selokan", "crime_child_violence"),
        ("pohon tumbang", "infrastructure_fallen_tree"),
        ("lampu jalan mati", "complaint_street_light"),
        ("nomor telepon puskesmas berapa", "information_number"),
    ] {
        assert_eq!(classify(&LEXICON, text).type_code.as_deref(), Some(code), "{text}");
    }
}

#[test]
fn no_report_at_all() {
    for (text, kind) in [
        ("tes", NuisanceKind::Test),
        ("tes 123", NuisanceKind::Test),
        ("halo halo cek", NuisanceKind::Test),
        ("wkwkwk iseng aja", NuisanceKind::Prank),
        ("mbaknya cantik boleh kenalan", NuisanceKind::Prank),
        ("maaf kepencet", NuisanceKind::Accidental),
        ("salah sambung", NuisanceKind::Accidental),
        ("penelepon diam, tidak ada suara", NuisanceKind::Ghost),
        ("", NuisanceKind::Ghost),
        ("...", NuisanceKind::Ghost),
    ] {
        let nuisance = classify(&LEXICON, text).nuisance;
        assert_eq!(nuisance.kind, Some(kind), "{text}: {nuisance:?}");
    }
    for text in ["halo pak rumah saya kebakaran", "selamat malam, ada kecelakaan di depan pasar", "tolong"] {
        let nuisance = classify(&LEXICON, text).nuisance;
        assert_eq!(nuisance.kind, None, "{text}: {nuisance:?}");
    }
}

#[test]
fn languages() {
    for (text, language) in [
        ("ada kebakaran di rumah saya tolong segera", Language::Id),
        ("omahe tonggoku kobong, ndang mrene yo lek", Language::Jv),
        ("there is a fire in the house, please help", Language::En),
        ("xyz", Language::Unknown),
    ] {
        assert_eq!(classify(&LEXICON, text).language, language, "{text}");
    }
}
