// What the operator has in hand: the selected row, the open panel, the report being written, and
// whether the map is waiting for a click. Purely this desk's; the server knows nothing of it.

import { getContext, setContext } from "svelte";
import { draftOf, type ReportDraft } from "../report_form/draft.svelte";

export interface Selection {
  kind: "report" | "incident";
  id: string;
}

export type Panel = "forward" | "close" | "merge" | "split" | "change" | "reopen" | "open-incident" | "outcomes" | "contact";

export interface Point {
  lat: number;
  lon: number;
}

const KEY = Symbol("desk");

export class Desk {
  #selection = $state.raw<Selection | null>(null);
  panel = $state<Panel | null>(null);
  composing = $state(false);
  helpOpen = $state(false);
  commandOpen = $state(false);
  agreementOpen = $state(false);
  surgeOpen = $state(false);
  watchOpen = $state(false);
  contactsOpen = $state(false);
  unitsOpen = $state(false);
  /** Whether every delivery of the incident's dispatches is shown. */
  historyOpen = $state(false);
  /** Whether the forward panel was opened for the next alarm. */
  alarming = $state(false);
  /** The dispatch whose agency is being rung: its card asks for the name of whoever answers. */
  calling = $state<string | null>(null);
  /** Gets the next click on the map. */
  #picking = $state.raw<((point: Point) => void) | null>(null);
  /** Grows when the detail should take the focus because the person asked for it. */
  entered = $state(0);
  readonly draft: ReportDraft;

  constructor(owner: string) {
    this.draft = draftOf(owner);
  }

  get selection(): Selection | null {
    return this.#selection;
  }

  get selectedKey(): string | null {
    return this.#selection === null ? null : `${this.#selection.kind}:${this.#selection.id}`;
  }

  get picking(): boolean {
    return this.#picking !== null;
  }

  select(kind: Selection["kind"], id: string, panel: Panel | null = null): void {
    if (this.selectedKey !== `${kind}:${id}`) this.#selection = { kind, id };
    this.calling = null;
    this.panel = panel;
    this.composing = false;
    this.#picking = null;
  }

  callAgency(dispatch: string): void {
    this.calling = dispatch;
  }

  toggle(panel: Panel): void {
    this.panel = this.panel === panel ? null : panel;
  }

  /** Opens the form; what was typed before is still in it. */
  compose(): void {
    this.composing = true;
  }

  putAside(): void {
    this.composing = false;
    this.#picking = null;
  }

  pick(take: (point: Point) => void): void {
    this.#picking = take;
  }

  stopPicking(): void {
    this.#picking = null;
  }

  picked(point: Point): void {
    const take = this.#picking;
    this.#picking = null;
    take?.(point);
  }
}

export function provideDesk(desk: Desk): void {
  setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
