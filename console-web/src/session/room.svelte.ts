// What every component of a screen shares for one centre: the way to the server, the live views,
// the acts on their way, and the centre's names.

import { getContext, setContext } from "svelte";
import { CentreApi } from "../api/centre";
import type { CentreAnswer, CentreProfile, GrantAnswer, Understanding } from "../generated/protocol";
import { Acts } from "../state/acts.svelte";
import { LiveCentre } from "../state/live_centre.svelte";
import { t } from "../texts/texts.svelte";
import { Catalogue } from "../words/catalogue";

const KEY = Symbol("room");
const UNDERSTANDINGS_KEPT = 200;

export class Room {
  readonly grant: GrantAnswer;
  readonly user: string;
  readonly profile: CentreProfile;
  readonly catalogue: Catalogue;
  readonly api: CentreApi;
  readonly live: LiveCentre;
  readonly acts: Acts;

  constructor(grant: GrantAnswer, user: string, centre: CentreAnswer) {
    this.grant = grant;
    this.user = user;
    this.profile = centre.profile;
    this.catalogue = new Catalogue(centre);
    this.api = new CentreApi(grant.centre);
    this.live = new LiveCentre(grant.centre);
    this.acts = new Acts(this.live);
  }

  /** What was understood of a report at this desk, so that it need not be asked again. */
  readonly #understandings = new Map<string, Understanding>();

  keepUnderstanding(report: string, understanding: Understanding): void {
    this.#understandings.set(report, understanding);
    const oldest = this.#understandings.keys().next().value;
    if (this.#understandings.size > UNDERSTANDINGS_KEPT && oldest !== undefined) {
      this.#understandings.delete(oldest);
    }
  }

  understandingOf(report: string): Understanding | undefined {
    return this.#understandings.get(report);
  }

  get drill(): boolean {
    return this.grant.drill || this.profile.kind === "drill";
  }

  /** Whether this seat watches the room: it may read the log and what is made of it. */
  get watches(): boolean {
    return ["supervisor", "auditor", "admin", "trainer"].includes(this.grant.role);
  }

  /** Whether this seat takes part in the work of the desk, and does not only look on. */
  get atDesk(): boolean {
    return ["operator", "supervisor", "trainer", "admin"].includes(this.grant.role);
  }

  get offsetMinutes(): number {
    return this.profile.utc_offset_minutes;
  }

  /** Why an act may not be done now, or null: the link first, then what the server allows. */
  refusal(allowed: readonly string[] | undefined, action: string): string | null {
    if (!this.live.fresh) return t("reason-link");
    if (allowed === undefined || !allowed.includes(action)) return t("reason-not-allowed");
    return null;
  }
}

export function provideRoom(room: Room): void {
  setContext(KEY, room);
}

export function useRoom(): Room {
  return getContext<Room>(KEY);
}
