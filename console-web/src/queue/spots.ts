// Where a row stands in the shown queue, and which row comes next. Pure.

import { GROUPS, isBehind, type Groups, type QueueGroup, type QueueRow } from "../state/queue_rows";
import { groupPx, rowTopPx, type GroupSize } from "./layout";

export interface Spot {
  key: string;
  group: QueueGroup;
  /** Place within the group, from 0. */
  at: number;
  topPx: number;
}

/** How many rows each group has, and from which on they wait behind all else. */
export function sizesOf(shown: Groups): Record<QueueGroup, GroupSize> {
  const laneAt = shown.waiting.findIndex(isBehind);
  return {
    waiting: { count: shown.waiting.length, laneAt: laneAt < 0 ? null : laneAt },
    active: { count: shown.active.length, laneAt: null },
    closed: { count: shown.closed.length, laneAt: null },
  };
}

export function spotOf(shown: Groups, key: string | null): Spot | null {
  if (key === null) return null;
  const sizes = sizesOf(shown);
  let topPx = 0;
  for (const group of GROUPS) {
    const at = shown[group].findIndex((row) => row.key === key);
    if (at >= 0) return { key, group, at, topPx: topPx + rowTopPx(at, sizes[group].laneAt) };
    topPx += groupPx(sizes[group]);
  }
  return null;
}

/**
 * The row `by` steps from the selected one. When that has gone, to another group or out of the queue,
 * the person goes on from where it stood (`leftBehind`), not from where it went.
 */
export function rowFrom(shown: Groups, key: string | null, by: number, leftBehind: Spot | null): QueueRow | undefined {
  if (leftBehind !== null && leftBehind.key === key) {
    const there = shown[leftBehind.group][by > 0 ? leftBehind.at : leftBehind.at - 1];
    if (there !== undefined) return there;
  }
  const all = GROUPS.flatMap((group) => shown[group]);
  // Without a selection it is as if the person stood before the first row.
  const at = all.findIndex((row) => row.key === key);
  return all[Math.min(all.length - 1, Math.max(0, at + by))];
}
