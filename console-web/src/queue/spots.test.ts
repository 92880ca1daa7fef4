import { expect, it } from "vitest";
import type { Groups, QueueGroup, QueueRow } from "../state/queue_rows";
import { HEAD_PX, LANE_PX, ROW_PX } from "./layout";
import { rowFrom, spotOf } from "./spots";

const rows = (group: QueueGroup, ids: string): QueueRow[] =>
  [...ids].map((id) => ({ key: id, kind: "report", id, group, priority: 3, queue: { band: 0, priority: 3, shade: 0 }, unacknowledged: false, since: 0 }));
const shown = (waiting: string, active: string, closed = ""): Groups => ({
  waiting: rows("waiting", waiting),
  active: rows("active", active),
  closed: rows("closed", closed),
});

it("finds a row below the headings before it", () => {
  expect(spotOf(shown("ab", "c"), "c")).toEqual({ key: "c", group: "active", at: 0, topPx: 2 * HEAD_PX + 2 * ROW_PX });
  expect(spotOf(shown("ab", "c"), "x")).toBeNull();
});

it("counts the slim heading once, from its first row on", () => {
  const groups = shown("abc", "d");
  groups.waiting = groups.waiting.map((row, at) => (at === 0 ? row : { ...row, queue: { ...row.queue, band: 3 } }));
  const lane = (key: string): number => (spotOf(groups, key)?.topPx ?? 0) - (spotOf(shown("abc", "d"), key)?.topPx ?? 0);
  expect(["a", "b", "c", "d"].map(lane)).toEqual([0, LANE_PX, LANE_PX, LANE_PX]);
});

it("steps through all groups and stops at the ends", () => {
  const groups = shown("ab", "c");
  expect(rowFrom(groups, null, 1, null)?.id).toBe("a");
  expect(rowFrom(groups, null, -1, null)?.id).toBe("a");
  expect(rowFrom(groups, null, 99, null)?.id).toBe("c");
  expect(rowFrom(groups, "b", 1, null)?.id).toBe("c");
  expect(rowFrom(groups, "c", 1, null)?.id).toBe("c");
  expect(rowFrom(groups, "c", -99, null)?.id).toBe("a");
});

it("goes on from where a handled row stood", () => {
  const before = spotOf(shown("abc", "", ""), "b");
  const after = shown("ac", "", "b");
  expect(rowFrom(after, "b", 1, before)?.id).toBe("c");
  expect(rowFrom(after, "b", -1, before)?.id).toBe("a");
  expect(rowFrom(after, "a", 1, before)?.id).toBe("c");
  // Joined to an incident, it is no row any more.
  expect(rowFrom(shown("ac", ""), "b", 1, before)?.id).toBe("c");
});
