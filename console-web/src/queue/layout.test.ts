import { expect, it } from "vitest";
import { HEAD_PX, LANE_PX, ROW_PX, layOut, rowTopPx, scrollToShow } from "./layout";

const sizes = (waiting: number, active: number, closed: number, laneAt: number | null = null) => ({
  waiting: { count: waiting, laneAt },
  active: { count: active, laneAt: null },
  closed: { count: closed, laneAt: null },
});

it("puts only what is in sight into the page, however long the list", () => {
  const boxes = layOut(sizes(10_000, 5_000, 3), 200_000, 640);
  expect(boxes.reduce((sum, box) => sum + box.to - box.from, 0)).toBeLessThan(24);
  expect(boxes[1]?.topPx).toBe(HEAD_PX + 10_000 * ROW_PX);
});

it("shows the end of one group and the start of the next together", () => {
  const edge = HEAD_PX + 100 * ROW_PX;
  const [waiting, active] = layOut(sizes(100, 100, 0), edge - 2 * ROW_PX, 4 * ROW_PX);
  expect(waiting?.to).toBe(100);
  expect(active?.from).toBe(0);
  expect(active?.to).toBeGreaterThan(1);
});

it("makes room for the slim heading before the row it stands over", () => {
  expect([6, 7, 8].map((at) => rowTopPx(at, 7))).toEqual([6, 7, 8].map((at) => rowTopPx(at, null) + (at < 7 ? 0 : LANE_PX)));
  for (const scrollPx of [0, 300, 470, 500, 2_000]) {
    const [waiting, active] = layOut(sizes(100, 1, 0, 7), scrollPx, 640);
    expect(active?.topPx).toBe(HEAD_PX + 100 * ROW_PX + LANE_PX);
    const inSight = Array.from({ length: 100 }, (_, at) => at).filter((at) => {
      const topPx = rowTopPx(at, 7);
      return topPx + ROW_PX > scrollPx && topPx < scrollPx + 640;
    });
    expect(waiting?.from).toBeLessThanOrEqual(inSight[0] ?? 0);
    expect(waiting?.to).toBeGreaterThan(inSight.at(-1) ?? 0);
  }
});

it("scrolls no further than needed", () => {
  expect(scrollToShow(500, 400, 300)).toBe(400);
  expect(scrollToShow(410, 400, 300)).toBe(410 - HEAD_PX);
  expect(scrollToShow(900, 400, 300)).toBe(900 + ROW_PX - 300);
  expect(scrollToShow(HEAD_PX, 400, 300)).toBe(0);
});
