import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { exitMax } from './trigger-account.ts';

const samsung = instrumentId('005930');

function anAccount({ held = 10, offered = 0, orderValueMax = 1_000_000 } = {}) {
  return { held: () => held, offered: () => offered, orderValueMax: () => orderValueMax };
}

describe('exitMax()', () => {
  test('INV-07 exitMax() is what is held less what other sells offer, less what others are about to sell', () => {
    assert.equal(exitMax(anAccount(), samsung, 10_000, 0), 10);
    assert.equal(exitMax(anAccount({ offered: 4 }), samsung, 10_000, 0), 6);
    assert.equal(exitMax(anAccount({ offered: 4 }), samsung, 10_000, 5), 1);
    assert.equal(exitMax(anAccount({ offered: 4 }), samsung, 10_000, 6), 0);
    assert.ok(exitMax(anAccount({ offered: 10 }), samsung, 10_000, 1) <= 0);
  });

  test('exitMax() asks about the instrument that is sold', () => {
    const hynix = instrumentId('000660');
    const account = {
      held: (instrument: string) => (instrument === hynix ? 7 : 100),
      offered: (instrument: string) => (instrument === hynix ? 2 : 50),
      orderValueMax: () => 1_000_000,
    };

    assert.equal(exitMax(account, hynix, 10_000, 0), 5);
  });

  test('exitMax() is no more than is worth the largest single order, to the won', () => {
    assert.equal(exitMax(anAccount({ orderValueMax: 30_000 }), samsung, 10_000, 0), 3);
    assert.equal(exitMax(anAccount({ orderValueMax: 29_999 }), samsung, 10_000, 0), 2);
  });

  test('exitMax() is one share where even that is worth too much, and never one that is not held', () => {
    assert.equal(exitMax(anAccount({ orderValueMax: 9_999 }), samsung, 10_000, 0), 1);
    assert.equal(exitMax(anAccount({ held: 0, orderValueMax: 9_999 }), samsung, 10_000, 0), 0);
  });

  test('exitMax() asks for all of them when the price is not known, whatever one order may be worth', () => {
    assert.equal(exitMax(anAccount({ offered: 3, orderValueMax: 0 }), samsung, null, 2), 5);
  });
});
