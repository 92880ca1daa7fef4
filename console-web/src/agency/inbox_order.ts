// The order of an agency's dispatches. Pure.

import type { DispatchView, Priority } from "../generated/protocol";

/** What nobody here knows yet: called off first, then the unanswered by priority and age; then the live ones;
 *  then the newest ended ones. */
export function inboxOrder(
  dispatches: readonly DispatchView[],
  priority: (incident: string) => Priority,
  endedShown: number,
  calledOff: (dispatch: DispatchView) => boolean = () => false,
): DispatchView[] {
  const off = dispatches.filter(calledOff);
  const live = dispatches.filter((one) => one.ended_at === null);
  const ended = dispatches.filter((one) => one.ended_at !== null && !off.includes(one));
  const unanswered = (one: DispatchView): number => Number(one.acknowledged_at === null);
  live.sort(
    (a, b) =>
      unanswered(b) - unanswered(a) ||
      priority(a.incident) - priority(b.incident) ||
      a.queued_at - b.queued_at,
  );
  const newest = (a: DispatchView, b: DispatchView): number => (b.ended_at ?? 0) - (a.ended_at ?? 0);
  return [...off.sort(newest), ...live, ...ended.sort(newest).slice(0, endedShown)];
}
