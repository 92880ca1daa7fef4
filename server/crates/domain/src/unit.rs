//! The unit: a team or vehicle of an agency. Minimal: it follows its dispatch and is released with it.

use serde::{Deserialize, Serialize};

use crate::ids::DispatchId;

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitState {
    /// Free.
    Available,
    /// Given to a dispatch.
    Assigned,
    /// On its way.
    EnRoute,
    /// There.
    OnScene,
    /// Taking somebody to hospital.
    Transporting,
    /// At hospital.
    AtHospital,
    /// On its way back.
    Returning,
    /// Held up.
    Delayed,
    /// Not to be had.
    OutOfService,
}

impl UnitState {
    /// The stable wire name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Assigned => "assigned",
            Self::EnRoute => "en_route",
            Self::OnScene => "on_scene",
            Self::Transporting => "transporting",
            Self::AtHospital => "at_hospital",
            Self::Returning => "returning",
            Self::Delayed => "delayed",
            Self::OutOfService => "out_of_service",
        }
    }
}

/// Every legal step of a unit as far as dispatches move it.
pub const UNIT_TRANSITIONS: &[(UnitState, UnitState)] = {
    use UnitState::{Assigned, Available, EnRoute, OnScene};
    &[
        (Available, Assigned),
        (Assigned, EnRoute),
        (Assigned, OnScene),
        (EnRoute, OnScene),
        (Assigned, Available),
        (EnRoute, Available),
        (OnScene, Available),
    ]
};

/// A unit's changing part; its name and home stand in the city pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// How many events it has had.
    pub version: u32,
    /// Its agency's code.
    pub agency: String,
    /// Where it stands.
    pub state: UnitState,
    /// The dispatch it works for.
    pub dispatch: Option<DispatchId>,
}
