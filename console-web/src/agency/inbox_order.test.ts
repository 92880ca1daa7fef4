import { expect, it } from "vitest";
import type { Priority } from "../generated/protocol";
import { dispatch } from "../state/samples";
import { inboxOrder } from "./inbox_order";

it("puts the unanswered first, the more urgent before the older, and ended ones last", () => {
  const priorities: Record<string, Priority> = { fire: 1, tree: 3 };
  const order = inboxOrder(
    [
      dispatch("done", { ended_at: 9 }),
      dispatch("on-it", { incident: "fire", acknowledged_at: 2 }),
      dispatch("old-tree", { incident: "tree", queued_at: 1 }),
      dispatch("new-fire", { incident: "fire", queued_at: 5 }),
      dispatch("done-later", { ended_at: 10 }),
    ],
    (id) => priorities[id] ?? 4,
    1,
  );
  expect(order.map((one) => one.id)).toEqual(["new-fire", "old-tree", "on-it", "done-later"]);
});

it("puts what was called off before everything, until somebody knows", () => {
  const off = dispatch("off", { state: "withdrawn", ended_at: 9 });
  const order = inboxOrder([dispatch("new"), dispatch("done", { ended_at: 20 }), off], () => 1, 5, (one) => one.id === "off");
  expect(order.map((one) => one.id)).toEqual(["off", "new", "done"]);
});
