import { expect, it } from "vitest";
import type { UnitState, UnitView } from "../generated/protocol";
import { unit } from "../state/samples";
import { boardOf } from "./board";

const one = (id: string, agency: string, state: UnitState): UnitView => unit(id, { agency, state });

it("keeps every unit in its place, by agency, and counts who can be sent", () => {
  const groups = boardOf(
    [one("b-2", "bpbd", "on_scene"), one("d-2", "damkar", "returning"), one("d-1", "damkar", "available"), one("x-1", "gone", "en_route")],
    ["damkar", "psc119", "bpbd"],
  );
  expect(groups.map((group) => [group.agency, group.units.map((held) => held.id), group.free])).toEqual([
    ["damkar", ["d-1", "d-2"], 2],
    ["bpbd", ["b-2"], 0],
    ["gone", ["x-1"], 0],
  ]);
});
