import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const SHARED = [
  "api/(centre|problem|request|session)",
  "parts/(ActionButton|Elapsed|LanguageSwitch|Pane|PriorityMark)",
  "session/",
  "state/(acts|attention|live_centre|queue_rows|views)",
  "status/(ActNotices|LinkBar|LinkState|SeatMenu)",
  "stream/",
  "texts/",
  "time/",
  "words/(catalogue|incident_place|place)",
];
const DESK = ["keyboard/", "parts/RankMarks", "queue/", "report_form/draft", "screens/desk", "state/shown_order", "words/(moment|rank)"];
const inSource = (paths: readonly string[]): RegExp => new RegExp(`/src/(${paths.join("|")})(?!.*ftl)`);

// Every asset stays a file of its own: the server's Content-Security-Policy allows nothing inline.
export default defineConfig({
  plugins: [svelte()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      output: {
        // What a screen needs at once comes in few files: many small ones weigh more, packed and on the way.
        codeSplitting: {
          groups: [
            { name: "runtime", test: /node_modules\/(svelte|esm-env|@fluent|clsx|tinykeys)\// },
            { name: "shared", test: inSource(SHARED) },
            { name: "desk", test: inSource(DESK) },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8112", ws: true } } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
