// Acts of this desk on their way: sending, stored but not seen on the stream, done, failed.
// Nothing is called done before the stream has passed the act's number.

import { failureWords } from "../api/problem";
import { seat } from "../session/seat.svelte";
import { t } from "../texts/texts.svelte";
import type { LiveCentre } from "./live_centre.svelte";

export type ActState = "sending" | "stored" | "done" | "failed";

export interface Act {
  id: number;
  label: string;
  state: ActState;
  seq: number;
  words: string;
}

const DONE_SHOWN_MS = 4_000;
const FAILED_SHOWN_MS = 20_000;
const KEPT = 6;

export class Acts {
  readonly #live: LiveCentre;
  #next = 1;
  #list = $state<Act[]>([]);

  constructor(live: LiveCentre) {
    this.#live = live;
    $effect(() => {
      const reached = live.reachedSeq;
      for (const act of this.#list) {
        if (act.state === "stored" && act.seq <= reached) this.#finish(act);
      }
    });
  }

  get list(): readonly Act[] {
    return this.#list;
  }

  /** Runs an act and tells of it; gives its answer, or null when it failed. */
  async run<A extends { seq: number }>(label: string, act: () => Promise<A>): Promise<A | null> {
    const entry = this.#add(label, "sending");
    if (!this.#live.fresh) {
      this.#fail(entry, t("reason-link"));
      return null;
    }
    try {
      const answer = await act();
      entry.seq = answer.seq;
      if (answer.seq <= this.#live.reachedSeq) this.#finish(entry);
      else entry.state = "stored";
      return answer;
    } catch (failure) {
      this.#fail(entry, failureWords(failure));
      seat.endIf(failure);
      return null;
    }
  }

  /** Says something that is not an act, e.g. why a key did nothing. */
  say(words: string): void {
    this.#finish(this.#add(words, "done"));
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((act) => act.id !== id);
  }

  #add(label: string, state: ActState): Act {
    const entry: Act = { id: this.#next, label, state, seq: 0, words: "" };
    this.#next += 1;
    this.#list = [...this.#list.slice(-(KEPT - 1)), entry];
    return this.#list[this.#list.length - 1] ?? entry;
  }

  #finish(act: Act): void {
    act.state = "done";
    setTimeout(() => this.dismiss(act.id), DONE_SHOWN_MS);
  }

  #fail(act: Act, words: string): void {
    act.state = "failed";
    act.words = words;
    setTimeout(() => this.dismiss(act.id), FAILED_SHOWN_MS);
  }
}
