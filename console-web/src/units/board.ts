// The units by agency, in the catalogue's order, each always in its place: what changes is what it says. Pure.

import type { UnitState, UnitView } from "../generated/protocol";

/** In the order of a job: what comes next stands first, what ends it last. */
export const UNIT_SIGNS: Record<UnitState, string> = {
  assigned: "◔",
  en_route: "▶",
  delayed: "!",
  on_scene: "●",
  transporting: "✚",
  at_hospital: "H",
  returning: "◀",
  available: "○",
  out_of_service: "✕",
};

/** The states that it may be moved to now, in the order of a job. */
export function unitStates(unit: UnitView): UnitState[] {
  return (Object.keys(UNIT_SIGNS) as UnitState[]).filter((state) => unit.allowed_actions.includes(state));
}

export interface BoardGroup {
  agency: string;
  units: UnitView[];
  free: number;
}

/** Whether it could be sent: one on its way back can be turned round. */
export function isFree(unit: UnitView): boolean {
  return unit.state === "available" || unit.state === "returning";
}

/** Agencies that are not in the catalogue any more come last. */
export function boardOf(units: readonly UnitView[], agencies: readonly string[]): BoardGroup[] {
  const groups = new Map<string, UnitView[]>(agencies.map((code) => [code, []]));
  for (const unit of units) {
    const held = groups.get(unit.agency);
    if (held === undefined) groups.set(unit.agency, [unit]);
    else held.push(unit);
  }
  return [...groups]
    .filter(([, held]) => held.length > 0)
    .map(([agency, held]) => ({
      agency,
      units: held.sort((a, b) => (a.id < b.id ? -1 : 1)),
      free: held.filter(isFree).length,
    }));
}
