// Linux namespaces of the child's own: no network, no other process to be seen. Where the kernel
// does not allow them, the other walls stand alone.

import { spawnSync } from 'node:child_process';

/** The arguments of `unshare`, before the command. */
export const NAMESPACES = [
  '--user',
  '--map-root-user',
  '--net',
  '--pid',
  '--fork',
  '--kill-child',
  '--',
] as const;

/** The command in front of another that ends it with whoever started it, however that ended. */
const TIE = ['setpriv', '--pdeathsig', 'KILL', '--'] as const;

let known: boolean | null = null;
let tie: readonly string[] | null = null;

/** Whether there can be namespaces of one's own; asked of the kernel once. */
export function canIsolate(): boolean {
  known ??= spawnSync('unshare', [...NAMESPACES, 'true'], { stdio: 'ignore' }).status === 0;
  return known;
}

/** What ties a process to the life of the thread that starts it; nothing where there is no such. */
export function tied(): readonly string[] {
  const [file, ...args] = TIE;
  tie ??= spawnSync(file, [...args, 'true'], { stdio: 'ignore' }).status === 0 ? TIE : [];
  return tie;
}
