// What needs a hand, in words: what is the matter, who, and which incident.

import type { Room } from "../session/room.svelte";
import type { Attention } from "../state/attention";
import { t } from "../texts/texts.svelte";
import { incidentPlace } from "../words/incident_place";

export interface AttentionWords {
  /** `BELUM DITERIMA`, `MINTA BANTUAN` … */
  what: string;
  agency: string;
  number: string;
  /** Type and place of the incident. */
  incident: string;
  /** What was said to it: the field's note, the reason of a refusal. */
  said: string | null;
  /** What the one key does. */
  act: string;
}

export function attentionWords(room: Room, one: Attention): AttentionWords {
  const { dispatch, incident } = one;
  const what = incident === undefined ? "" : room.catalogue.typeName(incident.type, incident.category);
  const where = (incident === undefined ? "" : incidentPlace(room, incident)) || t("place-unknown");
  return {
    what: one.need === "late" ? t("need-late", { with: t(`late-${dispatch.late === "accept" ? "accept" : "on-scene"}`) }) : t(`need-${one.need}`),
    agency: room.catalogue.short(dispatch.agency),
    number: dispatch.incident_number,
    incident: [what, where].filter((part) => part !== "").join(" · "),
    said: one.need === "help" ? (dispatch.help?.note ?? null) : one.need === "rejected" ? dispatch.reason : null,
    act: t(`attend-${one.need}`),
  };
}
