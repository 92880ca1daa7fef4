// What the desk must hear in a second, of all that waits for it: the worst of them, at its own pace. Pure.

import type { Priority } from "../generated/protocol";
import type { Sound } from "./tones";

interface Bell {
  sound: Sound;
  everyS: number;
}

/** P1 every five seconds, P2 every ten, P3 every thirty; routine is seen and not heard. */
const BELLS: Record<Priority, Bell | null> = {
  1: { sound: "critical", everyS: 5 },
  2: { sound: "urgent", everyS: 10 },
  3: { sound: "soon", everyS: 30 },
  4: null,
};

export function bellAt(second: number, waiting: readonly Priority[]): Sound | null {
  for (const priority of [...waiting].sort()) {
    const bell = BELLS[priority];
    if (bell !== null && second % bell.everyS === 0) return bell.sound;
  }
  return null;
}

/** What is heard once, when something of this priority comes. */
export function onceFor(priority: Priority): Sound | null {
  return BELLS[priority]?.sound ?? null;
}
