// This phone as the position of one unit, as long as a person wants it and the page is open. Only the newest
// counts: what did not get through is overtaken by the next.

import { getContext, setContext } from "svelte";
import { failureWords } from "../api/problem";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";

const KEY = Symbol("position");
/** A unit drives a few hundred metres meanwhile; the phone's battery lives through a night. */
const EVERY_MS = 10_000;
const KMH_PER_MPS = 3.6;

export class Position {
  readonly #room: Room;
  #unit = $state<string | null>(null);
  #sentAtUs = $state<number | null>(null);
  #accuracyM = $state<number | null>(null);
  #words = $state("");
  #watch: number | null = null;
  #newest: GeolocationPosition | null = null;
  #postedAtMs = 0;
  #busy = false;

  constructor(room: Room) {
    this.#room = room;
    $effect(() => () => this.stop());
    $effect(() => {
      void room.live.nowUs;
      void this.#post();
    });
  }

  /** The unit that this phone stands for; null while nothing is shared. */
  get unit(): string | null {
    return this.#unit;
  }
  /** When the centre last took a position (epoch µs of its clock). */
  get sentAtUs(): number | null {
    return this.#sentAtUs;
  }
  get accuracyM(): number | null {
    return this.#accuracyM;
  }
  /** Why nothing comes through at the moment. */
  get words(): string {
    return this.#words;
  }

  start(unit: string): void {
    this.stop();
    if (!("geolocation" in navigator)) {
      this.#words = t("position-none");
      return;
    }
    this.#unit = unit;
    this.#watch = navigator.geolocation.watchPosition(
      (found) => {
        this.#newest = found;
        void this.#post();
      },
      (failure) => {
        this.#words = failure.code === failure.PERMISSION_DENIED ? t("position-denied") : t("position-lost");
        if (failure.code === failure.PERMISSION_DENIED) this.stop();
      },
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
    );
  }

  stop(): void {
    if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    this.#unit = null;
    this.#newest = null;
    this.#sentAtUs = null;
  }

  async #post(): Promise<void> {
    const found = this.#newest;
    const unit = this.#unit;
    if (found === null || unit === null || this.#busy || Date.now() - this.#postedAtMs < EVERY_MS) return;
    this.#busy = true;
    this.#postedAtMs = Date.now();
    const { latitude, longitude, accuracy, speed, heading } = found.coords;
    try {
      await this.#room.api.tellPosition(unit, {
        lat: latitude,
        lon: longitude,
        ...(accuracy > 0 ? { accuracy_m: accuracy } : {}),
        ...(speed === null ? {} : { speed_kmh: speed * KMH_PER_MPS }),
        ...(heading === null || Number.isNaN(heading) ? {} : { heading }),
        at: Math.round(found.timestamp * 1_000),
      });
      if (this.#newest === found) this.#newest = null;
      this.#sentAtUs = this.#room.live.nowUs;
      this.#accuracyM = accuracy;
      this.#words = "";
    } catch (failure) {
      this.#words = failureWords(failure);
    } finally {
      this.#busy = false;
    }
  }
}

export function providePosition(position: Position): void {
  setContext(KEY, position);
}

export function usePosition(): Position {
  return getContext<Position>(KEY);
}
