// Reading one message of the stream.

import type { ServerMessage } from "../generated/protocol";

/** The message, or null for what is none; what it says is the server's word and taken as typed. */
export function parseMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("type" in value)) return null;
    return value as ServerMessage;
  } catch {
    return null;
  }
}
