// What the link needs of the world and gives to it; tests hold all of it in their hands.

import type { UnitPosition, View } from "../generated/protocol";

export type Phase = "idle" | "connecting" | "greeting" | "live" | "waiting" | "stopped";
export type Trust = "fresh" | "stale" | "lost";

export interface LinkStatus {
  phase: Phase;
  trust: Trust;
  /** Local ms of the last message; null before the first. */
  heardAtMs: number | null;
  /** Age of the newest change at its arrival, in ms. */
  lagMs: number | null;
  /** The close code that stopped the link for good. */
  stopCode: number | null;
  /** Whether the first full picture has arrived. */
  loaded: boolean;
  drill: boolean;
  /** Events that many contacts tell of and nobody has confirmed. */
  surge: number;
}

/** A part of the map: west, south, east, north in degrees. */
export type Area = [number, number, number, number];

/** What the link needs of a socket. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  said(text: string): void;
  closed(code: number): void;
}

/** The world outside, given in so that tests can hold the clock. */
export interface LinkWorld {
  open(events: SocketEvents): Socket;
  nowMs(): number;
  random(): number;
  after(ms: number, act: () => void): () => void;
}

/** Where the views go. */
export interface LinkSink {
  /** A full picture replaces everything held. */
  replace(items: View[]): void;
  apply(items: View[]): void;
  status(status: LinkStatus): void;
  /** The stream has reached this number. */
  reached(seq: number): void;
  /** Where units are, in the part of the map that is looked at. */
  positions(units: UnitPosition[]): void;
}
