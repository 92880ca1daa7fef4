// Asks what the words mean at each pause in typing; an older question is cancelled by a newer one.

import { wasCancelled } from "../api/request";
import type { CentreApi } from "../api/centre";
import type { PreviewTriage, ReportView, Understanding } from "../generated/protocol";

/** What to ask about a report that is stored already: which one it is, or it would be compared with itself. */
export function questionOf(report: ReportView): PreviewTriage {
  const body: PreviewTriage = { text: report.text ?? "", report: report.id };
  const { name = null, phone = null } = report.reporter ?? {};
  if (name !== null || phone !== null) {
    body.reporter = { ...(name === null ? {} : { name }), ...(phone === null ? {} : { phone }) };
  }
  if (report.place_text !== null) body.place_text = report.place_text;
  const { lat, lon, accuracy_m, source } = report.place;
  if (lat === null || lon === null) return body;
  body.location = { lat, lon };
  if (accuracy_m !== null) body.location.accuracy_m = accuracy_m;
  if (source !== null) body.location.source = source;
  return body;
}

const PAUSE_MS = 120;

export class Understander {
  readonly #api: CentreApi;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  constructor(api: CentreApi) {
    this.#api = api;
  }

  /** Asks after the pause; `take` gets null when there was nothing to ask or no answer came. */
  ask(question: PreviewTriage, take: (answer: Understanding | null) => void): void {
    this.cancel();
    const { text, place_text, location, reporter } = question;
    // A number alone tells something already: who has called before.
    if (text.trim() === "" && [place_text, location, reporter?.phone].every((part) => part === undefined)) {
      take(null);
      return;
    }
    this.#timer = setTimeout(() => void this.#send(question, take), PAUSE_MS);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #send(question: PreviewTriage, take: (answer: Understanding | null) => void): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      take(await this.#api.previewTriage(question, running.signal));
    } catch (failure) {
      // Suggestions are a help: without them the person goes on, and the link shows what is wrong.
      if (!wasCancelled(failure) && !running.signal.aborted) take(null);
    }
  }
}
