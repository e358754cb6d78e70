import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { aRequest, aState, checkOf } from '../../../tests/support/guard-makers.ts';

test('G8 decide() denies a market order', () => {
  assert.equal(checkOf('order-type', aRequest({ type: 'market', price: won(0) }), aState()).passed, false);
});

test('G9 decide() denies a price between two ticks and names the tick', () => {
  const check = checkOf('tick-size', aRequest({ price: won(70_050) }), aState());

  assert.deepEqual(check, { code: 'tick-size', actual: 70_050, limit: 100, unit: 'won', passed: false });
  assert.equal(checkOf('tick-size', aRequest({ price: won(70_100) }), aState()).passed, true);
});

test('G9 decide() uses the tick table of the date in Seoul', () => {
  // 70,050 lay between ticks of 100 in 2026 and of 100 before 2023 too; 150,100 only since 2023-01-25.
  const request = aRequest({ price: won(150_100) });
  const on = (now: string) => checkOf('tick-size', request, aState({ nowMs: Date.parse(now) })).passed;

  assert.equal(on('2023-01-24T14:59:59Z'), false);
  assert.equal(on('2023-01-24T15:00:00Z'), true);
});

test('G10 decide() allows the upper and the lower limit of the day and denies one tick beyond', () => {
  const passes = (price: number) => checkOf('price-limit', aRequest({ price: won(price) }), aState()).passed;

  assert.deepEqual([passes(91_000), passes(91_100)], [true, false]);
  assert.deepEqual([passes(49_000), passes(48_950)], [true, false]);
});

test('G10 decide() gives a leveraged fund twice the room', () => {
  const id = instrumentId('122630');
  const fund = { id, symbol: '122630', name: 'fund', market: 'KOSPI', kind: 'etf', leverage: 2 } as const;
  const state = aState({ universe: new Map([[id, fund]]), basePrice: () => won(10_000) });
  const passes = (price: number) =>
    checkOf('price-limit', aRequest({ instrument: id, price: won(price) }), state).passed;

  assert.deepEqual([passes(16_000), passes(16_005), passes(4_000), passes(3_995)], [true, false, true, false]);
});

test('G9 G10 a tick and a limit that cannot be known deny, with NaN for the limit', () => {
  const unlisted = aState({ universe: new Map() });
  const noBase = aState({ basePrice: () => null });

  for (const check of [
    checkOf('tick-size', aRequest(), unlisted),
    checkOf('price-limit', aRequest(), unlisted),
    checkOf('price-limit', aRequest(), noBase),
  ]) {
    assert.deepEqual(check, { code: check.code, actual: 70_000, limit: Number.NaN, unit: 'won', passed: false });
  }
});

test('G10 the price-limit check shows the limit on the side of the price', () => {
  const shown = (price: number) => checkOf('price-limit', aRequest({ price: won(price) }), aState()).limit;

  assert.deepEqual([shown(69_900), shown(70_000), shown(70_100)], [49_000, 91_000, 91_000]);
});
