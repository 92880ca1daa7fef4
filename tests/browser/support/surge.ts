// Many people tell of one fire, each in own words and from an own telephone.
import type { Api } from "./api.ts";

const FIRE = { lat: -7.8166, lon: 112.0114, accuracy_m: 30, source: "network" };
const WORDS = [
  "kebakaran rumah, api besar di belakang pasar",
  "ada kebakaran pak, asap tebal sekali",
  "rumah terbakar, api sudah besar",
  "api membakar atap rumah dekat pasar, tolong damkar",
  "kebakaran! api tinggi, asap hitam",
  "asap hitam tebal, kayaknya ada rumah kebakaran",
  "mau lapor ada rumah kebakaran, apinya besar",
];
/** Handed in at the same time, as by several gateways. */
const AT_ONCE = 10;

/** The callers from number `from` up to before `to` hand in their reports. */
export async function callOfFire(desk: Api, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += AT_ONCE) {
    const callers = Array.from({ length: Math.min(AT_ONCE, to - first) }, (_, at) => first + at);
    await Promise.all(
      callers.map((caller) =>
        desk.report(WORDS[caller % WORDS.length] ?? "kebakaran", {
          location: FIRE,
          reporter: { phone: `+6281200${String(caller).padStart(6, "0")}` },
        }),
      ),
    );
  }
}
