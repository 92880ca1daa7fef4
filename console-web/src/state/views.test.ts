import { describe, expect, it } from "vitest";
import type { View } from "../generated/protocol";
import { report } from "./samples";
import { ViewStore, type Touched } from "./views";

function listened(): { store: ViewStore; told: Touched[] } {
  const store = new ViewStore();
  const told: Touched[] = [];
  store.subscribe((touched) => told.push(touched));
  return { store, told };
}

describe("a batch", () => {
  it("is told once with what it touched", () => {
    const { store, told } = listened();
    store.apply([report("a"), report("b")]);
    expect(told).toEqual([{ all: false, keys: new Set(["report:a", "report:b"]) }]);
  });

  it("twice leaves the same", () => {
    const { store } = listened();
    store.apply([report("a", { note: "x" })]);
    store.apply([report("a", { note: "x" })]);
    expect(store.reports.size).toBe(1);
    expect(store.reports.get("a")?.note).toBe("x");
  });

  it("of lower versions changes and tells nothing", () => {
    const { store, told } = listened();
    store.apply([report("a", { version: 3, note: "new" })]);
    store.apply([report("a", { version: 2, note: "old" })]);
    expect(store.reports.get("a")?.note).toBe("new");
    expect(told).toHaveLength(1);
  });

  it("of a kind of a later server is passed over", () => {
    const { store, told } = listened();
    store.apply([{ ...report("a"), kind: "balloon" } as unknown as View]);
    expect(told).toEqual([]);
  });
});

it("a full picture replaces everything, also what had a higher version", () => {
  const { store, told } = listened();
  store.apply([report("a", { version: 9 }), report("b")]);
  store.replace([report("a", { version: 2, note: "restored" })]);
  expect([...store.reports.keys()]).toEqual(["a"]);
  expect(store.reports.get("a")?.note).toBe("restored");
  expect(told.at(-1)?.all).toBe(true);
});

it("a listener that left hears no more", () => {
  const store = new ViewStore();
  let heard = 0;
  const leave = store.subscribe(() => (heard += 1));
  leave();
  store.apply([report("a")]);
  expect(heard).toBe(0);
});
