// Two hundred people tell of one fire, and one of a heart that fails: nobody waits behind what is known.
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { Person } from "../support/people.ts";
import { callOfFire } from "../support/surge.ts";
import { test } from "../support/test.ts";

const HEART = "bapak saya serangan jantung, keringat dingin, mohon ambulans";

const waiting = (page: Page) => page.getByRole("listbox", { name: "Antrean" }).getByRole("group", { name: "Menunggu" });

/** Opens the list of surges and confirms the first one, by keyboard alone. */
async function confirmFirst(page: Page, act: string): Promise<void> {
  await expect(page.getByRole("button", { name: /^Lonjakan: 1/ })).toBeVisible();
  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Lonjakan kontak" });
  await expect(dialog.getByRole("article", { name: /Kebakaran/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: act })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status").filter({ hasText: "kini kejadian dikenal" })).toBeVisible();
  await expect(dialog.getByText("Tidak ada lonjakan yang menunggu konfirmasi.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

test("a heart attack stands first among two hundred calls of one fire, and all of them stay", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const lead = await Person.logIn(browser, server.base, "supervisor");
  const desk = await Person.logIn(browser, server.base, "operator");
  const rows = waiting(desk.page).getByRole("option");

  // The first caller's fire is an incident already, and the brigade has it.
  const first = await api.report("kebakaran rumah di belakang pasar, api besar", {
    location: { lat: -7.8166, lon: 112.0114, accuracy_m: 30, source: "network" },
  });
  const fire = await api.incident([first], "fire_building", 1);
  await api.dispatch(fire["id"], "damkar");
  await callOfFire(api, 0, 100);
  await confirmFirst(lead.page, "Konfirmasi kejadian dikenal");
  const incident = lead.page.getByRole("article", { name: `Kejadian ${fire["number"]}` });
  // It is the last row of all: the only one that is in hand.
  await lead.page.getByRole("listbox", { name: "Antrean" }).focus();
  await lead.page.keyboard.press("End");
  await expect(incident).toContainText(/Kejadian dikenal sejak \d\d\.\d\d/);

  await callOfFire(api, 100, 150);
  await expect(rows.first()).toContainText(`jalur cepat ${fire["number"]}`);
  await expect(waiting(desk.page)).toContainText(/Jalur cepat · \d+/);
  const others = callOfFire(api, 150, 200);
  const heart = await api.post("reports", {
    channel: "phone",
    text: HEART,
    location: { lat: -7.845, lon: 112.035, accuracy_m: 30, source: "network" },
    reporter: { phone: "+6281299999999" },
  });
  await expect(rows.first(), "within a second of the answer").toContainText(heart["report"].number, { timeout: 1_000 });
  await expect(rows.first()).not.toContainText("jalur cepat");

  await others;
  await expect(desk.page.getByRole("banner"), "nothing has left the queue").toContainText("Menunggu 201");
  await expect(rows.first()).toHaveAttribute("aria-setsize", "201");
  await expect(rows.first()).toContainText(heart["report"].number);

  // The next in the fast lane: two questions, two keys, and one more joins it to the fire.
  await desk.page.keyboard.press("j");
  await expect(desk.page.getByRole("article", { name: `Laporan ${heart["report"].number}` })).toContainText(HEART);
  await desk.page.keyboard.press("j");
  const known = desk.page.getByRole("region", { name: `Kejadian sudah dikenal: ${fire["number"]}` });
  await expectAccessible(desk.page, "operator, a report of a known event");
  const join = known.getByRole("button", { name: `Masukkan ke ${fire["number"]}` });
  await expect(join).toHaveAttribute("aria-disabled", "true");
  await desk.page.keyboard.press("t");
  await expect(known.getByRole("group", { name: /terluka/ }).getByRole("button", { name: "Tidak" })).toHaveAttribute("aria-pressed", "true");
  await desk.page.keyboard.press("t");
  await expect(join).toHaveAttribute("aria-disabled", "false");
  await desk.page.keyboard.press("g");
  await expect(desk.page.getByRole("article", { name: /^Laporan / })).toContainText("Masuk ke kejadian");
  await expect(rows.first()).toHaveAttribute("aria-setsize", "200");
  await expect.poll(async () => (await api.get(`incidents/${fire["id"]}`))["reports"].length).toBe(2);

  // One yes is enough: the next one goes to the front and is heard like any other.
  await desk.page.keyboard.press("j");
  await expect(known).toBeVisible();
  await desk.page.keyboard.press("y");
  await expect(known).toBeHidden();
  const lifted = desk.page.getByRole("article", { name: /^Laporan / });
  await expect(lifted.getByText("kabar baru")).toBeVisible();
  const number = ((await lifted.getAttribute("aria-label")) ?? "").replace("Laporan ", "");
  await expect(rows.nth(1), "it stands right behind what is new").toContainText(number);
  await desk.leave();
  await lead.leave();
});

test("an operator alone makes a surge that nobody handles an incident, and ends the known event", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  await callOfFire(api, 0, 12);
  const other = await Person.logIn(browser, server.base, "supervisor");
  const desk = await Person.logIn(browser, server.base, "operator");
  await expect(desk.page.getByRole("button", { name: /^Lonjakan: 1/ })).toBeVisible();
  await desk.page.keyboard.press("r");
  const dialog = desk.page.getByRole("dialog", { name: "Lonjakan kontak" });
  await expect(dialog.getByRole("article")).toContainText("12 kontak dari 12 pelapor");
  await expect(dialog.getByRole("button", { name: "Buka kejadian dan konfirmasi" })).toHaveAttribute("aria-disabled", "false");
  await expectAccessible(desk.page, "the surge");
  await dialog.getByRole("button", { name: "Lihat laporan pertama" }).focus();
  await desk.page.keyboard.press("Enter");
  await expect(desk.page.getByRole("article", { name: /^Laporan / })).toBeVisible();

  await confirmFirst(desk.page, "Buka kejadian dan konfirmasi");
  await expect(waiting(other.page).getByRole("option").filter({ hasText: "jalur cepat" })).toHaveCount(11);
  await expect(waiting(other.page).getByRole("option").first(), "an incident nobody has stands before").toContainText("dikenal");
  await expect(other.page.getByRole("button", { name: /^Lonjakan/ })).toBeHidden();

  await desk.page.getByRole("listbox", { name: "Antrean" }).focus();
  await desk.page.keyboard.press("Home");
  const incident = desk.page.getByRole("article", { name: /^Kejadian / });
  await expect(incident).toContainText("Kejadian dikenal sejak");
  await desk.page.keyboard.press("e");
  await expect(incident).not.toContainText("Kejadian dikenal sejak");
  await expect(waiting(other.page).getByRole("option").filter({ hasText: "jalur cepat" })).toHaveCount(0);
  // Whoever ended it may take that back with the same key.
  await desk.page.keyboard.press("e");
  await expect(incident).toContainText("Kejadian dikenal sejak");
  await desk.leave();
  await other.leave();
});
