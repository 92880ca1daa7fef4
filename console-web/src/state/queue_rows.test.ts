import { describe, expect, it } from "vitest";
import type { Priority, QueuePlace, View } from "../generated/protocol";
import { QueueRows, isBehind, mustBeHeard } from "./queue_rows";
import { incident, report } from "./samples";
import { ViewStore } from "./views";

function queue(): { store: ViewStore; rows: QueueRows; keys: () => Record<string, string[]> } {
  const store = new ViewStore();
  const rows = new QueueRows(store);
  store.subscribe((touched) => rows.refresh(touched));
  const keys = () =>
    Object.fromEntries(Object.entries(rows.groups).map(([group, list]) => [group, list.map((row) => row.id)]));
  return { store, rows, keys };
}
const urgent = (priority: Priority) => ({ category: null, type: null, priority, confidence: 1, nuisance: 0 });
/** A waiting report of a suggested priority, at a place that the server gave it. */
const placed = (id: string, priority: Priority, queue: Partial<QueuePlace>, received_at = 1): View =>
  report(id, { suggestion: urgent(priority), received_at, queue: { band: 0, priority, shade: 0, ...queue } });

describe("groups", () => {
  it("hold what waits, what is in hand and what ended", () => {
    const { store, keys } = queue();
    store.apply([
      report("r1"),
      report("r2", { state: "handled", outcome: "ghost", handled_at: 5 }),
      report("r3", { state: "handled", outcome: "incident_created", incident: "i1" }),
      incident("i1"),
      incident("i2", { state: "active" }),
      incident("i3", { state: "merged", closed_at: 6 }),
    ]);
    expect(keys()).toEqual({ waiting: ["i1", "r1"], active: ["i2"], closed: ["i3", "r2"] });
  });

  it("are ordered by priority, then what nobody took up, then age", () => {
    const { store, keys } = queue();
    store.apply([
      incident("old", { state: "dispatched", priority: 2, opened_at: 1 }),
      incident("taken", { state: "acknowledged", priority: 2, opened_at: 0, acknowledged_at: 4 }),
      incident("young", { state: "dispatched", priority: 2, opened_at: 3 }),
      incident("critical", { state: "active", priority: 1, opened_at: 9, acknowledged_at: 10 }),
    ]);
    expect(keys()["active"]).toEqual(["critical", "old", "young", "taken"]);
  });
});

describe("the server's place", () => {
  it("puts a critical report of a known event behind what is new and less urgent", () => {
    const { store, rows, keys } = queue();
    store.apply([placed("known", 1, { band: 3, shade: 4 }), placed("new", 3, {}, 9), incident("i1", { priority: 4 })]);
    expect(keys()["waiting"]).toEqual(["new", "i1", "known"]);
    expect(rows.groups.waiting.map(isBehind)).toEqual([false, false, true]);
    expect(rows.groups.waiting.map(mustBeHeard)).toEqual([true, true, false]);
    expect(rows.row("report:known")?.priority, "it is shown with the priority it has").toBe(1);
  });

  it("goes by band, then priority, then shade, then age", () => {
    const { store, keys } = queue();
    store.apply([
      placed("put-last", 2, { band: 3, shade: 8 }),
      placed("routine", 4, { band: 2 }),
      placed("past-its-goal", 1, { band: 1, shade: 4 }),
      placed("lowered", 2, { priority: 3, shade: 8 }),
      placed("soon", 3, {}, 9),
      placed("gathering", 2, { shade: 3 }),
      placed("update", 2, { shade: 1 }, 9),
      placed("young", 2, {}, 5),
      placed("old", 2, {}, 4),
    ]);
    expect(keys()["waiting"]).toEqual([
      "old",
      "young",
      "update",
      "gathering",
      "soon",
      "lowered",
      "past-its-goal",
      "routine",
      "put-last",
    ]);
  });

  it("moves a report to the front when somebody lifts it, and behind when its event becomes known", () => {
    const { store, keys } = queue();
    store.apply([placed("a", 2, { band: 3, shade: 4 }), placed("b", 3, {})]);
    store.apply([report("a", { version: 2, suggestion: urgent(2), queue: { band: 0, priority: 2, shade: 1 } })]);
    expect(keys()["waiting"]).toEqual(["a", "b"]);
    store.apply([report("b", { version: 2, suggestion: urgent(3), queue: { band: 3, priority: 3, shade: 4 } })]);
    store.apply([report("a", { version: 3, suggestion: urgent(2), queue: { band: 3, priority: 2, shade: 4 } })]);
    expect(keys()["waiting"]).toEqual(["a", "b"]);
  });
});

describe("a change", () => {
  it("moves a row between groups", () => {
    const { store, keys } = queue();
    store.apply([incident("i1")]);
    store.apply([incident("i1", { version: 2, state: "dispatched" })]);
    expect(keys()).toEqual({ waiting: [], active: ["i1"], closed: [] });
  });

  it("that does not touch the order leaves the lists as they were", () => {
    const { store, rows } = queue();
    store.apply([report("r1"), report("r2")]);
    const before = rows.groups;
    store.apply([report("r1", { version: 2, note: "x" })]);
    expect(rows.groups).toBe(before);
  });

  it("in one batch with another of the same group is not lost", () => {
    const { store, keys } = queue();
    store.apply([report("r1"), report("r2", { received_at: 2_000_000 })]);
    store.apply([report("r2", { version: 2, suggestion: urgent(1) }), report("r1", { version: 2, note: "x" })]);
    expect(keys()["waiting"]).toEqual(["r2", "r1"]);
  });

  it("takes a report out when it joins an incident", () => {
    const { store, keys } = queue();
    store.apply([report("r1")]);
    store.apply([report("r1", { version: 2, state: "handled", outcome: "attached", incident: "i1" })]);
    expect(keys()["waiting"]).toEqual([]);
  });
});

it("closed rows leave after a day", () => {
  const { store, rows, keys } = queue();
  const hour = 3_600_000_000;
  store.apply([incident("i1", { state: "closed", closed_at: hour }), incident("i2", { state: "closed", closed_at: 20 * hour })]);
  rows.age(26 * hour);
  expect(keys()["closed"]).toEqual(["i2"]);
});

it("moving rows one by one ends in the same order as ordering all", () => {
  const { store, rows } = queue();
  let state = 7;
  const next = (bound: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % bound;
  for (let version = 1; version <= 400; version += 1) {
    const priority = (next(4) + 1) as Priority;
    store.apply([
      report(String(next(30)), {
        version,
        suggestion: urgent(priority),
        queue: { band: next(4), priority, shade: next(5) },
        received_at: next(50),
        state: next(3) === 0 ? "handled" : "waiting",
        handled_at: next(50),
        incident: next(4) === 0 ? "i" : null,
      }),
    ]);
  }
  const anew = new QueueRows(store);
  anew.refresh({ all: true, keys: new Set([...store.reports.keys()].map((id) => `report:${id}`)) });
  expect(rows.groups).toEqual(anew.groups);
});

it("ten thousand rows take a change in well under a frame's time", () => {
  const { store, rows } = queue();
  const views: View[] = Array.from({ length: 10_000 }, (_, at) =>
    placed(String(at), ((at % 4) + 1) as Priority, { band: at % 7 === 0 ? 3 : 0, shade: at % 5 }, (at * 7_919) % 10_000),
  );
  store.replace(views);
  expect(rows.groups.waiting).toHaveLength(10_000);
  const from = performance.now();
  const rounds = 20;
  for (let round = 0; round < rounds; round += 1) {
    store.apply([report(String(round), { version: round + 2, received_at: round, suggestion: urgent(1) })]);
  }
  const eachMs = (performance.now() - from) / rounds;
  // Generous, so that a slow machine does not fail it: a quadratic mistake costs seconds.
  expect(eachMs).toBeLessThan(20);
  const order = rows.groups.waiting.map(({ queue }) => queue.band * 1_000 + queue.priority * 100 + queue.shade);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});
