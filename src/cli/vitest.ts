// `import 'indoubt/vitest'` gives vitest a matcher: `await expect(scenario).toHold({ faults: 2 })`.

import { expect } from 'vitest';
import { type ExploreWanted, toHold } from './library.ts';

interface Holding {
  /** Every property holds, whatever happens within the budget; the counterexample if not. */
  toHold(wanted?: ExploreWanted): Promise<void>;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it
  interface Matchers<T = any> extends Holding {}
}

expect.extend({ toHold });
