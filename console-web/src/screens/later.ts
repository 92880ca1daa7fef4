// Parts of the operator's screen that are not needed for its first paint. They are fetched as soon
// as the screen is up, so that they are there when the link is not.

export const loadCommandLine = () => import("../command_line/CommandLine.svelte");
export const loadAgreement = () => import("../dialogs/AgreementDialog.svelte");
export const loadKeyHelp = () => import("../dialogs/KeyHelp.svelte");
export const loadIncidentPanels = () => import("../detail/IncidentPanels.svelte");
export const loadDispatchByPhone = () => import("../detail/DispatchByPhone.svelte");

/** The form and the suggestions beside it: one without the other is never wanted. */
export async function loadReportForm() {
  const [form, panel] = await Promise.all([
    import("../report_form/ReportForm.svelte"),
    import("../report_form/SuggestionPanel.svelte"),
  ]);
  return { ReportForm: form.default, SuggestionPanel: panel.default };
}
export const loadSelectionDetail = () => import("../detail/SelectionDetail.svelte");

export function fetchLater(): void {
  for (const load of [loadReportForm, loadSelectionDetail, loadIncidentPanels, loadCommandLine, loadDispatchByPhone, loadKeyHelp]) {
    // A failed fetch is tried again when the part is asked for.
    load().catch(() => undefined);
  }
}
