// The outbox of this seat as the components read it: the page's clock, the page's memory, and the way to the
// server. Kept by account and centre, so that nobody sends what another person pressed.

import { getContext, setContext } from "svelte";
import { failureWords, RequestFailed } from "../api/problem";
import type { DispatchAnswer } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { seat } from "../session/seat.svelte";
import { Outbox, type Task, type Unsent } from "./outbox";

const KEY = Symbol("sending");

export class Sending {
  readonly #outbox: Outbox;
  readonly #room: Room;
  #list = $state.raw<readonly Unsent[]>([]);

  constructor(room: Room) {
    this.#room = room;
    const keptAs = `kentongan.unsent ${room.user} ${room.grant.centre}`;
    this.#outbox = new Outbox({
      post: (unsent) => this.#post(unsent),
      judge: (failure) => ({ again: mayPassLater(failure), words: failureWords(failure) }),
      nowMs: () => Date.now(),
      newKey: () => crypto.randomUUID(),
      after: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      load: () => kept(keptAs),
      // A picture is too large for the page's memory: it waits as long as the page is open.
      save: (list) => keep(keptAs, list.filter((one) => one.task.what !== "photo")),
      changed: (list) => (this.#list = list),
    });
    this.#list = this.#outbox.list;
    $effect(() => {
      if (room.live.fresh) this.#outbox.wake();
    });
    $effect(() => {
      const wake = (): void => this.#outbox.wake();
      window.addEventListener("online", wake);
      document.addEventListener("visibilitychange", wake);
      return () => {
        window.removeEventListener("online", wake);
        document.removeEventListener("visibilitychange", wake);
        this.#outbox.stop();
      };
    });
  }

  get list(): readonly Unsent[] {
    return this.#list;
  }

  of(dispatch: string): readonly Unsent[] {
    return this.#list.filter((one) => one.task.dispatch === dispatch);
  }

  /** The step of a dispatch that is not through yet: the next one waits for it. */
  stepOf(dispatch: string): Unsent | undefined {
    return this.#list.find((one) => one.task.what === "step" && one.task.dispatch === dispatch && one.state !== "refused");
  }

  add(task: Task, about: string): void {
    this.#outbox.add(task, about);
  }
  again(key: string): void {
    this.#outbox.again(key);
  }
  drop(key: string): void {
    this.#outbox.drop(key);
  }

  async #post({ task, key }: Unsent): Promise<void> {
    const { api, live } = this.#room;
    try {
      if (task.what === "unit") {
        live.learn({ kind: "unit", ...(await api.moveUnit(task.unit, task.body, key)).unit });
        return;
      }
      live.learn({ kind: "dispatch", ...(await this.#postOfDispatch(task, key)).dispatch });
    } catch (failure) {
      seat.endIf(failure);
      throw failure;
    }
  }

  #postOfDispatch(task: Exclude<Task, { what: "unit" }>, key: string): Promise<DispatchAnswer> {
    const { api } = this.#room;
    switch (task.what) {
      case "step":
        return api.actOnDispatch(task.dispatch, task.act, task.body, key);
      case "help":
        return api.askForHelp(task.dispatch, task.body, key);
      case "note":
        return api.addNote(task.dispatch, task.body, key);
      case "photo":
        return api.addPhoto(task.dispatch, task.photo, key);
    }
  }
}

/** A broken link, a server that is busy or away, a session that has ended: the act itself was not refused. */
function mayPassLater(failure: unknown): boolean {
  if (!(failure instanceof RequestFailed)) return false;
  return failure.status === 0 || failure.status === 401 || failure.status === 429 || failure.status >= 500;
}

function keep(name: string, list: readonly Unsent[]): void {
  try {
    localStorage.setItem(name, JSON.stringify(list));
  } catch {
    // A browser without memory: it waits as long as the page is open.
  }
}

function kept(name: string): Unsent[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(list) ? (list as Unsent[]).filter((one) => typeof one.key === "string" && typeof one.task === "object") : [];
  } catch {
    return [];
  }
}

export function provideSending(sending: Sending): void {
  setContext(KEY, sending);
}

export function useSending(): Sending {
  return getContext<Sending>(KEY);
}
