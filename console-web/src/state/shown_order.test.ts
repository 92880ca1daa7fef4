import { expect, it } from "vitest";
import type { Groups, QueueRow } from "./queue_rows";
import { ShownOrder } from "./shown_order";

const row = (id: string, priority: 1 | 2 | 3 | 4 = 3): QueueRow => ({
  key: `report:${id}`,
  kind: "report",
  id,
  group: "waiting",
  priority,
  queue: { band: 0, priority, shade: 0 },
  unacknowledged: true,
  since: 0,
});
const groups = (...waiting: QueueRow[]): Groups => ({ waiting, active: [], closed: [] });
const ids = (order: ShownOrder): string[] => order.shown.waiting.map((one) => one.id);

it("follows the truth while nobody touches it", () => {
  const order = new ShownOrder();
  order.update(groups(row("a")));
  order.update(groups(row("b", 1), row("a")));
  expect(ids(order)).toEqual(["b", "a"]);
});

it("holds still while touched, counts what came, and catches up when let go", () => {
  const order = new ShownOrder();
  order.update(groups(row("a"), row("b")));
  order.hold();
  order.update(groups(row("c", 1), row("b"), row("a")));
  expect(ids(order)).toEqual(["a", "b"]);
  expect(order.fresh.map((one) => one.id)).toEqual(["c"]);
  order.release();
  expect(ids(order)).toEqual(["c", "b", "a"]);
  expect(order.fresh).toEqual([]);
});

it("takes new rows in on request and then holds the new picture", () => {
  const order = new ShownOrder();
  order.update(groups(row("a")));
  order.hold();
  order.update(groups(row("c", 1), row("a")));
  order.admit();
  expect(ids(order)).toEqual(["c", "a"]);
  order.update(groups(row("d", 1), row("c", 1), row("a")));
  expect(ids(order)).toEqual(["c", "a"]);
  expect(order.fresh.map((one) => one.id)).toEqual(["d"]);
});
