// What the server recommends for an incident: agencies and units with their reasons; or, where that cannot be
// had, who is responsible for its place. The whole list of agencies is there in any case.

import { wasCancelled } from "../api/request";
import type { IncidentView, ProposedAgency, RecommendationAnswer } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { meantBy, type Meant } from "./forward_rows";

export interface Recommended {
  meant: Meant;
  /** With plan, units and shortfalls; null when only the agencies are known. */
  answer: RecommendationAnswer | null;
}

export async function recommendedFor(room: Room, incident: IncidentView, alarm: number | null, signal: AbortSignal): Promise<Recommended> {
  try {
    const answer = await room.api.recommendation(incident.id, alarm, signal);
    return { meant: meantBy(answer), answer };
  } catch (failure) {
    const agencies = wasCancelled(failure) ? [] : await agenciesFor(room, incident, signal);
    const refused = room.live.dispatchesOf(incident).filter((one) => one.state === "rejected");
    return { meant: { agencies, nextBest: [], picks: [], refused: new Set(refused.map((one) => one.agency)) }, answer: null };
  }
}

async function agenciesFor(room: Room, incident: IncidentView, signal: AbortSignal): Promise<ProposedAgency[]> {
  const { lat, lon } = incident.place;
  try {
    return await room.api.proposedAgencies(incident.id, signal);
  } catch {
    if (lat === null || lon === null) return [];
  }
  try {
    return (await room.api.jurisdiction(lat, lon, signal)).agencies[incident.category] ?? [];
  } catch {
    return [];
  }
}
