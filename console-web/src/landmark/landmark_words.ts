// What a landmark may be called, out of the words of its place, and why it was not kept.

import { RequestFailed, failureWords } from "../api/problem";
import { t } from "../texts/texts.svelte";

export const NAME_LIMIT = 120;
/** A circle wider than this does not tell where a stall or a house stands. */
const SURE_WITHIN_M = 100;

export function isRough(accuracyM: number | null): boolean {
  return accuracyM !== null && accuracyM > SURE_WITHIN_M;
}

/** Where the caller is beside it; the landmark itself is what follows. */
const BESIDE = /^(?:(?:di|dekat|deket|depan|belakang|samping|sebelah|seberang|sekitar|pas|persis)\s+)+/iu;

/** The landmark's name in a caller's words; empty when they name nothing, e.g. a position read out. */
export function landmarkName(words: string): string {
  const first = words.split(/[,;\n]/u)[0]?.trim().replaceAll(/\s+/gu, " ") ?? "";
  if (!/\p{L}/u.test(first)) return "";
  return first
    .replace(BESIDE, "")
    .replaceAll(/(?<=^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase())
    .slice(0, NAME_LIMIT);
}

/** Whether anybody could call it that: without a letter or a figure it is found by no words. */
export function canBeCalled(name: string): boolean {
  return /[\p{L}\p{N}]/u.test(name);
}

export function refusalWords(failure: unknown, name: string): string {
  if (failure instanceof RequestFailed) {
    if (failure.code === "landmark_known") return t("landmark-known", { name });
    if (/^\/(lat|lon)/.test(failure.problem?.pointer ?? "")) return t("landmark-point-wrong");
  }
  return failureWords(failure);
}
