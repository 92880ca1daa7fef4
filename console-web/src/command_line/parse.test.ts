import { expect, it } from "vitest";
import { understand, type Known } from "./parse";

const known: Known = {
  agencies: [
    { code: "damkar", short: "DAMKAR" },
    { code: "damkar_kab", short: "DAMKARKAB" },
    { code: "bpbd", short: "BPBD" },
  ],
  things: [
    { kind: "incident", id: "i42", number: "KDR-261122-0042" },
    { kind: "incident", id: "i142", number: "KDR-261122-0142" },
    { kind: "report", id: "r7", number: "KDR-261122-0007" },
    { kind: "incident", id: "old42", number: "KDR-261121-0043" },
  ],
};
const [i42, , r7] = known.things;

it("takes words cut short and numbers by their end", () => {
  expect(understand("terus bp 42", known)).toEqual({ verb: "terus", agency: "bpbd", thing: i42 });
  expect(understand("TER Damkar KDR-261122-0042", known)).toEqual({ verb: "terus", agency: "damkar", thing: i42 });
  expect(understand("tut 0042", known)).toEqual({ verb: "tutup", thing: i42 });
  expect(understand("buka 7", known)).toEqual({ verb: "buka", thing: r7 });
  expect(understand("open 7", known)).toEqual({ verb: "buka", thing: r7 });
  expect(understand("hantu 7", known)).toEqual({ verb: "hantu", thing: r7 });
  expect(understand("baru", known)).toEqual({ verb: "baru" });
});

it("says what is missing or could be several", () => {
  expect(understand("  ", known)).toMatchObject({ unclear: "empty" });
  expect(understand("xyz", known)).toMatchObject({ unclear: "verb", about: "xyz" });
  expect(understand("terus", known)).toMatchObject({ unclear: "agency" });
  expect(understand("terus dam 42", known)).toEqual({ unclear: "agency-many", about: "DAMKAR, DAMKARKAB" });
  expect(understand("terus bpbd", known)).toMatchObject({ unclear: "number", about: "" });
  expect(understand("buka kdr-2611", known)).toMatchObject({ unclear: "number-many" });
});

it("never takes a report for an incident", () => {
  expect(understand("tutup 7", known)).toMatchObject({ unclear: "number", about: "7" });
});
