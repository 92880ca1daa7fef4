// Where the queue's groups and rows stand, and which of them are in sight. Pure arithmetic, so that
// ten thousand rows cost as much as ten.

import { GROUPS, type QueueGroup } from "../state/queue_rows";

export const ROW_PX = 64;
export const HEAD_PX = 30;
const BEYOND_SIGHT = 4;

export interface GroupBox {
  group: QueueGroup;
  topPx: number;
  heightPx: number;
  count: number;
  /** Rows in sight: from (inclusive) to (exclusive). */
  from: number;
  to: number;
}

export function layOut(
  counts: Record<QueueGroup, number>,
  scrollPx: number,
  heightPx: number,
): GroupBox[] {
  let topPx = 0;
  return GROUPS.map((group) => {
    const count = counts[group];
    const box: GroupBox = { group, topPx, heightPx: HEAD_PX + count * ROW_PX, count, from: 0, to: 0 };
    const firstRowPx = topPx + HEAD_PX;
    box.from = clamp(Math.floor((scrollPx - firstRowPx) / ROW_PX) - BEYOND_SIGHT, count);
    box.to = clamp(Math.ceil((scrollPx + heightPx - firstRowPx) / ROW_PX) + BEYOND_SIGHT, count);
    topPx += box.heightPx;
    return box;
  });
}

/** Where the list must scroll so that a row is in sight below its group's heading. */
export function scrollToShow(rowTopPx: number, scrollPx: number, heightPx: number): number {
  if (rowTopPx - HEAD_PX < scrollPx) return Math.max(0, rowTopPx - HEAD_PX);
  if (rowTopPx + ROW_PX > scrollPx + heightPx) return rowTopPx + ROW_PX - heightPx;
  return scrollPx;
}

function clamp(index: number, count: number): number {
  return Math.min(count, Math.max(0, index));
}
