import { expect, it } from "vitest";
import { bellAt, onceFor } from "./bell";

it("rings by the most urgent of all that waits", () => {
  expect([0, 5, 10, 30].map((second) => bellAt(second, [3, 1]))).toEqual(["critical", "critical", "critical", "critical"]);
  expect([0, 5, 10, 30].map((second) => bellAt(second, [3, 2]))).toEqual(["urgent", null, "urgent", "urgent"]);
  expect([0, 5, 10, 30].map((second) => bellAt(second, [3]))).toEqual(["soon", null, null, "soon"]);
});

it("is still in between, with nothing waiting, and for what is routine", () => {
  expect(bellAt(7, [1, 2])).toBeNull();
  expect(bellAt(30, [])).toBeNull();
  expect(bellAt(30, [4])).toBeNull();
  expect(onceFor(4)).toBeNull();
  expect(onceFor(2)).toBe("urgent");
});
