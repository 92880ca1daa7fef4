// The agency's screen, fetched with what it says; and what it fetches itself when somebody asks for it.

import { fetchTexts } from "../texts/texts.svelte";

export async function loadAgencyScreen() {
  const [screen] = await Promise.all([import("./AgencyScreen.svelte"), fetchTexts("agency")]);
  return screen;
}

export const loadAgencyTools = () => import("../agency/AgencyTools.svelte");
