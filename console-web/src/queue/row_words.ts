// What a queue row says of its view, apart from instants.

import type { DispatchView, IncidentView, ReportView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { isClosed } from "../state/queue_rows";
import { named } from "../texts/texts.svelte";

export interface RowWords {
  what: string;
  state: string;
  closed: boolean;
  /** Agencies with the state each is in; null when nobody has it. */
  who: string | null;
  overdue: boolean;
}

const ENDED = new Set(["rejected", "withdrawn"]);

export function rowWords(room: Room, report?: ReportView, incident?: IncidentView): RowWords {
  if (incident !== undefined) {
    const dispatches = room.live.dispatchesOf(incident);
    return {
      what: room.catalogue.typeName(incident.type, incident.category),
      state: named("incident-state", incident.state),
      closed: isClosed(incident.state),
      who: whoText(room, dispatches),
      overdue: dispatches.some((dispatch) => dispatch.overdue),
    };
  }
  return {
    what: report === undefined ? "" : reportTitle(room, report),
    state: report === undefined ? "" : named("channel", report.channel),
    closed: report?.state === "handled",
    who: null,
    overdue: false,
  };
}

/** A waiting report is called by what it may be, a handled one by how it ended. */
function reportTitle(room: Room, report: ReportView): string {
  if (report.outcome !== null) return named("outcome", report.outcome);
  return room.catalogue.typeName(report.suggestion.type, report.suggestion.category);
}

/** Overdue ones first, then as forwarded; ended ones only when nothing else is left. */
function whoText(room: Room, dispatches: DispatchView[]): string | null {
  const live = dispatches.filter((dispatch) => !ENDED.has(dispatch.state));
  const told = live.length > 0 ? live : dispatches;
  if (told.length === 0) return null;
  return [...told]
    .sort((a, b) => Number(b.overdue) - Number(a.overdue))
    .map((dispatch) => `${room.catalogue.short(dispatch.agency)} ${named("dispatch-state", dispatch.state)}`)
    .join(" · ");
}
