// The order on the glass. While a hand or the focus is in the list it holds still: rows change in
// place, new ones are counted and wait outside. Letting go brings the true order.

import { GROUPS, type Groups, type QueueRow } from "./queue_rows";

export class ShownOrder {
  #held = false;
  #truth: Groups = { waiting: [], active: [], closed: [] };
  #shown: Groups = this.#truth;
  #known = new Set<string>();
  #fresh: QueueRow[] = [];

  get shown(): Groups {
    return this.#shown;
  }

  /** Rows that have come since the list was held, the most urgent first. */
  get fresh(): readonly QueueRow[] {
    return this.#fresh;
  }

  get held(): boolean {
    return this.#held;
  }

  hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#known = new Set(GROUPS.flatMap((group) => this.#shown[group].map((row) => row.key)));
  }

  release(): void {
    this.#held = false;
    this.#settle();
  }

  /** Takes in the new rows now, and goes on holding if it held. */
  admit(): void {
    this.#settle();
    if (this.#held) {
      this.#held = false;
      this.hold();
    }
  }

  update(truth: Groups): void {
    this.#truth = truth;
    if (!this.#held) {
      this.#settle();
      return;
    }
    this.#fresh = GROUPS.filter((group) => group !== "closed").flatMap((group) =>
      truth[group].filter((row) => !this.#known.has(row.key)),
    );
  }

  #settle(): void {
    this.#shown = this.#truth;
    this.#fresh = [];
  }
}
