// From the written report to a forwarded incident: store, open, forward, each an act of its own
// that the person sees. Where one fails the rest does not happen and the person stands at that point.

import type { DispatchRole, OpenIncident, PlaceInput, Priority, RecommendedInput, ReportStored } from "../generated/protocol";
import type { Desk } from "../screens/desk.svelte";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";

export interface Decision {
  type: string;
  priority: Priority;
  /** Set by a person; null leaves the report's own. */
  place: PlaceInput | null;
  agencies: Array<{ agency: string; role: DispatchRole }>;
}

/** Stores the report and selects it; null when it was not stored (the draft then stays). */
export async function saveReport(room: Room, desk: Desk): Promise<ReportStored | null> {
  const { body, key } = desk.draft.toStore();
  const stored = await room.acts.run(t("act-save-report"), () => room.api.createReport(body, key));
  if (stored === null) return null;
  room.keepUnderstanding(stored.report.id, stored);
  room.live.learn({ kind: "report", ...stored.report });
  desk.draft.clear();
  desk.select("report", stored.report.id);
  return stored;
}

/** Stores, opens and forwards in one go. */
export async function saveAndForward(room: Room, desk: Desk, decision: Decision): Promise<void> {
  const stored = await saveReport(room, desk);
  if (stored === null) return;
  await openAndForward(room, desk, stored.report.id, decision);
}

/** Stores and joins an incident that is already known. */
export async function saveAndAttach(room: Room, desk: Desk, incident: string): Promise<void> {
  const stored = await saveReport(room, desk);
  if (stored !== null) await attachReport(room, desk, stored.report.id, incident);
}

export async function attachReport(room: Room, desk: Desk, report: string, incident: string): Promise<void> {
  const answer = await room.acts.run(t("act-attach"), () =>
    room.api.setOutcome(report, { outcome: "attached", incident }),
  );
  if (answer === null) return;
  room.live.learn({ kind: "report", ...answer.report });
  desk.select("incident", incident);
}

/** Opens an incident for a waiting report and forwards it to the chosen agencies. */
export async function openAndForward(room: Room, desk: Desk, report: string, decision: Decision): Promise<void> {
  const body: OpenIncident = { report_ids: [report], type: decision.type, priority: decision.priority };
  if (decision.place !== null) body.place = decision.place;
  const opened = await room.acts.run(t("act-open-incident"), () => room.api.openIncident(body));
  if (opened === null) {
    desk.select("report", report, "open-incident");
    return;
  }
  room.live.learn({ kind: "incident", ...opened.incident });
  desk.select("incident", opened.incident.id, decision.agencies.length === 0 ? "forward" : null);
  await forward(room, opened.incident.id, decision.agencies);
}

/** An agency to be told, with the units that should go. */
export interface Told {
  agency: string;
  role: DispatchRole;
  units?: string[];
  /** What the server recommended instead, or the same. */
  recommended?: RecommendedInput | undefined;
}

/** Forwards to several agencies at once; each succeeds or fails by itself. */
export async function forward(room: Room, incident: string, agencies: readonly Told[]): Promise<boolean> {
  const answers = await Promise.all(
    agencies.map((chosen) =>
      room.acts.run(t("act-forward", { agency: room.catalogue.short(chosen.agency) }), () =>
        room.api.createDispatch(incident, {
          agency: chosen.agency,
          role: chosen.role,
          ...(chosen.units === undefined || chosen.units.length === 0 ? {} : { units: chosen.units }),
          ...(chosen.recommended === undefined ? {} : { recommended: chosen.recommended }),
        }),
      ),
    ),
  );
  for (const answer of answers) {
    if (answer !== null) room.live.learn({ kind: "dispatch", ...answer.dispatch });
  }
  return answers.every((answer) => answer !== null);
}
