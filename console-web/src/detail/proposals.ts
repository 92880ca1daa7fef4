// Which agencies the server proposes for an incident; asked of the incident, or else of its place.

import { wasCancelled } from "../api/request";
import { RequestFailed } from "../api/problem";
import type { IncidentView, ProposedAgency } from "../generated/protocol";
import type { Room } from "../session/room.svelte";

export async function proposalsFor(room: Room, incident: IncidentView, signal: AbortSignal): Promise<ProposedAgency[]> {
  try {
    return await room.api.proposedAgencies(incident.id, signal);
  } catch (failure) {
    if (wasCancelled(failure) || !(failure instanceof RequestFailed)) return [];
  }
  const { lat, lon } = incident.place;
  if (lat === null || lon === null) return [];
  try {
    return (await room.api.jurisdiction(lat, lon, signal)).agencies[incident.category] ?? [];
  } catch {
    // The whole list of agencies is still there to choose from.
    return [];
  }
}
