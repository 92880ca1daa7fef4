// The agency's acts that the server has not confirmed. An act that did not get through stays in
// sight as "not sent" and goes out again only when a person says so, with the key it had.

import { getContext, setContext } from "svelte";
import type { PersonsAct } from "../api/centre";
import { failureWords } from "../api/problem";
import type { ActOnDispatch } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { seat } from "../session/seat.svelte";

export interface Unsent {
  dispatch: string;
  act: PersonsAct;
  body: ActOnDispatch;
  key: string;
  state: "sending" | "failed";
  words: string;
}

const KEY = Symbol("sending");

export class Sending {
  readonly #room: Room;
  #unsent = $state<Record<string, Unsent>>({});

  constructor(room: Room) {
    this.#room = room;
  }

  of(dispatch: string): Unsent | undefined {
    return this.#unsent[dispatch];
  }

  async act(dispatch: string, act: PersonsAct, body: ActOnDispatch = {}): Promise<void> {
    if (this.of(dispatch)?.state === "sending") return;
    this.#unsent[dispatch] = { dispatch, act, body, key: crypto.randomUUID(), state: "sending", words: "" };
    await this.#send(dispatch);
  }

  async again(dispatch: string): Promise<void> {
    const unsent = this.of(dispatch);
    if (unsent === undefined || unsent.state === "sending") return;
    unsent.state = "sending";
    await this.#send(dispatch);
  }

  drop(dispatch: string): void {
    delete this.#unsent[dispatch];
  }

  async #send(dispatch: string): Promise<void> {
    const unsent = this.of(dispatch);
    if (unsent === undefined) return;
    try {
      const answer = await this.#room.api.actOnDispatch(dispatch, unsent.act, unsent.body, unsent.key);
      this.#room.live.learn({ kind: "dispatch", ...answer.dispatch });
      this.drop(dispatch);
    } catch (failure) {
      unsent.state = "failed";
      unsent.words = failureWords(failure);
      seat.endIf(failure);
    }
  }
}

export function provideSending(sending: Sending): void {
  setContext(KEY, sending);
}

export function useSending(): Sending {
  return getContext<Sending>(KEY);
}
