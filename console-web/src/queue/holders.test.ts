import { expect, it } from "vitest";
import type { DispatchView } from "../generated/protocol";
import { dispatch } from "../state/samples";
import { holdersOf, type HolderNames } from "./holders";

const names: HolderNames = {
  code: (agency) => agency.toUpperCase(),
  state: (state) => state,
  notAcknowledged: "belum terima",
  wantsHelp: "minta bantuan",
  late: "terlambat",
};
const said = (...all: DispatchView[]) => holdersOf(all, 73_000_000, names).map((one) => `${one.sign} ${one.code} ${one.words}${one.urgent ? "!" : ""}`);

it("says of each agency how far it is, and of the unanswered since when", () => {
  expect(
    said(
      dispatch("a", { agency: "damkar", state: "en_route", acknowledged_at: 2 }),
      dispatch("b", { agency: "psc119", state: "delivered", queued_at: 1_000_000 }),
    ),
  ).toEqual(["▶ DAMKAR en_route", "○ PSC119 belum terima 01:12"]);
});

it("puts what needs a hand first", () => {
  const help = { asked_at: 1, asked_by: "x", note: null, answered_at: null, answered_by: null };
  expect(
    said(
      dispatch("a", { agency: "a", state: "accepted", acknowledged_at: 2 }),
      dispatch("b", { agency: "b", state: "accepted", acknowledged_at: 2, late: "on_scene" }),
      dispatch("c", { agency: "c", state: "sent", queued_at: 13_000_000, overdue: true }),
      dispatch("d", { agency: "d", state: "on_scene", acknowledged_at: 2, help }),
    ),
  ).toEqual(["✚ D minta bantuan!", "! C belum terima 01:00!", "◑ B accepted, terlambat!", "◑ A accepted"]);
});

it("names those who refused only when nobody else is left", () => {
  const no = dispatch("a", { agency: "a", state: "rejected", ended_at: 5 });
  expect(said(no, dispatch("b", { agency: "b", state: "accepted", acknowledged_at: 2 }))).toEqual(["◑ B accepted"]);
  expect(said(no)).toEqual(["✕ A rejected"]);
  expect(said()).toEqual([]);
});
