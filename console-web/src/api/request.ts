// The one way to the server. Owns keys that make a repeat harmless, time limits and one short
// repeat after a broken connection; never queues anything for later.

import { RequestFailed, isProblem } from "./problem";

const LIMIT_MS = 10_000;
const REPEAT_AFTER_MS = 400;

export interface Send {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a file as it is. */
  body?: unknown;
  /** The same key for the same act, also when a person presses again. */
  key?: string;
  signal?: AbortSignal;
  /** How long it may take; a large file over a weak link takes longer than an act. */
  limitMs?: number;
}

export async function read<A>(path: string, signal?: AbortSignal): Promise<A> {
  return (await attempt(path, { headers: { accept: "application/json" } }, signal)) as A;
}

export async function send<A>(path: string, what: Send): Promise<A> {
  const headers: Record<string, string> = {
    accept: "application/json",
    "idempotency-key": what.key ?? crypto.randomUUID(),
  };
  const init: RequestInit = { method: what.method, headers };
  if (what.body instanceof Blob) {
    headers["content-type"] = what.body.type || "application/octet-stream";
    init.body = what.body;
  } else if (what.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(what.body);
  }
  try {
    return (await attempt(path, init, what.signal, what.limitMs)) as A;
  } catch (failure) {
    // Only a connection that broke is tried again: the server knows the key.
    if (!(failure instanceof RequestFailed) || failure.code !== "unreachable") throw failure;
    await new Promise((resolve) => setTimeout(resolve, REPEAT_AFTER_MS));
    return (await attempt(path, init, what.signal, what.limitMs)) as A;
  }
}

async function attempt(path: string, init: RequestInit, signal?: AbortSignal, limitMs = LIMIT_MS): Promise<unknown> {
  const limit = AbortSignal.timeout(limitMs);
  const both = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, { ...init, signal: both, credentials: "same-origin", cache: "no-store" });
    text = await response.text();
  } catch (failure) {
    if (signal?.aborted === true) throw failure;
    throw RequestFailed.own(limit.aborted ? "timeout" : "unreachable");
  }
  const value = parse(text);
  if (response.ok) {
    if (value === undefined) throw RequestFailed.own("not_understood");
    return value;
  }
  if (isProblem(value)) throw new RequestFailed(value.code, response.status, value);
  throw new RequestFailed(`status_${response.status}`, response.status, null);
}

function parse(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function wasCancelled(failure: unknown): boolean {
  return failure instanceof DOMException && failure.name === "AbortError";
}
