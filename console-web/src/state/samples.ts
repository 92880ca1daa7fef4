// Views for the tests of this folder and its neighbours: whole, and dull unless told otherwise. A report
// waits by its suggested priority unless its place in the queue is told.

import type { DispatchView, IncidentView, Place, ReportView, View } from "../generated/protocol";

const NOWHERE: Place = {
  lat: null,
  lon: null,
  accuracy_m: null,
  source: null,
  label: null,
  village_code: null,
  village: null,
  district: null,
  regency: null,
  regency_code: null,
  confidence: null,
};

export function report(id: string, other: Partial<ReportView> = {}): View {
  return {
    kind: "report",
    id,
    version: 1,
    number: `KDR-261122-${id}`,
    channel: "phone",
    external_id: null,
    received_at: 1_000_000,
    occurred_at: null,
    text: "ada ular",
    place_text: null,
    reporter: null,
    suggestion: { category: "animal", type: null, priority: 3, confidence: 1, nuisance: 0 },
    claims: [],
    place: NOWHERE,
    state: "waiting",
    owner: "operators",
    outcome: null,
    incident: null,
    note: null,
    handled_at: null,
    handled_by: null,
    deadline: null,
    rank: { lane: "new", event: null, held_back: null },
    queue: { band: 0, priority: other.suggestion?.priority ?? 3, shade: 0 },
    deprioritised: null,
    allowed_actions: [],
    ...other,
  };
}

export function incident(id: string, other: Partial<IncidentView> = {}): View {
  return {
    kind: "incident",
    id,
    version: 1,
    number: `KDR-261122-${id}`,
    state: "open",
    category: "fire",
    type: "fire_building",
    priority: 2,
    place: NOWHERE,
    reports: [],
    dispatches: [],
    merged_into: null,
    split_from: null,
    opened_at: 2_000_000,
    opened_by: "operator",
    dispatched_at: null,
    acknowledged_at: null,
    active_at: null,
    resolved_at: null,
    closed_at: null,
    note: null,
    deadline: null,
    known_since: null,
    allowed_actions: [],
    ...other,
  };
}

export function dispatch(id: string, other: Partial<DispatchView> = {}): DispatchView {
  return {
    id,
    version: 1,
    incident: "i",
    incident_number: "KDR-261122-0001",
    agency: "damkar",
    role: "lead",
    revision: 1,
    state: "sent",
    units: [],
    deliveries: [],
    overdue: false,
    deadlines: {},
    overdue_level: 0,
    reason: null,
    queued_at: 1,
    queued_by: "operator",
    sent_at: null,
    delivered_at: null,
    acknowledged_at: null,
    acknowledged_by: null,
    accepted_at: null,
    en_route_at: null,
    on_scene_at: null,
    ended_at: null,
    allowed_actions: [],
    ...other,
  };
}
