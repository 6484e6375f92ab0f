// `sim serve`: the page on this machine, for this machine only, until it is interrupted.

import { spawn } from 'node:child_process';
import { serve } from '@hono/node-server';
import type { Language } from '../report/index.ts';
import { SandboxError } from '../sim/index.ts';
import { pageServer } from '../web/server.ts';
import { exploreApart, shootApart } from './apart.ts';
import { loadCatalogue } from './load.ts';
import { readBundle } from './page-file.ts';
import { complain, print } from './terminal.ts';

const ADDRESS = '127.0.0.1';
const PORT = 7070;
/** How long an exploration goes on. */
const EXPLORE_S = 30;

/** What can be typed after `sim serve`. */
export interface ServeFlags {
  readonly port?: string;
  readonly open?: boolean;
  readonly scenarios?: string;
}

/** @throws SandboxError `bad-value` */
function portOf(text: string | undefined): number {
  if (text === undefined) return PORT;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  const expected = { type: 'integer', min: 0, max: 65_535 } as const;
  throw new SandboxError('bad-value', { name: '--port', given: text, expected });
}

/** Serves until it is interrupted. Returns the exit code. */
export async function serveCommand(flags: ServeFlags, language: Language): Promise<number> {
  const { scenarios } = flags;
  // A broken catalogue is said before anything is served.
  await loadCatalogue(scenarios);
  let hosts: readonly string[] = [];
  const stopped = new AbortController();
  const app = pageServer({
    bundle: readBundle(),
    hosts: () => hosts,
    catalogue: () => loadCatalogue(scenarios),
    explore: (asked, said, { onProgress, signal }) => {
      const order = { ...asked, scenarios, language: said, seconds: EXPLORE_S };
      return exploreApart(order, onProgress, AbortSignal.any([signal, stopped.signal]));
    },
    apart: (order, steps, ms) => shootApart({ order, scenarios, steps, ms }, stopped.signal),
    nowMs: () => performance.now(),
  });
  const wanted = portOf(flags.port);
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: ADDRESS, port: wanted }, ({ port }) => {
      hosts = [`${ADDRESS}:${port}`, `localhost:${port}`];
      const url = `http://${ADDRESS}:${port}/${language === 'zh' ? '?lang=zh' : ''}`;
      print([url]);
      if (flags.open)
        spawn('xdg-open', [url], { stdio: 'ignore', detached: true }).on('error', () =>
          complain([url]),
        );
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(new SandboxError('cannot-serve', { port: wanted, why: error.message }));
    });
    const stop = (): void => {
      stopped.abort();
      server.close(() => resolve(0));
      // Those who still listen for progress are not waited for.
      if ('closeAllConnections' in server) server.closeAllConnections();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
