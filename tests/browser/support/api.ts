// The HTTP API as one person, for what a test needs but does not look at.

export type Json = Record<string, any>;

export class Api {
  readonly #base: string;
  readonly #cookie: string;

  private constructor(base: string, cookie: string) {
    this.#base = base;
    this.#cookie = cookie;
  }

  static async logIn(base: string, user: string): Promise<Api> {
    const answer = await fetch(`${base}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user, password: "kentongan" }),
    });
    if (!answer.ok) throw new Error(`login of ${user} refused: ${answer.status}`);
    return new Api(base, (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
  }

  async get(path: string): Promise<Json> {
    return this.#send("GET", path);
  }

  async post(path: string, body: Json = {}): Promise<Json> {
    return this.#send("POST", path, body);
  }

  async put(path: string, body: Json): Promise<Json> {
    return this.#send("PUT", path, body);
  }

  async patch(path: string, body: Json): Promise<Json> {
    return this.#send("PATCH", path, body);
  }

  async #send(method: string, path: string, body?: Json): Promise<Json> {
    const answer = await fetch(`${this.#base}/api/v1/centres/kediri/${path}`, {
      method,
      headers: { cookie: this.#cookie, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Json;
  }

  /** Hands in a report; its id. */
  async report(text: string, more: Json = {}): Promise<string> {
    return (await this.post("reports", { channel: "phone", text, ...more }))["report"].id;
  }

  /** Opens an incident from reports; its view. */
  async incident(reports: string[], type: string, priority: number): Promise<Json> {
    return (await this.post("incidents", { report_ids: reports, type, priority }))["incident"];
  }

  /** Forwards an incident; the dispatch's id. */
  async dispatch(incident: string, agency: string, role: "lead" | "support" = "lead"): Promise<string> {
    return (await this.post(`incidents/${incident}/dispatches`, { agency, role }))["dispatch"].id;
  }

  async act(dispatch: string, ...acts: string[]): Promise<void> {
    for (const act of acts) await this.post(`dispatches/${dispatch}/${act}`);
  }
}
