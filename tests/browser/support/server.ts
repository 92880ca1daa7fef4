// The server as a process: started on a free port, killed without a word, started again where it was.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const START_WITHIN_MS = 60_000;
const TARGET = process.env["CARGO_TARGET_DIR"] ?? resolve(import.meta.dirname, "../../../target");
const BINARY = process.env["KENTONGAN_BIN"] ?? join(TARGET, "debug", "kentongan");
const PACK = resolve(import.meta.dirname, "../../../server/centres/kediri");

/** No setting of this machine reaches the server. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("KENTONGAN_")));
}

export class Server {
  readonly data = mkdtempSync(join(tmpdir(), "kentongan-browser-"));
  /** Its address, e.g. `http://127.0.0.1:34567`; the same after a restart. */
  base = "";
  #child: ChildProcess | null = null;

  /** The demo city; `files` stand in for those of its pack, by name. */
  static async demo(files: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: run \`make test\` or \`cargo build -p kentongan\``);
    const server = new Server();
    if (Object.keys(files).length > 0) server.#importPack(files);
    await server.#start("127.0.0.1:0");
    return server;
  }

  /** Starts it again on the same data and the same port. */
  async restart(): Promise<void> {
    await this.#start(this.base.replace("http://", ""));
  }

  /** SIGKILL, as when the power goes; returns when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Kills it and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  get log(): string {
    const path = join(this.data, "server.log");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  }

  #importPack(files: Readonly<Record<string, string>>): void {
    const pack = mkdtempSync(join(tmpdir(), "kentongan-pack-"));
    cpSync(PACK, pack, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(pack, name), text);
    const done = spawnSync(BINARY, ["centre", "import", pack, "--data-dir", this.data], { env: cleanEnv(), encoding: "utf8" });
    rmSync(pack, { recursive: true, force: true });
    if (done.status !== 0) throw new Error(`the pack was refused:\n${done.stdout}${done.stderr}`);
  }

  async #start(listen: string): Promise<void> {
    const child = spawn(BINARY, ["serve", "--demo", "--listen", listen, "--data-dir", this.data], {
      env: cleanEnv(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.on("data", (words: Buffer) => appendFileSync(join(this.data, "server.log"), words));
    const late = setTimeout(() => child.kill("SIGKILL"), START_WITHIN_MS);
    let said = "";
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        said += `${line}\n`;
        if (!line.startsWith("listening on ")) continue;
        this.base = line.slice("listening on ".length);
        child.stdout.resume();
        return;
      }
    } finally {
      clearTimeout(late);
    }
    throw new Error(`the server did not come up; it said:\n${said}${this.log}`);
  }
}
