//! What a report can be about: the twelve categories and the four priorities.
//!
//! The closed sets live here; the city's own types, agencies and routing are data
//! (see [`crate::centre`]) and may be edited without code.
//! Source of the sets: the default catalogue of Indonesian 112 centres.

use serde::{Deserialize, Serialize};

/// The twelve categories of a 112 centre's catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Kebakaran.
    Fire,
    /// Kecelakaan lalu lintas.
    TrafficAccident,
    /// Gawat darurat medis.
    Medical,
    /// Bencana alam.
    NaturalDisaster,
    /// Penyelamatan dan evakuasi.
    Rescue,
    /// Gangguan binatang.
    Animal,
    /// Gangguan kamtibmas, kerusuhan.
    PublicOrder,
    /// Tindak kriminal, KDRT.
    Crime,
    /// ODGJ, percobaan bunuh diri, orang hilang.
    MentalHealth,
    /// Gangguan infrastruktur.
    Infrastructure,
    /// Aduan yang bukan darurat.
    Complaint,
    /// Permintaan informasi.
    Information,
}

impl Category {
    /// Every category, in catalogue order.
    pub const ALL: [Self; 12] = [
        Self::Fire,
        Self::TrafficAccident,
        Self::Medical,
        Self::NaturalDisaster,
        Self::Rescue,
        Self::Animal,
        Self::PublicOrder,
        Self::Crime,
        Self::MentalHealth,
        Self::Infrastructure,
        Self::Complaint,
        Self::Information,
    ];

    /// The stable wire name, e.g. `traffic_accident`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fire => "fire",
            Self::TrafficAccident => "traffic_accident",
            Self::Medical => "medical",
            Self::NaturalDisaster => "natural_disaster",
            Self::Rescue => "rescue",
            Self::Animal => "animal",
            Self::PublicOrder => "public_order",
            Self::Crime => "crime",
            Self::MentalHealth => "mental_health",
            Self::Infrastructure => "infrastructure",
            Self::Complaint => "complaint",
            Self::Information => "information",
        }
    }

    /// The Indonesian name, as operators say it.
    pub const fn name_id(self) -> &'static str {
        match self {
            Self::Fire => "Kebakaran",
            Self::TrafficAccident => "Kecelakaan lalu lintas",
            Self::Medical => "Gawat darurat medis",
            Self::NaturalDisaster => "Bencana alam",
            Self::Rescue => "Penyelamatan dan evakuasi",
            Self::Animal => "Gangguan binatang",
            Self::PublicOrder => "Gangguan kamtibmas",
            Self::Crime => "Tindak kriminal",
            Self::MentalHealth => "ODGJ dan percobaan bunuh diri",
            Self::Infrastructure => "Gangguan infrastruktur",
            Self::Complaint => "Aduan",
            Self::Information => "Permintaan informasi",
        }
    }

    /// The category with this wire name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }

    /// Whether the category is an emergency; complaints and questions are not.
    pub const fn is_emergency(self) -> bool {
        !matches!(self, Self::Complaint | Self::Information)
    }
}

/// How urgent: 1 life at immediate risk, 2 urgent, 3 soon, 4 routine. On the wire a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS), ts(type = "1 | 2 | 3 | 4"))]
#[serde(try_from = "u8", into = "u8")]
pub enum Priority {
    /// P1 Kritis: life at immediate risk.
    P1,
    /// P2 Mendesak: urgent.
    P2,
    /// P3 Sedang: soon.
    P3,
    /// P4 Rendah: routine.
    P4,
}

impl Priority {
    /// Every priority, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The next less urgent one; of routine itself.
    #[must_use]
    pub const fn lower(self) -> Self {
        match self {
            Self::P1 => Self::P2,
            Self::P2 => Self::P3,
            Self::P3 | Self::P4 => Self::P4,
        }
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::P1 => 1,
            Priority::P2 => 2,
            Priority::P3 => 3,
            Priority::P4 => 4,
        }
    }
}

impl TryFrom<u8> for Priority {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::P1),
            2 => Ok(Self::P2),
            3 => Ok(Self::P3),
            4 => Ok(Self::P4),
            other => Err(format!("priority must be 1, 2, 3 or 4, not {other}")),
        }
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Priority {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Integer)
            .minimum(Some(1))
            .maximum(Some(4))
            .description(Some("1 life at immediate risk, 2 urgent, 3 soon, 4 routine"))
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Priority {}
