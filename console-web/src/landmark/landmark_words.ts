// What a landmark may be called, out of the words of its place, why it was not kept, and which of those that
// people added are near.

import { RequestFailed, failureWords } from "../api/problem";
import type { LandmarkAnswer } from "../generated/protocol";
import type { Point } from "../screens/desk.svelte";
import { t } from "../texts/texts.svelte";
import { distanceM } from "../words/distance";

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
    if (failure.code === "landmarks_full") return t("landmark-full");
    if (failure.code === "not_own_landmark") return t("landmark-not-own");
    // What the server says of a field is English, and for whoever programs against it.
    const pointer = failure.problem?.pointer ?? "";
    if (/^\/(lat|lon)/.test(pointer)) return t("landmark-point-wrong");
    if (pointer.startsWith("/name")) return t("landmark-name-wrong");
  }
  return failureWords(failure);
}

export interface Near {
  landmark: LandmarkAnswer;
  metres: number;
}

/** The nearest to a point first. */
export function byDistance(landmarks: readonly LandmarkAnswer[], point: Point): Near[] {
  return landmarks
    .map((landmark) => ({ landmark, metres: distanceM(landmark, point) ?? 0 }))
    .sort((a, b) => a.metres - b.metres);
}
