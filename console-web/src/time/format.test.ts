import { expect, it } from "vitest";
import { clockTime, dayAndTime, elapsed, zoneName } from "./format";

const AT_US = Date.UTC(2026, 10, 21, 19, 13, 7) * 1_000;

it("writes instants in the centre's zone", () => {
  expect(clockTime(AT_US, 420)).toBe("02:13:07");
  expect(dayAndTime(AT_US, 420)).toBe("22/11 02:13:07");
  expect([420, 480, 540, -210].map(zoneName)).toEqual(["WIB", "WITA", "WIT", "UTC-03:30"]);
});

it("writes durations as short as they are, and never negative", () => {
  const seconds = (count: number): string => elapsed(0, count * 1_000_000);
  expect([-5, 0, 249, 3_849, 90_000].map(seconds)).toEqual(["00:00", "00:00", "04:09", "1:04:09", "1d 01:00"]);
});
