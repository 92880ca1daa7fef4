// What the agency's seat knows beside the views: which wordings were read here, and the bell for what nobody at
// the agency has acknowledged.

import { getContext, setContext } from "svelte";
import type { DispatchView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { bellAt, onceFor } from "../sound/bell";
import { Tones } from "../sound/tones";
import { incidentPlace } from "../words/incident_place";
import { SeenWordings, isCalledOff, isChanged, type Seen, type Wording } from "./seen_wording";

const KEY = Symbol("field");
const SHAKE_MS = [300, 150, 300];

export class Field {
  readonly #room: Room;
  readonly #wordings: SeenWordings;
  readonly #tones = new Tones();
  #reads = $state(0);
  #loud = $state(false);
  #known: Set<string> | null = null;

  constructor(room: Room) {
    this.#room = room;
    this.#wordings = new SeenWordings(localStorage, `kentongan.read ${room.user} ${room.grant.centre}`);
    $effect(() => this.#notice(this.unanswered, room.live.status.loaded));
    $effect(() => this.#ring(Math.floor(room.live.nowUs / 1_000_000)));
  }

  /** The agency's own dispatches. */
  readonly #own = $derived.by(() => {
    const { live, grant } = this.#room;
    return live.dispatches().filter((one) => grant.agency === null || one.agency === grant.agency);
  });
  get own(): readonly DispatchView[] {
    return this.#own;
  }
  get unanswered(): readonly DispatchView[] {
    return this.#own.filter((one) => one.acknowledged_at === null && one.ended_at === null);
  }

  get loud(): boolean {
    return this.#loud;
  }
  /** Must be called from a press: browsers keep a page silent until then. */
  async makeLoud(): Promise<void> {
    this.#loud = await this.#tones.unlock();
    this.#tones.play("test");
  }

  changed(dispatch: DispatchView): boolean {
    return isChanged(dispatch, this.seen(dispatch.id));
  }
  calledOff(dispatch: DispatchView): boolean {
    return isCalledOff(dispatch, this.seen(dispatch.id));
  }
  seen(dispatch: string): Seen | undefined {
    void this.#reads;
    return this.#wordings.get(dispatch);
  }
  /** A person has read it as it is now. */
  read(dispatch: DispatchView): void {
    const said = this.wording(dispatch);
    if (said === null) return;
    this.#wordings.read(dispatch, said);
    this.#reads += 1;
  }

  /** What a dispatch says now; null while its incident is not here. */
  wording(dispatch: DispatchView): Wording | null {
    const incident = this.#room.live.incident(dispatch.incident);
    if (incident === undefined) return null;
    return {
      what: this.#room.catalogue.typeName(incident.type, incident.category),
      where: incidentPlace(this.#room, incident),
      priority: incident.priority,
    };
  }

  #priority(dispatch: DispatchView): 1 | 2 | 3 | 4 {
    return this.#room.live.incident(dispatch.incident)?.priority ?? 2;
  }

  #notice(unanswered: readonly DispatchView[], loaded: boolean): void {
    if (!loaded) return;
    const known = this.#known;
    this.#known = new Set(unanswered.map((one) => one.id));
    if (known === null) return;
    const came = unanswered.filter((one) => !known.has(one.id)).map((one) => this.#priority(one));
    if (came.length === 0) return;
    const sound = onceFor(came.sort()[0] ?? 2);
    if (sound !== null) this.#tones.play(sound);
    // Phones that can, shake; others do nothing.
    if (this.#loud) navigator.vibrate?.(SHAKE_MS);
  }

  #ring(second: number): void {
    const sound = bellAt(second, this.unanswered.map((one) => this.#priority(one)));
    if (sound !== null) this.#tones.play(sound);
  }
}

export function provideField(field: Field): void {
  setContext(KEY, field);
}

export function useField(): Field {
  return getContext<Field>(KEY);
}
