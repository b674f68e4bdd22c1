import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const program = resolve(import.meta.dirname, '../../../artifacts/bin/Parley.Cli/release/parley');
const startsWithin = 60_000;

/** The real server with its embedded engines, on a free port, with a folder that goes when it goes. */
export class ParleyServer {
  #process: ChildProcess | null = null;
  #output = '';

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly settings: readonly string[],
  ) {}

  /** @param settings Further settings, as `--Parley:Section:Key=value`. */
  static async start(...settings: string[]): Promise<ParleyServer> {
    const server = new ParleyServer(await freePort(), await mkdtemp(join(tmpdir(), 'parley-e2e-')), settings);
    await server.#run();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again, on the same port with the same data. */
  async restart(): Promise<void> {
    await this.#end('SIGTERM');
    await this.#run();
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #run(): Promise<void> {
    const settings = [
      `--urls=${this.url}`,
      `--Parley:Store:Path=${join(this.folder, 'parley.db')}`,
      `--Parley:Learners:Path=${join(this.folder, 'learners.db')}`,
      '--Parley:Session:DrainTimeout=00:00:01',
      ...this.settings,
    ];
    this.#process = spawn(program, ['serve', ...settings], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout!, this.#process.stderr!]) stream.on('data', (text: Buffer) => (this.#output = (this.#output + String(text)).slice(-4000)));
    const until = Date.now() + startsWithin;
    while (Date.now() < until && this.#process.exitCode === null) {
      if (await answers(this.url)) return;
      await pause(200);
    }
    throw new Error(`The server did not start:\n${this.#output}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((resolvePromise) => server.once('exit', resolvePromise));
    server.kill(signal);
    const late = setTimeout(() => server.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(late);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolvePromise) => probe.listen(0, '127.0.0.1', resolvePromise));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolvePromise) => probe.close(resolvePromise));
  return port;
}
