// Says that what many contacts tell of is a known event. Where no incident handles it yet, one is opened
// first, from one report only: the others are still heard by a person, one by one, in the fast lane.

import type { IncidentView, SurgeProposal } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";

export interface Told {
  done: boolean;
  words: string;
}

export async function confirmEvent(room: Room, proposal: SurgeProposal): Promise<Told> {
  if (proposal.incident === null && proposal.waiting.length === 0) return { done: false, words: t("surge-all-handled") };
  const incident = proposal.incident ?? (await openFrom(room, proposal))?.id;
  if (incident === undefined) return failed(room);
  const answer = await room.acts.run(t("confirm-known"), () => room.api.markKnown(incident, true));
  if (answer === null) return failed(room);
  room.live.learn({ kind: "incident", ...answer.incident });
  return { done: true, words: t("surge-confirmed", { number: answer.incident.number }) };
}

/** From the earliest report that knows its place: the incident takes it over. */
async function openFrom(room: Room, proposal: SurgeProposal): Promise<IncidentView | null> {
  const placed = proposal.waiting.find((id) => (room.live.report(id)?.place.lat ?? null) !== null);
  const report = placed ?? proposal.waiting[0];
  if (report === undefined) return null;
  const answer = await room.acts.run(t("act-open-incident"), () =>
    room.api.openIncident({
      report_ids: [report],
      type: proposal.type ?? proposal.category,
      priority: proposal.priority,
    }),
  );
  if (answer === null) return null;
  room.live.learn({ kind: "incident", ...answer.incident });
  return answer.incident;
}

/** The words of the act that failed: the list of acts lies under the dialog. */
function failed(room: Room): Told {
  const act = room.acts.list.at(-1);
  return { done: false, words: act === undefined ? "" : act.words || act.label };
}
