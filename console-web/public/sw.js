// The console's service worker: shows that a dispatch has come while no page is open. A notice names number,
// priority and category, never a person or a place; a tap opens the agency's page. It keeps nothing and answers
// no request.

const PRIORITIES = { 1: "P1 KRITIS", 2: "P2 Mendesak", 3: "P3 Sedang", 4: "P4 Rendah" };
const CATEGORIES = {
  fire: "Kebakaran",
  traffic_accident: "Kecelakaan lalu lintas",
  medical: "Gawat darurat medis",
  natural_disaster: "Bencana alam",
  rescue: "Penyelamatan dan evakuasi",
  animal: "Gangguan binatang",
  public_order: "Gangguan kamtibmas",
  crime: "Tindak kriminal",
  mental_health: "ODGJ / percobaan bunuh diri",
  infrastructure: "Gangguan infrastruktur",
  complaint: "Aduan",
  information: "Permintaan informasi",
};
const NOTICES = { order: "", correction: "DIUBAH · ", withdrawal: "DIBATALKAN, jangan berangkat · ", information: "Pemberitahuan · " };
const PAGE = "/agency";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  event.waitUntil(show(read(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

/** What cannot be read still wakes the person: something has come. */
function read(data) {
  try {
    const told = data?.json();
    return typeof told === "object" && told !== null ? told : {};
  } catch {
    return {};
  }
}

function show(told) {
  const priority = PRIORITIES[told.priority] ?? "";
  const category = CATEGORIES[told.category] ?? "Penugasan";
  const title = `${NOTICES[told.notice] ?? ""}${priority} ${category}`.trim();
  return self.registration.showNotification(title, {
    body: typeof told.number === "string" ? told.number : "",
    // A newer notice of the same dispatch takes the place of the older one, and is heard again.
    tag: typeof told.dispatch === "string" ? told.dispatch : "kentongan",
    renotify: true,
    requireInteraction: told.priority === 1 || told.priority === 2,
    icon: "/favicon.svg",
  });
}

async function open() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === PAGE);
  if (page !== undefined) return page.focus();
  return self.clients.openWindow(PAGE);
}
