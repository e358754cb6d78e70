import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '../strategy.ts';
import { idOfNextDay, isLaterDay, plainDraft } from './plain-draft.ts';
import type { WatchedOrder } from './watched-order.ts';

const plain: OrderDraft = {
  instrument: instrumentId('005930'),
  side: 'buy',
  quantity: quantity(10),
  price: won(10_000),
  reason: 'because',
};

function aWaiting(draft: OrderDraft): WatchedOrder {
  const wait = { kind: 'stop', price: won(9_500) } as const;
  return { requestId: 'a', draft, wait, extreme: null, set: null, exitOf: null, isLive: true, notBeforeMs: 0 };
}

describe('plainDraft()', () => {
  test('plainDraft() leaves out trigger and group, and adds nothing that was not asked for', () => {
    const draft: OrderDraft = { ...plain, trigger: { kind: 'stop', price: won(9_500) }, group: 'out' };

    assert.deepEqual(plainDraft(aWaiting(draft), Infinity), plain);
  });

  test('plainDraft() keeps pricing, last day and exits: a stop-market order leaves as one, a bracket with its stop', () => {
    const draft: OrderDraft = {
      ...plain,
      pricing: 'market',
      goodTill: 20_261_130,
      exits: { stopPrice: won(9_000), trailingBps: 300 },
    };

    assert.deepEqual(plainDraft(aWaiting(draft), Infinity), draft);
  });

  test('INV-07 plainDraft() asks for no more shares than it may, for none when that is below none', () => {
    const shares = [11, 10, 9, 1, 0, -3].map((sharesMax) => plainDraft(aWaiting(plain), sharesMax).quantity);

    assert.deepEqual(shares, [10, 10, 9, 1, 0, 0]);
  });
});

describe('idOfNextDay()', () => {
  test('idOfNextDay() counts the days behind the id of the first', () => {
    assert.deepEqual(['a', 'a+1', 'a+9'].map(idOfNextDay), ['a+1', 'a+2', 'a+10']);
  });
});

describe('isLaterDay()', () => {
  test('isLaterDay() knows the days after the one asked about, not that day itself nor those before', () => {
    const later = ['a', 'a+1', 'a+2', 'a+10'].map((id) => isLaterDay(id, 'a+1'));

    assert.deepEqual(later, [false, false, true, true]);
    assert.equal(isLaterDay('a', 'a'), false);
    assert.equal(isLaterDay('a+1', 'a'), true);
  });

  test('isLaterDay() is false for another order, however alike the ids', () => {
    assert.equal(isLaterDay('ab+2', 'a'), false);
    assert.equal(isLaterDay('b+2', 'a+1'), false);
  });
});
