// The wire as the server writes it down: the golden messages of server/crates/protocol/tests/golden,
// which the server's own test decodes and encodes. Here they pass through the link and the view store,
// and every view in them is held against the generated types.

import { expect, it } from "vitest";
import {
  PROTOCOL_VERSION,
  type ClientMessage,
  type Problem,
  type ServerMessage,
  type UnitView,
  type View,
} from "../generated/protocol";
import { dispatch, incident, report } from "../state/samples";
import { PositionStore } from "../state/positions";
import { ViewStore } from "../state/views";
import { StreamLink } from "./link";
import type { SocketEvents } from "./world";

const FILES = import.meta.glob<unknown>("../../../server/crates/protocol/tests/golden/*.json", {
  eager: true,
  import: "default",
});

function golden<T extends ClientMessage | ServerMessage | Problem>(name: string): T {
  const found = Object.entries(FILES).find(([path]) => path.endsWith(`/${name}.json`));
  if (found === undefined) throw new Error(`there is no golden file ${name}`);
  return structuredClone(found[1]) as T;
}

const UNIT = {
  id: "u",
  version: 0,
  agency: "damkar",
  name: "u",
  unit_kind: "pumper",
  state: "available",
  since: null,
  dispatch: null,
  failed: null,
  note: null,
  lat: 0,
  lon: 0,
  station: null,
  crew: null,
  capabilities: [],
  on_duty_since: null,
  allowed_actions: [],
} satisfies UnitView;

/** A view of each kind that the compiler has checked: the golden ones must have the same fields. */
const TYPED: Record<View["kind"], View> = {
  report: report("r"),
  incident: incident("i"),
  dispatch: { kind: "dispatch", ...dispatch("d") },
  unit: { kind: "unit", ...UNIT },
};

/** A link whose socket the test holds, with what it sent and what it made of the messages. */
function desk() {
  const store = new ViewStore();
  const positions = new PositionStore();
  const sent: string[] = [];
  const sockets: SocketEvents[] = [];
  const link = new StreamLink(
    {
      nowMs: () => 1_795_288_387_000,
      random: () => 0,
      after: (_ms, act) => {
        later.push(act);
        return () => later.splice(later.indexOf(act), 1);
      },
      open: (events) => {
        sockets.push(events);
        return { send: (text) => sent.push(text), close: () => {} };
      },
    },
    { replace: (items) => store.replace(items), apply: (items) => store.apply(items), status: () => {}, reached: () => {}, positions: (units) => positions.apply(units) },
  );
  const later: Array<() => void> = [];
  const socket = () => {
    const newest = sockets.at(-1);
    if (newest === undefined) throw new Error("no socket was opened");
    return newest;
  };
  return {
    link,
    store,
    positions,
    socket,
    said: (index: number) => JSON.parse(sent[index] ?? "null") as unknown,
    hear: (name: string) => socket().said(JSON.stringify(golden(name))),
    /** Lets the pause before the next attempt be over. */
    comeBack: () => later.splice(0).forEach((act) => act()),
  };
}

it("begins with the hello that the server knows, and comes back with the one that resumes", () => {
  const one = desk();
  one.link.start();
  one.socket().opened();
  expect(one.said(0)).toEqual(golden("hello_fresh"));
  one.hear("welcome");
  one.hear("snapshot");
  one.socket().closed(4008);
  one.comeBack();
  one.socket().opened();
  expect(one.said(1)).toEqual(golden("hello_resume"));
});

it("folds the messages into the views they carry", () => {
  const one = desk();
  one.link.start();
  one.socket().opened();
  for (const name of ["welcome", "snapshot", "changes_report", "changes_unit", "changes_incident", "changes_dispatch", "tick"]) {
    one.hear(name);
  }
  expect(one.link.cursor?.seq).toBe(golden<Extract<ServerMessage, { type: "changes" }>>("changes_dispatch").seq);
  expect(one.store.reports.size).toBe(2);
  const [held] = one.store.dispatches.values();
  const of = one.store.incidents.get(held?.incident ?? "");
  expect(of?.number).toBe(held?.incident_number);
  expect([...(of?.reports ?? [])].every((id) => one.store.reports.has(id))).toBe(true);
  expect(one.store.units.get("damkar-1")?.dispatch).toBe(held?.id);
  expect(one.link.status).toMatchObject({ phase: "live", trust: "fresh", loaded: true, drill: false });
});

it("carries views with exactly the fields of the generated types", () => {
  const messages = Object.keys(FILES).map((path) => golden<ServerMessage>(path.replace(/^.*\/|\.json$/g, "")));
  const views = messages.flatMap((message) => ("items" in message ? message.items : []));
  expect(new Set(views.map((view) => view.kind))).toEqual(new Set(Object.keys(TYPED)));
  for (const view of views) {
    expect(Object.keys(view).sort(), view.kind).toEqual(Object.keys(TYPED[view.kind]).sort());
  }
});

it("says where it looks, and takes in where units are", () => {
  const one = desk();
  one.link.start();
  one.socket().opened();
  one.hear("welcome");
  const look: Extract<ClientMessage, { type: "look" }> = golden("look");
  one.link.look(look.area);
  one.link.look(null);
  expect([one.said(1), one.said(2)]).toEqual([look, golden("look_away")]);
  one.hear("positions");
  const told = golden<Extract<ServerMessage, { type: "positions" }>>("positions").units;
  expect(one.positions.all()).toEqual(told);
  expect(one.positions.of("psc119-1")?.accuracy_m).toBeNull();
});

it("names the protocol that this console speaks", () => {
  expect(golden<Extract<ServerMessage, { type: "welcome" }>>("welcome").protocol).toBe(PROTOCOL_VERSION);
});

it("tells a refusal by its code, with what is possible instead", () => {
  const problem: Problem = golden("problem");
  expect(problem.code).toBe("illegal_step");
  expect(problem.allowed).toContain("acknowledge");
  expect(golden<Problem>("problem_field").pointer).toBe("/location/lat");
});
