// The deliveries of a dispatch as they are read: by contact, the agency itself first, each with its sign. Pure.

import type { Delivery, DeliveryState, DispatchView } from "../generated/protocol";

export interface ContactLines {
  contact: string;
  lines: Delivery[];
  sign: (one: Delivery) => string;
}

const SIGNS: Record<DeliveryState, string> = {
  pending: "…",
  sent: "→",
  delivered: "✓",
  seen: "✓✓",
  unknown: "?",
  failed: "✕",
  dropped: "–",
};

export function byContact(dispatch: Pick<DispatchView, "agency" | "deliveries">): ContactLines[] {
  const groups = new Map<string, Delivery[]>();
  for (const one of dispatch.deliveries) groups.set(one.contact, [...(groups.get(one.contact) ?? []), one]);
  return [...groups]
    .sort(([a], [b]) => Number(b === dispatch.agency) - Number(a === dispatch.agency))
    .map(([contact, lines]) => ({
      contact,
      lines: [...lines].sort((a, b) => a.wording - b.wording || a.channel.localeCompare(b.channel)),
      sign: (one) => SIGNS[one.state],
    }));
}

/** When somebody first opened one of its messages (epoch µs). */
export function seenAt(dispatch: Pick<DispatchView, "deliveries">): number | null {
  const all = dispatch.deliveries.map((one) => one.seen_at).filter((at) => at !== undefined && at !== null);
  return all.length === 0 ? null : Math.min(...all);
}
