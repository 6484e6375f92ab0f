// Run after `npm install`: adds to package-lock.json the optional packages of other platforms that
// npm left out because its registry did not serve them. Without them `npm ci` refuses the lock.

import { readFileSync, writeFileSync } from 'node:fs';

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'aix', 'sunos'];
const lock = JSON.parse(readFileSync(FILE, 'utf8'));

/** What a platform package says of itself, read from its name, as `…-linux-x64-musl`. */
function platformOf(name) {
  if (name === 'fsevents') return { os: ['darwin'] };
  const parts = name.split(/[/-]/);
  const system = parts.findIndex((part) => SYSTEMS.includes(part));
  if (system < 0) return { cpu: ['wasm32'] };
  const libc = ['musl', 'musleabihf'].includes(parts.at(-1)) ? { libc: ['musl'] } : {};
  return { os: [parts[system]], cpu: [parts[system + 1]], ...libc };
}

let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
    if (places.some((place) => lock.packages[place])) continue;
    const version = range.replace(/^[^\d]+/, '');
    const { dev } = entry;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...platformOf(name),
      ...(dev && { dev }),
      optional: true,
    };
    added += 1;
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`added ${added} packages of other platforms`);
