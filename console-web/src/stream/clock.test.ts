import { expect, it } from "vitest";
import { ServerClock } from "./clock";

it("takes the reading that was least late", () => {
  const clock = new ServerClock();
  clock.observe(10_000_000_000, 9_999_900 + 80);
  clock.observe(10_005_000_000, 10_004_900 + 20);
  clock.observe(10_010_000_000, 10_009_900 + 300);
  expect(clock.skewMs).toBe(80);
  expect(clock.serverTimeUs(10_020_000)).toBe(10_020_080_000);
});

it("follows when the local clock is set back or forward", () => {
  const clock = new ServerClock();
  clock.observe(10_000_000_000, 10_000_000);
  clock.observe(10_005_000_000, 10_005_000 - 60_000);
  expect(clock.skewMs).toBe(60_000);
  clock.observe(10_010_000_000, 10_010_000 + 3_600_000);
  expect(clock.skewMs).toBe(-3_600_000);
});
