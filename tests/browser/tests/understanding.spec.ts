// What the console understands while a person types, and each suggestion used by keyboard: a clear report,
// a village that exists twice, and a second caller for the same fire.
import { expect, type Locator, type Page } from "@playwright/test";
import { Person } from "../support/people.ts";
import { test } from "../support/test.ts";

async function write(page: Page, place: string, text: string): Promise<Locator> {
  await page.keyboard.press("F2");
  const form = page.getByRole("form", { name: "Laporan baru" });
  await expect(form.getByLabel("Lokasi menurut pelapor")).toBeFocused();
  await page.keyboard.type(place);
  await form.getByLabel("Isi laporan").focus();
  await page.keyboard.type(text, { delay: 5 });
  return form;
}

test("suggestions of kind, place and duplicate are each used by a key", async ({ browser, server }) => {
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  const suggestions = page.getByRole("region", { name: "Saran", exact: true });
  const kind = suggestions.getByRole("region", { name: "Jenis dan prioritas" });

  // A clear one: it never says what it is, the words that weighed are shown, F4 takes it.
  let form = await write(page, "Jl Dhoho", "lantai dua toko roti merah menyala, asap hitam, kasir masih di dalam");
  await expect(kind).toContainText("Kebakaran");
  await expect(kind.getByRole("listitem").first()).toBeVisible();
  await expect(suggestions.getByRole("region", { name: "Instansi yang berwenang" })).toContainText("DAMKAR");
  await page.keyboard.press("F4");
  await expect(form.getByLabel("Jenis")).toHaveValue(/^fire/);
  await page.keyboard.press("F6");
  const incident = page.getByRole("article", { name: /^Kejadian / });
  await expect(incident).toContainText("Kebakaran");
  const number = (await incident.getAttribute("aria-label"))?.replace("Kejadian ", "") ?? "";

  // A village that lies in the city and in the regency: both are listed, none is picked, the arrow and Enter choose.
  form = await write(page, "Ngampel", "ular besar masuk kandang ayam");
  const places = suggestions.getByRole("region", { name: "Kemungkinan lokasi" });
  await expect(places.locator("li").filter({ hasText: "Mojoroto" })).toHaveCount(1);
  const regency = places.locator("li").filter({ hasText: "Papar" });
  await expect(regency).toHaveCount(1);
  await form.getByLabel("Lokasi menurut pelapor").focus();
  await page.keyboard.press("ArrowDown");
  while (!(await regency.getByRole("button").evaluate((button) => button === document.activeElement))) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(form.locator("#place-state")).toContainText("Papar");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article", { name: /^Laporan / })).toContainText("Papar");

  // A second caller for the fire: said before anything is stored, and joined by one key.
  form = await write(page, "Jl Dhoho", "toko roti kebakaran, asapnya tebal sekali sampai jalan");
  const same = suggestions.getByRole("region", { name: "Mungkin sama" });
  await expect(same).toContainText(number);
  await page.keyboard.press("Control+Shift+Enter");
  await expect(form).toBeHidden();
  await expect(page.getByRole("article", { name: /^Kejadian / })).toContainText("Laporan (2)");
  await desk.leave();
});
