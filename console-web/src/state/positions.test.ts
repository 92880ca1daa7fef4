import { expect, it, vi } from "vitest";
import type { UnitPosition } from "../generated/protocol";
import { PositionStore, STALE_MS } from "./positions";

const NOW_US = 1_795_316_400_000_000;

function position(id: string, at: number, lat = -7.8, lon = 112): UnitPosition {
  return { id, lat, lon, accuracy_m: 5, at };
}

it("keeps the newest position of each unit by its own moment", () => {
  const store = new PositionStore();
  store.apply([position("damkar-1", NOW_US), position("polres-1", NOW_US)]);
  store.apply([position("damkar-1", NOW_US - 1, 0), position("polres-1", NOW_US + 1, 1)]);
  expect(store.of("damkar-1")?.lat).toBe(-7.8);
  expect(store.of("polres-1")?.lat).toBe(1);
  expect(store.size).toBe(2);
  expect(store.of("bpbd-1")).toBeUndefined();
});

it("tells who moved, and nobody when nothing is new", () => {
  const store = new PositionStore();
  const heard = vi.fn();
  const stop = store.subscribe(heard);
  store.apply([position("damkar-1", NOW_US), position("polres-1", NOW_US)]);
  store.apply([position("damkar-1", NOW_US)]);
  store.apply([position("damkar-1", NOW_US + 1)]);
  stop();
  store.apply([position("damkar-1", NOW_US + 2)]);
  expect(heard.mock.calls.map(([changed]) => [...(changed as Set<string>)])).toEqual([["damkar-1", "polres-1"], ["damkar-1"]]);
});

it("knows how old a position is and when it says nothing any more", () => {
  const store = new PositionStore();
  store.apply([position("damkar-1", NOW_US)]);
  expect(store.ageMs("damkar-1", NOW_US + 1_500_000)).toBe(1_500);
  expect(store.ageMs("damkar-1", NOW_US - 5_000)).toBe(0);
  expect(store.ageMs("bpbd-1", NOW_US)).toBeUndefined();
  const until = NOW_US + STALE_MS * 1_000;
  expect(["damkar-1", "bpbd-1"].map((unit) => store.isStale(unit, until))).toEqual([false, true]);
  expect(store.isStale("damkar-1", until + 1_000)).toBe(true);
});

it("finds who is in a part of the map, edges included", () => {
  const store = new PositionStore();
  store.apply([position("a", 1, -7.8, 112), position("b", 1, -7.9, 112.1), position("c", 1, -7.91, 112)]);
  expect(store.within([112, -7.9, 112.1, -7.8]).map((unit) => unit.id)).toEqual(["a", "b"]);
  expect(store.all().length).toBe(3);
});
