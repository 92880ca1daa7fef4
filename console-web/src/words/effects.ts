// What a word did to the suggestion, said so that an operator understands it.

import { hasText, t } from "../texts/texts.svelte";
import type { Catalogue } from "./catalogue";

/** `fire_building +4.0`, `raise1`, `fire denied` … in words; what is not known stays as it is. */
export function effectText(catalogue: Catalogue, effect: string): string {
  const [first = "", ...rest] = effect.split(" ");
  const shift = `effect-${first}`;
  if (rest.length === 0 && hasText(shift)) return t(shift);
  const name = catalogue.codeName(first);
  if (rest[0] === "denied") return t("effect-denied", { what: name });
  return [name, ...rest].join(" ");
}
