import { expect, it } from "vitest";
import { HEAD_PX, ROW_PX, layOut, scrollToShow } from "./layout";

it("puts only what is in sight into the page, however long the list", () => {
  const counts = { waiting: 10_000, active: 5_000, closed: 3 };
  const boxes = layOut(counts, 200_000, 640);
  expect(boxes.reduce((sum, box) => sum + box.to - box.from, 0)).toBeLessThan(24);
  expect(boxes[1]?.topPx).toBe(HEAD_PX + 10_000 * ROW_PX);
});

it("shows the end of one group and the start of the next together", () => {
  const edge = HEAD_PX + 100 * ROW_PX;
  const [waiting, active] = layOut({ waiting: 100, active: 100, closed: 0 }, edge - 2 * ROW_PX, 4 * ROW_PX);
  expect(waiting?.to).toBe(100);
  expect(active?.from).toBe(0);
  expect(active?.to).toBeGreaterThan(1);
});

it("scrolls no further than needed", () => {
  expect(scrollToShow(500, 400, 300)).toBe(400);
  expect(scrollToShow(410, 400, 300)).toBe(410 - HEAD_PX);
  expect(scrollToShow(900, 400, 300)).toBe(900 + ROW_PX - 300);
  expect(scrollToShow(HEAD_PX, 400, 300)).toBe(0);
});
