// What this desk must hear and see: a P1 that nobody here has looked at, what has newly come, a dispatch
// that needs a hand, a lost link. `bell` says when to sound; `tones` makes the sound.

import type { Desk } from "../screens/desk.svelte";
import type { Room } from "../session/room.svelte";
import type { Attention } from "../state/attention";
import { mustBeHeard, type QueueRow } from "../state/queue_rows";
import { t } from "../texts/texts.svelte";
import { bellAt, onceFor } from "./bell";
import { Tones, type Sound } from "./tones";

const LINK_EVERY_S = 10;
const MUTE_S = 30;

export class Alarms {
  readonly #room: Room;
  readonly #tones = new Tones();
  #unlocked = $state(false);
  #mutedUntilUs = $state(0);
  /** By row, the deadline level at which it was looked at; a higher level rings again. */
  #seen = $state.raw<ReadonlyMap<string, number>>(new Map());
  #politeWords = $state("");
  #known: Set<string> | null = null;
  /** By what needs a hand, the level at which this desk took it into its own; a higher level rings again. */
  #inHand = $state.raw<ReadonlyMap<string, number>>(new Map());
  #attentionKnown: ReadonlyMap<string, number> | null = null;

  constructor(room: Room, desk: Desk) {
    this.#room = room;
    $effect(() => {
      const selected = desk.selectedKey;
      const row = room.live.groups.waiting.find((one) => one.key === selected);
      if (row !== undefined && this.#unseen(row)) this.seen(row);
    });
    $effect(() => this.#notice(room.live.groups.waiting, room.live.status.loaded));
    $effect(() => this.#noticeAttention(room.live.attention, room.live.status.loaded));
    $effect(() => this.#ring(Math.floor(room.live.nowUs / 1_000_000)));
  }

  get unlocked(): boolean {
    return this.#unlocked;
  }
  get politeWords(): string {
    return this.#politeWords;
  }
  get muted(): boolean {
    return this.mutedSeconds > 0;
  }
  get mutedSeconds(): number {
    return Math.max(0, Math.ceil((this.#mutedUntilUs - this.#room.live.nowUs) / 1_000_000));
  }
  // What tells of a known event only does not ring for it again: two hundred callers would drown the one.
  readonly #unseenCritical = $derived.by(() =>
    this.#room.live.groups.waiting.filter((row) => row.priority === 1 && mustBeHeard(row) && this.#unseen(row)),
  );
  get unseenCritical(): readonly QueueRow[] {
    return this.#unseenCritical;
  }

  readonly #ringing = $derived.by(() =>
    this.#room.live.attention.filter((one) => one.need !== "late" && (this.#inHand.get(one.key) ?? -1) < one.level),
  );
  /** What rings at this desk until somebody acts, the most urgent first. */
  get ringing(): readonly Attention[] {
    return this.#ringing;
  }
  /** This desk sees to it: it is silent here until the server says it anew. */
  takeInHand(one: Attention): void {
    this.#inHand = new Map(this.#inHand).set(one.key, one.level);
  }

  async unlock(): Promise<void> {
    this.#unlocked = await this.#tones.unlock();
    this.#tones.play("test");
  }

  /** Silence at this desk only, for half a minute; pressed again it ends. */
  mute(): void {
    this.#mutedUntilUs = this.muted ? 0 : this.#room.live.nowUs + MUTE_S * 1_000_000;
  }

  seen(row: QueueRow): void {
    this.#seen = new Map(this.#seen).set(row.key, this.#level(row));
  }

  #level(row: QueueRow): number {
    const view = row.kind === "report" ? this.#room.live.report(row.id) : this.#room.live.incident(row.id);
    return view?.deadline?.level ?? 0;
  }

  #unseen(row: QueueRow): boolean {
    const seenAt = this.#seen.get(row.key);
    return seenAt === undefined || seenAt < this.#level(row);
  }

  #notice(waiting: readonly QueueRow[], loaded: boolean): void {
    if (!loaded) return;
    const known = this.#known;
    this.#known = new Set(waiting.map((row) => row.key));
    if (known === null) return;
    const came = waiting.filter((row) => !known.has(row.key));
    if (came.length === 0) return;
    this.#politeWords = t("queue-came", { count: came.length });
    const most = Math.min(...came.filter(mustBeHeard).map((row) => row.priority));
    if (most === 2) this.#sound("urgent");
    if (most === 3) this.#sound("soon");
  }

  #noticeAttention(attention: readonly Attention[], loaded: boolean): void {
    if (!loaded) return;
    const known = this.#attentionKnown;
    this.#attentionKnown = new Map(attention.map((one) => [one.key, one.level]));
    // The list is in order: the first of the new ones is the worst.
    const came = attention.find((one) => (known?.get(one.key) ?? -1) < one.level);
    if (came !== undefined && known !== null) this.#sound(onceFor(came.priority));
  }

  #ring(second: number): void {
    if (this.#room.live.status.trust === "lost" && this.#room.live.status.loaded) {
      if (second % LINK_EVERY_S === 0) this.#sound("link_lost");
      return;
    }
    const reports = this.#unseenCritical.slice(0, 1).map(() => 1 as const);
    this.#sound(bellAt(second, [...reports, ...this.#ringing.map((one) => one.priority)]));
  }

  #sound(sound: Sound | null): void {
    if (sound !== null && !this.muted) this.#tones.play(sound);
  }
}
