// Who sits here and for which centre. Owns the session and the address; the screens follow.

import { RequestFailed } from "../api/problem";
import { logIn, logOut, readSession } from "../api/session";
import type { GrantAnswer, SessionAnswer } from "../generated/protocol";

export type Screen = "starting" | "unreachable" | "login" | "choose" | "operator" | "agency";

const CHOSEN_AS = "kentongan.centre";
/** Roles that have no screen of their own yet see what the desk sees. */
const NO_SCREEN = new Set(["intake"]);

class Seat {
  #session = $state.raw<SessionAnswer | null>(null);
  #grant = $state.raw<GrantAnswer | null>(null);
  #screen = $state<Screen>("starting");
  /** Whether the session ended by itself, so that the login says why. */
  #ended = $state(false);

  get screen(): Screen {
    return this.#screen;
  }
  get user(): string {
    return this.#session?.user ?? "";
  }
  get grant(): GrantAnswer | null {
    return this.#grant;
  }
  get ended(): boolean {
    return this.#ended;
  }
  get grants(): readonly GrantAnswer[] {
    return (this.#session?.grants ?? []).filter((grant) => !NO_SCREEN.has(grant.role));
  }

  async start(): Promise<void> {
    this.#screen = "starting";
    try {
      this.#enter(await readSession());
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.status === 401) this.#show("login");
      else this.#screen = "unreachable";
    }
  }

  async logIn(user: string, password: string): Promise<void> {
    const session = await logIn(user, password);
    this.#ended = false;
    this.#enter(session);
  }

  async leave(): Promise<void> {
    sessionStorage.removeItem(CHOSEN_AS);
    try {
      await logOut();
    } finally {
      // A fresh page: nothing that was written or seen here stays in memory for the next person.
      location.assign("/login");
    }
  }

  /** Asks whether the session still stands: a refused stream does not say why. */
  async check(): Promise<void> {
    try {
      await readSession();
    } catch (failure) {
      this.endIf(failure);
    }
  }

  /** Ends the session here when the server said that it has ended. */
  endIf(failure: unknown): void {
    if (failure instanceof RequestFailed && failure.status === 401) this.end();
  }

  /** The server ended the session; what was typed stays in memory. */
  end(): void {
    this.#session = null;
    this.#grant = null;
    this.#ended = true;
    this.#show("login");
  }

  choose(grant: GrantAnswer): void {
    sessionStorage.setItem(CHOSEN_AS, grant.centre);
    this.#grant = grant;
    this.#show(grant.role === "agency" ? "agency" : "operator");
  }

  chooseAgain(): void {
    sessionStorage.removeItem(CHOSEN_AS);
    this.#grant = null;
    this.#show("choose");
  }

  #enter(session: SessionAnswer): void {
    this.#session = session;
    const wanted = new URLSearchParams(location.search).get("centre") ?? sessionStorage.getItem(CHOSEN_AS);
    const grants = this.grants;
    const chosen = grants.length === 1 ? grants[0] : grants.find((grant) => grant.centre === wanted);
    if (chosen !== undefined) this.choose(chosen);
    else this.#show("choose");
  }

  #show(screen: "login" | "choose" | "operator" | "agency"): void {
    this.#screen = screen;
    const path = { login: "/login", choose: "/", operator: "/", agency: "/agency" }[screen];
    if (location.pathname !== path) history.replaceState(null, "", path + location.search);
  }
}

export const seat = new Seat();
