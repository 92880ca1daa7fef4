import { describe, expect, it } from "vitest";
import type { View } from "../generated/protocol";
import { QueueRows } from "./queue_rows";
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
const urgent = (priority: 1 | 2 | 3 | 4) => ({ category: null, type: null, priority, confidence: 1, nuisance: 0 });

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
    const priority = (next(4) + 1) as 1 | 2 | 3 | 4;
    store.apply([
      report(String(next(30)), {
        version,
        suggestion: urgent(priority),
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
    report(String(at), { received_at: (at * 7_919) % 10_000, suggestion: urgent(((at % 4) + 1) as 1 | 2 | 3 | 4) }),
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
  const order = rows.groups.waiting.map((row) => row.priority);
  expect(order).toEqual([...order].sort());
});
