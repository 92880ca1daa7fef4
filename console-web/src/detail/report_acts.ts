// What is done with a waiting report besides its outcomes.

import type { ReportView } from "../generated/protocol";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";

/** Brings it to the front: a person has heard that it is something else, or more. */
export async function liftReport(room: Room, report: ReportView): Promise<void> {
  const refused = room.refusal(report.allowed_actions, "lift");
  if (refused !== null) return room.acts.say(refused);
  const answer = await room.acts.run(t("act-lift", { number: report.number }), () => room.api.liftReport(report.id));
  if (answer !== null) room.live.learn({ kind: "report", ...answer.report });
}

/** Joins the known event it tells of. The desk stays where it is: the next one waits in the fast lane. */
export async function joinKnown(room: Room, report: ReportView, incident: string): Promise<void> {
  const refused = room.refusal(report.allowed_actions, "attach");
  if (refused !== null) return room.acts.say(refused);
  const answer = await room.acts.run(t("act-attach"), () =>
    room.api.setOutcome(report.id, { outcome: "attached", incident }),
  );
  if (answer !== null) room.live.learn({ kind: "report", ...answer.report });
}
