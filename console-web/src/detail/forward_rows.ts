// Who can be told of an incident, in the order in which the server means them: in a refuser's place first, then
// as recommended, then the owners of further units, then whoever the operator adds. Pure.

import type { Agency, DispatchRole, PickAnswer, ProposedAgency, RecommendationAnswer } from "../generated/protocol";

export interface ForwardChoice {
  agency: string;
  name: string;
  role: DispatchRole;
  reason: string;
  /** Units of it that should go. */
  picks: readonly PickAnswer[];
  /** Whether the server recommends it, and not only the operator. */
  advised: boolean;
}

export interface Meant {
  agencies: readonly ProposedAgency[];
  nextBest: readonly ProposedAgency[];
  picks: readonly PickAnswer[];
  /** Who has refused: stands last. */
  refused: ReadonlySet<string>;
}

export function meantBy(answer: RecommendationAnswer): Meant {
  return {
    agencies: answer.agencies,
    nextBest: answer.next_best,
    picks: answer.units.picks,
    refused: new Set(answer.agencies.filter((one) => one.state === "rejected").map((one) => one.agency)),
  };
}

export interface RowWords {
  /** Why an agency stands there only for its units. */
  forUnits: string;
  /** Why an agency stands there that the operator added. */
  byHand: string;
}

export function forwardRows(meant: Meant, agencies: readonly Agency[], added: readonly string[], words: RowWords): ForwardChoice[] {
  const picksOf = (agency: string): PickAnswer[] => meant.picks.filter((pick) => pick.agency === agency);
  const rows = new Map<string, ForwardChoice>();
  const put = (agency: string, name: string, role: DispatchRole, reason: string, advised = true): void => {
    if (!rows.has(agency)) rows.set(agency, { agency, name, role, reason, picks: picksOf(agency), advised });
  };
  for (const one of [...meant.nextBest, ...meant.agencies.filter((one) => !meant.refused.has(one.agency))]) {
    put(one.agency, one.name, one.role, one.reason);
  }
  for (const agency of agencies) {
    if (!meant.refused.has(agency.code) && meant.picks.some((pick) => pick.agency === agency.code)) put(agency.code, agency.name, "support", words.forUnits);
  }
  for (const agency of agencies) if (added.includes(agency.code)) put(agency.code, agency.name, "support", words.byHand, false);
  for (const one of meant.agencies) put(one.agency, one.name, one.role, one.reason);
  return [...rows.values()];
}

/** What is ticked before anybody has chosen: who stands in for a refuser, or the lead of a fresh incident. */
export function offered(meant: Meant, rows: readonly ForwardChoice[], refusing: boolean, fresh: boolean): string | undefined {
  if (refusing) return (meant.nextBest[0] ?? meant.agencies.find((one) => !meant.refused.has(one.agency)))?.agency;
  return fresh ? rows.find((row) => row.role === "lead" && !meant.refused.has(row.agency))?.agency : undefined;
}
