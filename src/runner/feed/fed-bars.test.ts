import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { FedBars } from './fed-bars.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');
const barAt = (startsAtMs: number) => {
  const price = won(70_000);
  return { startsAtMs, date: 20_261_117, open: price, high: price, low: price, close: price, volume: 1 };
};

test('FedBars takes a bar once, and none that is older than the last', () => {
  const fed = new FedBars();

  assert.equal(fed.take(samsung, barAt(60_000)), true);
  assert.equal(fed.take(samsung, barAt(60_000)), false);
  assert.equal(fed.take(samsung, barAt(0)), false);
  assert.equal(fed.take(hynix, barAt(0)), true, 'each instrument for itself');
});

test('FedBars is cold until the bars that were asked for have been taken', () => {
  const fed = new FedBars();
  fed.warmUpBars = 2;

  fed.take(samsung, barAt(0));
  fed.take(samsung, barAt(0));
  assert.deepEqual([fed.isCold(samsung), fed.isWarm], [true, false]);
  fed.take(samsung, barAt(60_000));

  assert.deepEqual([fed.isCold(samsung), fed.isCold(hynix), fed.isWarm], [false, true, true]);
});
