// A phone that sleeps is woken: the browser's push service is a stand-in, the rest is real.
import { createECDH, randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { Api } from "../support/api.ts";
import { look } from "../support/look.ts";
import { PHONE, Person } from "../support/people.ts";
import { test } from "../support/test.ts";

/** Chromium here reaches no push service: it gives this address and these keys instead. */
async function standIn(page: Page, keys: { p256dh: string; auth: string }): Promise<void> {
  await page.addInitScript((own) => {
    let held: object | null = null;
    const subscription = {
      endpoint: "https://push.example/phone-1",
      toJSON: () => ({ endpoint: "https://push.example/phone-1", expirationTime: null, keys: own }),
      unsubscribe: async () => {
        held = null;
        return true;
      },
    };
    PushManager.prototype.subscribe = async function (options) {
      sessionStorage.setItem("asked-with", String(options?.applicationServerKey));
      held = subscription;
      return subscription as unknown as PushSubscription;
    };
    PushManager.prototype.getSubscription = async () => held as PushSubscription | null;
  }, keys);
}

test("an agency turns notices on; one says number, priority and category, and nothing else", async ({ browser, server }) => {
  const ecdh = createECDH("prime256v1");
  const keys = { p256dh: ecdh.generateKeys("base64url"), auth: randomBytes(16).toString("base64url") };
  const api = await Api.logIn(server.base, "operator");
  const brigade = await Api.logIn(server.base, "damkar");
  const team = await Person.arrive(browser, server.base, PHONE);
  const { page } = team;
  await team.allow("notifications");
  await standIn(page, keys);
  await page.goto("/agency");
  await team.giveName("damkar");
  await expect(team.link).toHaveText("Tersambung");
  await page.getByRole("button", { name: "Alat" }).click();
  const push = page.getByRole("region", { name: "Pemberitahuan saat halaman tertutup" });
  await expect(push).toContainText("Mati.");
  await push.getByRole("button", { name: "Nyalakan pemberitahuan" }).click();
  await expect(push).toContainText("Menyala di perangkat ini.");
  await look(page, "phone_push");
  expect(await page.evaluate(() => sessionStorage.getItem("asked-with"))).toBe((await brigade.get("push-key"))["key"]);
  expect((await api.get("agencies/damkar/contacts"))["links"]).toContain("push");

  // What the push service would hand in.
  const chromium = await team.browserItself();
  const registrations: Array<{ registrationId: string }> = [];
  chromium.on("ServiceWorker.workerRegistrationUpdated", (event) => registrations.push(...event.registrations));
  await chromium.send("ServiceWorker.enable");
  await expect.poll(() => registrations.length).toBeGreaterThan(0);
  const wake = async (data: object | string): Promise<void> => {
    await chromium.send("ServiceWorker.deliverPushMessage", {
      origin: server.base,
      registrationId: registrations[0]?.registrationId ?? "",
      data: typeof data === "string" ? data : JSON.stringify(data),
    });
  };
  // Without a desktop Chromium shows no notice: the worker's own call to show one is what counts.
  const worker = await team.worker();
  await worker.evaluate(() => {
    const shown: object[] = [];
    Object.assign(self, { shown });
    const registration = (self as unknown as { registration: ServiceWorkerRegistration }).registration;
    registration.showNotification = async (title, options) => void shown.push({ title, body: options?.body, tag: options?.tag });
  });
  const shown = (): Promise<object[]> => worker.evaluate(() => (self as unknown as { shown: object[] }).shown);
  const told = { number: "KDR-261122-0042", priority: 1, category: "fire", agency: "damkar", notice: "order", dispatch: "d-1" };
  await wake(told);
  await expect.poll(shown).toEqual([{ title: "P1 KRITIS Kebakaran", body: "KDR-261122-0042", tag: "d-1" }]);
  await wake({ ...told, notice: "withdrawal" });
  await expect.poll(async () => (await shown()).at(-1), "by its tag it takes the older one's place").toEqual({
    title: "DIBATALKAN, jangan berangkat · P1 KRITIS Kebakaran",
    body: "KDR-261122-0042",
    tag: "d-1",
  });
  await wake("not readable");
  await expect.poll(async () => (await shown()).at(-1), "what cannot be read wakes, too").toEqual({ title: "Penugasan", body: "", tag: "kentongan" });

  await push.getByRole("button", { name: "Matikan pemberitahuan" }).click();
  await expect(push).toContainText("Mati.");
  expect((await api.get("agencies/damkar/contacts"))["links"]).not.toContain("push");
  await team.leave();
});

test("a browser without a push service says so, and nothing is called on", async ({ browser, server }) => {
  const api = await Api.logIn(server.base, "operator");
  const team = await Person.arrive(browser, server.base, PHONE);
  const { page } = team;
  await team.allow("notifications");
  await page.addInitScript(() => {
    PushManager.prototype.subscribe = () => Promise.reject(new DOMException("Registration failed - push service not available", "AbortError"));
  });
  await page.goto("/agency");
  await team.giveName("damkar");
  await page.getByRole("button", { name: "Alat" }).click();
  await page.getByRole("button", { name: "Nyalakan pemberitahuan" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "layanan pemberitahuan peramban tidak terjangkau" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Pemberitahuan saat halaman tertutup" })).toContainText("Mati.");
  expect((await api.get("agencies/damkar/contacts"))["links"]).toEqual([]);
  await team.leave();
});
