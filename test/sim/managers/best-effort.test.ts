// The order of a best-effort transaction, and what its container does when nothing can be begun.

import { describe, expect, it } from 'vitest';
import { runSaga } from '../../support.ts';

const seenIn = (fails: readonly string[], handler: string) =>
  runSaga(fails).events.flatMap(({ place, happening }) =>
    place.handler === handler && place.execution !== null ? [happening] : [],
  );

describe('bestEffortListener', () => {
  it('begins, receives, works, commits the database, then the session', () => {
    const kinds = seenIn([], 'new').map((one) =>
      'resource' in one ? `${one.kind} ${one.resource}` : one.kind,
    );
    expect(kinds).toEqual([
      'began',
      'received',
      'changed',
      'sent',
      'committed database',
      'committed session',
      'published',
      'ended',
    ]);
  });

  it('rolls the database back first, then returns the message', () => {
    const kinds = seenIn(['error@ticket.new.locking'], 'new').map((one) =>
      'resource' in one ? `${one.kind} ${one.resource}` : one.kind,
    );
    expect(kinds.slice(2, 7)).toEqual([
      'struck',
      'failed',
      'rolled-back database',
      'rolled-back session',
      'returned',
    ]);
  });

  it('leaves messages in their queue while the database is down: none is counted or buried', () => {
    const result = runSaga(['crash-db@user.pay.charging,restart=60s'], { timeoutMs: 600_000 });
    const received = result.events.flatMap(({ happening, place }) =>
      happening.kind === 'received' && place.handler === 'pay'
        ? [happening.message.deliveryCount]
        : [],
    );
    expect(received).toEqual([1, 2]);
    const declined = result.events.filter(({ happening }) => happening.kind === 'declined');
    expect(declined.length).toBeGreaterThan(10);
    expect(result.outcome.word).toBe('committed');
    expect(result.after['user.customer']).toMatchObject([{ deposit: 900 }]);
    expect(result.queues.every(({ messages }) => messages.length === 0)).toBe(true);
  });
});
