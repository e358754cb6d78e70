import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decimal, whole } from '#indicators/params.ts';
import { defineStrategy } from './define-strategy.ts';
import { tunable } from './tunable-strategy.ts';

function aTunable(seen: object[] = []) {
  return tunable({
    symbols: ['005930'],
    params: { days: whole(20, 2, 60), part: decimal(0.5, 0, 1, 0.1), offset: -3 },
    make: (values, symbols) => {
      seen.push({ ...values });
      if (values.days * values.part > 40) throw new RangeError('days × part is above 40');
      return defineStrategy({ name: 'own', instruments: symbols, interval: '1d', warmUpBars: values.days });
    },
  });
}

describe('tunable()', () => {
  test('tunable() is the strategy of its defaults, and makes fresh ones of other values and symbols', () => {
    const seen: object[] = [];
    const strategy = aTunable(seen);

    const other = strategy.tuned({ values: { days: 30, offset: 1e6 }, symbols: ['000660', '035420'] });

    assert.deepEqual([strategy.name, strategy.warmUpBars, strategy.instruments], ['own', 20, ['KRX:005930']]);
    assert.deepEqual([other.warmUpBars, other.instruments], [30, ['KRX:000660', 'KRX:035420']]);
    assert.deepEqual(seen, [
      { days: 20, part: 0.5, offset: -3 },
      { days: 30, part: 0.5, offset: 1e6 },
    ]);
    assert.notEqual(strategy.tuned({ values: {} }), strategy.tuned({ values: {} }));
  });

  test('tunable() refuses unknown names, values outside their range, and symbols where they are part of the rules', () => {
    const strategy = aTunable();
    const fixed = tunable({
      params: { days: 5 },
      make: () => defineStrategy({ name: 'own', instruments: ['005930'], interval: '1d' }),
    });

    assert.throws(() => strategy.tuned({ values: { day: 5 } }), /"day" is 5, wanted one of days, part, offset/);
    assert.throws(() => strategy.tuned({ values: { days: 61 } }), /"days" is 61, wanted a whole number from 2 to 60/);
    assert.throws(() => strategy.tuned({ values: { days: 2.5 } }), /wanted a whole number/);
    assert.throws(() => strategy.tuned({ values: { offset: NaN } }), /"offset" is NaN/);
    assert.throws(() => strategy.tuned({ values: { days: 60, part: 1 } }), /days × part is above 40/);
    assert.throws(() => fixed.tuned({ values: {}, symbols: ['000660'] }), /declares no "symbols"/);
  });
});
