// What this seat has read of a dispatch: which wording, and what it said then, so that a change is told as a
// change. Kept on this machine; pure but for the memory handed in.

import type { DispatchView } from "../generated/protocol";

export interface Wording {
  what: string;
  where: string;
  priority: number;
}

export interface Seen extends Wording {
  wording: number;
  /** Whether the person has said that they know it is called off. */
  withdrawn: boolean;
}

export type Memory = Pick<Storage, "getItem" | "setItem">;

const KEPT = 200;

export class SeenWordings {
  readonly #memory: Memory;
  readonly #name: string;
  #seen: Map<string, Seen>;

  constructor(memory: Memory, name: string) {
    this.#memory = memory;
    this.#name = name;
    this.#seen = new Map(load(memory, name));
  }

  get(dispatch: string): Seen | undefined {
    return this.#seen.get(dispatch);
  }

  /** The newest is kept as what was read. */
  read(dispatch: DispatchView, said: Wording): void {
    this.#seen.delete(dispatch.id);
    this.#seen.set(dispatch.id, { ...said, wording: dispatch.wording, withdrawn: dispatch.state === "withdrawn" });
    const all = [...this.#seen].slice(-KEPT);
    this.#seen = new Map(all);
    try {
      this.#memory.setItem(this.#name, JSON.stringify(all));
    } catch {
      // Without memory a change is only shown for as long as the page is open.
    }
  }
}

/** Whether it was changed since this seat has read it. One that came changed is simply new. */
export function isChanged(dispatch: DispatchView, seen: Seen | undefined): boolean {
  if (dispatch.ended_at !== null || dispatch.corrected_at === null) return false;
  return seen === undefined ? dispatch.acknowledged_at !== null && dispatch.corrected_at > dispatch.acknowledged_at : seen.wording < dispatch.wording;
}

/** Whether it was called off and nobody here has said that they know. */
export function isCalledOff(dispatch: DispatchView, seen: Seen | undefined): boolean {
  return dispatch.state === "withdrawn" && seen?.withdrawn !== true;
}

function load(memory: Memory, name: string): Array<[string, Seen]> {
  try {
    const kept: unknown = JSON.parse(memory.getItem(name) ?? "[]");
    return Array.isArray(kept) ? (kept as Array<[string, Seen]>).filter((one) => Array.isArray(one) && typeof one[1]?.wording === "number") : [];
  } catch {
    return [];
  }
}
