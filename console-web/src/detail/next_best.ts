// Who stands in when an agency has refused. Pure.

import type { Agency, DispatchView, ProposedAgency } from "../generated/protocol";

/** As proposed, when the refuser's kind is among it; else a neighbour of the refuser's kind; else whoever is next. */
export function nextBest(
  refuser: DispatchView,
  asked: readonly DispatchView[],
  proposed: readonly ProposedAgency[],
  agencies: readonly Agency[],
): string | undefined {
  const isNew = (code: string): boolean => !asked.some((one) => one.agency === code);
  const kind = agencies.find((agency) => agency.code === refuser.agency)?.kind;
  const alike = (one: { kind: string }): boolean => one.kind === kind;
  return (
    proposed.find((one) => isNew(one.agency) && alike(one))?.agency ??
    agencies.find((one) => isNew(one.code) && alike(one))?.code ??
    proposed.find((one) => isNew(one.agency))?.agency
  );
}
