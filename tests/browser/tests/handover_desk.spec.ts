// The desk watches what it gave away: nobody answers, somebody refuses, a team calls for help, one more
// operator looks on.
import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { ladders } from "../support/ladders.ts";
import { Person } from "../support/people.ts";
import { test } from "../support/test.ts";
import { look } from "../support/look.ts";

const FIRE = { text: "Rumah terbakar, api besar, ada orang di dalam", place_text: "Jl Dhoho" };
const banner = (page: Page) => page.getByRole("group", { name: "Perlu ditindak sekarang" });
const row = (page: Page) => page.getByRole("listbox", { name: "Antrean" }).getByRole("option").first();

test.describe("with a ladder of seconds", () => {
  test.use({ pack: { "ladders.toml": ladders(2_000) } });

  test("an agency that does not answer rings until somebody has rung it and written down who answered", async ({ browser, server }) => {
    const api = await Api.logIn(server.base, "operator");
    const brigade = await Api.logIn(server.base, "damkar");
    await brigade.put("agencies/damkar/contacts/danru", { name: "Pak Danru Contoh", phone: "+6281200000021", channels: {} });
    const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
    const desk = await Person.logIn(browser, server.base, "operator");
    const { page } = desk;
    await page.keyboard.press("F2");
    await page.getByLabel("Isi laporan").focus();
    await page.keyboard.type("Ada ular");
    await api.dispatch(fire["id"], "damkar");

    // It comes over what is being written, and takes nothing away from it.
    await expect(banner(page)).toContainText(/belum diterima.*DAMKAR/i);
    await expect(page.getByRole("button", { name: /^1 perlu ditindak/ })).toBeVisible();
    await expect(page.getByLabel("Isi laporan")).toBeFocused();
    await expect(row(page)).toContainText(/DAMKAR belum terima 00:\d\d/);
    await expect(page.locator("[aria-live=assertive]").filter({ hasText: "Belum diterima" })).toContainText("Kebakaran");
    await look(page, "overdue_banner");

    // One key goes to the number and the words; the name is typed at once, Enter ends it.
    await page.keyboard.press("Shift+F7");
    const call = page.getByRole("group", { name: "Belum diterima: telepon sekarang" });
    await expect(call.getByLabel("Nama petugas yang menerima")).toBeFocused();
    await expect(call).toContainText("0354-555-0101");
    await expect(call).toContainText("Pak Danru Contoh");
    await expect(call).toContainText("0812-0000-0021");
    await expect(call).toContainText(`terima penugasan ${fire["number"]}`);
    await expect(call).toContainText("Kebakaran bangunan di ");
    await expect(banner(page), "whoever rings is not rung at").toBeHidden();
    await expectAccessible(page, "operator, an agency to be rung");
    await look(page, "overdue_card");
    await page.keyboard.type("Pak Danru");
    await page.keyboard.press("Enter");
    const card = page.getByRole("region", { name: "Penugasan DAMKAR" });
    await expect(card).toContainText("Diterima lisan oleh Pak Danru (dicatat operator)");
    await expect(call).toBeHidden();
    await expect(row(page)).toContainText("DAMKAR diterima");
    await expect(page.getByRole("button", { name: /perlu ditindak/ })).toBeHidden();
    const [stored] = (await api.get("dispatches"))["items"];
    expect([stored.state, stored.acknowledged_via, stored.acknowledged_note]).toEqual(["acknowledged", "verbal", "Pak Danru"]);

    // What was being written is still there.
    await page.keyboard.press("F2");
    await expect(page.getByLabel("Isi laporan")).toHaveValue("Ada ular");
    await desk.leave();
  });

  test("what nobody sees to rings again, and stands in the supervisor's list", async ({ browser, server }) => {
    const api = await Api.logIn(server.base, "operator");
    const desk = await Person.logIn(browser, server.base, "operator");
    const lead = await Person.logIn(browser, server.base, "supervisor");
    const fire = await api.incident([await api.report(FIRE.text, FIRE)], "fire_building", 1);
    const tree = await api.incident([await api.report("Pohon tumbang di jalan", { place_text: "Pojok" })], "infrastructure_fallen_tree", 3);
    await api.dispatch(tree["id"], "bpbd");
    await api.dispatch(fire["id"], "damkar");

    // The detail says what comes next, before anything has rung.
    await desk.page.getByRole("listbox", { name: "Antrean" }).getByRole("option", { name: new RegExp(fire["number"]) }).click();
    const card = desk.page.getByRole("region", { name: "Penugasan DAMKAR" });
    await expect(card).toContainText(/Berikutnya: kontak kedua dalam 00:0\d/);
    await expect(card).toContainText("Instansi ini tidak punya kontak");
    await expect(card).toContainText(/Berikutnya: koordinator diberi tahu dalam 00:0\d/);
    await expect(card).toContainText(/Koordinator diberi tahu \d\d:\d\d:\d\d/);
    await expect(card).toContainText(/Berbunyi lagi dalam 00:\d\d/);

    await expect(lead.page.getByRole("button", { name: /^2 perlu ditindak/ })).toBeVisible();
    await lead.page.keyboard.press("l");
    const list = lead.page.getByRole("dialog", { name: "Perlu ditindak" });
    await expect(list.getByRole("listitem")).toHaveCount(2);
    await expect(list.getByRole("listitem").first(), "the more urgent incident first").toContainText(fire["number"]);
    await expect(list.getByRole("listitem").first()).toContainText("Koordinator diberi tahu");
    await expect(list.getByRole("button", { name: "Telepon" }).first()).toBeFocused();
    await expectAccessible(lead.page, "supervisor, what needs a hand");
    await look(lead.page, "watch_list");
    await lead.page.keyboard.press("ArrowDown");
    await lead.page.keyboard.press("Enter");
    await expect(list).toBeHidden();
    await expect(lead.page.getByRole("article", { name: `Kejadian ${tree["number"]}` })).toBeVisible();
    await expect(lead.page.getByLabel("Nama petugas yang menerima")).toBeFocused();

    // The deliveries unfold with one key.
    await lead.page.keyboard.press("Escape");
    await lead.page.keyboard.press("h");
    const history = lead.page.getByRole("region", { name: "Penugasan BPBD" });
    await expect(history).toContainText("Meja instansi");
    await expect(history).toContainText("Kode balas pesan:");
    await look(lead.page, "deliveries");
    await desk.leave();
    await lead.leave();
  });
});
