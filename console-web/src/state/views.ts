// What the stream has told: views by kind and id. Owns "newest version wins"; never decides what a
// view means. Plain TypeScript, so that it is tested without a page.

import type { DispatchView, IncidentView, ReportView, UnitView, View } from "../generated/protocol";

export type ViewKind = View["kind"];

/** What one batch touched: keys such as `report:0190…`, or everything. */
export interface Touched {
  all: boolean;
  keys: ReadonlySet<string>;
}

export type Listener = (touched: Touched) => void;

export function viewKey(kind: ViewKind, id: string): string {
  return `${kind}:${id}`;
}

export class ViewStore {
  #reports = new Map<string, ReportView>();
  #incidents = new Map<string, IncidentView>();
  #dispatches = new Map<string, DispatchView>();
  #units = new Map<string, UnitView>();
  readonly #listeners = new Set<Listener>();

  get reports(): ReadonlyMap<string, ReportView> {
    return this.#reports;
  }
  get incidents(): ReadonlyMap<string, IncidentView> {
    return this.#incidents;
  }
  get dispatches(): ReadonlyMap<string, DispatchView> {
    return this.#dispatches;
  }
  get units(): ReadonlyMap<string, UnitView> {
    return this.#units;
  }

  /** Upserts views; one of a lower version than the one held is dropped. */
  apply(items: readonly View[]): void {
    const keys = new Set<string>();
    for (const item of items) if (this.#upsert(item)) keys.add(viewKey(item.kind, item.id));
    if (keys.size > 0) this.#tell({ all: false, keys });
  }

  /** A full picture: what is not in it is gone. */
  replace(items: readonly View[]): void {
    this.#reports = new Map();
    this.#incidents = new Map();
    this.#dispatches = new Map();
    this.#units = new Map();
    const keys = new Set<string>();
    for (const item of items) if (this.#upsert(item)) keys.add(viewKey(item.kind, item.id));
    this.#tell({ all: true, keys });
  }

  /** Calls `listener` after every batch that changed something; returns the way to end it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #upsert(item: View): boolean {
    switch (item.kind) {
      case "report":
        return put(this.#reports, item);
      case "incident":
        return put(this.#incidents, item);
      case "dispatch":
        return put(this.#dispatches, item);
      case "unit":
        return put(this.#units, item);
    }
    // A kind of a later server: not shown here, and no reason to stop.
    return false;
  }

  #tell(touched: Touched): void {
    for (const listener of this.#listeners) listener(touched);
  }
}

function put<V extends { id: string; version: number }>(held: Map<string, V>, view: V): boolean {
  const old = held.get(view.id);
  if (old !== undefined && old.version > view.version) return false;
  held.set(view.id, view);
  return true;
}
