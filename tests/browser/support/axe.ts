// What a screen reader's user would stumble over, by axe-core: nothing serious or critical passes.
import axe from "axe-core";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Evaluated from outside the page, so the page's own content policy stays as it is.
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (tags) => {
    const runner = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await runner.run(document, { runOnly: { type: "tag", values: tags } });
    return violations
      .filter((one) => one.impact === "serious" || one.impact === "critical")
      .map((one) => `${one.impact} ${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
  }, TAGS);
  expect(found, `axe on ${screen}`).toEqual([]);
}
