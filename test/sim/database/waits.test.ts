// Waiting for locks: deadlocks, timeouts, and who is served first. The rules are InnoDB's.

import { beforeEach, describe, expect, it } from 'vitest';
import { openShop } from './shop.ts';

let shop = openShop();
beforeEach(() => {
  shop = openShop();
});

describe('deadlocks and timeouts', () => {
  it('roll back the lightest of the cycle and let the other go on', () => {
    const { db, begin, pay } = shop;
    const [heavy, light] = [begin(), begin()];
    pay(heavy, 1, 1);
    db.execute(heavy, 'UPDATE ticket SET owner = 9', {});
    pay(light, 1, 2);
    expect(pay(light, 1, 1)).toMatchObject({ type: 'blocked' });
    expect(pay(heavy, 1, 2)).toMatchObject({ affected: 1 });
    expect(db.takeWoken()).toContain(light);
    expect(db.resume(light)).toEqual({
      type: 'failed',
      failure: { code: 'deadlock', definite: true },
    });
    db.commit(heavy);
    expect(db.committedRows('customer').map((row) => row['deposit'])).toEqual([999, 999]);
  });

  it('on a tie choose the transaction that closed the cycle', () => {
    const { db, begin, pay } = shop;
    const [first, second] = [begin(), begin()];
    pay(first, 1, 1);
    pay(second, 1, 2);
    expect(pay(first, 1, 2)).toMatchObject({ type: 'blocked' });
    expect(pay(second, 1, 1)).toMatchObject({ failure: { code: 'deadlock' } });
    expect(db.commit(second)).toBe(false);
    expect(db.takeWoken()).toEqual([first]);
    expect(db.resume(first)).toMatchObject({ affected: 1 });
  });

  it('a wait that times out fails the statement alone; locks and changes stay', () => {
    const { db, begin, deposit, pay } = shop;
    const [first, second, third] = [begin(), begin(), begin()];
    pay(first, 1, 1);
    pay(second, 7, 2);
    pay(second, 1, 1);
    expect(pay(third, 1, 1)).toMatchObject({ waitsFor: [first, second] });
    expect(db.timeOutWait(second)).toMatchObject({ failure: { code: 'lock-wait-timeout' } });
    db.commit(second);
    db.commit(first);
    expect(db.takeWoken()).toEqual([third]);
    expect(deposit(null, 2)).toBe(993);
  });

  it('serve those who wait in the order they came', () => {
    const { db, begin, pay } = shop;
    const [first, second, third] = [begin(), begin(), begin()];
    for (const transaction of [first, second, third]) pay(transaction, 1);
    db.commit(first);
    expect(db.takeWoken()).toEqual([second]);
    db.resume(second);
    db.rollback(second);
    expect(db.takeWoken()).toEqual([third]);
  });
});
