// An act that is not through, in words.

import { named, t } from "../texts/texts.svelte";
import type { Task, Unsent } from "./outbox";

export function taskWords(task: Task): string {
  if (task.what === "step") return named("dispatch-act", task.act);
  if (task.what === "unit") return named("unit-state", task.body.state);
  if (task.what === "note") return `${t("note-one")} “${task.body.note}”`;
  return task.what === "help" ? t("help-short") : t("photo");
}

/** How it stands: on its way, waiting for the link, or refused. */
export function stateWords(unsent: Unsent): string {
  if (unsent.state === "sending") return t("unsent-sending");
  if (unsent.state === "refused") return `${t("unsent-refused")} ${unsent.words}`;
  return `${t("unsent-waiting")} ${unsent.words}`;
}
