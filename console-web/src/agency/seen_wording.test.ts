import { expect, it } from "vitest";
import { dispatch } from "../state/samples";
import { SeenWordings, isCalledOff, isChanged } from "./seen_wording";

const said = { what: "Kebakaran", where: "Jl Dhoho", priority: 1 };

function memory() {
  const kept = new Map<string, string>();
  return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => void kept.set(name, text), kept };
}

it("knows what was read, also after the page was closed", () => {
  const phone = memory();
  new SeenWordings(phone, "x").read(dispatch("a", { wording: 2 }), said);
  const seen = new SeenWordings(phone, "x").get("a");
  expect(seen).toEqual({ ...said, wording: 2, withdrawn: false });
  expect(new SeenWordings(phone, "another account").get("a")).toBeUndefined();
});

it("tells a change until it was read, and no change of what is new to this seat", () => {
  const wordings = new SeenWordings(memory(), "x");
  const changed = dispatch("a", { wording: 2, corrected_at: 50 });
  expect(isChanged(changed, wordings.get("a")), "never seen before").toBe(false);
  expect(isChanged({ ...changed, acknowledged_at: 40 }, wordings.get("a")), "acknowledged elsewhere before the change").toBe(true);
  wordings.read(dispatch("a", { wording: 1 }), said);
  expect(isChanged(changed, wordings.get("a"))).toBe(true);
  wordings.read(changed, said);
  expect(isChanged(changed, wordings.get("a"))).toBe(false);
});

it("says that it is called off until a person knows", () => {
  const wordings = new SeenWordings(memory(), "x");
  const gone = dispatch("a", { state: "withdrawn", ended_at: 9, wording: 2 });
  wordings.read(dispatch("a", {}), said);
  expect(isCalledOff(gone, wordings.get("a"))).toBe(true);
  wordings.read(gone, said);
  expect(isCalledOff(gone, wordings.get("a"))).toBe(false);
  expect(isChanged({ ...gone, corrected_at: 8 }, undefined)).toBe(false);
});

it("goes on without a memory, and forgets the oldest", () => {
  const broken = { getItem: () => "{", setItem: () => { throw new Error("full"); } };
  const wordings = new SeenWordings(broken, "x");
  for (let at = 0; at < 250; at += 1) wordings.read(dispatch(`d${at}`, {}), said);
  expect(wordings.get("d0")).toBeUndefined();
  expect(wordings.get("d249")?.wording).toBe(1);
});
