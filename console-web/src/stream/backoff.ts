// When to try again after a lost connection: 0.5 s doubling to 8 s, spread so that a room full of
// consoles does not come back in one instant.

const FIRST_MS = 500;
const LONGEST_MS = 8_000;

/** Pause before attempt `attempt` (0 is the first retry); `random` is in [0, 1). */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
