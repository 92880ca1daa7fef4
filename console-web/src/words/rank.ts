// How a waiting report stands beside what the room knows, each with a sign and a word: neither its
// place in the queue nor a colour alone says it.

import type { IncidentView, Lane, ReportView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";
import { momentText } from "./moment";

export interface Mark {
  sign: string;
  words: string;
}

export const LANE_SIGNS: Record<Exclude<Lane, "new">, string> = { known: "»", update: "✱", unclear: "?", gathering: "≡" };
const HELD_SIGN = "↓";

/** An incident's: that it is a known event. */
export function marksOfIncident(incident: IncidentView): Mark[] {
  return incident.known_since === null ? [] : [{ sign: LANE_SIGNS.known, words: t("known-mark") }];
}

/** A waiting report's marks; none for a new one of an ordinary contact, and none once it is handled. */
export function marksOf(room: Room, report: ReportView): Mark[] {
  if (report.state !== "waiting") return [];
  const { lane, event, held_back } = report.rank;
  const marks: Mark[] = [];
  if (lane !== "new") {
    const number = lane === "known" && event !== null ? (room.live.incident(event)?.number ?? "") : "";
    marks.push({ sign: LANE_SIGNS[lane], words: `${t(`lane-${lane}`)} ${number}`.trim() });
  }
  if (held_back !== null) {
    marks.push({ sign: HELD_SIGN, words: t("held-until", { time: momentText(held_back.until, room.live.nowUs, room.offsetMinutes) }) });
  }
  return marks;
}
