// A MariaDB server of our own: a fresh folder under the temporary one, 127.0.0.1 only, InnoDB at
// its defaults. It ends by its own process id, and its folder goes, also when we are stopped.
// It must never touch another server.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';

const START_TIMEOUT_MS = 60_000;
const INSTALL = 'mariadb-install-db';
const SERVER = 'mariadbd';

/** Its full path, or null: looked for in PATH, /usr/sbin and /usr/bin. */
function programPath(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  for (const folder of folders) {
    if (folder === '') continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** In its own process group: Ctrl-C reaches us first, and a script's children end with it. */
function launch(program: string, options: readonly string[], logFile: string): ChildProcess {
  const log = openSync(logFile, 'a');
  return spawn(program, options, { detached: true, stdio: ['ignore', log, log] });
}

function killGroup(child: ChildProcess | null): void {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** The process of the server; `crash` and `restart` work on the same folder. */
export class MariaDbServer {
  readonly #program: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'indoubt-mariadb-'));
  readonly #asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  readonly #port: number;
  #child: ChildProcess | null = null;

  private constructor(program: string, port: number) {
    this.#program = program;
    this.#port = port;
    process.on('exit', this.#clear);
    process.on('SIGINT', this.#interrupt);
    process.on('SIGTERM', this.#interrupt);
  }

  /** Null if no MariaDB is installed. @throws if an installed one does not start. */
  static async start(): Promise<MariaDbServer | null> {
    const program = programPath(SERVER);
    const install = programPath(INSTALL);
    if (program === null || install === null) return null;
    const server = new MariaDbServer(program, await freePort());
    try {
      await server.#install(install);
      await server.restart();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  connect(database?: string): Promise<Connection> {
    const where = { host: '127.0.0.1', port: this.#port, user: 'root' };
    return createConnection(database === undefined ? where : { ...where, database });
  }

  /** As by kill -9: nothing is flushed, every connection drops. */
  async crash(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    killGroup(child);
    await ended(child);
    this.#child = null;
  }

  /** Starts it, and waits until it accepts connections. */
  async restart(): Promise<void> {
    const child = launch(this.#program, this.#serverOptions(), this.#path('server.log'));
    this.#child = child;
    let failure: unknown = null;
    child.once('error', (error) => {
      failure = error;
    });
    for (let waitedMs = 0; waitedMs < START_TIMEOUT_MS; waitedMs += 20) {
      if (failure !== null || child.exitCode !== null) break;
      try {
        const connection = await this.connect();
        await connection.end();
        return;
      } catch {
        await sleep(20);
      }
    }
    throw new Error(`${this.#program} did not start: ${failure ?? this.#log('server.log')}`);
  }

  /** Its data is thrown away, so it may end at once. */
  async stop(): Promise<void> {
    await this.crash();
    this.#clear();
    process.off('exit', this.#clear);
    process.off('SIGINT', this.#interrupt);
    process.off('SIGTERM', this.#interrupt);
  }

  async #install(install: string): Promise<void> {
    const options = [
      '--no-defaults',
      `--datadir=${this.#path('data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...this.#asRoot,
    ];
    const child = launch(install, options, this.#path('install.log'));
    this.#child = child;
    const [code] = await once(child, 'exit');
    this.#child = null;
    if (code !== 0) throw new Error(`${install} failed: ${this.#log('install.log')}`);
  }

  #serverOptions(): string[] {
    return [
      '--no-defaults',
      ...this.#asRoot,
      `--datadir=${this.#path('data')}`,
      '--bind-address=127.0.0.1',
      `--port=${this.#port}`,
      `--socket=${this.#path('s.sock')}`,
      `--pid-file=${this.#path('pid')}`,
      '--skip-name-resolve',
      '--innodb-buffer-pool-size=32M',
    ];
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #log(name: string): string {
    return readFileSync(this.#path(name), 'utf8').trim().split('\n').slice(-8).join('\n');
  }

  readonly #clear = (): void => {
    killGroup(this.#child);
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };

  /** 128 + the signal's number, as a shell has it; `exit` then clears up. */
  readonly #interrupt = (signal: NodeJS.Signals): void => {
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
}
