import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarInterval } from '#domain/bar.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aDraft, daily, days, minutes, run, samsung, type Prices, type Script } from './fixtures/scripted-run.ts';

const walk = fc.array(
  fc.record({
    gap: fc.integer({ min: -12, max: 12 }),
    up: fc.integer({ min: 0, max: 15 }),
    down: fc.integer({ min: 0, max: 15 }),
    close: fc.double({ min: 0, max: 1, noNaN: true }),
    volume: fc.constantFrom(0, 30, 1_000_000),
    act: fc.integer({ min: 0, max: 11 }),
  }),
  { minLength: 12, maxLength: 40 },
);

type Step = { gap: number; up: number; down: number; close: number; volume: number; act: number };

function pricesOf(steps: readonly Step[]): Prices[] {
  let close = 70_000;
  return steps.map((step) => {
    const open = Math.max(60_000, Math.min(80_000, close + step.gap * 100));
    const [high, low] = [open + step.up * 100, open - step.down * 100];
    close = low + Math.round(((high - low) * step.close) / 100) * 100;
    return [open, high, low, close, step.volume];
  });
}

/** Does something of every kind; what depends on the step alone, so that a shorter history means the same. */
function anything(steps: readonly Step[]): Script {
  return (context, bar, count) => {
    const held = context.position(samsung);
    const at = (bps: number) => won(Math.round((bar.close * (10_000 + bps)) / 1_000_000) * 100);
    const buy = aDraft('buy', { price: bar.close, quantity: quantity(7 + (count % 5)) });
    const sell = aDraft('sell', { price: bar.close, quantity: quantity(Math.max(1, held?.quantity ?? 1)) });
    const exits = { stopPrice: at(-100), targetPrice: at(100), trailingBps: 120 };
    const kinds: readonly (() => unknown)[] = [
      () => context.submit(buy),
      () => context.submit({ ...buy, exits }),
      () => context.submit({ ...buy, pricing: 'market', exits: { trailingBps: 90 } }),
      () => context.submit({ ...buy, pricing: 'market-on-open' }),
      () => context.submit({ ...buy, trigger: { kind: 'stop', price: at(60) }, pricing: 'market' }),
      () => context.submit({ ...buy, goodTill: 20240112 }),
      () => context.submit({ ...sell, pricing: 'market-on-close' }),
      () => context.submit({ ...sell, trigger: { kind: 'trailing', distanceBps: 70 }, pricing: 'market' }),
      () => [
        context.submit({ ...sell, group: `g${count}`, price: at(80) }),
        context.submit({ ...sell, group: `g${count}`, trigger: { kind: 'stop', price: at(-80) }, pricing: 'market' }),
      ],
      () => context.submit({ ...sell, pricing: 'market' }),
    ];
    kinds[steps[count]?.act ?? 99]?.();
  };
}

const fills = { slippage: { kind: 'ticks', ticks: 2 }, volatilityInterruptions: true } as const;

function runAnything(interval: BarInterval, steps: readonly Step[], rows: number) {
  const prices = pricesOf(steps).slice(0, rows);
  const perDay = 5;
  const series =
    interval === '1d'
      ? daily(...prices.slice(0, days.length))
      : minutes(...days.map((_, day) => prices.slice(day * perDay, (day + 1) * perDay)));
  const outcome = run(series, anything(steps), { fills, basePrice: () => won(70_000) });
  return { outcome, series };
}

describe('runBacktest() whatever a strategy asks for', () => {
  for (const interval of ['1d', '1m'] as const) {
    test(`runBacktest() trades nothing outside its bar, past its limit or above its share of the volume, ${interval}`, () => {
      let traded = 0;
      fc.assert(
        fc.property(walk, (steps) => {
          const { outcome, series } = runAnything(interval, steps, steps.length);
          const { trades, orders } = outcome.result;
          traded += trades.length;
          let held = 0;
          const taken = new Map<string, number>();
          for (const trade of trades) {
            held += trade.side === 'buy' ? trade.quantity : -trade.quantity;
            assert.ok(held >= 0);
            const rows = [...series.date.keys()].filter((row) => series.date[row] === trade.date);
            assert.ok(rows.some((row) => series.low[row]! <= trade.price && trade.price <= series.high[row]!));
            taken.set(`${trade.date}`, (taken.get(`${trade.date}`) ?? 0) + trade.quantity);
          }
          for (const [date, shares] of taken) {
            const volume = [...series.date.keys()].map((row) =>
              `${series.date[row]}` === date ? series.volume[row]! : 0,
            );
            assert.ok(shares <= volume.reduce((sum, one) => sum + Math.floor(one / 10), 0));
          }
          const asked = orders.reduce((sum, order) => sum + order.quantity, 0);
          assert.ok(trades.reduce((sum, trade) => sum + trade.quantity, 0) <= asked);
        }),
        { numRuns: 60 },
      );
      assert.ok(traded > 60, `only ${traded} trades were looked at`);
    });

    test(`runBacktest() never changes a past decision when bars are appended, and gives the same bytes twice, ${interval}`, () => {
      fc.assert(
        fc.property(walk, fc.integer({ min: 1, max: 8 }), (steps, cut) => {
          const rows = interval === '1d' ? Math.min(days.length, steps.length) : steps.length;
          const whole = runAnything(interval, steps, rows).outcome;
          const shorter = runAnything(interval, steps, rows - cut).outcome;

          assert.equal(JSON.stringify(runAnything(interval, steps, rows).outcome), JSON.stringify(whole));
          assert.deepEqual(whole.decisionLog.slice(0, shorter.decisionLog.length), shorter.decisionLog);
          assert.deepEqual(whole.result.trades.slice(0, shorter.result.trades.length), shorter.result.trades);
          const denials = (outcome: typeof whole) => outcome.result.orders.map((order) => order.denials);
          // An order that waits when the bars end has not been asked for yet; it may be denied later.
          for (const [index, told] of denials(shorter).entries()) {
            if (told.length > 0) assert.deepEqual(denials(whole)[index], told);
          }
        }),
        { numRuns: 40 },
      );
    });
  }
});
