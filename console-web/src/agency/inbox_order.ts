// The order of an agency's dispatches. Pure.

import type { DispatchView, Priority } from "../generated/protocol";

/** Unanswered first, by priority then age; then the live ones; then the newest ended ones. */
export function inboxOrder(
  dispatches: readonly DispatchView[],
  priority: (incident: string) => Priority,
  endedShown: number,
): DispatchView[] {
  const live = dispatches.filter((one) => one.ended_at === null);
  const ended = dispatches.filter((one) => one.ended_at !== null);
  const unanswered = (one: DispatchView): number => Number(one.acknowledged_at === null);
  live.sort(
    (a, b) =>
      unanswered(b) - unanswered(a) ||
      priority(a.incident) - priority(b.incident) ||
      a.queued_at - b.queued_at,
  );
  ended.sort((a, b) => (b.ended_at ?? 0) - (a.ended_at ?? 0));
  return [...live, ...ended.slice(0, endedShown)];
}
