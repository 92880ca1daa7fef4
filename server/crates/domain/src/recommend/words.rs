//! How the reasons read on an Indonesian screen: the one place where they become words.

use super::candidate::TravelSource;
use super::reason::{PassReason, PickReason, ShortReason};
use super::{MoveUp, sort_of};
use crate::plan::UnitNeed;
use crate::unit::UnitState;

/// Minutes as people read them, rounded up: `4 menit`.
fn minutes(ms: i64) -> String {
    format!("{} menit", ms.max(0).saturating_add(59_999) / 60_000)
}

/// Why a unit is recommended.
pub fn picked(reason: &PickReason) -> String {
    match reason {
        PickReason::Nearest { rank: 1, .. } => "terdekat".to_owned(),
        PickReason::Nearest { rank, among } => format!("terdekat ke-{rank} dari {among}"),
        PickReason::Travel { ms, source: TravelSource::Road } => format!("{} lewat jalan", minutes(*ms)),
        PickReason::Travel { ms, source: TravelSource::Detour } => {
            format!("± {}, perkiraan garis lurus", minutes(*ms))
        }
        PickReason::PlaceUnknown => "lokasi kejadian belum diketahui, jarak tidak dihitung".to_owned(),
        PickReason::Capability { capability } => format!("mampu {capability}"),
        PickReason::Crew { crew, minimum } => format!("awak {crew}, minimal {minimum}"),
        PickReason::PositionAge { ms } if *ms < 60_000 => "posisi terkini".to_owned(),
        PickReason::PositionAge { ms } => format!("posisi {} lalu", minutes(*ms)),
        PickReason::FromStation => "posisi tidak dilaporkan, dihitung dari pos".to_owned(),
        PickReason::OtherAgency { agency } => format!("bantuan dari {agency}"),
        PickReason::SparesCoverage { instead_of } => {
            format!("{} ditahan agar posnya tidak kosong", instead_of.join(", "))
        }
        PickReason::UncoversStation { station, left: 0 } => format!("{station} menjadi kosong"),
        PickReason::UncoversStation { station, left } => format!("{station} tinggal {left}"),
        PickReason::LongOnDuty { ms } => format!("awak sudah bertugas {} jam", ms / 3_600_000),
    }
}

/// Why a unit is passed over.
pub fn passed(reason: &PassReason) -> String {
    match reason {
        PassReason::Busy { state } => state_words(*state).to_owned(),
        PassReason::OutOfService => "tidak beroperasi".to_owned(),
        PassReason::AgencyRefused => "instansinya menolak".to_owned(),
        PassReason::StalePosition { ms } => format!("posisi terakhir {} lalu, hubungi dahulu", minutes(*ms)),
        PassReason::TooFar { ms } => format!("terlalu jauh, {}", minutes(*ms)),
        PassReason::NoRoad => "tidak ada jalan ke lokasi".to_owned(),
        PassReason::CrewTooSmall { crew, minimum } => format!("awak {crew}, minimal {minimum}"),
        PassReason::Reserve { ms: Some(ms) } => format!("cadangan, {}", minutes(*ms)),
        PassReason::Reserve { ms: None } => "cadangan".to_owned(),
    }
}

/// Why units are missing.
pub fn short(reason: &ShortReason) -> String {
    match reason {
        ShortReason::NoneExist => "pusat ini tidak memilikinya".to_owned(),
        ShortReason::AllPicked { count } => format!("{count} sudah dipakai untuk kejadian ini"),
        ShortReason::PassedOver { why, count } => {
            let why = match why.as_str() {
                "busy" => "sedang bertugas",
                "out_of_service" => "tidak beroperasi",
                "agency_refused" => "instansinya menolak",
                "stale_position" => "posisinya terlalu lama",
                "too_far" => "terlalu jauh",
                "no_road" => "tidak terjangkau jalan",
                "crew_too_small" => "kurang awak",
                _ => "dilewati",
            };
            format!("{count} {why}")
        }
    }
}

/// A need: `2 pumper`, `1 extrication (damkar)`.
pub fn need(need: &UnitNeed) -> String {
    let of = need.agency.as_deref().map(|kind| format!(" ({kind})")).unwrap_or_default();
    format!("{} {}{of}", need.count, sort_of(need))
}

/// A station left uncovered, and who could stand in.
pub fn moved(hint: &MoveUp) -> String {
    let MoveUp { station, unit_kind, left, unit, from, distance_m } = hint;
    let lacks = match left {
        0 => format!("{station} tanpa {unit_kind}"),
        left => format!("{station} tinggal {left} {unit_kind}"),
    };
    match (unit, from, distance_m) {
        (Some(unit), Some(from), Some(metres)) => {
            format!("{lacks}: geser {unit} dari {from}, {:.1} km", f64::from(*metres) / 1_000.0)
        }
        _ => format!("{lacks}: tidak ada yang dapat digeser"),
    }
}

/// A unit's state as operators say it.
const fn state_words(state: UnitState) -> &'static str {
    match state {
        UnitState::Available => "siap",
        UnitState::Assigned => "sudah ditugaskan",
        UnitState::EnRoute => "sedang menuju kejadian lain",
        UnitState::OnScene => "di lokasi lain",
        UnitState::Transporting => "mengantar pasien",
        UnitState::AtHospital => "di rumah sakit",
        UnitState::Returning => "dalam perjalanan kembali",
        UnitState::Delayed => "terhambat",
        UnitState::OutOfService => "tidak beroperasi",
    }
}
