// What the forward panel has in hand: what is recommended, what the operator changed of it, and what would be
// sent. Asks the server again when the incident changes; decides nothing itself.

import { untrack } from "svelte";
import type { AlarmDispatch, DispatchRole, DispatchView, IncidentView, RecommendedInput } from "../generated/protocol";
import type { Told } from "../report_form/save";
import type { Room } from "../session/room.svelte";
import { t } from "../texts/texts.svelte";
import { forwardRows, offered, type ForwardChoice } from "./forward_rows";
import { recommendedFor, type Recommended } from "./proposals";

export interface Subject {
  incident: IncidentView;
  dispatches: DispatchView[];
  /** Who refused and has no one in its place yet. */
  refuser: DispatchView | undefined;
}

export class Forwarding {
  readonly #room: Room;
  readonly #subject: () => Subject;
  #found = $state.raw<Recommended | null>(null);
  /** The alarm that is looked at before it is struck; null for what is needed now. */
  #alarm = $state<number | null>(null);
  #ticks = $state<Record<string, boolean>>({});
  #roles = $state<Record<string, DispatchRole>>({});
  /** Units that the operator leaves out of what is recommended. */
  #leftOut = $state<Record<string, boolean>>({});

  constructor(room: Room, subject: () => Subject) {
    this.#room = room;
    this.#subject = subject;
    $effect(() => {
      void this.#asked;
      const running = new AbortController();
      untrack(() => {
        void recommendedFor(room, subject().incident, this.#alarm, running.signal).then((answer) => {
          if (!running.signal.aborted) this.#found = answer;
        });
      });
      return () => running.abort();
    });
  }

  // Asked again when what it depends on changes, and only then.
  readonly #asked = $derived.by(() => {
    const { incident, dispatches } = this.#subject();
    const { id, type, priority, place, alarm_level } = incident;
    return [id, type, priority, place.regency_code, place.lat, place.lon, alarm_level, this.#alarm]
      .concat(dispatches.map((one) => `${one.agency} ${one.ended_at === null ? one.units.length : one.state}`))
      .join(" ");
  });

  get found(): Recommended | null {
    return this.#found;
  }
  readonly #held = $derived.by(
    () => new Set(this.#subject().dispatches.filter((one) => one.ended_at === null).map((one) => one.agency)),
  );
  readonly #rows = $derived.by(() =>
    this.#found === null
      ? []
      : forwardRows(this.#found.meant, this.#room.catalogue.agencies, Object.keys(this.#ticks), {
          forUnits: t("reason-units"),
          byHand: t("reason-chosen"),
        }),
  );
  get rows(): readonly ForwardChoice[] {
    return this.#rows;
  }
  readonly #first = $derived.by(() => {
    const { refuser, dispatches } = this.#subject();
    return this.#found === null ? undefined : offered(this.#found.meant, this.#rows, refuser !== undefined, dispatches.length === 0);
  });
  get first(): string | undefined {
    return this.#first;
  }

  isHeld(row: ForwardChoice): boolean {
    return this.#held.has(row.agency);
  }
  /** Whether it is sent to: as ticked, or else as offered; an alarm sends to everybody it names. */
  isTicked(row: ForwardChoice): boolean {
    const usual = this.#alarm !== null ? this.#found?.meant.refused.has(row.agency) !== true : row.agency === this.#first;
    return !this.isHeld(row) && (this.#ticks[row.agency] ?? usual);
  }
  tick(agency: string, on: boolean): void {
    this.#ticks[agency] = on;
  }
  roleOf(row: ForwardChoice): DispatchRole {
    const { refuser } = this.#subject();
    return this.#roles[row.agency] ?? (row.agency === this.#first && refuser !== undefined ? refuser.role : row.role);
  }
  setRole(agency: string, role: DispatchRole): void {
    this.#roles[agency] = role;
  }
  takesUnit(unit: string): boolean {
    return this.#leftOut[unit] !== true;
  }
  takeUnit(unit: string, on: boolean): void {
    this.#leftOut[unit] = !on;
  }
  /** Whether its units are shown: those of whom is told, and what an alarm adds to who is there already. */
  showsUnits(row: ForwardChoice): boolean {
    return this.isTicked(row) || (this.#alarm !== null && this.isHeld(row));
  }

  get chosen(): ForwardChoice[] {
    return this.#rows.filter((row) => this.isTicked(row));
  }
  get told(): Told[] {
    return this.chosen.map((row) => ({ agency: row.agency, role: this.roleOf(row), units: this.#unitsOf(row), recommended: this.#advice(row) }));
  }

  /** The alarm that could be struck next, as far as the plan goes. */
  get nextAlarm(): number | null {
    const next = this.#subject().incident.alarm_level + 1;
    const alarms = this.#found?.answer?.plan?.alarms ?? 0;
    return next <= alarms ? next : null;
  }
  /** Whether what is shown is what the next alarm would send. */
  get looksAtAlarm(): boolean {
    return this.#alarm !== null && this.#found?.answer?.alarm === this.#alarm;
  }
  lookAtAlarm(alarm: number | null): void {
    this.#alarm = alarm;
  }
  /** Whom the alarm sends, when the operator has changed it; undefined leaves it to the server. */
  get alarmDispatches(): AlarmDispatch[] | undefined {
    const changed = Object.values(this.#ticks).includes(false) || Object.values(this.#leftOut).includes(true);
    if (!changed) return undefined;
    return this.#rows
      .filter((row) => this.isTicked(row) || (this.isHeld(row) && this.#unitsOf(row).length > 0))
      .map((row) => {
        const recommended = this.#advice(row);
        return { agency: row.agency, role: this.roleOf(row), units: this.#unitsOf(row), ...(recommended === undefined ? {} : { recommended }) };
      });
  }

  /** Forgets what was ticked for what has been sent. */
  sent(): void {
    this.#ticks = {};
    this.#leftOut = {};
    this.#alarm = null;
  }

  #unitsOf(row: ForwardChoice): string[] {
    return row.picks.map((pick) => pick.unit).filter((unit) => this.takesUnit(unit));
  }
  /** What the server recommended in this row's place, so that a decision otherwise is recorded as one. */
  #advice(row: ForwardChoice): RecommendedInput | undefined {
    const answer = this.#found?.answer;
    if (answer === null || answer === undefined) return undefined;
    const agency = row.advised ? row.agency : this.#first;
    return { policy_version: answer.policy_version, units: row.picks.map((pick) => pick.unit), ...(agency === undefined ? {} : { agency }) };
  }
}
