// The report being written. Keeps what the person set apart from what was suggested, so that no
// suggestion ever overwrites a decision. Lives in memory: it outlasts a lost link and a new login.

import type {
  Channel,
  CreateReport,
  LocationInput,
  PlaceCandidate,
  PreviewTriage,
  Priority,
  ProposedAgency,
  Understanding,
} from "../generated/protocol";
import { areaText } from "../words/place";

export interface Pin {
  lat: number;
  lon: number;
  label: string;
  /** The middle of a street or a village, not the spot itself. */
  rough?: boolean;
}

const SPOKEN_LIMIT = 4_000;

export class ReportDraft {
  placeText = $state("");
  text = $state("");
  phone = $state("");
  name = $state("");
  channel = $state<Channel>("phone");
  pin = $state.raw<Pin | null>(null);
  /** Set by the person; null takes what is suggested. */
  type = $state<string | null>(null);
  priority = $state<Priority | null>(null);
  #ticks = $state<Record<string, boolean>>({});
  understanding = $state.raw<Understanding | null>(null);
  #key: { body: string; key: string } | null = null;

  get empty(): boolean {
    return [this.placeText, this.text, this.phone, this.name].every((field) => field.trim() === "") && this.pin === null;
  }

  /** What type would be used now: the person's, or else the suggested one. */
  get effectiveType(): string | null {
    const triage = this.understanding?.triage;
    return this.type ?? triage?.type ?? triage?.category ?? null;
  }

  get effectivePriority(): Priority | null {
    return this.priority ?? this.understanding?.triage.priority ?? null;
  }

  /** Whether an agency would be told: as the person ticked, or else leads only. */
  ticked(agency: ProposedAgency): boolean {
    return this.#ticks[agency.agency] ?? agency.role === "lead";
  }

  tick(agency: string, on: boolean): void {
    this.#ticks[agency] = on;
  }

  /** What it may be, the likeliest first: types of the first category, then the other categories' general types. */
  get choices(): readonly string[] {
    const triage = this.understanding?.triage;
    if (triage === undefined) return [];
    const others = triage.candidates.map((one) => one.category).filter((category) => category !== triage.category);
    const types = [...triage.types.map((one) => one.type), ...others.map((category) => `${category}_other`)];
    const first = triage.type ?? triage.category;
    return [...new Set(first === null ? types : [first, ...types])];
  }

  /** Makes the suggestion the person's own; asked again, takes the next likely type. Says whether there was one. */
  acceptTriage(): boolean {
    const priority = this.effectivePriority;
    const choices = this.choices;
    const type = this.type === null ? this.effectiveType : choices[(choices.indexOf(this.type) + 1) % choices.length];
    if (type === null || type === undefined || priority === null) return false;
    // A type that was never suggested is the person's own choice and stays.
    if (this.type !== null && !choices.includes(this.type)) return false;
    this.type = type;
    this.priority = priority;
    return true;
  }

  usePlace(candidate: PlaceCandidate): void {
    const area = areaText(candidate);
    const label = area === "" || area.startsWith(candidate.name) ? area || candidate.name : `${candidate.name}, ${area}`;
    this.pin = { lat: candidate.lat, lon: candidate.lon, label, rough: candidate.kind !== "landmark" };
    if (this.placeText.trim() === "") this.placeText = label;
  }

  location(): LocationInput | undefined {
    return this.pin === null ? undefined : { lat: this.pin.lat, lon: this.pin.lon, source: "operator_pin" };
  }

  preview(): PreviewTriage {
    const body: PreviewTriage = { text: this.text.slice(0, SPOKEN_LIMIT) };
    const location = this.location();
    if (location !== undefined) body.location = location;
    if (this.placeText.trim() !== "") body.place_text = this.placeText.trim();
    const name = this.name.trim();
    const phone = this.phone.trim();
    if (name !== "" || phone !== "") {
      body.reporter = { ...(name === "" ? {} : { name }), ...(phone === "" ? {} : { phone }) };
    }
    return body;
  }

  /** The report to store, and the key that stays the same while the content does. */
  toStore(): { body: CreateReport; key: string } {
    const body: CreateReport = { ...this.preview(), channel: this.channel };
    const written = JSON.stringify(body);
    if (this.#key?.body !== written) this.#key = { body: written, key: crypto.randomUUID() };
    return { body, key: this.#key.key };
  }

  clear(): void {
    this.placeText = "";
    this.text = "";
    this.phone = "";
    this.name = "";
    this.channel = "phone";
    this.pin = null;
    this.type = null;
    this.priority = null;
    this.#ticks = {};
    this.understanding = null;
    this.#key = null;
  }
}

let kept: { owner: string; draft: ReportDraft } | null = null;

/** The draft of a person at a centre: the same one again after a new login, nobody else's ever. */
export function draftOf(owner: string): ReportDraft {
  if (kept?.owner !== owner) kept = { owner, draft: new ReportDraft() };
  return kept.draft;
}
