// Who leads the room reads how often suggestions are kept.
import { expect } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { Person } from "../support/people.ts";
import { test } from "../support/test.ts";

test("the supervisor opens the agreement of suggestions by keyboard and reads its tables", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  for (const text of ["ular sanca masuk rumah", "kebakaran rumah, api besar"]) {
    const stored = await api.post("reports", { channel: "phone", text, place_text: "Pojok" });
    const { id, suggestion } = stored["report"];
    const opened = await api.incident([id], suggestion.type, suggestion.priority);
    await api.post(`incidents/${opened["id"]}/close`, { result: "handled" });
  }
  const lead = await Person.logIn(browser, server.base, "supervisor");
  const { page } = lead;
  const menu = page.getByText("supervisor ▾");
  await menu.focus();
  await page.keyboard.press("Enter");
  // It stands among the menu's other entries.
  const entry = page.getByRole("button", { name: "Kecocokan saran" });
  for (let step = 0; step < 8 && !(await entry.evaluate((shown) => shown === document.activeElement)); step += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(entry).toBeFocused();
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("dialog", { name: "Kecocokan saran" });
  await expect(dialog).toContainText("2 laporan dalam 12 bulan terakhir");
  const categories = dialog.getByRole("table", { name: "Menurut kategori yang akhirnya ditetapkan" });
  await expect(categories.getByRole("row", { name: /^Kebakaran/ })).toContainText("100%");
  await expect(dialog.getByRole("table", { name: "Menurut petugas yang membuka kejadian" }).getByRole("rowheader", { name: "operator" })).toBeVisible();
  await expect(dialog.getByRole("table", { name: "Menurut keyakinan saran" }).getByRole("row")).not.toHaveCount(1);
  await expectAccessible(page, "the agreement of suggestions");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(menu).toBeFocused();
  await lead.leave();
});
