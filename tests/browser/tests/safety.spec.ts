// What a stranger writes is text and stays text; every screen can be used by everybody.
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const HOSTILE = `<img src=x onerror="alert('x')"><script>alert(1)</script> {{7*7}} "'\`;--`;

async function expectOnlyText(page: Page): Promise<void> {
  await expect(page.getByText("<script>alert(1)</script>").filter({ visible: true }).first()).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(await page.locator("script:not([src])").count(), "no script without a file").toBe(0);
}

test("a hostile text is shown as it was written", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const hostile = { place_text: HOSTILE, reporter: { name: HOSTILE.slice(0, 100), phone: "+6281200000000" } };
  await api.report(HOSTILE, hostile);
  const opened = await api.incident([await api.report(`Kebakaran ${HOSTILE}`, hostile)], "fire_building", 1);
  await api.dispatch(opened["id"], "damkar");
  const desk = await Person.logIn(browser, server.base, "operator");
  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);

  const queue = desk.page.getByRole("listbox", { name: "Antrean" });
  await queue.focus();
  for (const article of [/^Laporan /, /^Kejadian /]) {
    await desk.page.keyboard.press("ArrowDown");
    await expect(desk.page.getByRole("article", { name: article })).toBeVisible();
    await expectOnlyText(desk.page);
  }
  await desk.page.keyboard.press("F2");
  await desk.page.getByLabel("Isi laporan").fill(HOSTILE);
  await expect(desk.page.getByRole("region", { name: "Jenis dan prioritas" })).toBeVisible();
  await brigade.page.getByRole("option", { name: new RegExp(opened["number"]) }).click();
  await expectOnlyText(brigade.page);
  await desk.leave();
  await brigade.leave();
});

test("a wrong password is refused in words", async ({ browser, server }) => {
  const stranger = await Person.arrive(browser, server.base);
  await stranger.page.goto("/");
  await stranger.page.getByLabel("Nama pengguna").fill("operator");
  await stranger.page.getByLabel("Kata sandi").fill("salah");
  await stranger.page.getByRole("button", { name: "Masuk" }).click();
  await expect(stranger.page.getByRole("alert").filter({ hasText: "salah" })).toBeVisible();
  await expect(stranger.page.getByLabel("Kata sandi")).toHaveValue("");
  await stranger.leave();
});

test("axe finds nothing serious on any screen", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const opened = await api.incident([await api.report("Kebakaran gudang", { place_text: "Jl Dhoho" })], "fire_building", 1);
  await api.dispatch(opened["id"], "damkar");
  await api.report("Banjir setinggi lutut", { place_text: "Semampir" });

  const stranger = await Person.arrive(browser, server.base);
  await stranger.page.goto("/");
  await expect(stranger.page.getByRole("button", { name: "Masuk" })).toBeVisible();
  await expectAccessible(stranger.page, "login");
  await stranger.leave();

  const desk = await Person.logIn(browser, server.base, "operator");
  await expectAccessible(desk.page, "operator, nothing chosen");
  const queue = desk.page.getByRole("listbox", { name: "Antrean" });
  await queue.focus();
  await desk.page.keyboard.press("ArrowDown");
  await expect(desk.page.getByRole("article")).toBeVisible();
  await expectAccessible(desk.page, "operator, a report");
  await desk.page.keyboard.press("ArrowDown");
  await expect(desk.page.getByRole("article", { name: /^Kejadian / })).toBeVisible();
  await desk.page.keyboard.press("F12");
  await expect(desk.page.getByRole("group", { name: "Tutup kejadian" })).toBeVisible();
  await expectAccessible(desk.page, "operator, an incident");
  await desk.page.keyboard.press("F2");
  await desk.page.getByLabel("Isi laporan").fill("Kecelakaan motor lawan truk, korban luka parah");
  await expect(desk.page.getByRole("region", { name: "Jenis dan prioritas" })).toBeVisible();
  await expectAccessible(desk.page, "operator, a new report");
  await desk.leave();

  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);
  await expectAccessible(brigade.page, "agency, the list");
  await brigade.page.getByRole("option", { name: new RegExp(opened["number"]) }).click();
  await expectAccessible(brigade.page, "agency, a dispatch");
  await brigade.leave();
});
