// The server's clock as seen from this desk. Owns the skew between the two clocks; never reads a
// clock itself: instants come in as values. Server instants are epoch µs, local ones epoch ms.

const SAMPLES_KEPT = 24;
/** A reading later than this against the best one means that the local clock was set. */
const JUMP_MS = 5_000;

export class ServerClock {
  #skewsMs: number[] = [];
  #skewMs = 0;

  /**
   * Takes one reading: the server said `serverTimeUs` in a message that arrived at `localMs`.
   * A message is always late, never early, so the largest difference is the one nearest the truth.
   */
  observe(serverTimeUs: number, localMs: number): void {
    const reading = serverTimeUs / 1_000 - localMs;
    if (reading < this.#skewMs - JUMP_MS) this.#skewsMs = [];
    this.#skewsMs.push(reading);
    if (this.#skewsMs.length > SAMPLES_KEPT) this.#skewsMs.shift();
    this.#skewMs = Math.max(...this.#skewsMs);
  }

  /** Server minus local, in milliseconds. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** The server's time at a local instant, epoch µs. */
  serverTimeUs(localMs: number): number {
    return Math.round((localMs + this.#skewMs) * 1_000);
  }
}
