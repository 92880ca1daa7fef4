// The way of a report, by two people: the operator at a desk, the fire brigade's officer with a phone.
import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

const TEXT = "Rumah terbakar, api besar, ada orang di dalam";

async function writeReport(page: Page): Promise<void> {
  await page.keyboard.press("F2");
  const form = page.getByRole("form", { name: "Laporan baru" });
  await expect(form.getByLabel("Lokasi menurut pelapor")).toBeFocused();
  await page.keyboard.type("Jl Dhoho");
  await form.getByLabel("Isi laporan").focus();
  await page.keyboard.type(TEXT, { delay: 5 });
  await page.keyboard.press("Tab");
  await expect(form.getByLabel("Nomor telepon")).toBeFocused();
  await page.keyboard.type("081200000000");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Bu Contoh");
}

test("a fire goes from the caller's words to the end, by keyboard, live on both screens", async ({ browser, server }) => {
  const desk = await Person.logIn(browser, server.base, "operator");
  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);
  const queue = desk.page.getByRole("listbox", { name: "Antrean" });
  const inbox = brigade.page.getByRole("listbox", { name: "Penugasan" });
  await expect(brigade.page.getByText("Belum ada penugasan.")).toBeVisible();

  await writeReport(desk.page);
  const suggestions = desk.page.getByRole("region", { name: "Saran", exact: true });
  await expect(suggestions.getByRole("region", { name: "Jenis dan prioritas" })).toContainText("Kebakaran");
  await expect(suggestions.getByRole("region", { name: "Instansi yang berwenang" })).toContainText("DAMKAR");

  await desk.page.keyboard.press("Control+Enter");
  const report = desk.page.getByRole("article", { name: /^Laporan / });
  await expect(report).toContainText(TEXT);
  await expect(report).toContainText("0812-0000-0000");
  await expect(queue.getByRole("group", { name: "Menunggu" }).getByRole("option")).toHaveCount(1);

  await report.getByRole("button", { name: "Jadikan kejadian" }).focus();
  await desk.page.keyboard.press("Enter");
  await expect(report.getByRole("group", { name: "Jadikan kejadian" }).getByLabel("Jenis")).toHaveValue(/^fire/);
  await desk.page.keyboard.press("Control+Enter");
  const incident = desk.page.getByRole("article", { name: /^Kejadian / });
  await expect(incident).toContainText("Kebakaran");
  const waiting = queue.getByRole("group", { name: "Menunggu" }).getByRole("option");
  await expect(waiting, "an incident nobody has still waits").toContainText("belum ada yang menangani");

  const forward = incident.getByRole("group", { name: "Teruskan ke instansi" });
  await expect(forward.getByRole("checkbox", { name: /^DAMKAR / })).toBeChecked();
  await desk.page.keyboard.press("Control+Enter");
  const card = incident.getByRole("region", { name: "Penugasan DAMKAR" });
  await expect(card.locator("header")).toContainText("sampai");
  await expect(queue.getByRole("group", { name: "Ditangani" }).getByRole("option")).toContainText(/DAMKAR belum terima 00:\d\d/);
  await expect(waiting).toHaveCount(0);

  // On the phone it came by itself.
  const row = inbox.getByRole("option");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Kebakaran");
  await row.click();
  const task = brigade.page.getByRole("article", { name: /^Penugasan / });
  await expect(task).toContainText(TEXT);
  await expect(task, "an agency does not see who reported").not.toContainText("Bu Contoh");
  const answer = brigade.page.getByRole("group", { name: "Jawaban" });
  for (const [act, state] of [
    ["Terima", "diterima"],
    ["Sanggupi", "sanggup"],
    ["Berangkat", "menuju"],
    ["Di lokasi", "di lokasi"],
    ["Selesai", "selesai"],
  ] as const) {
    await answer.getByRole("button", { name: act, exact: true }).click();
    await expect(task).toContainText(state);
    await expect(card.locator("header"), `the desk sees ${state}`).toContainText(state);
    await expect(answer.getByRole("button", { name: act, exact: true })).toHaveAttribute("aria-disabled", "true");
  }

  await desk.page.keyboard.press("F12");
  await expect(incident.getByRole("group", { name: "Tutup kejadian" }).getByRole("radio", { name: "Tertangani" })).toBeFocused();
  await desk.page.keyboard.press("Control+Enter");
  await expect(incident).toContainText("Ditutup");
  await expect(queue.getByRole("group", { name: "Selesai 24 jam" }).getByRole("option")).not.toHaveCount(0);
  await expect(queue.getByRole("group", { name: "Ditangani" }).getByRole("option")).toHaveCount(0);

  const api = await Api.logIn(server.base, "operator");
  expect((await api.get("reports"))["items"]).toHaveLength(1);
  const incidents = (await api.get("incidents"))["items"];
  expect(incidents.map((one: { state: string }) => one.state)).toEqual(["closed"]);
  expect((await api.get("dispatches"))["items"]).toHaveLength(1);
  await desk.leave();
  await brigade.leave();
});

test("an agency rejects with a reason and the desk reads it at once", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const opened = await api.incident([await api.report("Ular masuk rumah", { place_text: "Pojok" })], "animal_snake", 3);
  const desk = await Person.logIn(browser, server.base, "operator");
  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);

  await desk.page.getByRole("listbox", { name: "Antrean" }).focus();
  await desk.page.keyboard.press("ArrowDown");
  const incident = desk.page.getByRole("article", { name: `Kejadian ${opened["number"]}` });
  await expect(incident).toBeVisible();
  await expect(incident.getByRole("checkbox", { name: /^DAMKAR / })).toBeVisible();
  await desk.page.keyboard.press("F6");
  await expect(incident.getByRole("checkbox", { name: /^DAMKAR / })).toBeFocused();
  await expect(incident.getByRole("checkbox", { name: /^DAMKAR / })).toBeChecked();
  await desk.page.keyboard.press("Control+Enter");

  await brigade.page.getByRole("option", { name: /Ular/ }).click();
  await brigade.page.getByRole("button", { name: "Tolak", exact: true }).click();
  const dialog = brigade.page.getByRole("dialog");
  const send = dialog.getByRole("button", { name: "Kirim penolakan" });
  await expect(send, "no rejection without a reason").toBeDisabled();
  await dialog.getByLabel("Alasan").fill("Semua armada sedang bertugas");
  await send.click();

  const card = incident.getByRole("region", { name: "Penugasan DAMKAR" });
  await expect(card.locator("header")).toContainText("ditolak");
  await expect(card).toContainText("Semua armada sedang bertugas");
  await desk.leave();
  await brigade.leave();
});

test("a prank is closed with one key", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  await api.report("halo halo tes");
  const desk = await Person.logIn(browser, server.base, "operator");
  await desk.page.keyboard.press("j");
  await expect(desk.page.getByRole("article", { name: /^Laporan / })).toBeVisible();
  const started = Date.now();
  await desk.page.keyboard.press("F9");
  await expect(desk.page.getByRole("group", { name: "Menunggu" }).getByRole("option")).toHaveCount(0);
  expect(Date.now() - started, "a one-key outcome takes under 2 s").toBeLessThan(2_000);
  expect((await api.get("reports"))["items"][0].outcome).toBe("prank");
  await desk.leave();
});
