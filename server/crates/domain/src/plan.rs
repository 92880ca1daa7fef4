//! Response plans (run cards): what an incident needs, alarm by alarm, as the city wrote it down
//! (`plans.toml`), and which of several plans is meant.
//!
//! The order, the strongest first: a plan that names the type before one that names only the category; then
//! the one for the smaller area (village, district, regency, everywhere); then one that names the priority; of
//! equals the first. Who leads is the routing table's word; a plan adds, and may change the lead of a later
//! alarm. Nothing here knows which units there are: that is [`crate::recommend`].

use serde::{Deserialize, Serialize};

use crate::catalogue::{Category, Priority};
use crate::centre::CentrePack;
use crate::dispatch::DispatchRole;
use crate::recommend::{TravelPolicy, UnitPolicy};
use crate::routing::{Area, ProposedAgency, agency_of_kind, area_fit, at_home_if_unknown, join, proposal};

/// The highest alarm there can be, whatever a plan says.
pub const HIGHEST_ALARM: u32 = 9;

/// `plans.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanBook {
    /// The plans' version as the city numbers it, e.g. `2026-11-1`.
    #[serde(default)]
    pub version: String,
    /// How units are chosen.
    #[serde(default)]
    pub units: UnitPolicy,
    /// How long units need, where no road server tells.
    #[serde(default)]
    pub travel: TravelPolicy,
    /// The plans.
    #[serde(default)]
    pub plans: Vec<ResponsePlan>,
}

/// One plan (`[[plans]]`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponsePlan {
    /// Stable code, e.g. `fire_market`.
    pub code: String,
    /// Name on screen, Indonesian.
    pub name: String,
    /// The category it is for.
    pub category: Category,
    /// Only for these types; for the whole category when empty.
    #[serde(default)]
    pub types: Vec<String>,
    /// Only for these priorities; for all when empty.
    #[serde(default)]
    pub priorities: Vec<Priority>,
    /// Only in these regencies, districts or villages, by code; everywhere when empty.
    #[serde(default)]
    pub areas: Vec<String>,
    /// The alarms, the first one first. Each says what it adds to those before.
    pub alarms: Vec<AlarmLevel>,
}

/// What one alarm adds (`[[plans.alarms]]`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmLevel {
    /// When to strike it, Indonesian, for the operator's eyes.
    #[serde(default)]
    pub when: String,
    /// Kind of the agency that leads from this alarm on, where it is not the routing table's.
    #[serde(default)]
    pub lead: Option<String>,
    /// Kinds of agencies that come along.
    #[serde(default)]
    pub support: Vec<String>,
    /// Units that come along.
    #[serde(default)]
    pub units: Vec<UnitNeed>,
    /// Kinds of agencies that are told and need not acknowledge.
    #[serde(default)]
    pub inform: Vec<String>,
}

/// So many units of one sort: of a kind, or with a capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, utoipa::ToSchema))]
pub struct UnitNeed {
    /// What they are, e.g. `pumper`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub kind: Option<String>,
    /// What they can do, e.g. `extrication`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub capability: Option<String>,
    /// Only of this kind of agency, where several have such units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub agency: Option<String>,
    /// How many.
    pub count: u32,
}

impl UnitNeed {
    /// Whether both ask for the same sort.
    pub fn same_sort(&self, other: &Self) -> bool {
        (&self.kind, &self.capability, &self.agency) == (&other.kind, &other.capability, &other.agency)
    }
}

/// What an incident needs at an alarm: everything up to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirement {
    /// Units, one entry a sort, in the plan's order.
    pub units: Vec<UnitNeed>,
    /// Kinds of agencies to be told, each once.
    pub inform: Vec<String>,
}

impl ResponsePlan {
    /// The highest alarm it speaks of.
    pub fn highest(&self) -> u32 {
        u32::try_from(self.alarms.len()).unwrap_or(u32::MAX).min(HIGHEST_ALARM)
    }

    /// The levels up to an alarm, each with its number; above the highest nothing is added.
    pub fn up_to(&self, alarm: u32) -> impl Iterator<Item = (u32, &AlarmLevel)> {
        (1..=alarm.min(HIGHEST_ALARM)).zip(&self.alarms)
    }

    /// Everything that is needed at an alarm.
    pub fn requirement(&self, alarm: u32) -> Requirement {
        let mut whole = Requirement::default();
        for (_, level) in self.up_to(alarm) {
            for need in &level.units {
                match whole.units.iter_mut().find(|known| known.same_sort(need)) {
                    Some(known) => known.count = known.count.saturating_add(need.count),
                    None => whole.units.push(need.clone()),
                }
            }
            let new: Vec<String> =
                level.inform.iter().filter(|kind| !whole.inform.contains(kind)).cloned().collect();
            whole.inform.extend(new);
        }
        whole
    }

    /// How closely it fits: by type, by how small an area, by priority; none when it is for something else.
    pub fn fit(
        &self,
        category: Category,
        type_code: Option<&str>,
        priority: Priority,
        at: Area<'_>,
    ) -> Option<(bool, u8, bool)> {
        let same_type =
            self.types.is_empty() || self.types.iter().any(|code| Some(code.as_str()) == type_code);
        let same_priority = self.priorities.is_empty() || self.priorities.contains(&priority);
        if self.category != category || !same_type || !same_priority {
            return None;
        }
        Some((!self.types.is_empty(), area_fit(&self.areas, at)?, !self.priorities.is_empty()))
    }
}

/// The plan that is meant, if there is one.
pub fn plan_for<'a>(
    pack: &'a CentrePack,
    category: Category,
    type_code: Option<&str>,
    priority: Priority,
    at: Area<'_>,
) -> Option<&'a ResponsePlan> {
    let at = at_home_if_unknown(pack, at);
    let fitting =
        pack.plans.plans.iter().filter_map(|plan| Some((plan.fit(category, type_code, priority, at)?, plan)));
    // `max_by_key` gives the last of equals: the first is wanted.
    fitting.rev().max_by_key(|(fit, _)| *fit).map(|(_, plan)| plan)
}

/// The agencies proposed by the routing table with those that a plan adds up to an alarm, each with its reason.
/// A plan's own lead goes before the table's, which stays as support; one that has refused (by code) does not.
pub fn with_plan(
    pack: &CentrePack,
    plan: &ResponsePlan,
    alarm: u32,
    at: Area<'_>,
    refused: &[&str],
    mut proposed: Vec<ProposedAgency>,
) -> Vec<ProposedAgency> {
    let area = at_home_if_unknown(pack, at);
    for (number, level) in plan.up_to(alarm) {
        let lead = level.lead.iter().map(|kind| (kind, DispatchRole::Lead));
        let support = level.support.iter().map(|kind| (kind, DispatchRole::Support));
        for (kind, role) in lead.chain(support) {
            if let Some(agency) = agency_of_kind(pack, kind, area.regency) {
                let willing = !refused.contains(&agency.code.as_str());
                let role = if willing { role } else { DispatchRole::Support };
                let reason = format!("rencana {}, alarm {number}", plan.name);
                join(&mut proposed, proposal(pack, agency, role, reason));
            }
        }
    }
    proposed
}
