// Which words and figures say how agreement is, and whether it falls. Decides nothing: the server has
// compared.

import type { AgreementCounts, AgreementDrift, CalibrationBin } from "../generated/protocol";
import type { Arguments } from "../texts/texts.svelte";

/** Reports that the server compares, and those before them. */
const NEWEST = 200;
const BEFORE = 1_000;

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

export interface AgreementRow {
  name: string;
  figures: ReadonlyArray<number | string>;
}

export function rowOf(name: string, counts: AgreementCounts): AgreementRow {
  return { name, figures: [counts.reports, percent(counts.accuracy), percent(counts.priority_accuracy)] };
}

/** `70–80%`: how sure the suggestion was, and how often it was kept then. */
export function rowOfBin(bin: CalibrationBin): AgreementRow {
  const name = `${Math.round(bin.from * 100)}–${percent(bin.from + 0.1)}`;
  return { name, figures: [bin.reports, percent(bin.confidence), percent(bin.accuracy)] };
}

export function driftWords(drift: AgreementDrift): { trend: "early" | "falls" | "steady"; values: Arguments } {
  const compared = drift.newest_reports + drift.before_reports;
  if (drift.newest_reports < NEWEST || drift.before_reports < BEFORE) {
    return { trend: "early", values: { needed: NEWEST + BEFORE - compared } };
  }
  const values = {
    newest: percent(drift.newest_accuracy),
    before: percent(drift.before_accuracy),
  };
  return { trend: drift.drifted ? "falls" : "steady", values };
}
