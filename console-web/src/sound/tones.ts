// The sounds of the room, made with the page's own oscillator. Owns the audio; knows no reports.

interface Pulse {
  atS: number;
  hertz: number;
  lengthS: number;
}

export type Sound = "critical" | "urgent" | "soon" | "link_lost" | "test";

const high = 880;
const pulses = (hertz: number, lengthS: number, ...at: number[]): Pulse[] =>
  at.map((atS) => ({ atS, hertz, lengthS }));

const SOUNDS: Record<Sound, readonly Pulse[]> = {
  // Three and two: told apart from everything else in the room by its beat, also at low volume.
  critical: pulses(high, 0.12, 0, 0.2, 0.4, 0.8, 1.0),
  urgent: pulses(660, 0.14, 0, 0.25, 0.5),
  soon: pulses(520, 0.3, 0),
  link_lost: [...pulses(330, 0.25, 0), ...pulses(220, 0.4, 0.3)],
  test: pulses(high, 0.12, 0, 0.2, 0.4),
};

const LOUD = 0.25;

export class Tones {
  #audio: AudioContext | null = null;

  /** Must be called from a press: browsers keep a page silent until then. */
  async unlock(): Promise<boolean> {
    try {
      this.#audio ??= new AudioContext();
      await this.#audio.resume();
      return this.#audio.state === "running";
    } catch {
      return false;
    }
  }

  play(sound: Sound): void {
    const audio = this.#audio;
    if (audio === null || audio.state !== "running") return;
    for (const pulse of SOUNDS[sound]) {
      const from = audio.currentTime + pulse.atS;
      const oscillator = audio.createOscillator();
      const gain = audio.createGain();
      oscillator.frequency.value = pulse.hertz;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(LOUD, from + 0.01);
      gain.gain.setValueAtTime(LOUD, from + pulse.lengthS - 0.02);
      gain.gain.linearRampToValueAtTime(0, from + pulse.lengthS);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(from);
      oscillator.stop(from + pulse.lengthS + 0.01);
    }
  }
}
