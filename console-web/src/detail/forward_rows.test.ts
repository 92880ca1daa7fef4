import { expect, it } from "vitest";
import type { Agency, DispatchRole, PickAnswer, ProposedAgency } from "../generated/protocol";
import { forwardRows, offered, type Meant } from "./forward_rows";

const agency = (code: string): Agency => ({ code, kind: code, name: code, short: code, regencies: [], phone: "", acknowledge_within_ms: 1 });
const proposal = (code: string, role: DispatchRole): ProposedAgency => ({ agency: code, kind: code, name: code, role, reason: `mengapa ${code}`, policy_version: "1" });
const pick = (unit: string, of: string): PickAnswer => ({ unit, agency: of, fills: "pumper", travel_ms: 1, reasons: [], words: [] });
const all = ["damkar", "psc119", "polres", "damkar_kab", "pln"].map(agency);
const words = { forUnits: "armada", byHand: "dipilih" };
const meant = (other: Partial<Meant> = {}): Meant => ({
  agencies: [proposal("damkar", "lead"), proposal("psc119", "support")],
  nextBest: [],
  picks: [pick("d-1", "damkar"), pick("p-1", "polres")],
  refused: new Set(),
  ...other,
});

it("puts the recommended first, then the owners of units, then what a person adds, each once", () => {
  const rows = forwardRows(meant(), all, ["pln", "damkar"], words);
  expect(rows.map((row) => [row.agency, row.role, row.reason, row.picks.length])).toEqual([
    ["damkar", "lead", "mengapa damkar", 1],
    ["psc119", "support", "mengapa psc119", 0],
    ["polres", "support", "armada", 1],
    ["pln", "support", "dipilih", 0],
  ]);
  expect(offered(meant(), rows, false, true)).toBe("damkar");
  expect(offered(meant(), rows, false, false), "more is a person's choice").toBeUndefined();
});

it("offers who stands in for a refuser, who comes last", () => {
  const after = meant({ refused: new Set(["damkar"]), nextBest: [proposal("damkar_kab", "lead"), proposal("psc119", "lead")] });
  const rows = forwardRows(after, all, [], words);
  expect(rows.map((row) => row.agency)).toEqual(["damkar_kab", "psc119", "polres", "damkar"]);
  expect(offered(after, rows, true, false)).toBe("damkar_kab");
  expect(offered(meant({ refused: new Set(["damkar", "psc119"]) }), [], true, false), "nobody is left").toBeUndefined();
});
