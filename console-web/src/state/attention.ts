// Which dispatches need somebody's hand now: the field calls for help, an agency refused and nobody has its
// place, one has not acknowledged in time, one is late with what it took on. Reads what the views say and
// knows no time limit of its own. Pure.

import type { DispatchView, IncidentView, Priority } from "../generated/protocol";

export type Need = "help" | "rejected" | "overdue" | "late";

export interface Attention {
  /** One for each thing that needs a hand: `overdue:0190…`. */
  key: string;
  need: Need;
  dispatch: DispatchView;
  incident: IncidentView | undefined;
  /** A call for help is as urgent as a life, whatever the incident is. */
  priority: Priority;
  /** Grows each time the server says it anew. */
  level: number;
  /** Since when it needs somebody (epoch µs). */
  since: number;
}

const ORDER: readonly Need[] = ["help", "rejected", "overdue", "late"];
/** When the incident is gone from this screen, its dispatch is urgent enough to be looked at. */
const UNKNOWN: Priority = 2;

/** A call for help first, then the more urgent incident, then what weighs more, then the older. */
export function attentionOf(
  dispatches: readonly DispatchView[],
  incidentOf: (id: string) => IncidentView | undefined,
): Attention[] {
  const found: Attention[] = [];
  const newest = newestOf(dispatches);
  for (const dispatch of dispatches) {
    const need = needOf(dispatch, newest);
    if (need === null) continue;
    const incident = incidentOf(dispatch.incident);
    if (need === "rejected" && incident?.allowed_actions.includes("dispatch") !== true) continue;
    found.push({
      key: `${need}:${dispatch.id}`,
      need,
      dispatch,
      incident,
      priority: need === "help" ? 1 : (incident?.priority ?? UNKNOWN),
      level: need === "overdue" ? dispatch.overdue_level : 0,
      since: sinceOf(need, dispatch),
    });
  }
  return found.sort(
    (a, b) =>
      Number(b.need === "help") - Number(a.need === "help") ||
      a.priority - b.priority ||
      ORDER.indexOf(a.need) - ORDER.indexOf(b.need) ||
      a.since - b.since,
  );
}

/** Whether the field's call for help waits for the desk. */
export function callsForHelp(dispatch: DispatchView): boolean {
  return dispatch.help !== null && dispatch.help.answered_at === null && dispatch.ended_at === null;
}

/** Whether it was refused and nobody was asked since. */
export function wantsReplacement(dispatch: DispatchView, all: readonly DispatchView[]): boolean {
  return isVacant(dispatch, newestOf(all));
}

/** When each incident's newest dispatch was made. */
function newestOf(dispatches: readonly DispatchView[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const { incident, queued_at } of dispatches) newest.set(incident, Math.max(queued_at, newest.get(incident) ?? 0));
  return newest;
}

function isVacant(dispatch: DispatchView, newest: ReadonlyMap<string, number>): boolean {
  const { state, ended_at, incident } = dispatch;
  return state === "rejected" && ended_at !== null && (newest.get(incident) ?? 0) <= ended_at;
}

function needOf(dispatch: DispatchView, newest: ReadonlyMap<string, number>): Need | null {
  if (callsForHelp(dispatch)) return "help";
  if (isVacant(dispatch, newest)) return "rejected";
  if (dispatch.overdue) return "overdue";
  return dispatch.late !== null && dispatch.ended_at === null ? "late" : null;
}

function sinceOf(need: Need, dispatch: DispatchView): number {
  if (need === "help") return dispatch.help?.asked_at ?? dispatch.queued_at;
  if (need === "rejected") return dispatch.ended_at ?? dispatch.queued_at;
  if (need === "overdue") return dispatch.queued_at;
  return dispatch.accepted_at ?? dispatch.acknowledged_at ?? dispatch.queued_at;
}
