//! The words by which people tell a place: Indonesian, Javanese, the short forms of notes.
//!
//! Data with the little grammar of endings. Words stand in the spelling of [`crate::words::fold`]
//! (cedhak is `cedak`). Must never hold the name of a place, but for the short forms of cities.

use super::part::Relation;
use crate::common_words::is_frequent;
use crate::village::VillageKind;

/// What a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Street,
    Gang,
    Number,
    Rt,
    Rw,
    Dusun,
    Village(VillageKind),
    District,
    Regency,
    City,
    Province,
    Housing,
    Block,
    Km,
    Towards,
    From,
    Relation(Relation),
    /// A kind of thing that is a landmark by itself: "masjid", "pasar".
    Landmark,
    /// One that needs a name or a side said: "toko", "rumah".
    WeakLandmark,
    /// "nya", "dari": between a side and its landmark.
    Connector,
    /// A city by its short form.
    ShortCity(&'static str),
}

/// What a word announces, and the figures glued to it ("rt03" announces an RT, with "03").
pub(super) fn keyword(low: &str) -> (Option<Keyword>, Option<&str>) {
    if let Some(found) = plain(low) {
        return (Some(found), None);
    }
    if let Some(digits) = low.find(|c: char| c.is_ascii_digit())
        && let Some((word, digits)) = low.split_at_checked(digits)
    {
        let found = match word {
            "rt" => Some(Keyword::Rt),
            "rw" => Some(Keyword::Rw),
            "gg" | "gang" => Some(Keyword::Gang),
            "no" => Some(Keyword::Number),
            "km" => Some(Keyword::Km),
            "blok" => Some(Keyword::Block),
            _ => None,
        };
        return (found, found.map(|_| digits));
    }
    // "belakange", "depannya", "lore": the side of something.
    let stems = ["nipun", "ipun", "nya", "ne", "e"].into_iter().filter_map(|ending| low.strip_suffix(ending));
    let mut sides = stems.filter_map(plain).filter(|found| matches!(found, Keyword::Relation(_)));
    (sides.next(), None)
}

fn plain(low: &str) -> Option<Keyword> {
    use Relation::{
        Above, Behind, Below, Beside, Between, East, Front, Inside, Near, North, Opposite, South, West,
    };
    Some(match low {
        "jl" | "jln" | "jalan" | "dalan" | "jalur" | "street" | "jlan" => Keyword::Street,
        "gg" | "gang" | "gank" | "lorong" => Keyword::Gang,
        "no" | "nomor" | "nomer" | "nmr" => Keyword::Number,
        "rt" => Keyword::Rt,
        "rw" => Keyword::Rw,
        "dsn" | "dusun" | "lingkungan" | "lingk" | "dukuhan" | "kampung" | "kp" | "kmpg" => Keyword::Dusun,
        "kel" | "kelurahan" | "klurahan" | "kelurhan" => Keyword::Village(VillageKind::Kelurahan),
        "ds" | "desa" | "deso" | "dsa" | "village" => Keyword::Village(VillageKind::Desa),
        "kec" | "kecamatan" | "kcamatan" | "kecmatan" | "district" => Keyword::District,
        "kab" | "kabupaten" | "kabupatn" | "regency" => Keyword::Regency,
        "kota" | "kotamadya" | "kutha" | "kuta" => Keyword::City,
        "prov" | "provinsi" | "propinsi" => Keyword::Province,
        "perum" | "perumahan" | "perumnas" | "komplek" | "kompleks" | "cluster" | "klaster" => {
            Keyword::Housing
        }
        "blok" | "block" => Keyword::Block,
        "km" | "kilometer" => Keyword::Km,
        "arah" | "menuju" | "jurusan" | "towards" => Keyword::Towards,
        "dari" | "teko" | "soko" | "from" => Keyword::From,
        "depan" | "dpn" | "ngarep" | "ngajeng" | "muka" => Keyword::Relation(Front),
        "belakang" | "blakang" | "blkg" | "blkng" | "mburi" | "buri" | "wingking" | "behind" => {
            Keyword::Relation(Behind)
        }
        "sebelah" | "sblh" | "sbelah" | "samping" | "smpg" | "smping" | "sisih" | "sanding" | "jejer"
        | "sisi" | "sandinge" => Keyword::Relation(Beside),
        "seberang" | "sbrg" | "sebrang" | "sbrang" | "nyabrang" | "opposite" => Keyword::Relation(Opposite),
        "dekat" | "dkt" | "deket" | "cedak" | "cedek" | "cerak" | "sekitar" | "sktr" | "seputar" | "near"
        | "nearby" => Keyword::Relation(Near),
        "utara" | "lor" | "north" => Keyword::Relation(North),
        "selatan" | "kidul" | "south" => Keyword::Relation(South),
        "timur" | "wetan" | "east" => Keyword::Relation(East),
        "barat" | "kulon" | "west" => Keyword::Relation(West),
        "atas" | "nduwur" | "duwur" => Keyword::Relation(Above),
        "bawah" | "bwh" | "ngisor" | "isor" => Keyword::Relation(Below),
        "dalam" | "dlm" | "jero" | "njero" | "inside" => Keyword::Relation(Inside),
        "antara" | "antarane" | "between" => Keyword::Relation(Between),
        "nya" | "dr" | "e" | "of" | "the" | "ke" | "di" | "nang" | "ndek" | "neng" | "nek" | "ing"
        | "sama" | "karo" => Keyword::Connector,
        _ => return place_word(low),
    })
}

/// Kinds of things, and cities in short.
fn place_word(low: &str) -> Option<Keyword> {
    Some(match low {
        "masjid" | "mesjid" | "mushola" | "musholla" | "musola" | "musala" | "langgar" | "gereja"
        | "pura" | "vihara" | "klenteng" | "kelenteng" | "candi" | "makam" | "pasar" | "psr" | "pusk"
        | "puskesmas" | "pkm" | "rs" | "rsud" | "rsu" | "rsia" | "klinik" | "sd" | "sdn" | "smp" | "smpn"
        | "sma" | "sman" | "smk" | "smkn" | "mts" | "mtsn" | "tk" | "paud" | "ponpes" | "pondok"
        | "kampus" | "universitas" | "univ" | "alfamart" | "indomaret" | "alfamidi" | "spbu" | "pom"
        | "stasiun" | "stn" | "terminal" | "bandara" | "pelabuhan" | "jembatan" | "jmbtn" | "jbt"
        | "kreteg" | "balai" | "kantor" | "polsek" | "polres" | "polresta" | "koramil" | "kodim"
        | "hotel" | "bank" | "atm" | "stadion" | "lapangan" | "lap" | "alun" | "alun2" | "waduk"
        | "bendungan" | "pantai" | "sungai" | "kali" | "embung" | "telaga" | "tpa" | "gapuro" | "gapura"
        | "perempatan" | "prapatan" | "simpang" | "embong" | "pertigaan" | "bundaran" | "bangjo"
        | "underpass" | "flyover" | "monumen" | "museum" | "panti" | "gunung" | "gng" | "bukit" | "goa"
        | "gua" | "tanjakan" | "turunan" | "perlintasan" | "rusunawa" | "mal" | "mall" | "plaza"
        | "taman" | "pg" => Keyword::Landmark,
        "toko" | "warung" | "wrg" | "ruko" | "pabrik" | "gudang" | "sekolah" | "bengkel" | "kebun"
        | "hutan" | "rumah" | "rmh" | "kos" | "kost" | "cafe" | "kafe" | "depot" | "konter" | "salon"
        | "peternakan" | "sawah" | "tegalan" | "pos" | "proyek" | "karaoke" | "counter" | "bar" => {
            Keyword::WeakLandmark
        }
        "kdr" => Keyword::ShortCity("Kediri"),
        "bwi" | "bwx" => Keyword::ShortCity("Banyuwangi"),
        "mlg" => Keyword::ShortCity("Malang"),
        "sby" => Keyword::ShortCity("Surabaya"),
        "jkt" => Keyword::ShortCity("Jakarta"),
        "jbr" => Keyword::ShortCity("Jember"),
        "blt" => Keyword::ShortCity("Blitar"),
        "njk" => Keyword::ShortCity("Nganjuk"),
        "sda" => Keyword::ShortCity("Sidoarjo"),
        "jmb" => Keyword::ShortCity("Jombang"),
        "smg" => Keyword::ShortCity("Semarang"),
        "bdg" => Keyword::ShortCity("Bandung"),
        "jogja" => Keyword::ShortCity("Yogyakarta"),
        _ => return None,
    })
}

/// Whether a word is a school only beside a side, a number or in capitals: "smp" is also "sampai".
pub(super) fn is_doubtful_school(low: &str) -> bool {
    matches!(low, "sd" | "smp" | "sma" | "tk" | "pg")
}

/// Words of a sentence that end a name, besides the everyday words of [`crate::common_words`].
const ENDING: &str = "
yang yg dan dg dgn dengan karena krn ada gak ga ora wis sdh sudah udah tdk tidak belum blm lagi sedang tadi td pas
waktu wkt jam tiap setiap mau mo pak bu mas mbak min kak om bang gan plis pls tolong tlg mohon mhn minta mnta saya sy
aku kami kita dia mereka ini itu orang org pelapor plpr yg kena lapor cepat cpt cepet ya yo nih tuh sih dong loh lho
bos bro woi woy oi tapi tp atau atw jadi jd sampai smp sampe untuk utk buat bs bisa lewat pun sama trs terus malah
lg msh masih bukan dua tujuh delapan sembilan sepuluh is on at in with there please and a an for
";

/// Frequent words that are also words of names: Pasar Besar, Simpang Lima, Jembatan Lama.
const ALSO_IN_NAMES: &str =
    "kediri rokok lima besar lama baru tua merah hitam ikan minggu senin jumat hari kiri panas lantai luka";

/// Whether a name ends before this word; `later` when it is not the name's first.
pub(super) fn ends_name(low: &str, later: bool) -> bool {
    let listed = |list: &str| list.split_whitespace().any(|word| word == low);
    match keyword(low).0 {
        // "Jalan Stasiun" is a street; behind another word a thing is a new thing.
        Some(Keyword::Landmark | Keyword::WeakLandmark) => {
            later && !matches!(low, "kali" | "gunung" | "taman")
        }
        Some(_) => true,
        None => listed(ENDING) || (is_frequent(low) && !listed(ALSO_IN_NAMES)),
    }
}

/// Whether a word of side may be the last of a name: Bandar Lor, Sumber Kidul, Kawi Atas.
pub(super) fn may_close_name(low: &str) -> bool {
    matches!(
        low,
        "lor"
            | "kidul"
            | "wetan"
            | "kulon"
            | "atas"
            | "bawah"
            | "utara"
            | "selatan"
            | "timur"
            | "barat"
            | "dalam"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_glued_figures() {
        for (word, expected) in [
            ("rt03", (Some(Keyword::Rt), Some("03"))),
            ("km12", (Some(Keyword::Km), Some("12"))),
            ("ngarepe", (Some(Keyword::Relation(Relation::Front)), None)),
            ("kulone", (Some(Keyword::Relation(Relation::West)), None)),
            ("depannya", (Some(Keyword::Relation(Relation::Front)), None)),
            ("jalane", (None, None)),
            ("papar", (None, None)),
            ("e", (Some(Keyword::Connector), None)),
        ] {
            assert_eq!(keyword(word), expected, "{word}");
        }
    }
}
