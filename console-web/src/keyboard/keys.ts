// Keys to acts. Components say what an act does while they are there; the newest one that wants it
// gets it. Never fires a letter inside a field, and a held key never acts twice.

import { tinykeys } from "tinykeys";
import { ACTIONS, type ActionId, type KeyAction } from "./actions";

/** Does the act; `false` means "not mine now", and the one below is asked. */
export type Doer = () => boolean | void;
export type Doers = Partial<Record<ActionId, Doer>>;

const doers: Doers[] = [];

/** Takes the acts over until the returned function is called. */
export function takeActions(mine: Doers): () => void {
  doers.push(mine);
  return () => {
    const at = doers.indexOf(mine);
    if (at >= 0) doers.splice(at, 1);
  };
}

export function listenToKeys(target: Window): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const action of ACTIONS) {
    for (const key of action.keys) bindings[key] = (event) => press(action, event);
  }
  return tinykeys(target, bindings);
}

function press(action: KeyAction, event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return;
  if (document.querySelector("dialog:modal") !== null) return;
  if (!action.whileTyping && isField(event.target)) return;
  if (action.id === "open" && isControl(event.target)) return;
  // The browser's own meaning of a function key must not open on top of a call.
  if (/F\d+$/.test(action.shown) || event.ctrlKey || event.metaKey) event.preventDefault();
  if (event.repeat && action.repeats !== true) return;
  for (const mine of [...doers].reverse()) {
    const doer = mine[action.id];
    if (doer !== undefined && doer() !== false) {
      event.preventDefault();
      return;
    }
  }
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, summary, [role=option]") !== null;
}
