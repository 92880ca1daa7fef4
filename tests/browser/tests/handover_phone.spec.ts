// The agency's page on a phone: one hand, a link that drops, and nothing that pretends.
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { look } from "../support/look.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const FIRE = { text: "Rumah terbakar, api besar, ada orang di dalam", place_text: "Jl Dhoho" };
/** One white point, PNG. */
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
const unsent = (page: Page) => page.getByRole("region", { name: "Belum terkirim" });
const answer = (page: Page) => page.getByRole("group", { name: "Jawaban" });
const press = (page: Page, act: string) => answer(page).getByRole("button", { name: act, exact: true }).click();

/** Everything a thumb must hit is at least this large. */
async function expectLarge(page: Page): Promise<void> {
  const small = await page.locator("main button:visible, main label:has(input):visible").evaluateAll((all) =>
    all.map((one) => ({ words: one.textContent?.trim(), box: one.getBoundingClientRect() })).filter(({ box }) => box.height < 47.5 || box.width < 47.5).map(({ words, box }) => `${words} ${box.width}x${box.height}`),
  );
  expect(small).toEqual([]);
}

test("what is pressed while the link is away waits in sight with its age, and goes out once", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  await expect(page).toHaveURL(/\/agency$/);
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  await expect(page.getByRole("article", { name: /^Penugasan / })).toContainText(FIRE.text);
  await look(page, "phone_dispatch");
  await expectLarge(page);
  await expectAccessible(page, "phone, a dispatch");

  // Acts are lost on the way; the screen says so and nothing looks done.
  const keys: string[] = [];
  await page.route(/\/dispatches\/[^/]+\/acknowledge$/, async (route) => {
    keys.push(route.request().headers()["idempotency-key"] ?? "");
    await route.abort("internetdisconnected");
  });
  team.expectOutage = true;
  await press(page, "Terima");
  await expect(unsent(page)).toContainText("Terima");
  await expect(unsent(page)).toContainText(fire["number"]);
  await expect(unsent(page)).toContainText(/ditekan 00:0\d lalu/);
  await expect(unsent(page)).toContainText("Menunggu sambungan");
  await expect(page.getByRole("article")).not.toContainText("diterima");
  await expect(answer(page).getByRole("button", { name: "Sanggupi" }), "one step after the other").toHaveAttribute("aria-disabled", "true");
  await expect(unsent(page)).toContainText(/ditekan 00:0[2-9] lalu/);
  expect((await api.get(`dispatches/${dispatch}`))["acknowledged_at"]).toBeNull();
  await look(page, "phone_unsent");
  await expectAccessible(page, "phone, not sent");

  // The phone's browser closes the page; what was pressed is still there, as old as it is.
  await page.reload();
  await expect(unsent(page)).toContainText(/ditekan 00:(0[3-9]|[1-5]\d) lalu/);
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  await expect(page.getByRole("option").or(answer(page)).first()).toBeVisible();
  await page.unroute(/\/dispatches\/[^/]+\/acknowledge$/);
  await expect(page.getByRole("article")).toContainText("diterima");
  await expect(unsent(page)).toBeHidden();
  expect(new Set(keys).size, "one act, one key, however often it was tried").toBe(1);
  expect(keys.length).toBeGreaterThan(1);
  const held = await api.get(`dispatches/${dispatch}`);
  expect([held["state"], held["acknowledged_via"]]).toEqual(["acknowledged", "console"]);
  await team.leave();
});

test("an answer that the server took and the link lost is not given twice", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  team.expectOutage = true;
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  let times = 0;
  await page.route(/\/acknowledge$/, async (route) => {
    times += 1;
    if (times > 2) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await press(page, "Terima");
  await expect(page.getByRole("article")).toContainText("diterima");
  await expect(unsent(page)).toBeHidden();
  const auditor = await Api.logIn(server.base, "auditor");
  const events = (await auditor.get("events?limit=200"))["items"];
  expect(events.filter((one: { kind: string; id: string; payload: { act?: string } }) => one.id === dispatch && one.payload.act === "acknowledge")).toHaveLength(1);
  await team.leave();
});

test("units go along, a change and a withdrawal cannot be overlooked", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 2);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  const task = page.getByRole("article", { name: /^Penugasan / });
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  await press(page, "Terima");
  await expect(task).toContainText("diterima");
  await page.getByRole("checkbox", { name: "Regu 1 Mako" }).check();
  await press(page, "Sanggupi");
  const crew = page.getByRole("group", { name: "Regu 1 Mako" });
  await expect(crew).toContainText("ditugaskan");
  const held = await api.get(`dispatches/${dispatch}`);
  expect(held["units"]).toEqual(["damkar-1"]);
  await page.getByLabel("Catatan untuk pusat").fill("Akses lewat gang barat");
  await page.getByRole("button", { name: "Kirim catatan" }).click();
  await expect(page.getByRole("list", { name: "Catatan lapangan" })).toContainText(/damkar Akses lewat gang barat/);
  await press(page, "Berangkat");
  await expect(crew).toContainText("menuju");
  await look(page, "phone_crew");
  await expectLarge(page);

  await api.patch(`incidents/${fire["id"]}`, { type: "fire_gas", priority: 1 });
  const change = task.getByRole("alert").filter({ hasText: "DIUBAH" });
  await expect(change).toContainText("Kebakaran bangunan");
  await expect(change).toContainText("→ ");
  await expect(change).toContainText("→ P1");
  await expectAccessible(page, "phone, changed");
  await look(page, "phone_changed");
  await task.getByRole("button", { name: "← Kembali" }).click();
  await expect(page.getByRole("option")).toContainText("DIUBAH");
  await page.getByRole("option").click();
  await task.getByRole("button", { name: "Sudah saya baca" }).click();
  await expect(change).toBeHidden();

  await api.post(`dispatches/${dispatch}/withdraw`, { reason: "Sudah padam oleh warga" });
  const off = task.getByRole("alert").filter({ hasText: "DIBATALKAN" });
  await expect(off).toContainText("Jangan berangkat");
  await expect(off).toContainText("Sudah padam oleh warga");
  await expectAccessible(page, "phone, called off");
  await look(page, "phone_off");
  await task.getByRole("button", { name: "← Kembali" }).click();
  await expect(page.getByRole("option").first()).toContainText("DIBATALKAN");
  await look(page, "phone_inbox_off");
  await page.getByRole("option").first().click();
  await off.getByRole("button", { name: "Mengerti" }).click();
  await task.getByRole("button", { name: "← Kembali" }).click();
  await expect(page.getByRole("option").first()).not.toContainText("DIBATALKAN");
  await team.leave();
});

test("two taps call for help, one does not, and the answer comes back", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  const help = page.getByRole("button", { name: "BUTUH BANTUAN" });
  await expect(help).toHaveAttribute("aria-disabled", "true");
  await press(page, "Terima");
  await expect(help).toHaveAttribute("aria-disabled", "false");
  await help.click();
  const why = page.getByRole("group", { name: "Butuh bantuan apa? Satu ketukan mengirim." });
  await expect(why).toBeVisible();
  await look(page, "phone_help");
  await expectLarge(page);
  expect((await api.get(`dispatches/${dispatch}`))["help"], "the first tap sends nothing").toBeNull();
  await why.getByRole("button", { name: "Ambulans" }).click();
  await expect(page.getByText(/Bantuan diminta 00:\d\d – menunggu jawaban pusat/)).toBeVisible();
  const { help: asked } = await api.get(`dispatches/${dispatch}`);
  expect([asked.note, asked.asked_by]).toEqual(["Ambulans", "damkar"]);
  await api.post(`dispatches/${dispatch}/help/answer`);
  await expect(page.getByText(/Permintaan bantuan dijawab pusat \d\d:\d\d:\d\d/)).toBeVisible();
  await team.leave();
});

test("in the sun the page turns black on white, and the tools say how they stand", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  await api.dispatch(fire["id"], "damkar");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  await page.getByRole("button", { name: "Alat" }).click();
  await page.getByRole("button", { name: "Layar terang (siang hari)" }).click();
  await look(page, "phone_tools");
  await expectAccessible(page, "phone, tools in the sun");
  await page.getByRole("button", { name: "Kontak dan piket" }).click();
  const dialog = page.getByRole("dialog", { name: "Kontak dan piket" });
  await dialog.getByRole("button", { name: "Tambah kontak" }).click();
  await dialog.getByLabel("Nama").fill("Pak Danru Contoh");
  await dialog.getByLabel("Telepon", { exact: true }).fill("0812-0000-0021");
  await dialog.getByLabel("WhatsApp").fill("0812-0000-0021");
  await dialog.getByRole("button", { name: "Simpan kontak" }).click();
  await expect(dialog.getByRole("listitem")).toContainText("WhatsApp +6281200000021");
  await expect(dialog.getByRole("listitem")).toContainText("piket 1");
  await dialog.getByLabel("Siapa").selectOption({ label: "Pak Danru Contoh" });
  await dialog.getByLabel("Ulangi (hari)").fill("2");
  await dialog.getByRole("button", { name: "Tambah giliran" }).click();
  await expect(dialog.getByRole("button", { name: /^Hapus giliran Pak Danru Contoh/ })).toHaveCount(2);
  await expectAccessible(page, "phone, contacts");
  await look(page, "phone_contacts");
  const stored = await api.get("agencies/damkar/contacts");
  expect([stored["contacts"].length, stored["duties"].length]).toEqual([1, 2]);
  await dialog.getByRole("button", { name: "Tutup" }).click();
  await page.getByRole("button", { name: "Alat" }).click();
  await page.getByRole("option").click();
  await expectAccessible(page, "phone, a dispatch in the sun");
  await look(page, "phone_sun");
  await page.reload();
  await expect(page.getByRole("option")).toBeVisible();
  await expect(page.locator("html"), "remembered on this phone").toHaveAttribute("data-theme", "sun");
  await team.leave();
});

test("a picture of the scene goes to the desk, and waits in sight while the link is away", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  const desk = await Person.logIn(browser, server.base, "operator");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = team;
  await page.getByRole("option", { name: /Kebakaran/ }).click();
  await press(page, "Terima");
  team.expectOutage = true;
  let tries = 0;
  await page.route(/\/photos$/, (route) => ((tries += 1) > 2 ? route.continue() : route.abort("internetdisconnected")));
  await page.getByLabel("Ambil foto").setInputFiles({ name: "scene.png", mimeType: "image/png", buffer: PICTURE });
  await expect(unsent(page)).toContainText("Foto");
  await expect(unsent(page)).toBeHidden();
  await expect(page.getByRole("img", { name: "Foto 1" })).toBeVisible();
  await desk.page.getByRole("option", { name: new RegExp(fire["number"]) }).click();
  const seen = desk.page.getByRole("region", { name: "Penugasan DAMKAR" }).getByRole("img", { name: "Foto 1" });
  await expect(seen).toBeVisible();
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth), "the browser can show it").toBe(1);
  expect((await api.get(`dispatches/${dispatch}`))["photos"], "once, however often it was tried").toHaveLength(1);
  await desk.leave();
  await team.leave();
});

test("a phone stands for a unit's position, and the desk sees how old it is", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const desk = await Person.logIn(browser, server.base, "operator");
  const team = await Person.logIn(browser, server.base, "damkar", PHONE);
  await team.allow("geolocation");
  await team.stand(-7.8166, 112.0114);
  const { page } = team;
  await page.getByRole("button", { name: "Alat" }).click();
  await page.getByRole("button", { name: "Bagikan sebagai Regu 1 Mako" }).click();
  await expect(page.getByText("Posisi dibagikan: Regu 1 Mako")).toBeVisible();
  await expect(page.getByText(/Terakhir diterima pusat 00:\d\d lalu, ketelitian 12 m/)).toBeVisible();
  await look(page, "phone_position");
  const unit = await api.get("units/damkar-1");
  expect([unit["position"].lat, unit["position"].lon, unit["position"].accuracy_m]).toEqual([-7.8166, 112.0114, 12]);
  // On the map the unit stands in its place; the board says the same in words.
  await expect(desk.page.getByRole("region", { name: "Gambar peta" })).toBeVisible();
  await expect.poll(() => desk.page.evaluate(() => document.querySelector(".map[data-units]")?.getAttribute("data-units"))).toBe("1");
  await look(desk.page, "map_units");
  await desk.page.keyboard.press("a");
  const board = desk.page.getByRole("region", { name: "Papan armada" });
  await expect(board.getByRole("listitem").filter({ hasText: "Regu 1 Mako" })).toContainText(/posisi 00:\d\d lalu/);
  await expect(board.getByRole("listitem").filter({ hasText: "Regu 2 Pos Pesantren" })).not.toContainText("posisi");
  await page.getByRole("button", { name: "Berhenti membagikan" }).click();
  await expect(page.getByText("Posisi dibagikan: Regu 1 Mako")).toBeHidden();
  await desk.leave();
  await team.leave();
});
