// What is known of a contact from before, in as few words as an operator has time for.

import type { ContactHistory } from "../generated/protocol";
import { t } from "../texts/texts.svelte";

/** `12x hari ini, 11 diam, 1 nyata`; null when nothing is known. */
export function contactText(history: ContactHistory | undefined): string | null {
  if (history === undefined) return null;
  const { today, handled, silent, prank, accidental, real } = history;
  const parts = [
    today > 0 ? t("contact-today", { times: today }) : "",
    // Only said when no day's figure stands before the others: "of how many" is then not known.
    today === 0 && handled > 0 ? t("contact-before", { times: handled }) : "",
    silent > 0 ? t("contact-silent", { times: silent }) : "",
    prank > 0 ? t("contact-prank", { times: prank }) : "",
    accidental > 0 ? t("contact-accidental", { times: accidental }) : "",
    real > 0 ? t("contact-real", { times: real }) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join(", ");
}
