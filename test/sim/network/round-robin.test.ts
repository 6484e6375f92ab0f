import { expect, it } from 'vitest';
import { takeTurn } from '../../../src/sim/network/index.ts';

function served(instances: readonly string[], times: number, last = -1): readonly string[] {
  const turn = times > 0 ? takeTurn(instances, last) : null;
  return turn ? [turn.instance, ...served(instances, times - 1, turn.turn)] : [];
}

it('goes round, and serves all alike', () => {
  expect(served(['a', 'b', 'c'], 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
  expect(served(['a'], 3)).toEqual(['a', 'a', 'a']);
});

it('goes on when instances come and go', () => {
  expect(served(['a', 'b'], 2, 2)).toEqual(['b', 'a']);
  expect(takeTurn([], 4)).toBeNull();
});
