// One console's connection to its centre's stream. Owns the socket, the cursor and the question
// "is what I show still true?"; never looks into views and never touches the page.
//
//             start                     open                welcome
//   idle ──────────────▶ connecting ───────────▶ greeting ───────────▶ live
//                          ▲      │ closed, 8 s        │ closed, 8 s     │ 12 s silent: drop the
//        pause over,       │      ▼                    ▼                 ▼ socket, try at once
//        or `online`       └─── waiting ◀──────────────┴──── closed ── (stale) ──▶ connecting
//                                 │
//   any ── close 4500-4999 ──▶ stopped (no return)        any ── stop ──▶ idle
//
// Beside the phase stands the trust in what is shown:
//   fresh  a live connection spoke less than 12 s ago
//   stale  the connection fell silent and nothing has told us yet that it is gone
//   lost   the connection is gone, or the first attempt after the silence failed

import { PROTOCOL_VERSION, type ClientMessage, type Cursor, type View } from "../generated/protocol";
import { reconnectDelayMs } from "./backoff";
import { ServerClock } from "./clock";
import { parseMessage } from "./message";
import type { Area, LinkSink, LinkStatus, LinkWorld, Socket } from "./world";

export const SILENCE_MS = 12_000;
export const ATTEMPT_MS = 8_000;

export class StreamLink {
  readonly clock = new ServerClock();
  readonly #world: LinkWorld;
  readonly #sink: LinkSink;
  #socket: Socket | null = null;
  #generation = 0;
  #cursor: Cursor | null = null;
  #epoch: string | null = null;
  #parts: View[] | null = null;
  #partsSeen = 0;
  #attempt = 0;
  #connections = 0;
  #lastClose: string | null = null;
  #area: Area | null = null;
  /** The area that the last hello named. */
  #greeted: Area | null = null;
  #cancelTimer: () => void = () => {};
  #status: LinkStatus = {
    phase: "idle",
    trust: "lost",
    heardAtMs: null,
    lagMs: null,
    stopCode: null,
    loaded: false,
    drill: false,
    surge: 0,
  };

  constructor(world: LinkWorld, sink: LinkSink) {
    this.#world = world;
    this.#sink = sink;
  }

  get status(): LinkStatus {
    return this.#status;
  }

  get cursor(): Cursor | null {
    return this.#cursor;
  }

  start(): void {
    if (this.#status.phase === "idle") this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#set({ phase: "idle", trust: "lost" });
  }

  /** The network came back: do not sit out the pause. */
  online(): void {
    if (this.#status.phase !== "waiting") return;
    this.#attempt = 0;
    this.#connect();
  }

  /** The part of the map that is shown: positions of units come for it, and for none while it is null. */
  look(area: Area | null): void {
    if (sameArea(area, this.#area)) return;
    this.#area = area;
    // A connection that is still to come says it in its hello.
    if (this.#status.phase === "live") this.#say({ type: "look", area });
  }

  #connect(): void {
    this.#drop();
    const generation = this.#generation;
    const mine = (act: () => void) => () => {
      if (generation === this.#generation) act();
    };
    this.#connections += 1;
    this.#set({ phase: "connecting" });
    this.#cancelTimer = this.#world.after(ATTEMPT_MS, mine(() => this.#failed("attempt_timeout")));
    this.#socket = this.#world.open({
      opened: mine(() => this.#greet()),
      said: (text) => mine(() => this.#hear(text))(),
      closed: (code) => mine(() => this.#closed(code))(),
    });
  }

  #greet(): void {
    const hello: ClientMessage = {
      type: "hello",
      protocol: PROTOCOL_VERSION,
      connection_count: this.#connections,
    };
    if (this.#cursor !== null) hello.resume = this.#cursor;
    if (this.#lastClose !== null) hello.last_close_reason = this.#lastClose;
    if (this.#area !== null) hello.look = this.#area;
    this.#greeted = this.#area;
    this.#say(hello);
    this.#set({ phase: "greeting" });
  }

  #hear(text: string): void {
    const message = parseMessage(text);
    if (message === null) return;
    // Before the welcome nothing counts: a server that never welcomes must run into the time limit.
    if (this.#status.phase !== "live" && message.type !== "welcome") return;
    const nowMs = this.#world.nowMs();
    this.#cancelTimer();
    this.#cancelTimer = this.#world.after(SILENCE_MS, () => this.#silent());
    this.#status = { ...this.#status, heardAtMs: nowMs };
    switch (message.type) {
      case "welcome":
        this.clock.observe(message.server_time, nowMs);
        this.#welcome(message.epoch, message.drill);
        break;
      case "snapshot":
        this.#snapshot(message.seq, message.part, message.parts, message.items);
        break;
      case "changes":
        this.#changes(message.seq, message.items);
        this.#set({ lagMs: this.#ageMs(message.committed_at, nowMs) });
        break;
      case "positions":
        this.#sink.positions(message.units);
        break;
      case "tick":
        this.clock.observe(message.server_time, nowMs);
        this.#set({ surge: message.surge });
        break;
    }
  }

  #welcome(epoch: string, drill: boolean): void {
    this.#attempt = 0;
    this.#parts = null;
    // A restored log counts anew: the old position means nothing in it.
    if (this.#cursor !== null && this.#cursor.epoch !== epoch) this.#cursor = null;
    this.#epoch = epoch;
    this.#set({ phase: "live", trust: "fresh", drill });
    // The map was moved between hello and welcome.
    if (!sameArea(this.#greeted, this.#area)) this.#say({ type: "look", area: this.#area });
  }

  #snapshot(seq: number, part: number, parts: number, items: View[]): void {
    // The parts are gathered and swapped in at once, so that no half picture is ever shown.
    if (part === 1) {
      this.#parts = [];
      this.#partsSeen = 0;
    }
    if (this.#parts === null || part !== this.#partsSeen + 1) {
      this.#failed("snapshot_gap");
      return;
    }
    for (const item of items) this.#parts.push(item);
    this.#partsSeen = part;
    if (part < parts) return;
    const whole = this.#parts;
    this.#parts = null;
    this.#sink.replace(whole);
    this.#reach(seq);
    this.#set({ loaded: true });
  }

  #changes(seq: number, items: View[]): void {
    if (this.#parts !== null) {
      // Changes between parts belong on top of the picture that is being gathered.
      for (const item of items) this.#parts.push(item);
      return;
    }
    // The server sends what was missed as newest views, so numbers may jump ahead; a frame at or
    // behind the cursor was seen already, and applying it again is harmless.
    this.#sink.apply(items);
    this.#reach(seq);
    if (!this.#status.loaded) this.#set({ loaded: true });
  }

  #reach(seq: number): void {
    if (this.#epoch === null) return;
    const behind = this.#cursor !== null && this.#cursor.epoch === this.#epoch && this.#cursor.seq >= seq;
    if (!behind) this.#cursor = { epoch: this.#epoch, seq };
    this.#sink.reached(this.#cursor?.seq ?? seq);
  }

  #say(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #ageMs(committedAtUs: number, nowMs: number): number {
    return Math.max(0, Math.round((this.clock.serverTimeUs(nowMs) - committedAtUs) / 1_000));
  }

  #silent(): void {
    this.#lastClose = "silent";
    this.#set({ trust: "stale" });
    this.#connect();
  }

  #failed(reason: string): void {
    this.#lastClose = reason;
    this.#drop();
    this.#wait();
  }

  #closed(code: number): void {
    this.#lastClose = String(code);
    this.#drop();
    if (code >= 4_500 && code <= 4_999) {
      this.#set({ phase: "stopped", trust: "lost", stopCode: code });
      return;
    }
    this.#wait();
  }

  #wait(): void {
    const generation = this.#generation;
    this.#set({ phase: "waiting", trust: "lost" });
    const pauseMs = reconnectDelayMs(this.#attempt, this.#world.random());
    this.#attempt += 1;
    this.#cancelTimer = this.#world.after(pauseMs, () => {
      if (generation === this.#generation) this.#connect();
    });
  }

  #drop(): void {
    this.#generation += 1;
    this.#cancelTimer();
    this.#cancelTimer = () => {};
    this.#parts = null;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #set(change: Partial<LinkStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#sink.status(this.#status);
  }
}

function sameArea(a: Area | null, b: Area | null): boolean {
  if (a === null || b === null) return a === b;
  return a.every((edge, at) => edge === b[at]);
}
