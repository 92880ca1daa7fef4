// What the console says, from a few Fluent files a language: what every screen needs for its first paint, what
// the operator's later parts say, what an agency's screen says, and what both say of contacts. Indonesian comes
// with the shell and those parts, English is fetched when it is asked for. Reading a text in a component follows a change of language.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import indonesian from "./id.ftl?raw";

export type Language = "id" | "en";
export type Arguments = Record<string, string | number>;

const KEPT_AS = "kentongan.language";

function bundleOf(language: Language, ...sources: string[]): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const source of sources) bundle.addResource(new FluentResource(source));
  return bundle;
}

const first = bundleOf("id", indonesian);
let bundle = $state.raw(first);
let current = $state<Language>("id");

export function language(): Language {
  return current;
}

export async function setLanguage(next: Language): Promise<void> {
  bundle = next === "id" ? first : await english();
  current = next;
  if (typeof document !== "undefined") document.documentElement.lang = next;
  if (typeof localStorage !== "undefined") localStorage.setItem(KEPT_AS, next);
}

async function english(): Promise<FluentBundle> {
  const all = await Promise.all([import("./en.ftl?raw"), import("./en_later.ftl?raw"), import("./en_agency.ftl?raw"), import("./en_contacts.ftl?raw")]);
  return bundleOf("en", ...all.map((source) => source.default));
}

const PARTS = {
  later: () => import("./id_later.ftl?raw"),
  agency: () => import("./id_agency.ftl?raw"),
  contacts: () => import("./id_contacts.ftl?raw"),
};
const fetching = new Map<keyof typeof PARTS, Promise<void>>();

/** Fetches what the parts after the shell say; each of them comes up with it. */
export function fetchTexts(part: keyof typeof PARTS): Promise<void> {
  const held = fetching.get(part);
  if (held !== undefined) return held;
  const started = addTexts(part).catch((failure: unknown) => {
    // Tried again when the next part is asked for.
    fetching.delete(part);
    throw failure;
  });
  fetching.set(part, started);
  return started;
}

async function addTexts(part: keyof typeof PARTS): Promise<void> {
  first.addResource(new FluentResource((await PARTS[part]()).default));
}

/** Takes up the language last used at this desk. */
export async function restoreLanguage(): Promise<void> {
  if (localStorage.getItem(KEPT_AS) === "en") await setLanguage("en");
}

export function hasText(key: string): boolean {
  return bundle.hasMessage(key) || first.hasMessage(key);
}

/** The text of a message; its key when no language has it, so that nothing is ever blank. */
export function t(key: string, args?: Arguments): string {
  for (const candidate of [bundle, first]) {
    const pattern = candidate.getMessage(key)?.value;
    if (pattern) return candidate.formatPattern(pattern, args ?? null);
  }
  return key;
}

/** The text of one value of a closed set, e.g. `named("outcome", "ghost")`. */
export function named(set: string, code: string): string {
  return t(`${set}-${code.replaceAll("_", "-")}`);
}
