import { beforeAll, expect, it } from "vitest";
import type { ContactHistory } from "../generated/protocol";
import { fetchTexts } from "../texts/texts.svelte";
import { contactText } from "./contact";
import { momentText } from "./moment";

beforeAll(() => fetchTexts("later"));

const history = (other: Partial<ContactHistory>): ContactHistory => ({
  today: 0,
  handled: 0,
  silent: 0,
  prank: 0,
  accidental: 0,
  real: 0,
  ...other,
});

it("says of a contact what was counted, and nothing of what was not", () => {
  expect(contactText(history({ today: 12, handled: 12, silent: 11, real: 1 }))).toBe("12x hari ini, 11 diam, 1 nyata");
  expect(contactText(history({ handled: 3, prank: 2 }))).toBe("3 laporan sebelumnya, 2 prank");
  expect(contactText(history({ today: 1 }))).toBe("1x hari ini");
});

it("says nothing of a contact that is not known", () => {
  expect(contactText(undefined)).toBeNull();
  expect(contactText(history({}))).toBeNull();
});

it("names the day of an instant only when it is another one", () => {
  const nowUs = Date.UTC(2026, 10, 22, 7, 2) * 1_000;
  const hours = (count: number): number => nowUs + count * 3_600_000_000;
  expect(momentText(hours(0), nowUs, 420)).toBe("14.02");
  expect(momentText(hours(9), nowUs, 420)).toBe("23.02");
  expect(momentText(hours(24), nowUs, 420)).toBe("23/11 14.02");
});
