// The link's world in a browser: a WebSocket beside the page's own address, the page's timers.

import type { LinkWorld, Socket, SocketEvents } from "./world";

export function browserWorld(centre: string): LinkWorld {
  return {
    open: (events) => openSocket(centre, events),
    nowMs: () => Date.now(),
    random: () => Math.random(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}

function openSocket(centre: string, events: SocketEvents): Socket {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const path = `/api/v1/centres/${encodeURIComponent(centre)}/stream`;
  const socket = new WebSocket(`${scheme}//${location.host}${path}`);
  socket.addEventListener("open", () => events.opened());
  socket.addEventListener("close", (event) => events.closed(event.code));
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (typeof event.data === "string") events.said(event.data);
  });
  return { send: (text) => socket.send(text), close: () => socket.close() };
}
