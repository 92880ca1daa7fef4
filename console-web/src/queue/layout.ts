// Where the queue's groups and rows stand, and which of them are in sight. Pure arithmetic, so that
// ten thousand rows cost as much as ten.

import { GROUPS, type QueueGroup } from "../state/queue_rows";

export const ROW_PX = 64;
export const HEAD_PX = 30;
/** The slim heading before the rows that wait behind all else. */
export const LANE_PX = 26;
const BEYOND_SIGHT = 4;

export interface GroupSize {
  count: number;
  /** The first row below the slim heading; null without one. */
  laneAt: number | null;
}

export interface GroupBox extends GroupSize {
  group: QueueGroup;
  topPx: number;
  heightPx: number;
  /** Rows in sight: from (inclusive) to (exclusive). */
  from: number;
  to: number;
}

export function layOut(sizes: Record<QueueGroup, GroupSize>, scrollPx: number, heightPx: number): GroupBox[] {
  let topPx = 0;
  return GROUPS.map((group) => {
    const { count, laneAt } = sizes[group];
    const box: GroupBox = { group, topPx, heightPx: groupPx({ count, laneAt }), count, laneAt, from: 0, to: 0 };
    // The slim heading is less than a row high: the rows beyond sight make up for it.
    const firstRowPx = topPx + HEAD_PX;
    box.from = clamp(Math.floor((scrollPx - firstRowPx) / ROW_PX) - BEYOND_SIGHT, count);
    box.to = clamp(Math.ceil((scrollPx + heightPx - firstRowPx) / ROW_PX) + BEYOND_SIGHT, count);
    topPx += box.heightPx;
    return box;
  });
}

export function groupPx({ count, laneAt }: GroupSize): number {
  return HEAD_PX + count * ROW_PX + (laneAt === null ? 0 : LANE_PX);
}

/** Where a row stands below the top of its group. */
export function rowTopPx(at: number, laneAt: number | null): number {
  return HEAD_PX + at * ROW_PX + (laneAt !== null && at >= laneAt ? LANE_PX : 0);
}

/** Where the list must scroll so that a row is in sight below its group's heading. */
export function scrollToShow(topPx: number, scrollPx: number, heightPx: number): number {
  if (topPx - HEAD_PX < scrollPx) return Math.max(0, topPx - HEAD_PX);
  if (topPx + ROW_PX > scrollPx + heightPx) return topPx + ROW_PX - heightPx;
  return scrollPx;
}

function clamp(index: number, count: number): number {
  return Math.min(count, Math.max(0, index));
}
