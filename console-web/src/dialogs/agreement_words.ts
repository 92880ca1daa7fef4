// Which words say whether agreement falls. Decides nothing: the server has compared.

import type { AgreementDrift } from "../generated/protocol";
import type { Arguments } from "../texts/texts.svelte";

/** Reports that the server compares, and those before them. */
const NEWEST = 200;
const BEFORE = 1_000;

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
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
