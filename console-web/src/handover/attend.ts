// Seeing to what rings: one key goes to where it is dealt with. Nothing that is being written gets lost: a
// report on its way stays a draft.

import type { Desk } from "../screens/desk.svelte";
import type { Room } from "../session/room.svelte";
import type { Alarms } from "../sound/alarms.svelte";
import type { Attention } from "../state/attention";
import { t } from "../texts/texts.svelte";

/** Answers a call for help, or opens what else needs a hand; it is silent at this desk from then on. */
export async function attend(room: Room, desk: Desk, alarms: Alarms | null, one: Attention): Promise<void> {
  const { dispatch } = one;
  if (one.need === "help") {
    await answerHelp(room, one.dispatch.id, one.dispatch.agency, one.dispatch.allowed_actions);
    // Whoever writes down a caller goes on writing: the answer is given, and the row says so.
    if (desk.composing) return;
    desk.select("incident", dispatch.incident);
    return;
  }
  alarms?.takeInHand(one);
  desk.select("incident", dispatch.incident, one.need === "rejected" ? "forward" : null);
  if (one.need === "overdue") desk.callAgency(dispatch.id);
}

export async function answerHelp(room: Room, id: string, agency: string, allowed: readonly string[]): Promise<void> {
  const refused = room.refusal(allowed, "answer_help");
  if (refused !== null) return room.acts.say(refused);
  const answer = await room.acts.run(t("act-answer-help", { agency: room.catalogue.short(agency) }), () => room.api.answerHelp(id));
  if (answer !== null) room.live.learn({ kind: "dispatch", ...answer.dispatch });
}
