// Logging in and out.

import type { SessionAnswer } from "../generated/protocol";
import { read, send } from "./request";

const PATH = "/api/v1/session";

export function readSession(): Promise<SessionAnswer> {
  return read<SessionAnswer>(PATH);
}

export function logIn(user: string, password: string): Promise<SessionAnswer> {
  return send<SessionAnswer>(PATH, { method: "POST", body: { user, password } });
}

export async function logOut(): Promise<void> {
  await send<unknown>(PATH, { method: "DELETE" });
}
