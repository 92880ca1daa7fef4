// Which theme this machine shows: dark for a room at night, sun for a phone outside.

export type Theme = "dark" | "sun";

const KEPT_AS = "kentongan.theme";
let current = $state<Theme>("dark");

export function theme(): Theme {
  return current;
}

export function setTheme(next: Theme): void {
  current = next;
  document.documentElement.dataset["theme"] = next;
  localStorage.setItem(KEPT_AS, next);
}

/** Takes up the theme last used; returns the way back to the room's own. */
export function restoreTheme(): () => void {
  if (localStorage.getItem(KEPT_AS) === "sun") setTheme("sun");
  return () => {
    document.documentElement.dataset["theme"] = "dark";
  };
}
