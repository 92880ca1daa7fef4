// What a line means: `terus damkar KDR-261122-0042`, `buka 42`, `tutup 0042`. Words may be cut short as
// long as they stay unambiguous; a number may be given by its end. Pure: it decides nothing.

export type Verb = "terus" | "tutup" | "buka" | "baru" | "hantu" | "prank" | "info";

export interface Numbered {
  kind: "report" | "incident";
  id: string;
  number: string;
}

export interface Known {
  agencies: ReadonlyArray<{ code: string; short: string }>;
  things: readonly Numbered[];
}

export type Meaning =
  | { verb: "terus"; agency: string; thing: Numbered }
  | { verb: Exclude<Verb, "terus" | "baru">; thing: Numbered }
  | { verb: "baru" };

/** Why a line means nothing yet: the key of the words to show, with what it is about. */
export interface Unclear {
  unclear: "empty" | "verb" | "agency" | "agency-many" | "number" | "number-many";
  about: string;
}

/** Verbs with the kind of number each takes; English words do the same. */
const VERBS: Record<Verb, { words: readonly string[]; takes: ReadonlyArray<Numbered["kind"]> }> = {
  terus: { words: ["terus", "teruskan", "forward"], takes: ["incident"] },
  tutup: { words: ["tutup", "close"], takes: ["incident"] },
  buka: { words: ["buka", "open"], takes: ["incident", "report"] },
  baru: { words: ["baru", "new"], takes: [] },
  hantu: { words: ["hantu", "ghost"], takes: ["report"] },
  prank: { words: ["prank"], takes: ["report"] },
  info: { words: ["info", "informasi", "information"], takes: ["report"] },
};

export const VERB_NAMES = Object.keys(VERBS) as readonly Verb[];

export function understand(line: string, known: Known): Meaning | Unclear {
  const [first = "", ...rest] = line.trim().toLowerCase().split(/\s+/);
  if (first === "") return { unclear: "empty", about: "" };
  const verb = VERB_NAMES.find((name) => VERBS[name].words.some((word) => word.startsWith(first)));
  if (verb === undefined) return { unclear: "verb", about: first };
  if (verb === "baru") return { verb };
  if (verb === "terus") {
    const agency = findAgency(rest[0] ?? "", known);
    if (typeof agency !== "string") return agency;
    const thing = findThing(rest[1] ?? "", known, VERBS.terus.takes);
    return "unclear" in thing ? thing : { verb, agency, thing };
  }
  const thing = findThing(rest[0] ?? "", known, VERBS[verb].takes);
  return "unclear" in thing ? thing : { verb, thing };
}

function findAgency(word: string, known: Known): string | Unclear {
  if (word === "") return { unclear: "agency", about: "" };
  const exact = known.agencies.find((agency) => agency.code.toLowerCase() === word || agency.short.toLowerCase() === word);
  if (exact !== undefined) return exact.code;
  const found = known.agencies.filter(
    (agency) => agency.code.toLowerCase().startsWith(word) || agency.short.toLowerCase().startsWith(word),
  );
  const [only, ...more] = found;
  if (only === undefined) return { unclear: "agency", about: word };
  if (more.length > 0) return { unclear: "agency-many", about: found.map((agency) => agency.short).join(", ") };
  return only.code;
}

function findThing(word: string, known: Known, takes: ReadonlyArray<Numbered["kind"]>): Numbered | Unclear {
  if (word === "") return { unclear: "number", about: "" };
  const fitting = known.things.filter((thing) => takes.includes(thing.kind));
  const exact = fitting.find((thing) => thing.number.toLowerCase() === word);
  if (exact !== undefined) return exact;
  const digits = /^\d+$/.test(word);
  const found = fitting.filter((thing) =>
    digits ? lastNumber(thing.number) === Number(word) : thing.number.toLowerCase().startsWith(word),
  );
  const [only, ...more] = found;
  if (only === undefined) return { unclear: "number", about: word };
  if (more.length > 0) return { unclear: "number-many", about: found.map((thing) => thing.number).slice(0, 4).join(", ") };
  return only;
}

function lastNumber(number: string): number {
  return Number(/(\d+)$/.exec(number)?.[1] ?? Number.NaN);
}
