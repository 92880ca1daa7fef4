import { expect, it } from "vitest";
import { Outbox, type Task, type Unsent } from "./outbox";

const STEP: Task = { what: "step", dispatch: "d", act: "acknowledge", body: {} };

/** An outbox in a world whose clock, link and memory the test holds. */
function field(kept: Unsent[] = []) {
  const timers: Array<{ atMs: number; act: () => void }> = [];
  const world = {
    nowMs: 1_000,
    keys: 0,
    posted: [] as string[],
    saved: kept as readonly Unsent[],
    /** What the next posts meet: nothing is success. */
    meets: [] as Array<{ again: boolean } | null>,
  };
  const outbox = new Outbox({
    post: async (one) => {
      world.posted.push(one.key);
      const met = world.meets.shift();
      if (met) throw met;
    },
    judge: (failure) => ({ again: (failure as { again: boolean }).again, words: "sebab" }),
    nowMs: () => world.nowMs,
    newKey: () => `key-${(world.keys += 1)}`,
    after: (ms, act) => {
      const timer = { atMs: world.nowMs + ms, act };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
    load: () => [...kept],
    save: (list) => (world.saved = list),
    changed: () => undefined,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    world,
    outbox,
    settle,
    states: () => outbox.list.map((one) => one.state),
    async pass(ms: number) {
      world.nowMs += ms;
      for (const timer of timers.filter((one) => one.atMs <= world.nowMs)) {
        timers.splice(timers.indexOf(timer), 1);
        timer.act();
      }
      await settle();
    },
  };
}

it("is empty once the server has the act", async () => {
  const { outbox, world, settle, states } = field();
  outbox.add(STEP, "KDR-1");
  expect(states(), "until then it is on its way").toEqual(["sending"]);
  await settle();
  expect(states()).toEqual([]);
  expect(world.posted).toEqual(["key-1"]);
  expect(world.saved).toEqual([]);
});

it("keeps what did not get through, and sends it again with the key it had", async () => {
  const { outbox, world, settle, states, pass } = field();
  world.meets = [{ again: true }, { again: true }, null];
  outbox.add(STEP, "KDR-1");
  await settle();
  expect(states()).toEqual(["waiting"]);
  expect(world.saved.map((one) => one.key)).toEqual(["key-1"]);
  await pass(999);
  expect(world.posted).toHaveLength(1);
  await pass(1);
  expect(states()).toEqual(["waiting"]);
  await pass(2_000);
  expect(states()).toEqual([]);
  expect(world.posted).toEqual(["key-1", "key-1", "key-1"]);
});

it("does not sit out the pause when the link is back, and then not again", async () => {
  const { outbox, world, settle, states, pass } = field();
  world.meets = [{ again: true }, null];
  outbox.add(STEP, "KDR-1");
  await settle();
  outbox.wake();
  await settle();
  expect(states()).toEqual([]);
  await pass(60_000);
  expect(world.posted).toHaveLength(2);
});

it("shows what the server refused until a person has seen it, and never repeats it by itself", async () => {
  const { outbox, world, settle, states, pass } = field();
  world.meets = [{ again: false }];
  outbox.add(STEP, "KDR-1");
  await settle();
  expect(outbox.list.map((one) => [one.state, one.words])).toEqual([["refused", "sebab"]]);
  outbox.wake();
  await pass(60_000);
  expect(world.posted).toHaveLength(1);
  outbox.drop("key-1");
  expect(states()).toEqual([]);
});

it("takes back what a person does not want sent any more", async () => {
  const { outbox, world, settle, pass } = field();
  world.meets = [{ again: true }];
  outbox.add(STEP, "KDR-1");
  await settle();
  outbox.drop("key-1");
  await pass(60_000);
  expect(world.posted).toHaveLength(1);
});

it("goes on where a closed page stopped: with the same key, and its age from when it was pressed", async () => {
  const before: Unsent = { key: "old", task: STEP, about: "KDR-1", pressedAtMs: 5, state: "sending", attempts: 1, words: "" };
  const { outbox, world, settle, states } = field([before]);
  expect(outbox.list.map((one) => [one.state, one.pressedAtMs])).toEqual([["waiting", 5]]);
  outbox.wake();
  await settle();
  expect(world.posted).toEqual(["old"]);
  expect(states()).toEqual([]);
});

it("does not let one that waits hold up another", async () => {
  const { outbox, world, settle } = field();
  world.meets = [{ again: true }, null];
  outbox.add({ what: "photo", dispatch: "d", photo: new Blob() }, "KDR-1");
  outbox.add({ what: "help", dispatch: "d", body: {} }, "KDR-1");
  await settle();
  expect(outbox.list.map((one) => one.task.what)).toEqual(["photo"]);
});
