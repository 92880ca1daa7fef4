// An evening in the room, in own words: what the pictures show.
import type { Api } from "./api.ts";

interface Told {
  text: string;
  place: string;
  name?: string;
  phone?: string;
}

const WAITING: readonly Told[] = [
  { text: "Motor tabrakan sama mobil, pengendara luka di kepala, masih sadar", place: "Simpang Jl Hayam Wuruk", name: "Pak Contoh", phone: "+6281200000011" },
  { text: "Ada ular masuk dapur, lumayan besar", place: "Perumahan Rejomulyo Indah", name: "Bu Misal", phone: "+6281200000012" },
  { text: "Lampu jalan mati sudah tiga hari, gelap", place: "Jl Supriyadi", phone: "+6281200000013" },
  { text: "Halo? Halo?", place: "", phone: "+6281200000014" },
];

/** Fills the centre; the number of the incident worth looking at. */
export async function fillRoom(desk: Api, brigade: Api): Promise<string> {
  const told = async (one: Told): Promise<string> =>
    desk.report(one.text, {
      ...(one.place === "" ? {} : { place_text: one.place }),
      ...(one.phone === undefined ? {} : { reporter: { name: one.name ?? null, phone: one.phone } }),
    });
  const opened = async (one: Told, type: string, priority: number): Promise<{ id: string; number: string }> =>
    (await desk.incident([await told(one)], type, priority)) as { id: string; number: string };

  const closed = await opened({ text: "Sarang tawon di atap mushola", place: "Pasar Grosir Ngronggo" }, "animal_hornets", 3);
  await brigade.act(await desk.dispatch(closed.id, "damkar"), "acknowledge", "accept", "en-route", "on-scene", "complete");
  await desk.post(`incidents/${closed.id}/close`, {});
  const prank = await told({ text: "Pesan bakso satu", place: "" });
  await desk.post(`reports/${prank}/outcome`, { outcome: "prank" });

  const tree = await opened({ text: "Pohon tumbang menutup separuh jalan", place: "Jl Brawijaya" }, "infrastructure_fallen_tree", 3);
  await desk.dispatch(tree.id, "bpbd");
  const flood = await opened({ text: "Air masuk rumah setinggi lutut, ada lansia", place: "Jembatan Semampir" }, "natural_disaster_flood", 2);
  await desk.dispatch(flood.id, "bpbd");
  await desk.dispatch(flood.id, "psc119", "support");
  const brawl = await opened({ text: "Remaja tawuran bawa kayu", place: "Stadion Brawijaya" }, "public_order_brawl", 1);
  await desk.dispatch(brawl.id, "polres");
  const snake = await opened({ text: "Ular sanca di gudang beras", place: "Pasar Setono Betek" }, "animal_snake", 3);
  await desk.dispatch(snake.id, "damkar");

  const fire = await opened(
    { text: "Rumah terbakar, api sudah sampai atap, ada orang tua di dalam", place: "Jl Dhoho dekat Dhoho Plaza", name: "Bu Contoh", phone: "+6281200000015" },
    "fire_building",
    1,
  );
  const again = await told({ text: "Asap tebal, kebakaran rumah dekat plaza", place: "Jl Dhoho", phone: "+6281200000016" });
  await desk.post(`reports/${again}/outcome`, { outcome: "attached", incident: fire.id });
  await brigade.act(await desk.dispatch(fire.id, "damkar"), "acknowledge", "accept", "en-route");
  await desk.dispatch(fire.id, "psc119", "support");
  for (const one of WAITING) await told(one);
  return fire.number;
}
