import { expect, it } from "vitest";
import type { Delivery } from "../generated/protocol";
import { byContact, seenAt } from "./delivery_lines";

const one = (id: string, other: Partial<Delivery>): Delivery => ({
  id,
  channel: "console",
  contact: "damkar",
  state: "pending",
  attempts: 0,
  next_attempt_at: null,
  delivered_at: null,
  last_error: null,
  notice: "order",
  wording: 1,
  ...other,
});

it("gathers by contact, the agency itself first, and keeps the order of the wordings", () => {
  const lines = byContact({
    agency: "damkar",
    deliveries: [
      one("a", { contact: "piket-1", channel: "whatsapp" }),
      one("b", { contact: "damkar", channel: "console" }),
      one("c", { contact: "piket-1", channel: "whatsapp", notice: "correction", wording: 2 }),
      one("d", { contact: "piket-1", channel: "sms" }),
    ],
  });
  expect(lines.map((group) => [group.contact, group.lines.map((line) => line.id)])).toEqual([
    ["damkar", ["b"]],
    ["piket-1", ["d", "a", "c"]],
  ]);
});

it("knows when the first message was opened", () => {
  expect(seenAt({ deliveries: [one("a", {})] })).toBeNull();
  expect(seenAt({ deliveries: [one("a", { seen_at: 9 }), one("b", { seen_at: 4 }), one("c", {})] })).toBe(4);
});
