import { expect, it } from "vitest";
import { driftWords, percent, rowOfBin } from "./agreement_words";

const drift = { newest_reports: 200, newest_accuracy: 0.84, before_reports: 1_000, before_accuracy: 0.9, z: -2.48, drifted: true };

it("rounds shares to whole percents", () => {
  expect([0, 0.004, 0.845, 0.995, 1].map(percent)).toEqual(["0%", "0%", "85%", "100%", "100%"]);
});

it("warns of a fall, and only of one", () => {
  expect(driftWords(drift)).toEqual({ trend: "falls", values: { newest: "84%", before: "90%" } });
  expect(driftWords({ ...drift, z: -1, drifted: false })).toMatchObject({ trend: "steady" });
  // Every suggestion kept: nothing varies, and nothing falls.
  expect(driftWords({ ...drift, newest_accuracy: 1, before_accuracy: 1, z: null, drifted: false })).toEqual({
    trend: "steady",
    values: { newest: "100%", before: "100%" },
  });
});

it("says how many reports are missing", () => {
  expect(driftWords({ ...drift, before_reports: 150, z: null, drifted: false })).toEqual({
    trend: "early",
    values: { needed: 850 },
  });
  expect(driftWords({ ...drift, newest_reports: 3, before_reports: 0, z: null, drifted: false })).toEqual({
    trend: "early",
    values: { needed: 1_197 },
  });
});

it("names a bin by the sureness it holds", () => {
  expect(rowOfBin({ from: 0.7, reports: 12, confidence: 0.744, accuracy: 0.5 })).toEqual({
    name: "70–80%",
    figures: [12, "74%", "50%"],
  });
});
