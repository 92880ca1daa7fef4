// What a queue row says of its view.

import type { IncidentView, ReportView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { isClosed } from "../state/queue_rows";
import { named, t } from "../texts/texts.svelte";
import { holdersOf, type Holder } from "./holders";

export interface RowWords {
  what: string;
  state: string;
  closed: boolean;
  /** Agencies with how far each is; empty when nobody has it. */
  who: Holder[];
}

export function rowWords(room: Room, report?: ReportView, incident?: IncidentView): RowWords {
  if (incident !== undefined) {
    return {
      what: room.catalogue.typeName(incident.type, incident.category),
      state: named("incident-state", incident.state),
      closed: isClosed(incident.state),
      who: holdersOf(room.live.dispatchesOf(incident), room.live.nowUs, {
        code: (agency) => room.catalogue.short(agency),
        state: (state) => named("dispatch-state", state),
        notAcknowledged: t("not-acknowledged"),
        wantsHelp: t("wants-help"),
        late: t("late"),
      }),
    };
  }
  return {
    what: report === undefined ? "" : reportTitle(room, report),
    state: report === undefined ? "" : named("channel", report.channel),
    closed: report?.state === "handled",
    who: [],
  };
}

/** A waiting report is called by what it may be, a handled one by how it ended. */
function reportTitle(room: Room, report: ReportView): string {
  if (report.outcome !== null) return named("outcome", report.outcome);
  return room.catalogue.typeName(report.suggestion.type, report.suggestion.category);
}
