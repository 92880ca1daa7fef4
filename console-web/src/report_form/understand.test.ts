import { expect, it } from "vitest";
import { report } from "../state/samples";
import { questionOf } from "./understand";

it("says which stored report it asks about, and who reports", () => {
  const stored = report("r");
  if (stored.kind !== "report") throw new Error("no report");
  const silent = { ...stored, text: "kebakaran", reporter: null };
  expect(questionOf(silent)).toMatchObject({ text: "kebakaran", report: "r" });
  expect(questionOf(silent)).not.toHaveProperty("reporter");
  expect(questionOf({ ...silent, reporter: { name: null, phone: "+6281200000001" } })).toMatchObject({
    report: "r",
    reporter: { phone: "+6281200000001" },
  });
});
