// One centre, live: the link, the views and the server's clock as the components read them.
// Everything framework-free lives beside it; this file only makes it reactive, and gathers bursts
// so that a storm of changes paints at most ten times a second.

import type { DispatchView, IncidentView, ReportView, UnitPosition, UnitView, View } from "../generated/protocol";
import { browserWorld } from "../stream/browser_world";
import { StreamLink } from "../stream/link";
import type { Area, LinkStatus } from "../stream/world";
import { attentionOf, type Attention } from "./attention";
import { PositionStore } from "./positions";
import { QueueRows, type Groups } from "./queue_rows";
import { ViewStore, type Touched } from "./views";

const GATHER_MS = 100;

export class LiveCentre {
  readonly store = new ViewStore();
  readonly positions = new PositionStore();
  readonly #rows = new QueueRows(this.store);
  readonly #link: StreamLink;
  readonly #onChange = new Set<(touched: Touched) => void>();
  #pending: { all: boolean; keys: Set<string> } | null = null;
  #paintedAtMs = 0;
  #secondTimer: ReturnType<typeof setTimeout> | undefined;

  #revision = $state(0);
  #positionRevision = $state(0);
  #status = $state.raw<LinkStatus>() as LinkStatus;
  #groups = $state.raw<Groups>({ waiting: [], active: [], closed: [] });
  #nowUs = $state(0);
  #reachedSeq = $state(0);

  constructor(centre: string) {
    this.#link = new StreamLink(browserWorld(centre), {
      replace: (items) => this.store.replace(items),
      apply: (items) => this.store.apply(items),
      status: (status) => {
        this.#status = status;
      },
      reached: (seq) => {
        this.#reachedSeq = seq;
      },
      positions: (units) => this.positions.apply(units),
    });
    this.#status = this.#link.status;
    this.store.subscribe((touched) => this.#gather(touched));
    this.positions.subscribe(() => (this.#positionRevision += 1));
  }

  start(): void {
    this.#link.start();
    this.#everySecond();
    window.addEventListener("online", this.#online);
  }

  stop(): void {
    this.#link.stop();
    clearTimeout(this.#secondTimer);
    window.removeEventListener("online", this.#online);
  }

  get status(): LinkStatus {
    return this.#status;
  }
  /** Server time, epoch µs, moving on each whole second. */
  get nowUs(): number {
    return this.#nowUs;
  }
  get reachedSeq(): number {
    return this.#reachedSeq;
  }
  get groups(): Groups {
    return this.#groups;
  }
  /** Whether commands may go out: never on a picture that may be old. */
  get fresh(): boolean {
    return this.#status.trust === "fresh";
  }
  /** Events that many contacts tell of and nobody has confirmed. */
  get surge(): number {
    return this.#status.surge;
  }
  /** Whole seconds since the server last spoke. */
  get silentSeconds(): number {
    if (this.#status.heardAtMs === null) return 0;
    const nowMs = this.#nowUs / 1_000 - this.#link.clock.skewMs;
    return Math.max(0, Math.floor((nowMs - this.#status.heardAtMs) / 1_000));
  }

  /** Grows with every painted batch: reading it follows all of them. */
  get revision(): number {
    return this.#revision;
  }

  report(id: string): ReportView | undefined {
    void this.#revision;
    return this.store.reports.get(id);
  }
  incident(id: string): IncidentView | undefined {
    void this.#revision;
    return this.store.incidents.get(id);
  }
  dispatch(id: string): DispatchView | undefined {
    void this.#revision;
    return this.store.dispatches.get(id);
  }
  dispatches(): DispatchView[] {
    void this.#revision;
    return [...this.store.dispatches.values()];
  }
  incidents(): IncidentView[] {
    void this.#revision;
    return [...this.store.incidents.values()];
  }
  units(): UnitView[] {
    void this.#revision;
    return [...this.store.units.values()];
  }
  unit(code: string): UnitView | undefined {
    void this.#revision;
    return this.store.units.get(code);
  }
  /** The part of the map that is shown: where units are comes for it, and for none while it is null. */
  look(area: Area | null): void {
    this.#link.look(area);
  }
  /** Where a unit is and for how long, as told lately; undefined when it never was. */
  position(unit: string): { position: UnitPosition; ageMs: number; stale: boolean } | undefined {
    void this.#positionRevision;
    const position = this.positions.of(unit);
    const ageMs = this.positions.ageMs(unit, this.#nowUs);
    if (position === undefined || ageMs === undefined) return undefined;
    return { position, ageMs, stale: this.positions.isStale(unit, this.#nowUs) };
  }
  dispatchesOf(incident: IncidentView): DispatchView[] {
    void this.#revision;
    return incident.dispatches
      .map((id) => this.store.dispatches.get(id))
      .filter((dispatch) => dispatch !== undefined)
      .sort((a, b) => a.queued_at - b.queued_at);
  }

  /** What of the hand-over needs somebody now, the most urgent first. */
  readonly #attention = $derived.by(() => attentionOf(this.dispatches(), (id) => this.store.incidents.get(id)));
  get attention(): readonly Attention[] {
    return this.#attention;
  }

  /** Takes in what a command's answer carried, before the stream brings the same. */
  learn(...items: View[]): void {
    this.store.apply(items);
    this.#paint();
  }

  /** Calls `act` once for each painted batch; returns the way to end it. */
  onChange(act: (touched: Touched) => void): () => void {
    this.#onChange.add(act);
    return () => this.#onChange.delete(act);
  }

  readonly #online = (): void => this.#link.online();

  #gather(touched: Touched): void {
    if (this.#pending === null) {
      this.#pending = { all: touched.all, keys: new Set(touched.keys) };
      const waitMs = Math.max(0, this.#paintedAtMs + GATHER_MS - performance.now());
      setTimeout(() => this.#paint(), waitMs);
      return;
    }
    if (touched.all) this.#pending = { all: true, keys: new Set(touched.keys) };
    else for (const key of touched.keys) this.#pending.keys.add(key);
  }

  #paint(): void {
    const touched = this.#pending;
    if (touched === null) return;
    this.#pending = null;
    this.#paintedAtMs = performance.now();
    this.#rows.refresh(touched);
    this.#rows.age(this.#link.clock.serverTimeUs(Date.now()));
    this.#groups = this.#rows.groups;
    this.#revision += 1;
    for (const act of this.#onChange) act(touched);
  }

  #everySecond(): void {
    const nowUs = this.#link.clock.serverTimeUs(Date.now());
    this.#nowUs = nowUs;
    const toNextMs = 1_000 - (Math.floor(nowUs / 1_000) % 1_000);
    this.#secondTimer = setTimeout(() => this.#everySecond(), toNextMs + 2);
  }
}
