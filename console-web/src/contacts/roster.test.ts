import { expect, it } from "vitest";
import type { ContactView } from "../generated/protocol";
import { codeFor, instantOf, localOf, rosterWith, turnsOf } from "./roster";

const WIB = 420;

it("takes the centre's wall clock, not this machine's", () => {
  expect(instantOf("2026-11-22T19:00", WIB)).toBe(Date.UTC(2026, 10, 22, 12) * 1_000);
  expect(localOf(Date.UTC(2026, 10, 22, 12) * 1_000, WIB)).toBe("2026-11-22T19:00");
  expect(instantOf("", WIB)).toBeNull();
});

it("makes the same turn on several days, over midnight", () => {
  const turns = turnsOf({ contact: "a", from: "2026-11-22T19:00", until: "2026-11-23T07:00", place: 2, days: 3 }, WIB);
  expect(Array.isArray(turns) && turns.map((one) => [localOf(Number(one.from), WIB), localOf(Number(one.until), WIB), one.place])).toEqual([
    ["2026-11-22T19:00", "2026-11-23T07:00", 2],
    ["2026-11-23T19:00", "2026-11-24T07:00", 2],
    ["2026-11-24T19:00", "2026-11-25T07:00", 2],
  ]);
});

it("says what is missing", () => {
  const form = { contact: "a", from: "2026-11-22T19:00", until: "2026-11-22T07:00", place: 1, days: 1 };
  expect(turnsOf(form, WIB)).toBe("backwards");
  expect(turnsOf({ ...form, until: "" }, WIB)).toBe("no_times");
  expect(turnsOf({ ...form, contact: "" }, WIB)).toBe("no_contact");
});

it("keeps what runs, drops what is over, and has no turn twice", () => {
  const held = [
    { contact: "a", from: 0, until: 10, place: 1 },
    { contact: "b", from: 5, until: 50, place: 1 },
  ];
  expect(rosterWith(held, [{ contact: "b", from: 5, until: 60 }, { contact: "c", from: 5, until: 60 }], 20)).toEqual([
    { contact: "b", from: 5, until: 50, place: 1 },
    { contact: "c", from: 5, until: 60 },
  ]);
});

it("finds a code that nobody has, and never the agency's own", () => {
  const held = [{ code: "pak-budi" }, { code: "pak-budi-2" }] as ContactView[];
  expect(codeFor("Pak Budi", held, "damkar")).toBe("pak-budi-3");
  expect(codeFor("DAMKAR", [], "damkar")).toBe("damkar-2");
  expect(codeFor("  ?? ", [], "damkar")).toBe("kontak");
});
