// Every text that the console asks for is there, in each language, and none lies about unused.

import { FluentResource } from "@fluent/bundle";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const src = new URL("..", import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}
function messages(language: string): Map<string, string> {
  const text = readFileSync(join(src, `texts/${language}.ftl`), "utf8");
  const bodies = new Map<string, string>();
  for (const block of text.split(/^(?=[a-z][a-z0-9-]* =)/m)) {
    const id = /^([a-z][a-z0-9-]*) =/.exec(block)?.[1];
    if (id !== undefined) bodies.set(id, block);
  }
  return bodies;
}

const code = sources(src).join("\n");
const id = messages("id");
const en = messages("en");
const asked = new Set([...code.matchAll(/\bt\(\s*"([a-z0-9-]+)"/g)].map((found) => found[1] ?? ""));
for (const found of code.matchAll(/\? t\("([a-z0-9-]+)"\)|: t\("([a-z0-9-]+)"\)/g)) asked.add(found[1] ?? found[2] ?? "");
/** Keys put together at run time: their beginnings, out of the code itself. */
const families = [
  ...[...code.matchAll(/\bnamed\("([a-z-]+)"/g)].map((found) => `${found[1] ?? ""}-`),
  ...[...code.matchAll(/(?:\bt\(|key = |shift = )`([a-z-]+-)\$\{/g)].map((found) => found[1] ?? ""),
];

describe("texts", () => {
  it("are all there in Indonesian", () => {
    expect([...asked].filter((key) => !id.has(key))).toEqual([]);
  });
  it("have the same messages in English", () => {
    expect([...en.keys()]).toEqual([...id.keys()]);
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
    for (const language of ["id", "en"]) {
      const text = readFileSync(join(src, `texts/${language}.ftl`), "utf8");
      expect(new FluentResource(text).body).toHaveLength(id.size);
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
    ["delivery", "DeliveryChannel"],
    ["result", "CloseResult"],
    ["claim", "ClaimSource"],
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
