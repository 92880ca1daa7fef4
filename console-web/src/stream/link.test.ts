import { describe, expect, it } from "vitest";
import type { ServerMessage, UnitPosition, View } from "../generated/protocol";
import { reconnectDelayMs } from "./backoff";
import { ATTEMPT_MS, SILENCE_MS, StreamLink } from "./link";
import { unit } from "../state/samples";
import type { Area, LinkStatus, SocketEvents } from "./world";

/** A link in a world whose clock and socket the test holds. */
function room() {
  let nowMs = 1_000_000;
  let timers: Array<{ atMs: number; act: () => void }> = [];
  const sockets: Array<{ events: SocketEvents; sent: string[]; closed: boolean }> = [];
  const told = { replaced: [] as View[][], applied: [] as View[][], statuses: [] as LinkStatus[], reached: [] as number[], positions: [] as UnitPosition[][] };
  const link = new StreamLink(
    {
      nowMs: () => nowMs,
      random: () => 1,
      after: (ms, act) => {
        const timer = { atMs: nowMs + ms, act };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
      open: (events) => {
        const socket = { events, sent: [] as string[], closed: false };
        sockets.push(socket);
        return { send: (text) => socket.sent.push(text), close: () => (socket.closed = true) };
      },
    },
    {
      replace: (items) => told.replaced.push(items),
      apply: (items) => told.applied.push(items),
      status: (status) => told.statuses.push(status),
      reached: (seq) => told.reached.push(seq),
      positions: (units) => told.positions.push(units),
    },
  );
  const newest = () => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  };
  return {
    link,
    told,
    sockets,
    newest,
    say: (message: ServerMessage) => newest().events.said(JSON.stringify(message)),
    hello: () => JSON.parse(newest().sent[0] ?? "null") as unknown,
    said: () => newest().sent.slice(1).map((text) => JSON.parse(text) as unknown),
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of timers.filter((one) => one.atMs <= nowMs)) {
        timers = timers.filter((one) => one !== timer);
        timer.act();
      }
    },
    /** Connects as far as the welcome. */
    live(epoch = "e1") {
      if (link.status.phase === "idle") link.start();
      newest().events.opened();
      this.say(welcome(epoch));
    },
  };
}

const welcome = (epoch: string): ServerMessage => ({
  type: "welcome",
  protocol: 1,
  epoch,
  head_seq: 5,
  server_time: 1_000_000_000,
  drill: false,
});
const view = (id: string, version = 1): View => ({ kind: "unit", ...unit(id, { version }) });
const snapshot = (seq: number, part: number, parts: number, items: View[]): ServerMessage => ({
  type: "snapshot",
  seq,
  part,
  parts,
  items,
});
const changes = (seq: number, items: View[]): ServerMessage => ({
  type: "changes",
  seq,
  received_at: 1,
  committed_at: 1,
  items,
});
const tick: ServerMessage = { type: "tick", head_seq: 5, server_time: 1_000_000_000, surge: 0 };

describe("the first connection", () => {
  it("greets without a position and waits for the welcome", () => {
    const one = room();
    one.link.start();
    one.newest().events.opened();
    expect(one.hello()).toEqual({ type: "hello", protocol: 1, connection_count: 1 });
    expect(one.link.status.phase).toBe("greeting");
    one.say(welcome("e1"));
    expect(one.link.status).toMatchObject({ phase: "live", trust: "fresh", loaded: false });
  });

  it("counts nothing before the welcome, so that a mute server runs into the limit", () => {
    const one = room();
    one.link.start();
    one.newest().events.opened();
    one.say(tick);
    one.pass(ATTEMPT_MS);
    expect(one.link.status).toMatchObject({ phase: "waiting", trust: "lost" });
  });
});

describe("snapshot parts", () => {
  it("are swapped in at once, when the last has come", () => {
    const one = room();
    one.live();
    one.say(snapshot(7, 1, 2, [view("a")]));
    expect(one.told.replaced).toEqual([]);
    one.say(changes(8, [view("a", 2)]));
    one.say(snapshot(7, 2, 2, [view("b")]));
    expect(one.told.replaced.map((items) => items.map((item) => `${item.id}${item.version}`))).toEqual([["a1", "a2", "b1"]]);
    expect(one.link.cursor).toEqual({ epoch: "e1", seq: 7 });
    expect(one.link.status.loaded).toBe(true);
  });

  it("with one missing are given up for a new connection", () => {
    const one = room();
    one.live();
    one.say(snapshot(7, 1, 3, []));
    one.say(snapshot(7, 3, 3, []));
    expect(one.link.status.phase).toBe("waiting");
    expect(one.told.replaced).toEqual([]);
  });
});

describe("changes", () => {
  it("move the position ahead over a gap, and never back for a double", () => {
    const one = room();
    one.live();
    one.say(snapshot(5, 1, 1, []));
    one.say(changes(9, [view("a")]));
    one.say(changes(9, [view("a")]));
    one.say(changes(6, [view("a")]));
    expect(one.link.cursor).toEqual({ epoch: "e1", seq: 9 });
    expect(one.told.applied).toHaveLength(3);
    expect(one.told.reached).toEqual([5, 9, 9, 9]);
  });

  it("that cannot be read are passed over", () => {
    const one = room();
    one.live();
    one.newest().events.said("{");
    one.newest().events.said("7");
    expect(one.link.status.phase).toBe("live");
  });
});

describe("coming back", () => {
  it("resumes where it stood and says why it went", () => {
    const one = room();
    one.live();
    one.say(snapshot(5, 1, 1, []));
    one.newest().events.closed(4008);
    expect(one.link.status).toMatchObject({ phase: "waiting", trust: "lost" });
    one.pass(500);
    one.newest().events.opened();
    expect(one.hello()).toEqual({
      type: "hello",
      protocol: 1,
      connection_count: 2,
      resume: { epoch: "e1", seq: 5 },
      last_close_reason: "4008",
    });
  });

  it("to another epoch forgets the position, and the snapshot sets the new one", () => {
    const one = room();
    one.live();
    one.say(snapshot(500, 1, 1, []));
    one.newest().events.closed(1006);
    one.pass(500);
    one.live("e2");
    expect(one.link.cursor).toBeNull();
    one.say(snapshot(3, 1, 1, [view("b")]));
    expect(one.link.cursor).toEqual({ epoch: "e2", seq: 3 });
    expect(one.told.replaced).toHaveLength(2);
  });

  it("happens at once when the network is back", () => {
    const one = room();
    one.live();
    one.newest().events.closed(1006);
    const before = one.sockets.length;
    one.link.online();
    expect(one.sockets.length).toBe(before + 1);
  });

  it("does not happen after a code that says stop", () => {
    const one = room();
    one.live();
    one.newest().events.closed(4501);
    expect(one.link.status).toMatchObject({ phase: "stopped", stopCode: 4501 });
    one.pass(60_000);
    expect(one.sockets).toHaveLength(1);
  });
});

describe("silence", () => {
  it("of 12 seconds is stale and tries anew; a failed try is lost", () => {
    const one = room();
    one.live();
    one.pass(SILENCE_MS - 1);
    expect(one.link.status.trust).toBe("fresh");
    one.pass(1);
    expect(one.link.status).toMatchObject({ trust: "stale", phase: "connecting" });
    expect(one.sockets[0]?.closed).toBe(true);
    one.pass(ATTEMPT_MS);
    expect(one.link.status.trust).toBe("lost");
  });

  it("is broken by a tick, which also tells how many surges wait", () => {
    const one = room();
    one.live();
    one.pass(SILENCE_MS - 1);
    one.say({ ...tick, surge: 2 });
    one.pass(SILENCE_MS - 1);
    expect(one.link.status).toMatchObject({ trust: "fresh", surge: 2 });
  });

  it("of an old connection cannot speak for the new one", () => {
    const one = room();
    one.live();
    const old = one.newest();
    one.pass(SILENCE_MS);
    old.events.said(JSON.stringify(changes(99, [])));
    old.events.closed(1006);
    expect(one.link.status).toMatchObject({ trust: "stale", phase: "connecting" });
    expect(one.link.cursor).toBeNull();
  });
});

describe("the pause before a new try", () => {
  it("doubles from half a second to eight, spread over its upper half", () => {
    const longest = [0, 1, 2, 3, 4, 5, 50].map((attempt) => reconnectDelayMs(attempt, 1));
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
    expect(reconnectDelayMs(0, 0)).toBe(250);
    expect(reconnectDelayMs(9, 0)).toBe(4_000);
  });
});

describe("positions", () => {
  const WEST: Area = [111.9, -7.9, 112, -7.7];
  const EAST: Area = [112, -7.9, 112.1, -7.7];
  const units: UnitPosition[] = [{ id: "damkar-1", lat: -7.8, lon: 112, accuracy_m: 5, at: 7 }];

  it("come for the part of the map that is shown, and move no cursor", () => {
    const one = room();
    one.live();
    one.say(snapshot(5, 1, 1, []));
    one.link.look(WEST);
    one.link.look([...WEST]);
    one.say({ type: "positions", units });
    one.link.look(null);
    expect(one.said()).toEqual([
      { type: "look", area: WEST },
      { type: "look", area: null },
    ]);
    expect(one.told.positions).toEqual([units]);
    expect(one.link.cursor?.seq).toBe(5);
    expect(one.told.applied).toEqual([]);
  });

  it("are asked for with the hello of every connection", () => {
    const one = room();
    one.link.look(WEST);
    one.live();
    expect(one.hello()).toMatchObject({ type: "hello", look: WEST });
    expect(one.said()).toEqual([]);
    one.newest().events.closed(4000);
    one.link.look(EAST);
    one.pass(60_000);
    one.live();
    expect(one.hello()).toMatchObject({ type: "hello", look: EAST });
    expect(one.said()).toEqual([]);
  });

  it("are asked for anew when the map was moved before the welcome", () => {
    const one = room();
    one.link.look(WEST);
    one.link.start();
    one.newest().events.opened();
    one.link.look(EAST);
    expect(one.said()).toEqual([]);
    one.say(welcome("e1"));
    expect(one.said()).toEqual([{ type: "look", area: EAST }]);
  });
});
