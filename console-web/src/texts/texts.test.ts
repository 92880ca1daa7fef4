// Every text that the console asks for is there, in each language, and none lies about unused.

import { FluentResource } from "@fluent/bundle";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const src = new URL("..", import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
/** What a file brings along: everything that is imported without passing through a `later` file. */
function broughtBy(path: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(path)) return found;
  const text = readFileSync(path, "utf8");
  found.set(path, text);
  if (path.endsWith("later.ts") && found.size > 1) return found;
  for (const [, spec = ""] of text.matchAll(/(?:from |import |import\()"(\.[^"]+)"/g)) {
    const target = join(dirname(path), spec);
    const module = [target, `${target}.ts`, `${target}.svelte.ts`].find((one) => /\.(svelte|ts)$/.test(one) && existsSync(one));
    if (module !== undefined && !module.includes("generated")) broughtBy(module, found);
  }
  return found;
}
function messagesIn(file: string): Map<string, string> {
  const text = readFileSync(join(src, `texts/${file}.ftl`), "utf8");
  const bodies = new Map<string, string>();
  for (const block of text.split(/^(?=[a-z][a-z0-9-]* =)/m)) {
    const id = /^([a-z][a-z0-9-]*) =/.exec(block)?.[1];
    if (id !== undefined) bodies.set(id, block);
  }
  return bodies;
}

function askedIn(code: string): Set<string> {
  return new Set([...code.matchAll(/\bt\(\s*"([a-z0-9-]+)"/g)].map((found) => found[1] ?? ""));
}
/** Keys put together at run time: their beginnings, out of the code itself. */
function familiesIn(code: string): string[] {
  return [
    ...[...code.matchAll(/\bnamed\("([a-z-]+)"/g)].map((found) => `${found[1] ?? ""}-`),
    ...[...code.matchAll(/(?:\bt\(|key = |shift = )`([a-z-]+-)\$\{/g)].map((found) => found[1] ?? ""),
  ];
}

const FILES = ["", "_later", "_agency", "_contacts"];
const both = (language: string): Map<string, string> =>
  new Map(FILES.flatMap((file) => [...messagesIn(`${language}${file}`)]));
const code = sources(src).join("\n");
const id = both("id");
const en = both("en");
const asked = askedIn(code);
const families = familiesIn(code);

describe("texts", () => {
  it("are all there in Indonesian", () => {
    expect([...asked].filter((key) => !id.has(key))).toEqual([]);
  });
  it.each([
    { of: "the first paint", from: "main.ts", absent: ["_later", "_agency", "_contacts"] },
    { of: "the operator's later parts", from: "screens/later.ts", absent: ["_agency", "_contacts"] },
    { of: "the agency's screen", from: "screens/AgencyScreen.svelte", absent: ["_later", "_contacts"] },
    { of: "the contacts", from: "contacts/ContactsDialog.svelte", absent: ["_later", "_agency"] },
  ])("are there when $of asks for them", ({ from, absent }) => {
    const brought = broughtBy(join(src, from));
    expect(brought.size).toBeGreaterThan(20);
    const told = [...brought.values()].join("\n");
    const missing = absent.flatMap((file) => [...messagesIn(`id${file}`).keys()]);
    expect(missing.filter((key) => askedIn(told).has(key) || familiesIn(told).some((family) => key.startsWith(family)))).toEqual([]);
  });
  it("stand once in the files of a language", () => {
    const all = FILES.flatMap((file) => [...messagesIn(`id${file}`).keys()]);
    expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
  });
  it("have the same messages in English", () => {
    for (const file of FILES) expect([...messagesIn(`en${file}`).keys()]).toEqual([...messagesIn(`id${file}`).keys()]);
  });
  it("take the same arguments in both languages", () => {
    const takes = (body: string | undefined): string[] => [...new Set(body?.match(/\$[a-z]+/g))].sort();
    for (const key of id.keys()) expect([key, takes(en.get(key))]).toEqual([key, takes(id.get(key))]);
  });
  it("are all used", () => {
    const unused = [...id.keys()].filter((key) => !asked.has(key) && !families.some((family) => key.startsWith(family)));
    expect(unused).toEqual([]);
  });
  it("are all readable as Fluent", () => {
    for (const file of ["id", "en"].flatMap((language) => FILES.map((part) => language + part))) {
      const text = readFileSync(join(src, `texts/${file}.ftl`), "utf8");
      expect(new FluentResource(text).body).toHaveLength(messagesIn(file).size);
    }
  });
});

/** The values of a union in the generated types. */
function values(type: string): string[] {
  const line = new RegExp(`export type ${type} = (.*);`).exec(readFileSync(join(src, "generated/protocol.ts"), "utf8"))?.[1];
  return [...(line ?? "").matchAll(/"([a-z0-9_]+)"|\b(\d)\b/g)].map((found) => found[1] ?? found[2] ?? "");
}

describe("every value of the contract has a name", () => {
  const sets: ReadonlyArray<readonly [set: string, type: string, without?: readonly string[]]> = [
    ["category", "Category"],
    ["priority", "Priority"],
    ["channel", "Channel"],
    ["outcome", "Outcome"],
    ["incident-state", "IncidentState"],
    ["dispatch-state", "DispatchState"],
    ["dispatch-act", "DispatchAct", ["send", "deliver"]],
    ["dispatch-role", "DispatchRole"],
    ["carrier", "DeliveryChannel"],
    ["delivery-state", "DeliveryState"],
    ["notice", "Notice"],
    ["ladder", "LadderStep"],
    ["concern", "Concern"],
    ["doubt", "ReplyDoubt"],
    ["via", "Via"],
    ["unit-state", "UnitState"],
    ["result", "CloseResult"],
    ["claim", "ClaimSource"],
    ["lane", "Lane", ["new"]],
    ["novelty", "Lane", ["new"]],
    ["hold", "HoldLevel"],
    ["role", "Role", ["intake"]],
  ];
  it.each(sets.map(([set, type, without = []]) => ({ set, type, without })))("$set", ({ set, type, without }) => {
    const codes = values(type).filter((value) => !without.includes(value));
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.filter((value) => !id.has(`${set}-${value.replaceAll("_", "-")}`))).toEqual([]);
  });
});

it("every key that the help shows has its words", async () => {
  const { ACTIONS } = await import("../keyboard/actions");
  expect(ACTIONS.filter((action) => !id.has(`key-${action.id}`))).toEqual([]);
});
