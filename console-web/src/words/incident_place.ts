// Where an incident is, in words: as it is set, or as the first caller said it while nothing better is known.

import type { IncidentView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { placeText } from "./place";

/** Empty when nobody has said anything. */
export function incidentPlace(room: Room, incident: IncidentView): string {
  return placeText(incident.place, room.live.report(incident.reports[0] ?? "")?.place_text ?? null);
}
