// The contacts, for the desk and for an agency, fetched with what they say.

import { fetchTexts } from "../texts/texts.svelte";

export async function loadContacts() {
  const [dialog] = await Promise.all([import("../contacts/ContactsDialog.svelte"), fetchTexts("contacts")]);
  return dialog;
}
