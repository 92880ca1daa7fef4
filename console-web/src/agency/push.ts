// Notices while no page is open: whether this browser can, what its person allowed, and telling the centre.

import type { CentreApi } from "../api/centre";

export type PushState = "unsupported" | "denied" | "off" | "on";

const WORKER = "/sw.js";

export async function pushState(): Promise<PushState> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration("/");
  const held = await registration?.pushManager.getSubscription();
  return held === null || held === undefined ? "off" : "on";
}

/** Asks the person, then the browser's push service, and tells the centre where to send. */
export async function turnPushOn(api: CentreApi, agency: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  const registration = await navigator.serviceWorker.ready;
  const { key } = await api.pushKey();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  if (endpoint === undefined || keys === undefined) throw new Error("the browser gave no address for notices");
  await api.takePush(agency, { endpoint, keys: { p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" } });
  return "on";
}

export async function turnPushOff(api: CentreApi, agency: string): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const held = await registration?.pushManager.getSubscription();
  if (held !== null && held !== undefined) {
    await api.dropPush(agency, held.endpoint);
    await held.unsubscribe();
  }
  return "off";
}
