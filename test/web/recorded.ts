// Reads what a saved page carries.

import { inflateSync } from 'node:zlib';

/** The recorded runs of a page, as they were carried. */
export function recordedIn(html: string): string {
  const [, data = ''] = html.match(/id="recorded">([^<]*)</) ?? [];
  return inflateSync(Buffer.from(data, 'base64')).toString();
}
