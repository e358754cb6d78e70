import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { backtestOf } from '../support/hand-made-backtest.ts';
import { handLimits, handSessions, handYears, toTick, type HandKind } from './hand-market.ts';
import { HandRun, type HandBar, type HandSymbol } from './hand-run.ts';

/** A generator of the test's own, 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A year of a made-up stock: days without trading, days that are missing, days at the limit, thin volumes. */
function madeUp(
  symbol: string,
  kind: HandKind,
  { days, seed, price }: { days: readonly number[]; seed: number; price: number },
): HandSymbol {
  const random = chance(seed);
  let last = price;
  const bars: HandBar[] = [];
  for (const date of days) {
    const kindOfDay = random();
    const [lower, upper] = handLimits(kind, date, last);
    const near = (from: number, width: number): number => {
      const wanted = from * (1 + (random() + random() + random() - 1.5) * width);
      return Math.min(upper, Math.max(lower, toTick(kind, date, Math.max(wanted, 10), 'down')));
    };
    const locked = kindOfDay < 0.97 ? null : random() < 0.5 ? upper : lower;
    const open = locked ?? near(last, 0.03);
    const close = locked ?? near(open, 0.07);
    const [high, low] = [Math.max(open, close, near(open, locked === null ? 0.05 : 0)), Math.min(open, close)];
    const volume = Math.floor(random() * 4_000 * (1_500_000 / price) ** 0.5);
    if (kindOfDay < 0.02) continue;
    if (kindOfDay < 0.05) bars.push({ date, open: last, high: last, low: last, close: last, volume: 0 });
    else bars.push({ date, open, high: locked ?? high, low: locked ?? low, close, volume });
    last = bars.at(-1)!.close;
  }
  return { symbol, kind, bars };
}

function seriesOf({ symbol, bars }: HandSymbol): BarSeries {
  const column = (name: keyof HandBar): Float64Array => Float64Array.from(bars, (bar) => bar[name]);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: Float64Array.from(bars, ({ date }) =>
      Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100),
    ),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

const stocks = [
  ['005490', 'KOSPI'],
  ['247540', 'KOSDAQ'],
  ['069500', 'ETF'],
  ['000270', 'KOSPI'],
  ['017670', 'KOSPI'],
  ['035900', 'KOSDAQ'],
] as const;
const prices = [1_480, 4_900, 18_000, 61_000, 187_000, 540_000];

for (const year of handYears) {
  test(`a back-test of ${year} over six made-up listings is, order for order and to the won, what a hand run gives`, () => {
    const sessions = handSessions(year);
    const days = sessions.slice(0, -4);
    const symbols = stocks.map(([symbol, kind], place) =>
      madeUp(symbol, kind, { days, seed: year * 7 + place * 131, price: prices[(place + year) % prices.length]! }),
    );
    const resolved = resolveProgram(presetById('sma_crossover')!.program, { fast: 2, slow: 5 });
    assert.ok(resolved.kind === 'rules');
    const instruments = symbols.map(({ symbol }) => instrumentId(symbol));

    const { result } = backtestOf(
      ruleStrategy({ name: 'audit', rules: resolved.rules, instruments, interval: '1d' }),
      symbols.map(seriesOf),
      { from: days[0]!, to: days.at(-1)! },
    );

    const hand = new HandRun(symbols, sessions, [2, 5]);
    for (const date of days) hand.day(date);
    const orders = result.orders.map(({ symbol, side, date, price, quantity, state, denials }) => {
      const codes = denials.map(({ code }) => code);
      return { symbol, side, date, price, quantity, state, codes };
    });
    assert.deepEqual(orders, hand.asked);
    const trades = result.trades.map((trade) => [
      trade.symbol,
      trade.side,
      trade.date,
      trade.price,
      trade.quantity,
      trade.fee,
      trade.tax,
      trade.profit,
    ]);
    assert.deepEqual(trades, hand.trades);
    assert.deepEqual(
      result.equity.map(({ date, value }) => [date, value]),
      hand.equity,
    );
    assert.ok(
      trades.length > 60 &&
        orders.some(({ state }) => state === 'denied') &&
        orders.some(({ state }) => state === 'expired'),
    );
  });
}
