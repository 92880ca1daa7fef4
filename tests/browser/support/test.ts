// A fresh server for each test; its log is shown when the test fails.
import { test as base } from "@playwright/test";
import { Server } from "./server.ts";

export const test = base.extend<{ server: Server }>({
  server: async ({}, use, info) => {
    const server = await Server.demo();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("server.log", { body: server.log, contentType: "text/plain" });
    }
    await server.remove();
  },
});
