// Parts of the operator's screen that are not needed for its first paint. They are fetched as soon
// as the screen is up, with what they say, so that they are there when the link is not.

import { fetchLaterTexts } from "../texts/texts.svelte";

async function withTexts<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, fetchLaterTexts()]);
  return loaded;
}

export const loadCommandLine = () => withTexts(import("../command_line/CommandLine.svelte"));
export const loadAgreement = () => withTexts(import("../dialogs/AgreementDialog.svelte"));
export const loadSurge = () => withTexts(import("../dialogs/SurgeDialog.svelte"));
export const loadKeyHelp = () => withTexts(import("../dialogs/KeyHelp.svelte"));
export const loadIncidentPanels = () => withTexts(import("../detail/IncidentPanels.svelte"));
export const loadDispatchByPhone = () => withTexts(import("../detail/DispatchByPhone.svelte"));
export const loadSelectionDetail = () => withTexts(import("../detail/SelectionDetail.svelte"));

/** The form and the suggestions beside it: one without the other is never wanted. */
export async function loadReportForm() {
  const [form, panel] = await withTexts(
    Promise.all([import("../report_form/ReportForm.svelte"), import("../report_form/SuggestionPanel.svelte")]),
  );
  return { ReportForm: form.default, SuggestionPanel: panel.default };
}

export function fetchLater(): void {
  for (const load of [loadReportForm, loadSelectionDetail, loadIncidentPanels, loadCommandLine, loadDispatchByPhone, loadSurge, loadKeyHelp]) {
    // A failed fetch is tried again when the part is asked for.
    load().catch(() => undefined);
  }
}
