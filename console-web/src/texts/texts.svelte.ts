// What the console says, from one Fluent file a language. Indonesian comes with the shell, English
// is fetched when it is asked for. Reading a text in a component follows a change of language.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import indonesian from "./id.ftl?raw";

export type Language = "id" | "en";
export type Arguments = Record<string, string | number>;

const KEPT_AS = "kentongan.language";

function bundleOf(language: Language, source: string): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return bundle;
}

const first = bundleOf("id", indonesian);
let bundle = $state.raw(first);
let current = $state<Language>("id");

export function language(): Language {
  return current;
}

export async function setLanguage(next: Language): Promise<void> {
  bundle = next === "id" ? first : bundleOf("en", (await import("./en.ftl?raw")).default);
  current = next;
  if (typeof document !== "undefined") document.documentElement.lang = next;
  if (typeof localStorage !== "undefined") localStorage.setItem(KEPT_AS, next);
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
