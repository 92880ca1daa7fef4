// A fresh server for each test; its log is shown when the test fails. `test.use({ pack: … })` changes files of
// the demo city's pack.
import { test as base } from "@playwright/test";
import { Server } from "./server.ts";

export const test = base.extend<{ server: Server; pack: Readonly<Record<string, string>> }>({
  pack: [{}, { option: true }],
  server: async ({ pack }, use, info) => {
    const server = await Server.demo(pack);
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach("server.log", { body: server.log, contentType: "text/plain" });
    }
    await server.remove();
  },
});
