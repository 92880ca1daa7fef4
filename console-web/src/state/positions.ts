// Where units are, as the stream tells it: the newest position of each by its own moment. Knows how old one is
// and when it is too old to go by; never decides how that looks. Plain TypeScript, so that it is tested without a page.

import type { UnitPosition } from "../generated/protocol";
import type { Area } from "../stream/world";

/** Older than this a position no longer says where the unit is, only where it was. */
export const STALE_MS = 120_000;

export type PositionListener = (changed: ReadonlySet<string>) => void;

export class PositionStore {
  readonly #units = new Map<string, UnitPosition>();
  readonly #listeners = new Set<PositionListener>();

  /** How many units ever told where they are. */
  get size(): number {
    return this.#units.size;
  }

  of(unit: string): UnitPosition | undefined {
    return this.#units.get(unit);
  }

  all(): UnitPosition[] {
    return [...this.#units.values()];
  }

  within([west, south, east, north]: Area): UnitPosition[] {
    return this.all().filter(({ lat, lon }) => lat >= south && lat <= north && lon >= west && lon <= east);
  }

  /** Takes positions in; an older one than the one held is dropped. */
  apply(units: readonly UnitPosition[]): void {
    const changed = new Set<string>();
    for (const unit of units) {
      const held = this.#units.get(unit.id);
      if (held !== undefined && held.at >= unit.at) continue;
      this.#units.set(unit.id, unit);
      changed.add(unit.id);
    }
    if (changed.size > 0) for (const listener of this.#listeners) listener(changed);
  }

  /** Milliseconds since the unit was there, by the server's clock; undefined when it never told. */
  ageMs(unit: string, serverNowUs: number): number | undefined {
    const held = this.#units.get(unit);
    return held === undefined ? undefined : Math.max(0, Math.round((serverNowUs - held.at) / 1_000));
  }

  /** Whether the position is too old to go by; a unit that never told is. */
  isStale(unit: string, serverNowUs: number): boolean {
    return (this.ageMs(unit, serverNowUs) ?? Infinity) > STALE_MS;
  }

  /** Calls `listener` with the units that moved; returns the way to end it. */
  subscribe(listener: PositionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
