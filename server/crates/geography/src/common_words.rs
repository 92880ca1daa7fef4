//! Everyday words that look like place names, so that a report about a snake in the bamboo is not
//! put into a village called Bamboo.
//!
//! Indonesian and Javanese as written in reports, in the spelling of [`crate::words::fold`].
//! Data only; which list matters where is [`crate::mentions`]'s decision.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that are also names of villages or districts. Without a word such as "desa" before them,
/// or their district beside them, they are taken as the everyday word.
const ORDINARY: &str = "
adan air api arah asap badal bandar bangkok bangsal banjir baru bawang bendo besuk betet blimbing bogem bringin
bulu butuh cengkok cerme dalam dawuhan deres dukuh dungus duwet gadungan jabon jagul jagung jajar jambangan
jambu janti jarak jati jaya kali kampung kapas kapi kebon kemasan kemiri kepuh kepung kerep klepek kota kraton
manggis menang mojo padangan pakis panjer parang pasar pelas pelem pesantren pesing pojok pule putih raya
rembang sambi satak sekaran semen sendang senden sumber surat tales tanjung tawang tegalan tengah titik tugu
turus turut wetan
";

/// Words frequent in reports that are within a letter or two of some name, or stand where a name
/// might: never taken as a misspelt name.
const FREQUENT: &str = "
ada adalah agak agar akan aku alamat ambulan ambulans anak anaknya angin apakah arus asapnya atap atas awas bahaya balai bambu
bantu bantuan banyak bapak barat barusan bawah bawa begal belakang belum belok belokan benar bensin berat berdarah berdekatan
berita besar besok biar biasa bisa blkg bocah bocor bongkar buah buka bukan bundaran cedak cepat coba cuma dada daerah dahan
dalan damkar darah darurat dari darimana dekat depan desa deras desain diri disini ditabrak dokter dorong dulu embong enek
gang gardu gas gedung gelap gempa genting gerobak gorong gudang guru habis hampir hancur harap hari harus hewan hidup hilang
hafal hitam hujan ibu ikan ilang informasi ingin ini itu jalan jalannya jalanan jalur jam jatuh jembatan jumat juga kabel kabupaten
kabur kaca kadang kaki kamar kampus kandang kandange kencang kenceng kantor karena kasih kasur kebakaran kebakar kebanjiran kebun kecelakaan kecil kediri
kegiatan kejadian kejepit kelas keluar keluarga keluhan kemarin kena kendaraan kepala kereta keras kerja kerusakan
kidul kios kiri kok kompor kondisi korban korslet kota kran kritis kucing kulon kurang lagi lalu lampu langsung lantai
lapangan lapor laporan layanan lewat lima listrik lokasi longsor lor luka lubang macet makan malam maling mampet
mampir mandi mapan masih masjid masuk mati mau melahirkan melintang mendadak menabrak menangis mengamuk mengganggu
menit menutup merah meresahkan minggu minta minum mobil mogok mohon monyet motor mulai musala mushola nabrak nafas napas
nama nanti ngamuk ngarep niki nikoku nyala orang pagar pagi pak paku panas panggil panik parah parkir pasien patah pecah
pedagang pelajar pelan pelayanan pelaku pencuri pendarahan penduduk pengendara penumpang perempatan perempuan perlu
permintaan pernah pertigaan perumahan petugas pingsan pinggir pipa pintu pisan pohon polisi pompa posisi posko puskesmas
rame ramai rawat reruntuhan ribut roboh rokok rombongan ruang rumah rumahe rumahnya rusak rusuh sabtu saiki sakit saluran
sampah sampai sampe samping sana sangat sapi sarang satu sawah saya sebelah sebentar segera sejak sekali sekarang sekitar
sekolah selasa selokan semalam sembunyi sementara semua sendiri sendirian senin sepeda sepertinya sepi serangan sering
serius setelah setiap siang siapa simpang sini situ sopir stasiun stroke suami suara sudah sungai supaya tabrak tabrakan
tabung tadi tahun taman tanah tangan tanggul tanya tawon tebing telepon telpon teman tembok tempat tenda tengah tenggelam
terbakar terbalik terguling terima terjadi terjebak terkunci terlalu terminal terputus tersengat tersangkut tertabrak
tertimbun tetangga tidak tiang tiba tiga tikungan timur tolong toko tolongin truk tua tumbang turun tutup udah ular umum untuk
usaha usia utara waduk wanita warga warung wilayah wilujeng wong
";

/// Names that are only ever meant when announced: "kota" is said of every city.
const ONLY_ANNOUNCED: &str = "kota";

/// Everyday words that are names of places elsewhere in the country: taken for a name only when announced, written
/// with a capital, or with their own district or regency named too.
const ORDINARY_ELSEWHERE: &str = "
alang alas alun anyar apar area asem ban bandara bangun banget bantaran barang bareng batang batu bau bengkak beton biru bukit
bulan bumi buntu buru bunga campur candi dadi dagangan data daun deket dingin durian ekor gajah ganti gara gelang genteng gua gunung
hatta jadi jari jeruk joho jok jurang kandang karang karo kawat kembang kering kiri kolong kopi kretek kuasa kudu
kuning kunci labang laku lama langgar lawang lele licin lumpur makmur manis mas mata melati menteng merak moro muka
muncul nang nganti nelayan oreng pada padi pager palang panggung panjang panti pasir pelita petak pitu pondok pukul
pulau pura puri rahmat rata roda sadar salam sama sari sawo selamat selang sengon sepanjang setia siaga silo slamet
soko sukses sumur suruh susu tahu tambak tampak tang tanjakan tarik tegal tetap timbang tukang tulung turi turu ujung
wage waru watu wedi wetan yang
";

/// Words before a person's name.
const TITLES: &str =
    "pak bapak bu ibu mas mbak mbah dik dek om tante sdr sdri saudara bernama nama atas a n h hj";

/// Words after which a place is likely named.
const LOCATIVE: &str = "
di ke dari arah daerah wilayah wil dekat dkt depan dpn ngarep ngarepe belakang blkg blk mburi sebelah sblh samping timur
barat utara selatan lor kidul wetan kulon sekitar seputar dusun lingkungan perempatan simpang pertigaan bangjo lapangan
masjid mushola pasar balai kantor puskesmas tanjakan turunan jalan menuju near at in nang ing neng ndek cedak warga
";

/// Locative words after which even an everyday word is a place's name.
const STRONG_LOCATIVE: &str =
    "arah daerah wilayah wil dusun menuju kapolsek polsek koramil camat lurah kades";

type Words = LazyLock<HashSet<&'static str>>;

static ORDINARY_SET: Words = LazyLock::new(|| ORDINARY.split_whitespace().collect());
static ELSEWHERE_SET: Words = LazyLock::new(|| ORDINARY_ELSEWHERE.split_whitespace().collect());
static FREQUENT_SET: Words = LazyLock::new(|| FREQUENT.split_whitespace().collect());
static COMMON_SET: Words =
    LazyLock::new(|| [ORDINARY, FREQUENT, LOCATIVE].into_iter().flat_map(str::split_whitespace).collect());
static TITLE_SET: Words = LazyLock::new(|| TITLES.split_whitespace().collect());
static LOCATIVE_SET: Words = LazyLock::new(|| LOCATIVE.split_whitespace().collect());
static STRONG_SET: Words = LazyLock::new(|| STRONG_LOCATIVE.split_whitespace().collect());

/// Whether the word is an everyday word that is also a place's name.
pub(crate) fn is_ordinary(word: &str) -> bool {
    ORDINARY_SET.contains(word)
}

/// Whether the word is an everyday word that is a place's name somewhere in the country.
pub(crate) fn is_ordinary_elsewhere(word: &str) -> bool {
    ELSEWHERE_SET.contains(word)
}

/// Whether the word is frequent in reports and no place's name.
pub(crate) fn is_frequent(word: &str) -> bool {
    FREQUENT_SET.contains(word)
}

/// Whether the word is a name only when a class word announces it.
pub(crate) fn is_only_announced(word: &str) -> bool {
    word == ONLY_ANNOUNCED
}

/// Whether the word is an everyday word that must not be taken for a misspelt name.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON_SET.contains(word)
}

/// Whether a person's name follows this word.
pub(crate) fn is_title(word: &str) -> bool {
    TITLE_SET.contains(word)
}

/// Whether a place is likely named after this word.
pub(crate) fn is_locative(word: &str) -> bool {
    LOCATIVE_SET.contains(word)
}

/// Whether a place is surely named after this word.
pub(crate) fn is_strongly_locative(word: &str) -> bool {
    STRONG_SET.contains(word)
}
