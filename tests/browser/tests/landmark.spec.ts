// What people call a place is on no map: kept by one person with two keys, found by the next caller's words;
// put right and taken away as easily.
import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { expectAccessible } from "../support/axe.ts";
import { Person } from "../support/people.ts";
import { test } from "../support/test.ts";

test("a landmark kept by keyboard is the place of the next call that names it", async ({ browser, server }) => {
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  const form = page.getByRole("form", { name: "Laporan baru" });
  const place = form.getByLabel("Lokasi menurut pelapor");
  const words = form.getByLabel("Isi laporan");
  const state = form.locator("#place-state");
  const position = form.locator("#place-point");
  const kept = page.getByRole("group", { name: "Simpan patokan" });
  const places = page.getByRole("region", { name: "Saran", exact: true }).getByRole("region", { name: "Kemungkinan lokasi" });

  await page.keyboard.press("F2");
  await expect(place).toBeFocused();
  await page.keyboard.press("Shift+F3");
  await expect(page.getByText("Pilih titik lokasinya dahulu")).toBeVisible();
  await expect(kept).toBeHidden();

  // A street gives the point; the caller's words give the name.
  await page.keyboard.type("belakang warung mbok sumirah, Jl Dhoho");
  await expect(places).toContainText("Dhoho");
  await page.keyboard.press("F3");
  await expect(form.getByRole("button", { name: "Simpan patokan" })).toBeVisible();
  await words.focus();
  await page.keyboard.type("asap tebal");
  await page.keyboard.press("Shift+F3");
  const name = kept.getByLabel("Nama patokan");
  await expect(name).toBeFocused();
  await expect(name).toHaveValue("Warung Mbok Sumirah");
  await expect(kept, "the middle of a street is not where the stall stands").toContainText("hanya kira-kira");
  await expectAccessible(page, "operator, a landmark being kept");

  // Escape closes the small form only, and the words go on where they were.
  await page.keyboard.press("Escape");
  await expect(kept).toBeHidden();
  await expect(words).toBeFocused();
  await page.keyboard.type(" sekali");
  await expect(words).toHaveValue("asap tebal sekali");

  await page.keyboard.press("Shift+F3");
  await expect(name).toBeFocused();
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  await expect(kept.getByRole("alert")).toContainText("Isi namanya");
  await page.keyboard.type("Warung Mbok Sumirah");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Patokan “Warung Mbok Sumirah” tersimpan untuk telepon berikutnya")).toBeVisible();
  await expect(kept).toBeHidden();
  await expect(words).toBeFocused();
  const point = (await position.textContent()) ?? "none";

  // In the detail it is the same key; the name is as the caller said it.
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("article", { name: /^Laporan / })).toContainText(point);
  await page.keyboard.press("Shift+F3");
  await expect(name).toHaveValue("Warung Mbok Sumirah");
  await page.keyboard.press("Escape");
  await expect(kept).toBeHidden();

  // The next caller names it in the middle of a sentence.
  await page.keyboard.press("F2");
  await words.focus();
  await page.keyboard.type("asap di belakang warung mbok sumirah");
  await expect(state, "within a second of the pause").toContainText("Warung Mbok Sumirah", { timeout: 1_000 });
  await expect(places.getByRole("button").first()).toHaveAccessibleName(/Warung Mbok Sumirah/);
  await page.keyboard.press("F3");
  await expect(place).toBeFocused();
  await page.keyboard.press("F3");
  await expect(state).toContainText("Warung Mbok Sumirah");
  await expect(position).toHaveText(point);
  await desk.leave();
});

test("an added landmark is renamed and removed by keyboard, and another's is not removed", async ({ browser, server }) => {
  const desk = await Person.logIn(browser, server.base, "operator");
  const { page } = desk;
  const form = page.getByRole("form", { name: "Laporan baru" });
  const kept = page.getByRole("group", { name: "Simpan patokan" });
  const list = kept.getByRole("region", { name: "Tempat yang ditambahkan" });

  const supervisor = await Api.logIn(server.base, "supervisor");
  await supervisor.post("landmarks", { name: "Gapura Pengawas", lat: -7.8401, lon: 112.0312 });
  await page.keyboard.press("F2");
  await expect(form.getByLabel("Lokasi menurut pelapor")).toBeFocused();
  await page.keyboard.type("Jl Dhoho");
  await expect(page.getByRole("region", { name: "Kemungkinan lokasi" })).toContainText("Dhoho");
  await page.keyboard.press("F3");
  await page.keyboard.press("Shift+F3");
  const name = kept.getByLabel("Nama patokan");
  await expect(name).toBeFocused();

  await page.keyboard.type("Warung Mbok Salah");
  await page.keyboard.press("Enter");
  await expect(kept).toBeHidden();

  await page.keyboard.press("Shift+F3");
  await expect(name).toBeFocused();
  await kept.getByRole("button", { name: "Tempat yang ditambahkan" }).press("Enter");
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByRole("listitem").first(), "the nearest first").toContainText("Warung Mbok Salah");
  // What the form's foot covers while it is scrolled there is no fault of the list.
  await form.locator("#report-type").evaluate((field) => field.scrollIntoView({ block: "center" }));
  await expectAccessible(page, "operator, the added landmarks");

  const rename = list.getByRole("button", { name: "Ubah: Warung Mbok Salah" });
  await rename.press("Enter");
  const field = list.getByLabel("Nama baru");
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(rename, "Escape leaves the entry, not the form").toBeFocused();
  await rename.press("Enter");
  await expect(field).toBeFocused();
  await page.keyboard.type("Warung Mbok Benar");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Patokan “Warung Mbok Benar” diperbarui")).toBeVisible();
  await expect(list.getByRole("button", { name: "Ubah: Warung Mbok Benar" })).toBeFocused();

  await list.getByRole("button", { name: "Hapus: Gapura Pengawas" }).press("Enter");
  await expect(list.getByRole("alert")).toContainText("Hanya yang menambahkannya atau pengawas");
  await list.getByRole("button", { name: "Hapus: Warung Mbok Benar" }).press("Enter");
  await expect(list.getByRole("button", { name: "Ya, hapus" }), "never by one key alone").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Patokan “Warung Mbok Benar” dihapus")).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(kept).toBeHidden();

  const understood = await supervisor.post("triage", { text: "asap di belakang warung mbok benar" });
  expect(understood["place"].label, "the next caller's words find nothing").toBeNull();
  await desk.leave();
});
