// Closed sets of the contract as lists, for menus. Each list is checked to be whole by its type.

import type { Channel, CloseResult, HoldLevel, Outcome, Priority } from "../generated/protocol";

type Whole<Set extends string | number, List extends readonly Set[]> = [Exclude<Set, List[number]>] extends [never]
  ? List
  : never;

function whole<Set extends string | number>() {
  return <const List extends readonly Set[]>(list: Whole<Set, List>): List => list;
}

export const PRIORITIES = whole<Priority>()([1, 2, 3, 4]);

export const CLOSE_RESULTS = whole<CloseResult>()(["handled", "false_report", "cancelled", "out_of_area"]);

export const HOLD_LEVELS = whole<HoldLevel>()(["behind", "lower", "last"]);

/** What people write down; a neighbouring centre's server speaks for itself. */
export const CHANNELS = whole<Exclude<Channel, "neighbour">>()([
  "phone",
  "whatsapp",
  "radio",
  "walk_in",
  "sms",
  "web",
  "app",
  "telegram",
  "line",
  "email",
  "lapor",
  "sensor",
]);

/** Outcomes that a person gives without an incident; the first three have keys. */
export const PLAIN_OUTCOMES = whole<Exclude<Outcome, "incident_created" | "attached">>()([
  "ghost",
  "prank",
  "information",
  "advised",
  "accidental",
  "cut_off",
  "wrong_region",
  "transferred",
  "referred",
  "test",
]);
