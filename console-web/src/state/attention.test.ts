import { expect, it } from "vitest";
import type { DispatchView, HelpView, IncidentView, Priority } from "../generated/protocol";
import { attentionOf, wantsReplacement } from "./attention";
import { dispatch, incident } from "./samples";

const calling: HelpView = { asked_at: 50, asked_by: "damkar", note: "ambulans", answered_at: null, answered_by: null };
const refused = (id: string, at: number, other: Partial<DispatchView> = {}) => dispatch(id, { state: "rejected", ended_at: at, ...other });

function live(priority: Priority): (id: string) => IncidentView {
  return (id) => incident(id, { priority, allowed_actions: ["dispatch"] }) as IncidentView & { kind: "incident" };
}

it("tells a call for help before everything, and as urgent as a life", () => {
  const found = attentionOf(
    [dispatch("late", { overdue: true, queued_at: 1 }), dispatch("field", { help: calling, acknowledged_at: 5, state: "on_scene" })],
    live(3),
  );
  expect(found.map((one) => [one.need, one.dispatch.id, one.priority, one.since])).toEqual([
    ["help", "field", 1, 50],
    ["overdue", "late", 3, 1],
  ]);
});

it("is over when it was answered, acknowledged or has ended", () => {
  const over = [
    dispatch("answered", { help: { ...calling, answered_at: 60, answered_by: "operator" }, state: "on_scene" }),
    dispatch("ended", { help: calling, state: "completed", ended_at: 70 }),
    dispatch("in time", { state: "delivered" }),
    dispatch("gone", { state: "completed", late: "on_scene", ended_at: 8 }),
  ];
  expect(attentionOf(over, live(1))).toEqual([]);
});

it("puts the more urgent incident first, then what weighs more, then the older", () => {
  const priorities: Record<string, Priority> = { fire: 1, tree: 3 };
  const found = attentionOf(
    [
      dispatch("tree", { incident: "tree", overdue: true, queued_at: 1 }),
      dispatch("fire late", { incident: "fire", late: "accept", acknowledged_at: 2 }),
      dispatch("fire new", { incident: "fire", overdue: true, queued_at: 9 }),
      dispatch("fire old", { incident: "fire", overdue: true, queued_at: 3 }),
    ],
    (id) => live(priorities[id] ?? 4)(id),
  );
  expect(found.map((one) => one.dispatch.id)).toEqual(["fire old", "fire new", "fire late", "tree"]);
});

it("rings anew with each level that the server says", () => {
  const [first] = attentionOf([dispatch("a", { overdue: true, overdue_level: 2 })], live(1));
  expect(first?.level).toBe(2);
});

it("wants somebody in a refuser's place until another was asked", () => {
  const no = refused("no", 10);
  expect(wantsReplacement(no, [no])).toBe(true);
  expect(wantsReplacement(no, [no, dispatch("beside", { queued_at: 5 })]), "asked before the refusal").toBe(true);
  expect(wantsReplacement(no, [no, dispatch("after", { queued_at: 11 })])).toBe(false);
  expect(wantsReplacement(no, [no, dispatch("elsewhere", { queued_at: 11, incident: "other" })])).toBe(true);
});

it("asks for nobody in an incident that takes no dispatch any more", () => {
  const closed = (id: string) => incident(id, { state: "closed", allowed_actions: ["reopen"] }) as IncidentView & { kind: "incident" };
  expect(attentionOf([refused("no", 10)], closed)).toEqual([]);
  expect(attentionOf([refused("no", 10)], live(2)).map((one) => one.need)).toEqual(["rejected"]);
});
