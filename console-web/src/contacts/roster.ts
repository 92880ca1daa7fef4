// Turns of duty between a form and the server: local wall-clock times of the centre, repeated by days. Pure.

import type { ContactView, DutyInput, DutyView } from "../generated/protocol";

const DAY_US = 24 * 3_600 * 1_000_000;
const MINUTE_US = 60 * 1_000_000;

export interface TurnForm {
  contact: string;
  /** As `datetime-local` has it, in the centre's zone: `2026-11-22T19:00`. */
  from: string;
  until: string;
  place: number;
  /** The same turn on this many days, from 1. */
  days: number;
}

/** Epoch µs of a wall-clock time in a zone; null for what is no time. */
export function instantOf(local: string, offsetMinutes: number): number | null {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms * 1_000 - offsetMinutes * MINUTE_US;
}

/** The wall-clock time of an instant, as `datetime-local` wants it. */
export function localOf(atUs: number, offsetMinutes: number): string {
  return new Date(Math.floor(atUs / 1_000) + offsetMinutes * 60_000).toISOString().slice(0, 16);
}

/** The turns of a form, or why there are none. */
export function turnsOf(form: TurnForm, offsetMinutes: number): DutyInput[] | "no_contact" | "no_times" | "backwards" {
  if (form.contact === "") return "no_contact";
  const from = instantOf(form.from, offsetMinutes);
  const until = instantOf(form.until, offsetMinutes);
  if (from === null || until === null) return "no_times";
  if (until <= from) return "backwards";
  return Array.from({ length: Math.max(1, form.days) }, (_, day) => ({
    contact: form.contact,
    from: from + day * DAY_US,
    until: until + day * DAY_US,
    place: form.place,
  }));
}

/** What stays and what is new, without what is over and without the same turn twice. */
export function rosterWith(held: readonly DutyView[], more: readonly DutyInput[], nowUs: number): DutyInput[] {
  const all: DutyInput[] = [...held.filter((one) => one.until > nowUs).map((one) => ({ ...one })), ...more];
  const known = new Set<string>();
  return all.filter((one) => {
    const key = `${one.contact} ${one.from}`;
    return !known.has(key) && known.add(key);
  });
}

/** A code for a new contact, out of its name: `pak-budi`, `pak-budi-2`. */
export function codeFor(name: string, held: readonly ContactView[], agency: string): string {
  const base = name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 34) || "kontak";
  const taken = (code: string): boolean => code === agency || held.some((one) => one.code === code);
  let code = base;
  for (let next = 2; taken(code); next += 1) code = `${base}-${next}`;
  return code;
}
