// The queue's rows: which view is a row, in which group it stands and where in the order. Reads
// states and places as the server gives them, knows no rule of its own and never foresees the next step.

import type { IncidentState, IncidentView, Priority, QueuePlace, ReportView } from "../generated/protocol";
import type { Touched, ViewStore } from "./views";

export const GROUPS = ["waiting", "active", "closed"] as const;
export type QueueGroup = (typeof GROUPS)[number];

export interface QueueRow {
  key: string;
  kind: "report" | "incident";
  id: string;
  group: QueueGroup;
  /** The priority it is shown with; in the order stands `queue.priority`. */
  priority: Priority;
  /** Where it stands in its group, as the server says. */
  queue: QueuePlace;
  /** Whether nobody has taken it up yet. */
  unacknowledged: boolean;
  /** Since when it stands here (epoch µs). */
  since: number;
}

export type Groups = Record<QueueGroup, QueueRow[]>;

/** The band of what must be heard. */
const BAND_HEARD = 0;
/** From this band on a row waits behind all else: it tells of a known event only, or was put last. */
const BAND_BEHIND = 3;
/** Above this many changed rows it is quicker to order everything anew. */
const FEW = 100;
const CLOSED_KEPT_US = 24 * 3_600 * 1_000_000;
const CLOSED: ReadonlySet<IncidentState> = new Set<IncidentState>([
  "closed",
  "merged",
  "false_report",
  "cancelled",
  "out_of_area",
]);

export function isClosed(state: IncidentState): boolean {
  return CLOSED.has(state);
}

/** Whether somebody must hear of a waiting row at once, by its priority's sound. */
export function mustBeHeard(row: QueueRow): boolean {
  return row.group === "waiting" && row.queue.band === BAND_HEARD;
}

/** Whether a row waits behind all that must be heard first. */
export function isBehind(row: QueueRow): boolean {
  return row.group === "waiting" && row.queue.band >= BAND_BEHIND;
}

/** A report is a row while it waits, and for a day when it ended without an incident. */
export function rowOfReport(report: ReportView): QueueRow | null {
  const row = {
    key: `report:${report.id}`,
    kind: "report" as const,
    id: report.id,
    priority: report.suggestion.priority,
    queue: report.queue,
  };
  if (report.state === "waiting")
    return { ...row, group: "waiting", unacknowledged: true, since: report.received_at };
  if (report.incident !== null) return null;
  return { ...row, group: "closed", unacknowledged: false, since: report.handled_at ?? report.received_at };
}

export function rowOfIncident(incident: IncidentView): QueueRow {
  const row = {
    key: `incident:${incident.id}`,
    kind: "incident" as const,
    id: incident.id,
    priority: incident.priority,
    queue: { band: 0, priority: incident.priority, shade: 0 },
  };
  if (isClosed(incident.state))
    return { ...row, group: "closed", unacknowledged: false, since: incident.closed_at ?? incident.opened_at };
  return {
    ...row,
    group: incident.state === "open" ? "waiting" : "active",
    unacknowledged: incident.acknowledged_at === null && incident.state !== "resolved",
    since: incident.opened_at,
  };
}

/** The server's place, then what nobody has taken up, then the oldest; closed ones newest first. */
export function compareRows(a: QueueRow, b: QueueRow): number {
  if (a.group === "closed" && b.group === "closed") return b.since - a.since || byKey(a, b);
  return (
    byPlace(a.queue, b.queue) ||
    Number(b.unacknowledged) - Number(a.unacknowledged) ||
    a.since - b.since ||
    byKey(a, b)
  );
}

function byPlace(a: QueuePlace, b: QueuePlace): number {
  return a.band - b.band || a.priority - b.priority || a.shade - b.shade;
}

function byKey(a: QueueRow, b: QueueRow): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** Keeps the ordered rows of a store, touching only what a batch touched. */
export class QueueRows {
  readonly #store: ViewStore;
  readonly #rows = new Map<string, QueueRow>();
  #groups: Groups = { waiting: [], active: [], closed: [] };

  constructor(store: ViewStore) {
    this.#store = store;
  }

  get groups(): Groups {
    return this.#groups;
  }

  row(key: string): QueueRow | undefined {
    return this.#rows.get(key);
  }

  refresh(touched: Touched): void {
    if (touched.all || touched.keys.size > FEW) this.#rebuild(touched);
    else for (const key of touched.keys) this.#move(key);
  }

  /** Lets go of closed rows older than a day. */
  age(nowUs: number): void {
    const kept = this.#groups.closed.filter((row) => row.since > nowUs - CLOSED_KEPT_US);
    if (kept.length === this.#groups.closed.length) return;
    const stay = new Set(kept.map((row) => row.key));
    for (const row of this.#groups.closed) if (!stay.has(row.key)) this.#rows.delete(row.key);
    this.#groups = { ...this.#groups, closed: kept };
  }

  #rebuild(touched: Touched): void {
    if (touched.all) this.#rows.clear();
    for (const key of touched.keys) {
      const row = this.#rowOf(key);
      if (row === null) this.#rows.delete(key);
      else this.#rows.set(key, row);
    }
    const fresh: Groups = { waiting: [], active: [], closed: [] };
    for (const row of this.#rows.values()) fresh[row.group].push(row);
    for (const group of GROUPS) fresh[group].sort(compareRows);
    this.#groups = fresh;
  }

  /** Takes one row out of its place and puts it where it belongs now. */
  #move(key: string): void {
    const old = this.#rows.get(key);
    const row = this.#rowOf(key);
    if (old === undefined && row === null) return;
    if (row !== null && old !== undefined && sameOrder(old, row)) return;
    const groups = { ...this.#groups };
    if (old !== undefined) groups[old.group] = groups[old.group].toSpliced(placeOf(groups[old.group], old), 1);
    if (row === null) this.#rows.delete(key);
    else {
      groups[row.group] = groups[row.group].toSpliced(placeOf(groups[row.group], row), 0, row);
      this.#rows.set(key, row);
    }
    this.#groups = groups;
  }

  #rowOf(key: string): QueueRow | null {
    const id = key.slice(key.indexOf(":") + 1);
    if (key.startsWith("report:")) {
      const report = this.#store.reports.get(id);
      return report === undefined ? null : rowOfReport(report);
    }
    const incident = key.startsWith("incident:") ? this.#store.incidents.get(id) : undefined;
    return incident === undefined ? null : rowOfIncident(incident);
  }
}

/** Where a row stands in an ordered list, or would. */
function placeOf(rows: readonly QueueRow[], row: QueueRow): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const there = rows[middle];
    if (there !== undefined && compareRows(there, row) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function sameOrder(a: QueueRow, b: QueueRow): boolean {
  return (
    a.group === b.group &&
    a.priority === b.priority &&
    byPlace(a.queue, b.queue) === 0 &&
    a.unacknowledged === b.unacknowledged &&
    a.since === b.since
  );
}
