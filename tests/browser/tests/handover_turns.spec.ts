// What comes back from the field: a refusal, a call for help, and units that are free again.
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { look } from "../support/look.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const FIRE = { text: "Rumah terbakar, api besar, ada orang di dalam", place_text: "Jl Dhoho" };
const banner = (page: Page) => page.getByRole("group", { name: "Perlu ditindak sekarang" });
const row = (page: Page) => queue(page).getByRole("option").first();
const queue = (page: Page) => page.getByRole("listbox", { name: "Antrean" });

test("who refuses is replaced at once: the next best stands ready and needs two keys", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const given = await api.dispatch(fire["id"], "damkar");
  const desk = await Person.logIn(browser, server.base, "operator");
  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);
  const { page } = desk;
  await brigade.page.getByRole("option", { name: /Kebakaran/ }).click();
  await brigade.page.getByRole("button", { name: "Tolak", exact: true }).click();
  await brigade.page.getByRole("dialog").getByLabel("Alasan").fill("Semua armada sedang bertugas");
  await brigade.page.getByRole("button", { name: "Kirim penolakan" }).click();

  await expect(banner(page)).toContainText(/ditolak.*DAMKAR.*Semua armada sedang bertugas/i);
  await expect(queue(page).getByRole("group", { name: "Menunggu" }).getByRole("option"), "nobody has it again").toContainText("DAMKAR ditolak");
  await look(page, "rejected_banner");
  await page.keyboard.press("Shift+F7");
  const forward = page.getByRole("group", { name: "Teruskan ke instansi" });
  await expect(forward).toContainText("DAMKAR menolak.");
  await expect(forward).toContainText("Semua armada sedang bertugas");
  const next = forward.getByRole("checkbox", { checked: true }).first();
  await expect(next, "the neighbouring brigade").toHaveAccessibleName(/^DAMKAR-K /);
  await expect(next).toBeFocused();
  await expectAccessible(page, "operator, a refusal");
  await look(page, "rejected_forward");
  await page.keyboard.press("Control+Enter");
  await expect(banner(page)).toBeHidden();
  await expect(page.getByRole("button", { name: /perlu ditindak/ })).toBeHidden();
  const all = (await api.get(`dispatches?incident=${fire["id"]}`))["items"];
  const after = all.find((one: { id: string }) => one.id !== given);
  expect(after.agency).toBe("damkar_kab");
  expect(after.units, "with the units that were recommended").not.toEqual([]);
  expect([all.length, after.role], "it takes the refuser's part").toEqual([2, "lead"]);
  await desk.leave();
  await brigade.leave();
});

test("a team's call for help rings at every desk until one key answers it", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const team = await Api.logIn(server.base, "damkar");
  const tree = await api.incident([await api.report("Pohon tumbang di jalan", { place_text: "Pojok" })], "infrastructure_fallen_tree", 4);
  const dispatch = await api.dispatch(tree["id"], "damkar");
  await team.act(dispatch, "acknowledge", "accept", "en-route", "on-scene");
  const desk = await Person.logIn(browser, server.base, "operator");
  const lead = await Person.logIn(browser, server.base, "supervisor");
  await desk.page.keyboard.press("F2");
  await desk.page.getByLabel("Isi laporan").focus();
  await team.post(`dispatches/${dispatch}/help`, { note: "Petugas tertimpa dahan, butuh ambulans" });
  for (const { page } of [desk, lead]) {
    await expect(banner(page), "as urgent as a life").toContainText(/P1.*minta bantuan.*DAMKAR.*tertimpa dahan/is);
    await expect(banner(page)).toContainText(tree["number"]);
    await expect(queue(page).getByRole("option").first()).toContainText("DAMKAR minta bantuan");
  }
  await expect(desk.page.getByLabel("Isi laporan")).toBeFocused();
  await expectAccessible(desk.page, "operator, a call for help");
  await look(desk.page, "help_banner");

  // Whoever writes goes on writing; the other desk falls silent, too.
  await desk.page.keyboard.press("Shift+F7");
  await expect(banner(desk.page)).toBeHidden();
  await expect(banner(lead.page)).toBeHidden();
  await expect(desk.page.getByLabel("Isi laporan")).toBeFocused();
  const { help } = (await api.get(`dispatches/${dispatch}`));
  expect(help.answered_by).toBe("operator");
  await queue(lead.page).getByRole("option", { name: new RegExp(tree["number"]) }).click();
  await expect(lead.page.getByRole("group", { name: "Minta bantuan" })).toContainText(/Dijawab operator \d\d:\d\d:\d\d/);
  await look(lead.page, "help_answered");
  await desk.leave();
  await lead.leave();
});

test("closing an incident sets its units free on a second operator's screen, without a reload", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const team = await Api.logIn(server.base, "damkar");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  await team.act(dispatch, "acknowledge");
  await team.post(`dispatches/${dispatch}/accept`, { units: ["damkar-1", "damkar-2"] });
  await team.act(dispatch, "en-route");
  const desk = await Person.logIn(browser, server.base, "operator");
  const other = await Person.logIn(browser, server.base, "supervisor");

  await other.page.keyboard.press("a");
  const board = other.page.getByRole("region", { name: "Papan armada" });
  const unit = board.getByRole("listitem").filter({ hasText: "Regu 1 Mako" });
  await expect(unit).toContainText(new RegExp(`menuju 00:\\d\\d\\s+${fire["number"]}`));
  await expect(board).toContainText("2 bebas dari 4");
  await expectAccessible(other.page, "supervisor, the units board");
  await look(other.page, "units_board");

  await queue(desk.page).getByRole("option", { name: new RegExp(fire["number"]) }).click();
  await expect(desk.page.getByRole("region", { name: "Penugasan DAMKAR" })).toContainText("Regu 1 Mako, Regu 2 Pos Pesantren");
  await desk.page.keyboard.press("F12");
  await expect(desk.page.getByRole("group", { name: "Tutup kejadian" })).toContainText("semua armada dilepas");
  await desk.page.keyboard.press("Control+Enter");
  await expect(unit, "within a second").toContainText("siap", { timeout: 1_000 });
  await expect(unit).not.toContainText(fire["number"]);
  await expect(board).toContainText("4 bebas dari 4");
  await expect(queue(other.page).getByRole("group", { name: "Selesai 24 jam" }).getByRole("option")).toContainText("Ditutup");
  await other.page.keyboard.press("a");
  await expect(board).toBeHidden();
  await desk.leave();
  await other.leave();
});

test("the desk says where a unit stands, with a reason when it breaks down at work", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const team = await Api.logIn(server.base, "damkar");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const dispatch = await api.dispatch(fire["id"], "damkar");
  await team.act(dispatch, "acknowledge");
  await team.post(`dispatches/${dispatch}/accept`, { units: ["damkar-1"] });
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  await page.keyboard.press("a");
  const board = page.getByRole("region", { name: "Papan armada" });
  await expect(board.getByRole("heading", { name: "Papan armada" })).toBeFocused();
  await board.getByRole("button", { name: /Regu 1 Mako/ }).focus();
  await page.keyboard.press("Enter");
  const acts = board.getByRole("group", { name: "Ubah keadaan Regu 1 Mako" });
  await expect(acts.getByRole("button", { name: "menuju" })).toBeFocused();
  await page.keyboard.press("Enter");
  const unit = board.getByRole("listitem").filter({ hasText: "Regu 1 Mako" });
  await expect(unit).toContainText("menuju");
  await expect(acts).toBeHidden();
  expect((await api.get(`dispatches/${dispatch}`))["state"], "who drives has its dispatch with it").toBe("en_route");

  await page.keyboard.press("Enter");
  const broken = acts.getByRole("button", { name: "tidak siap" });
  await expect(broken, "at work only with a reason").toHaveAttribute("aria-disabled", "true");
  await acts.getByLabel("Catatan").fill("Pompa rusak");
  await look(page, "units_move");
  await expectAccessible(page, "operator, moving a unit");
  await broken.click();
  await expect(unit).toContainText("tidak siap");
  await expect(unit).toContainText("Pompa rusak");
  await expect(banner(page), "somebody must send another one").toContainText(/minta bantuan.*Pompa rusak/is);
  await page.keyboard.press("Escape");
  await expect(board).toBeHidden();
  await desk.leave();
});

test("a supervisor keeps an agency's contacts and duty; an operator reads them", async ({ browser, server }) => {
  const lead = await Person.logIn(browser, server.base, "supervisor");
  const { page } = lead;
  await page.getByText("supervisor ▾").click();
  await page.getByRole("button", { name: "Kontak dan piket" }).click();
  const dialog = page.getByRole("dialog", { name: "Kontak dan piket" });
  await dialog.getByLabel("Instansi").selectOption({ label: "PSC119 · PSC 119 Kota Kediri" });
  await expect(dialog).toContainText("Belum ada kontak");
  await dialog.getByRole("button", { name: "Tambah kontak" }).click();
  await expect(dialog.getByLabel("Nama")).toBeFocused();
  await page.keyboard.type("Bu Perawat Contoh");
  await dialog.getByLabel("surel").fill("bukan surel");
  lead.expectRefusal = 422;
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert").filter({ hasText: /e-mail|Isian/ })).toBeVisible();
  await dialog.getByLabel("surel").fill("perawat@kota.example");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("listitem")).toContainText("surel perawat@kota.example");
  await expectAccessible(page, "supervisor, contacts");
  await look(page, "contacts");
  await dialog.getByRole("button", { name: "Hapus Bu Perawat Contoh" }).click();
  await dialog.getByRole("button", { name: "Hapus Bu Perawat Contoh sekarang" }).click();
  await expect(dialog).toContainText("Belum ada kontak");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  const desk = await Person.logIn(browser, server.base, "operator");
  await desk.page.getByText("operator ▾").click();
  await desk.page.getByRole("button", { name: "Kontak dan piket" }).click();
  const read = desk.page.getByRole("dialog", { name: "Kontak dan piket" });
  await expect(read).toContainText("Belum ada kontak");
  await expect(read.getByRole("button", { name: "Tambah kontak" })).toBeHidden();
  await desk.leave();
  await lead.leave();
});

test("the plan's next alarm is looked at and then struck, with two keys, and an override is recorded", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  await page.keyboard.press("j");
  await expect(page.getByRole("article", { name: `Kejadian ${fire["number"]}` })).toBeVisible();
  const forward = page.getByRole("group", { name: "Teruskan ke instansi" });
  await expect(forward).toContainText("alarm 1 dari 3");
  await expect(forward.getByRole("checkbox", { name: /^Regu 1 Mako terdekat/ })).toBeChecked();
  await look(page, "forward_units");

  // The operator keeps one unit back: what was recommended stays in the log.
  await forward.getByRole("checkbox", { name: /^Regu 2 Pos Pesantren/ }).uncheck();
  await forward.getByRole("button", { name: "Semua alasan" }).click();
  await expect(forward).toContainText("awak 6, minimal 4");
  await page.keyboard.press("Control+Enter");
  const card = page.getByRole("region", { name: "Penugasan DAMKAR" });
  await expect(card).toContainText("Regu 1 Mako");
  await expect(card).not.toContainText("Regu 2 Pos Pesantren");
  const auditor = await Api.logIn(server.base, "auditor");
  const kinds = async (): Promise<string[]> => (await auditor.get("events?limit=200"))["items"].map((one: { kind: string }) => one.kind);
  expect(await kinds()).toContain("dispatch_overridden");

  await page.getByRole("listbox", { name: "Antrean" }).focus();
  await page.keyboard.press("n");
  await expect(forward).toBeVisible();
  await expect(forward.getByRole("button", { name: /^Bunyikan alarm 1: kirim semua/ })).toBeFocused();
  await expect(forward.getByRole("checkbox", { name: /^PSC119 / })).toBeChecked();
  await expectAccessible(page, "operator, an alarm to be struck");
  await look(page, "alarm_look");
  await page.keyboard.press("n");
  await expect(page.getByRole("region", { name: "Penugasan PSC119" })).toBeVisible();
  await expect(row(page)).toContainText("PSC119 belum terima");
  expect((await api.get(`incidents/${fire["id"]}`))["alarm_level"]).toBe(1);
  expect(await kinds()).toContain("incident_alarmed");
  await desk.leave();
});
