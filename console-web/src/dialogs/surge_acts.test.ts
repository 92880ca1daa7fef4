import { expect, it } from "vitest";
import type { IncidentView, OpenIncident, SurgeProposal, View } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { incident, report } from "../state/samples";
import { ViewStore } from "../state/views";
import { confirmEvent } from "./surge_acts";

const proposal = (other: Partial<SurgeProposal>): SurgeProposal => ({
  category: "fire",
  type: null,
  priority: 1,
  since: 1,
  last: 2,
  contacts: 3,
  callers: 3,
  lat: null,
  lon: null,
  radius_m: null,
  place_words: [],
  waiting: [],
  incident: null,
  ...other,
});

/** A room that notes what is asked of the server; `refuses` fails every act. */
function room(views: View[], refuses = false) {
  const store = new ViewStore();
  store.apply(views);
  const opened: OpenIncident[] = [];
  const confirmed: string[] = [];
  const answer = (id: string) => ({ incident: incident(id) as IncidentView, seq: 1 });
  const acts: Array<{ label: string; words: string }> = [];
  const desk = {
    live: { report: (id: string) => store.reports.get(id), learn: () => {} },
    acts: {
      list: acts,
      run: async (label: string, act: () => Promise<unknown>) => {
        acts.push({ label, words: refuses ? "tidak bisa" : "" });
        return refuses ? null : act();
      },
    },
    api: {
      openIncident: async (body: OpenIncident) => {
        opened.push(body);
        return answer("opened");
      },
      markKnown: async (id: string) => {
        confirmed.push(id);
        return answer(id);
      },
    },
  };
  return { room: desk as unknown as Room, opened, confirmed };
}

it("confirms the incident that handles it", async () => {
  const desk = room([]);
  expect(await confirmEvent(desk.room, proposal({ incident: "i", waiting: ["a"] }))).toMatchObject({ done: true });
  expect([desk.opened, desk.confirmed]).toEqual([[], ["i"]]);
});

it("opens one from the first report that knows its place, and leaves the others to be heard", async () => {
  const [blank, placed] = [report("a"), report("b")];
  if (placed.kind === "report") placed.place = { ...placed.place, lat: 0, lon: 112 };
  const desk = room([blank, placed, report("c")]);
  expect(await confirmEvent(desk.room, proposal({ waiting: ["a", "b", "c"] }))).toMatchObject({ done: true });
  expect(desk.opened).toEqual([{ report_ids: ["b"], type: "fire", priority: 1 }]);
  expect(desk.confirmed).toEqual(["opened"]);
});

it("says why when it fails, and confirms nothing then", async () => {
  const refused = room([report("a")], true);
  expect(await confirmEvent(refused.room, proposal({ waiting: ["a"] }))).toEqual({ done: false, words: "tidak bisa" });
  const handled = room([]);
  expect(await confirmEvent(handled.room, proposal({}))).toMatchObject({ done: false });
  expect([...refused.confirmed, ...handled.confirmed]).toEqual([]);
});
