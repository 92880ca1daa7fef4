// Who has an incident, for its row: each agency by short code, sign and words, the worst first. Pure: the
// names come from the caller.

import type { DispatchState, DispatchView } from "../generated/protocol";
import { callsForHelp } from "../state/attention";
import { elapsed } from "../time/format";

export interface Holder {
  id: string;
  sign: string;
  code: string;
  words: string;
  /** Whether it stands out: it needs somebody's hand. */
  urgent: boolean;
}

export interface HolderNames {
  code: (agency: string) => string;
  state: (state: DispatchState) => string;
  notAcknowledged: string;
  wantsHelp: string;
  late: string;
}

const SIGNS: Record<DispatchState, string> = {
  queued: "○",
  sent: "○",
  delivered: "○",
  acknowledged: "◔",
  accepted: "◑",
  en_route: "▶",
  on_scene: "●",
  completed: "✓",
  rejected: "✕",
  withdrawn: "↩",
};

/** The live ones, what needs a hand first; those that refused or were taken back only when nobody else is left. */
export function holdersOf(dispatches: readonly DispatchView[], nowUs: number, names: HolderNames): Holder[] {
  const live = dispatches.filter((one) => one.state !== "rejected" && one.state !== "withdrawn");
  const told = live.length > 0 ? [...live] : [...dispatches];
  return told.sort((a, b) => weight(b) - weight(a)).map((one) => holder(one, nowUs, names));
}

function weight(dispatch: DispatchView): number {
  if (callsForHelp(dispatch)) return 3;
  if (dispatch.overdue) return 2;
  return Number(isLate(dispatch));
}

function isLate(dispatch: DispatchView): boolean {
  return dispatch.late !== null && dispatch.ended_at === null;
}

function holder(dispatch: DispatchView, nowUs: number, names: HolderNames): Holder {
  const base = { id: dispatch.id, code: names.code(dispatch.agency), sign: SIGNS[dispatch.state] };
  if (callsForHelp(dispatch)) return { ...base, sign: "✚", words: names.wantsHelp, urgent: true };
  if (dispatch.acknowledged_at === null && dispatch.ended_at === null) {
    const words = `${names.notAcknowledged} ${elapsed(dispatch.queued_at, nowUs)}`;
    return dispatch.overdue ? { ...base, sign: "!", words, urgent: true } : { ...base, words, urgent: false };
  }
  const late = isLate(dispatch);
  const words = names.state(dispatch.state);
  return { ...base, words: late ? `${words}, ${names.late}` : words, urgent: late };
}
