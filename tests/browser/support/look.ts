// A picture for the eye, where KENTONGAN_LOOK names a folder; a test passes or fails without it.
import type { Page } from "@playwright/test";

export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env["KENTONGAN_LOOK"];
  if (folder === undefined) return;
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.screenshot({ path: `${folder}/${name}_${width}.png`, animations: "disabled" });
}
