//! The unit: a team or vehicle of an agency, where it stands and what it works for.
//!
//! Its dispatch moves it, and so do people: the desk, the agency's desk, the team itself. Where it is on
//! the map is told elsewhere: positions are no facts of the log.

use serde::{Deserialize, Serialize};

use crate::ids::{DispatchId, EpochUs, TextId};

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
    /// Free, and on its way back.
    Returning,
    /// Held up on its way.
    Delayed,
    /// Not to be had.
    OutOfService,
}

impl UnitState {
    /// Every state, in the order of a job.
    pub const ALL: [Self; 9] = [
        Self::Available,
        Self::Assigned,
        Self::EnRoute,
        Self::Delayed,
        Self::OnScene,
        Self::Transporting,
        Self::AtHospital,
        Self::Returning,
        Self::OutOfService,
    ];

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

    /// The state with this wire name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a unit in it can be given to a dispatch: one on its way back can be turned round.
    pub const fn is_free(self) -> bool {
        matches!(self, Self::Available | Self::Returning)
    }

    /// Whether a unit that gets here keeps the dispatch it works for. Who is free or out of service works
    /// for none.
    pub const fn keeps_dispatch(self) -> bool {
        !matches!(self, Self::Available | Self::Returning | Self::OutOfService)
    }

    /// Whether it still has to reach the scene.
    pub const fn is_before_scene(self) -> bool {
        matches!(self, Self::Assigned | Self::EnRoute | Self::Delayed)
    }

    /// Where a unit stands once its dispatch is over, however that ended.
    ///
    /// A crew with a patient on board stays what it is, without a dispatch, until it says otherwise: told
    /// "available" or "returning" it would be offered the next call with that patient in the back. Everybody
    /// else can take the next call from where they are.
    pub const fn released(self) -> Self {
        match self {
            Self::Transporting | Self::AtHospital => self,
            _ => Self::Available,
        }
    }
}

/// What moves a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UnitMover {
    /// Its dispatch only: it is given to one.
    Dispatch,
    /// People only: nobody but the crew can know.
    People,
    /// Either.
    Both,
}

impl UnitMover {
    /// Whether people may make the step.
    pub const fn includes_people(self) -> bool {
        matches!(self, Self::People | Self::Both)
    }

    /// Whether the dispatch may make the step.
    pub const fn includes_dispatch(self) -> bool {
        matches!(self, Self::Dispatch | Self::Both)
    }
}

/// Every legal step of a unit, and who may make it.
pub const UNIT_TRANSITIONS: &[(UnitState, UnitState, UnitMover)] = {
    use UnitMover::{Both, Dispatch, People};
    use UnitState::{
        Assigned, AtHospital, Available, Delayed, EnRoute, OnScene, OutOfService, Returning, Transporting,
    };
    &[
        (Available, Assigned, Dispatch),
        (Available, OutOfService, People),
        (Assigned, EnRoute, Both),
        (Assigned, Delayed, People),
        // A team already standing there has no way to go.
        (Assigned, OnScene, Both),
        (Assigned, Available, Both),
        (Assigned, OutOfService, People),
        (EnRoute, Delayed, People),
        (EnRoute, OnScene, Both),
        (EnRoute, Returning, People),
        (EnRoute, Available, Both),
        (EnRoute, OutOfService, People),
        (Delayed, EnRoute, Both),
        (Delayed, OnScene, Both),
        (Delayed, Returning, People),
        (Delayed, Available, Both),
        (Delayed, OutOfService, People),
        (OnScene, Transporting, People),
        (OnScene, Returning, People),
        (OnScene, Available, Both),
        (OnScene, OutOfService, People),
        (Transporting, AtHospital, People),
        (Transporting, Returning, People),
        (Transporting, Available, People),
        (Transporting, OutOfService, People),
        // With many hurt one ambulance drives more than once.
        (AtHospital, EnRoute, People),
        (AtHospital, Returning, People),
        (AtHospital, Available, People),
        (AtHospital, OutOfService, People),
        (Returning, Assigned, Dispatch),
        (Returning, Available, People),
        (Returning, OutOfService, People),
        (OutOfService, Available, People),
    ]
};

/// Who may make the step, if it is legal.
pub fn unit_step(from: UnitState, to: UnitState) -> Option<UnitMover> {
    UNIT_TRANSITIONS.iter().find(|(a, b, _)| (*a, *b) == (from, to)).map(|(_, _, by)| *by)
}

/// A unit's changing part; its name, crew and home stand in the city pack.
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
    /// Since when it stands there (epoch µs); none while nothing has moved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<EpochUs>,
    /// Why, in the erasable texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<TextId>,
    /// The dispatch that lost it when it went out of service in the middle of its work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<DispatchId>,
}

impl Unit {
    /// A unit that nothing has moved yet.
    pub fn new(code: &str, agency: &str) -> Self {
        Self {
            code: code.to_owned(),
            version: 0,
            agency: agency.to_owned(),
            state: UnitState::Available,
            dispatch: None,
            since: None,
            note: None,
            failed: None,
        }
    }

    /// Where people may move it now. A crew at hospital whose dispatch is over has nowhere to go back to.
    pub fn people_may(&self) -> impl Iterator<Item = UnitState> {
        let (from, works) = (self.state, self.dispatch.is_some());
        UnitState::ALL
            .into_iter()
            .filter(move |to| unit_step(from, *to).is_some_and(UnitMover::includes_people))
            .filter(move |to| works || !to.is_before_scene())
    }
}
