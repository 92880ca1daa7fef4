// Takes the pictures in docs/screens, from a busy room.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { fillRoom } from "../support/busy_room.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const FOLDER = resolve(import.meta.dirname, "../../../docs/screens");

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled" });
}

test("pictures", async ({ browser, server }) => {
  const stranger = await Person.arrive(browser, server.base);
  await stranger.page.goto("/");
  await expect(stranger.page.getByRole("button", { name: "Masuk" })).toBeVisible();
  await picture(stranger.page, "login");
  await stranger.leave();

  const number = await fillRoom(await Api.logIn(server.base, "operator"), await Api.logIn(server.base, "damkar"));
  const desk = await Person.logIn(browser, server.base, "operator");
  await desk.page.getByRole("button", { name: "Mulai shift" }).click();
  await desk.page.getByRole("option", { name: new RegExp(number) }).click();
  await expect(desk.page.getByRole("article", { name: `Kejadian ${number}` })).toBeVisible();
  await expect(desk.page.getByRole("region", { name: "Gambar peta" })).toBeVisible();
  await desk.page.waitForLoadState("networkidle");
  // The map says nowhere when it has drawn its last frame.
  await desk.page.waitForTimeout(5_000);
  await picture(desk.page, "operator");

  await desk.page.keyboard.press("F2");
  await desk.page.getByLabel("Lokasi menurut pelapor").fill("Jl Dhoho");
  await desk.page.getByLabel("Isi laporan").fill("Kebakaran rumah, api besar, asap sampai ke jalan");
  await expect(desk.page.getByRole("region", { name: "Mungkin sama" })).toBeVisible();
  await picture(desk.page, "new_report");
  await desk.leave();

  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);
  await brigade.page.getByRole("option", { name: new RegExp(number) }).click();
  await expect(brigade.page.getByRole("group", { name: "Jawaban" })).toBeVisible();
  await picture(brigade.page, "agency");
  await brigade.leave();
});
