import { expect, it } from "vitest";
import type { Agency, ProposedAgency } from "../generated/protocol";
import { dispatch } from "../state/samples";
import { nextBest } from "./next_best";

const agency = (code: string, kind: string): Agency => ({ code, kind, name: code, short: code, regencies: [], phone: "", acknowledge_within_ms: 1 });
const proposal = (code: string, kind: string): ProposedAgency => ({ agency: code, kind, name: code, role: "support", reason: "" });
const all = [agency("damkar", "damkar"), agency("pln", "pln"), agency("damkar_kab", "damkar")];
const refuser = dispatch("no", { agency: "damkar", state: "rejected", ended_at: 5 });

it("takes one of the same kind before one that is merely next", () => {
  expect(nextBest(refuser, [refuser], [proposal("pln", "pln"), proposal("damkar_kab", "damkar")], all)).toBe("damkar_kab");
  expect(nextBest(refuser, [refuser], [proposal("damkar", "damkar"), proposal("pln", "pln")], all), "a neighbour").toBe("damkar_kab");
});

it("asks nobody twice", () => {
  const both = [refuser, dispatch("no too", { agency: "damkar_kab", state: "rejected", ended_at: 6 })];
  expect(nextBest(refuser, both, [proposal("damkar", "damkar"), proposal("pln", "pln")], all)).toBe("pln");
  expect(nextBest(refuser, [...both, dispatch("x", { agency: "pln" })], [proposal("pln", "pln")], all)).toBeUndefined();
});
