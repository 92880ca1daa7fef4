// Measures what the browser loads before the map, for each screen: every chunk the screen needs to
// be up, gzipped. The parts fetched afterwards are printed too. Fails above the budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 60_000;
const ENTRY = "index.html";
const SCREENS = ["src/screens/OperatorScreen.svelte", "src/screens/AgencyScreen.svelte"];

const dist = new URL("../dist/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const gzipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

function filesOf(keys) {
  const seen = new Set();
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not in the manifest`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of keys) visit(key);
  return files;
}

let over = false;
const shell = new Set();
for (const screen of SCREENS) {
  const files = [ENTRY, ...filesOf([ENTRY, screen])];
  for (const file of files) shell.add(file);
  const total = files.reduce((sum, file) => sum + gzipped(file), 0);
  over ||= total > BUDGET_BYTES;
  process.stdout.write(`${screen}: ${total} of ${BUDGET_BYTES} bytes gzipped\n`);
  for (const file of files) process.stdout.write(`  ${String(gzipped(file)).padStart(7)}  ${file}\n`);
}
process.stdout.write("fetched later\n");
for (const { file, css = [] } of Object.values(manifest)) {
  for (const one of [file, ...css]) {
    if (shell.has(one)) continue;
    shell.add(one);
    process.stdout.write(`  ${String(gzipped(one)).padStart(7)}  ${one}\n`);
  }
}
if (over) {
  process.stderr.write("a screen is over its budget\n");
  process.exit(1);
}
