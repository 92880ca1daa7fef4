// A number that is misused waits a little, in sight and for a while; a fire from it never does.
import { expect } from "@playwright/test";
import { expectAccessible } from "../support/axe.ts";
import { Api } from "../support/api.ts";
import { Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const REPORTER = { phone: "+6281234567890" };

test("a contact put behind is marked and behind, a fire from it is not, and one key takes it back", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const silent = await api.report("halo", { reporter: REPORTER });
  await api.post(`reports/${silent}/outcome`, { outcome: "ghost" });
  await api.report("pesan bakso satu", { reporter: REPORTER });
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  const rows = page.getByRole("listbox", { name: "Antrean" }).getByRole("group", { name: "Menunggu" }).getByRole("option");

  await page.keyboard.press("j");
  const report = page.getByRole("article", { name: /^Laporan / });
  const contact = report.getByRole("region", { name: "Kontak" });
  await expect(contact).toContainText("1x hari ini, 1 diam");
  await page.keyboard.press("F9");
  await expect(report).toContainText("Prank");
  await page.keyboard.press("b");
  const form = report.getByRole("group", { name: "Tunda kontak" });
  await expect(form.getByRole("radio", { name: "di belakang yang sama prioritasnya" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(form.getByRole("radio", { name: "paling belakang, kecuali darurat" })).toBeChecked();
  await expect(form.getByLabel("Selama (jam)")).toHaveValue("24");
  await expectAccessible(page, "operator, a contact to be put behind");
  await page.keyboard.press("Control+Enter");
  await expect(contact).toContainText(/Kontak ini ditunda s\.d\. .* oleh operator/);

  // The next one, and after it somebody else with as little: the later one stands before.
  const held = await api.post("reports", { channel: "phone", text: "mau tanya jadwal samsat keliling", reporter: REPORTER });
  const other = await api.post("reports", { channel: "phone", text: "mau tanya jadwal samsat keliling", reporter: { phone: "+6281200000001" } });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(other["report"].number);
  await expect(rows.last()).toContainText(held["report"].number);
  await expect(rows.last()).toContainText("ditunda s.d.");
  await expect(rows.first()).not.toContainText("ditunda");
  await expect(page.getByText("Ditunda · 1")).toBeVisible();

  // Who writes the next report sees it too, from the number alone.
  await page.keyboard.press("F2");
  await page.getByLabel("Nomor telepon").focus();
  await page.keyboard.type("0812-3456-7890");
  await expect(page.getByRole("form", { name: "Laporan baru" }).getByRole("status", { name: "Kontak" })).toContainText("1 diam, 1 prank");
  await page.keyboard.press("Escape");

  const fire = await api.post("reports", { channel: "phone", text: "kebakaran rumah, api besar, ada orang di dalam", reporter: REPORTER });
  await expect(rows.first(), "within a second of the answer").toContainText(fire["report"].number, { timeout: 1_000 });
  await expect(rows.first()).toContainText("P1");

  await rows.last().click();
  await expect(page.getByRole("article", { name: `Laporan ${held["report"].number}` })).toBeVisible();
  await page.keyboard.press("m");
  await expect(rows.filter({ hasText: "ditunda" })).toHaveCount(0);
  await expect(report.getByRole("region", { name: "Kontak" })).not.toContainText("ditunda");
  await desk.leave();
});
