// Parts of the operator's screen that are not needed for its first paint. They are fetched as soon
// as the screen is up, with what they say, so that they are there when the link is not.

import { fetchTexts } from "../texts/texts.svelte";

async function withTexts<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, fetchTexts("later")]);
  return loaded;
}

export const loadCommandLine = () => withTexts(import("../command_line/CommandLine.svelte"));
export const loadAgreement = () => withTexts(import("../dialogs/AgreementDialog.svelte"));
export const loadSurge = () => withTexts(import("../dialogs/SurgeDialog.svelte"));
export const loadAttention = () => withTexts(import("../handover/AttentionBanner.svelte"));
export const loadWatch = () => withTexts(import("../handover/WatchList.svelte"));
export const loadUnits = () => withTexts(import("../units/UnitsBoard.svelte"));
export const loadLinkLost = () => withTexts(import("../dialogs/LinkLostDialog.svelte"));
export const loadKeyHelp = () => withTexts(import("../dialogs/KeyHelp.svelte"));
export const loadIncidentPanels = () => withTexts(import("../detail/IncidentPanels.svelte"));
export const loadSelectionDetail = () => withTexts(import("../detail/SelectionDetail.svelte"));

/** The form and the suggestions beside it: one without the other is never wanted. */
export async function loadReportForm() {
  const [form, panel] = await withTexts(
    Promise.all([import("../report_form/ReportForm.svelte"), import("../report_form/SuggestionPanel.svelte")]),
  );
  return { ReportForm: form.default, SuggestionPanel: panel.default };
}

export function fetchLater(): void {
  for (const load of [
    loadLinkLost,
    loadAttention,
    loadReportForm,
    loadSelectionDetail,
    loadIncidentPanels,
    loadCommandLine,
    loadWatch,
    loadSurge,
    loadUnits,
    loadKeyHelp,
  ]) {
    // A failed fetch is tried again when the part is asked for.
    load().catch(() => undefined);
  }
}
