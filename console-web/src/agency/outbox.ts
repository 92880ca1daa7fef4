// The agency's acts that the server has not confirmed. Each stays here, with its key, until the server has it or
// a person takes it back; it goes out again by itself when the link allows. Nothing here is ever called done.
// Knows no page and no clock of its own.

import type { PersonsAct } from "../api/centre";
import type { ActOnDispatch, AddFieldNote, AskForHelp, MoveUnit } from "../generated/protocol";

export type Task =
  | { what: "step"; dispatch: string; act: PersonsAct; body: ActOnDispatch }
  | { what: "help"; dispatch: string; body: AskForHelp }
  | { what: "note"; dispatch: string; body: AddFieldNote }
  | { what: "photo"; dispatch: string; photo: Blob }
  | { what: "unit"; dispatch: string | null; unit: string; body: MoveUnit };

export type UnsentState = "sending" | "waiting" | "refused";

export interface Unsent {
  /** The idempotency key: the same for every attempt. */
  readonly key: string;
  readonly task: Task;
  /** What it is about, as a person knows it: the incident's number, the unit's name. */
  readonly about: string;
  /** When the person pressed it (local ms). */
  readonly pressedAtMs: number;
  readonly state: UnsentState;
  readonly attempts: number;
  /** Why it did not get through. */
  readonly words: string;
}

export interface OutboxWorld {
  /** Hands it to the server; resolves once the server has it. */
  post(unsent: Unsent): Promise<void>;
  /** Whether the same may get through later, and why it did not now. */
  judge(failure: unknown): { again: boolean; words: string };
  nowMs(): number;
  newKey(): string;
  after(ms: number, act: () => void): () => void;
  load(): Unsent[];
  /** Keeps what a closed page must not lose. */
  save(list: readonly Unsent[]): void;
  changed(list: readonly Unsent[]): void;
}

const AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

export class Outbox {
  readonly #world: OutboxWorld;
  #list: readonly Unsent[];
  #timers = new Map<string, () => void>();

  constructor(world: OutboxWorld) {
    this.#world = world;
    this.#list = world.load().map((one) => (one.state === "sending" ? { ...one, state: "waiting" } : one));
  }

  get list(): readonly Unsent[] {
    return this.#list;
  }

  add(task: Task, about: string): void {
    const { newKey, nowMs } = this.#world;
    const one: Unsent = { key: newKey(), task, about, pressedAtMs: nowMs(), state: "sending", attempts: 0, words: "" };
    this.#set([...this.#list, one]);
    void this.#send(one.key);
  }

  /** A person, or the link that came back, sends what waits; also what was refused, when it is named. */
  again(key: string): void {
    if (this.#find(key)?.state !== "sending") void this.#send(key);
  }

  wake(): void {
    for (const one of this.#list) if (one.state === "waiting") void this.#send(one.key);
  }

  drop(key: string): void {
    this.#rest(key);
    this.#set(this.#list.filter((one) => one.key !== key));
  }

  stop(): void {
    for (const key of [...this.#timers.keys()]) this.#rest(key);
  }

  async #send(key: string): Promise<void> {
    this.#rest(key);
    const one = this.#change(key, { state: "sending" });
    if (one === undefined) return;
    try {
      await this.#world.post(one);
      this.drop(key);
    } catch (failure) {
      const { again, words } = this.#world.judge(failure);
      const attempts = one.attempts + 1;
      const held = this.#change(key, { state: again ? "waiting" : "refused", attempts, words });
      if (held === undefined || !again) return;
      const pauseMs = AGAIN_MS[Math.min(attempts, AGAIN_MS.length) - 1] ?? 0;
      this.#timers.set(key, this.#world.after(pauseMs, () => void this.#send(key)));
    }
  }

  #find(key: string): Unsent | undefined {
    return this.#list.find((one) => one.key === key);
  }

  #change(key: string, change: Partial<Unsent>): Unsent | undefined {
    const old = this.#find(key);
    if (old === undefined) return undefined;
    const next = { ...old, ...change };
    this.#set(this.#list.map((one) => (one === old ? next : one)));
    return next;
  }

  #rest(key: string): void {
    this.#timers.get(key)?.();
    this.#timers.delete(key);
  }

  #set(list: readonly Unsent[]): void {
    this.#list = list;
    this.#world.save(list);
    this.#world.changed(list);
  }
}
