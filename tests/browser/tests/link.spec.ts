// The server dies without a word: no screen goes on as if nothing had happened, and nothing doubles. The desk
// sends nothing meanwhile; what a team in the field pressed waits in sight and goes out once.
import { expect } from "@playwright/test";
import { Api } from "../support/api.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

test("a killed server is seen, commands are refused, and all is as it was after its return", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const opened = await api.incident([await api.report("Pohon tumbang menutup jalan")], "infrastructure_fallen_tree", 2);
  await api.dispatch(opened["id"], "damkar");
  const desk = await Person.logIn(browser, server.base, "operator");
  const brigade = await Person.logIn(browser, server.base, "damkar", PHONE);
  const queue = desk.page.getByRole("listbox", { name: "Antrean" });
  await queue.focus();
  await desk.page.keyboard.press("ArrowDown");
  const incident = desk.page.getByRole("article", { name: `Kejadian ${opened["number"]}` });
  await expect(incident).toBeVisible();
  await brigade.page.getByRole("option", { name: new RegExp(opened["number"]) }).click();

  // A report half written stays through all of this.
  await desk.page.keyboard.press("F2");
  const text = desk.page.getByLabel("Isi laporan");
  await text.fill("Kabel listrik putus");

  for (const person of [desk, brigade]) person.expectOutage = true;
  await server.kill();
  for (const person of [desk, brigade]) await expect(person.link).toHaveText(/Basi|Terputus/);
  await expect(desk.page.getByRole("alert").filter({ hasText: "Sambungan terputus" })).toBeVisible();
  await expect(desk.page.getByRole("button", { name: "Simpan laporan" })).toHaveAttribute("aria-disabled", "true");
  const accept = brigade.page.getByRole("button", { name: "Terima", exact: true });
  const waits = brigade.page.getByRole("region", { name: "Belum terkirim" });
  await accept.click();
  await expect(waits).toContainText(/Terima.*ditekan 00:\d\d lalu/s);
  await text.focus();
  await desk.page.keyboard.press("Control+Enter");
  await expect(text, "the draft is kept").toHaveValue("Kabel listrik putus");

  await server.restart();
  for (const person of [desk, brigade]) {
    await expect(person.link).toHaveText("Tersambung", { timeout: 30_000 });
    person.expectOutage = false;
  }
  await expect(queue.getByRole("option"), "nothing doubled").toHaveCount(1);
  await expect(waits).toBeHidden();
  await expect(brigade.page.getByRole("article", { name: /^Penugasan / })).toContainText("diterima");
  expect((await api.get("dispatches"))["items"].map((one: { state: string }) => one.state)).toEqual(["acknowledged"]);
  expect((await api.get("reports"))["items"], "nothing was sent behind the operator's back").toHaveLength(1);

  await expect(text).toHaveValue("Kabel listrik putus");
  await text.focus();
  await desk.page.keyboard.press("Control+Enter");
  await expect(queue.getByRole("group", { name: "Menunggu" }).getByRole("option")).toHaveCount(1);
  expect((await api.get("reports"))["items"]).toHaveLength(2);
  await desk.leave();
  await brigade.leave();
});
