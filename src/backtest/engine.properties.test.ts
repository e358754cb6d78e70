import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { type Row, run, samsung, seriesOf } from './fixtures/run-of-2011.ts';

const walk = fc.array(
  fc.record({
    step: fc.integer({ min: -900, max: 900 }),
    gap: fc.integer({ min: -300, max: 300 }),
    halted: fc.boolean(),
  }),
  { minLength: 60, maxLength: 110 },
);

test('runBacktest() gives the same bytes twice, and later bars never change an earlier decision', () => {
  fc.assert(
    fc.property(walk, fc.integer({ min: 1, max: 25 }), (steps, cut) => {
      const rows = rowsOf(steps);
      const whole = run(tutorial(), [seriesOf(samsung, rows)]);
      const again = run(tutorial(), [seriesOf(samsung, rows)]);
      const shorter = run(tutorial(), [seriesOf(samsung, rows.slice(0, -cut))]);

      assert.equal(JSON.stringify(again), JSON.stringify(whole));
      assert.deepEqual(whole.decisionLog.slice(0, shorter.decisionLog.length), shorter.decisionLog);
      const kept = shorter.result;
      assert.deepEqual(whole.result.trades.slice(0, kept.trades.length), kept.trades);
      assert.deepEqual(whole.result.equity.slice(0, kept.equity.length), kept.equity);
      assert.deepEqual(
        whole.result.orders.slice(0, kept.orders.length).map((one) => one.denials),
        kept.orders.map((one) => one.denials),
      );
    }),
    { numRuns: 15 },
  );
});

function tutorial(): Strategy {
  const config = {
    maShort: 3,
    maLong: 8,
    rsiPeriod: 5,
    rsiOversold: 40,
    rsiOverbought: 75,
    bbPeriod: 8,
    bbStd: 1.2,
    stopLoss: 0.02,
    takeProfit: 0.03,
    maxPosition: 5,
    positionSize: 0.05,
  };
  return tutorialStrategy({ name: 'tutorial', config, instruments: [samsung], interval: '1d' });
}

/** A random walk around 20,000 won from the last days of 2010 on, weekdays. */
function rowsOf(steps: readonly { readonly step: number; readonly gap: number; readonly halted: boolean }[]): Row[] {
  let [close, day] = [20_000, Date.UTC(2010, 11, 20)];
  return steps.map(({ step, gap, halted }, index) => {
    const open = Math.max(11_000, close + gap);
    close = Math.max(11_000, Math.min(45_000, open + step));
    day += new Date(day).getUTCDay() === 5 ? 3 * 86_400_000 : 86_400_000;
    const date = Number(new Date(day).toISOString().slice(0, 10).replaceAll('-', ''));
    const volume = halted && index % 9 === 0 ? 0 : 500_000;
    return [date, open, Math.max(open, close) + 50, Math.min(open, close) - 50, close, volume];
  });
}
