// Where a row stands in the shown queue, and which row comes next. Pure.

import { GROUPS, type Groups, type QueueGroup, type QueueRow } from "../state/queue_rows";
import { HEAD_PX, ROW_PX } from "./layout";

export interface Spot {
  key: string;
  group: QueueGroup;
  /** Place within the group, from 0. */
  at: number;
  topPx: number;
}

export function spotOf(shown: Groups, key: string | null): Spot | null {
  if (key === null) return null;
  let topPx = 0;
  for (const group of GROUPS) {
    topPx += HEAD_PX;
    const at = shown[group].findIndex((row) => row.key === key);
    if (at >= 0) return { key, group, at, topPx: topPx + at * ROW_PX };
    topPx += shown[group].length * ROW_PX;
  }
  return null;
}

/**
 * The row `by` steps from the selected one. When that has gone to another group, the person goes on
 * from where it stood (`leftBehind`), not from where it went.
 */
export function rowFrom(shown: Groups, key: string | null, by: number, leftBehind: Spot | null): QueueRow | undefined {
  if (leftBehind !== null && leftBehind.key === key) {
    const there = shown[leftBehind.group][by > 0 ? leftBehind.at : leftBehind.at - 1];
    if (there !== undefined) return there;
  }
  const all = GROUPS.flatMap((group) => shown[group]);
  const at = all.findIndex((row) => row.key === key);
  return all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
}
