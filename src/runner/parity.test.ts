import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runBacktest } from '#backtest/engine.ts';
import type { Bar } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { Random } from '#domain/random.ts';
import { seriesOfBars } from '#domain/series-of-bars.ts';
import { won } from '#domain/won.ts';
import { standard, starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { PaperDay, paperDay } from '../../tests/support/paper-day.ts';
import { MinuteBars, type BarTick } from './feed/minute-bars.ts';

const samsung = instrumentId('005930');
const listing = listingOf('005930')!;
const minuteMs = 60_000;
const yesterday = 20_240_103;
const { date: today, cash } = paperDay;
const config = {
  maShort: 3,
  maLong: 8,
  rsiPeriod: 5,
  rsiOversold: 35,
  rsiOverbought: 80,
  bbPeriod: 8,
  bbStd: 1.5,
  stopLoss: 0.004,
  takeProfit: 0.008,
  maxPosition: 5,
  positionSize: 0.2,
};

function aStrategy(): Strategy {
  return tutorialStrategy({ name: 'parity', config, instruments: [samsung], interval: '1m' });
}

/** Entries with a stop and a target, and everything that it hears of them written down. */
function aBracketStrategy(): Strategy {
  let count = 0;
  return {
    name: 'parity',
    instruments: [samsung],
    interval: '1m',
    warmUpBars: 9,
    onBar(context, instrument, bar, isWarmUp) {
      if (isWarmUp) return;
      count += 1;
      const held = context.position(instrument);
      if (count % 15 === 0) context.log(instrument, `holds ${held?.quantity ?? 0} at ${held?.averagePrice ?? 0}`);
      if (count % 10 !== 0 || held !== null || context.hasOpenOrder(instrument)) return;
      const price = context.limitPrice(instrument, 'buy', bar.close, 200);
      const at = (share: number) => won(Math.round((bar.close * share) / 100) * 100);
      const exits = { stopPrice: at(0.993), targetPrice: at(1.008) };
      context.submit({ instrument, side: 'buy', quantity: quantity(5), price, reason: `entry ${count}`, exits });
    },
    onOrder: (context, { instrument, state, filled, side }) => context.log(instrument, `${side} ${state} ${filled}`),
  };
}

/** Ticks at 5, 25 and 45 seconds of each minute from 09:00 to 14:59, a walk in steps of the table. */
function ticksOf(date: number, seed: number, from: number): BarTick[] {
  const random = new Random(seed);
  const opensAtMs = Date.UTC(2024, 0, date % 100);
  let price = from;
  return Array.from({ length: 360 * 3 }, (_, index) => {
    price = Math.max(60_000, Math.min(85_000, price + (random.below(7) - 3) * 100));
    const atMs = opensAtMs + Math.trunc(index / 3) * minuteMs + 5_000 + (index % 3) * 20_000;
    return { instrument: samsung, atMs, price, quantity: 5_000 };
  });
}

const before = ticksOf(yesterday, 7, 76_000);
const basePriceOfToday = before.at(-1)!.price;

/** Those that the runner is told of; the limits of a day stay out of the way, since the venue here has no guard. */
const ample = {
  ...standard,
  orderValueMax: starter.orderValueMax,
  dayValueAccountMax: won(1_000_000_000),
  dayValueStrategyMax: won(1_000_000_000),
  ordersPerDayMax: 1_000,
  smallOrdersPerSymbolMax: 1_000,
  dailyLossMax: won(10_000_000),
  dailyLossEquityBps: 10_000,
};

/** Bars of trades, as the minutes of a day make them. */
function barsOf(ticks: readonly BarTick[]): readonly Bar[] {
  const minutes = new MinuteBars([samsung]);
  for (const tick of ticks) minutes.push(tick);
  return minutes.takeClosed(ticks.at(-1)!.atMs + minuteMs).map(({ bar }) => bar);
}

/** Lives a day on paper and replays what was recorded of it. */
function liveAndReplay(context: TestContext, strategy: () => Strategy, ticks: readonly BarTick[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sb-parity-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const history = barsOf(before);
  const day = new PaperDay(folder, strategy(), basePriceOfToday);
  day.warmUp(history.slice(-strategy().warmUpBars));
  for (const tick of ticks) day.tick(tick);
  day.end(ticks.at(-1)!.atMs + minuteMs);
  const recorded = readFileSync(join(folder, `parity-${today}.log`), 'utf8');

  const { result, decisionLog } = runBacktest({
    strategy: strategy(),
    series: [seriesOfBars(samsung, '1m', [...history, ...day.bars])],
    instruments: [listing],
    from: today,
    to: today,
    initialCash: cash,
    limits: ample,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return { day, recorded, result, replayed: decisionLog.map((line) => `${line}\n`).join('') };
}

test('a recorded paper day replayed through the backtest gives the byte-identical decision log', (context) => {
  const { day, recorded, result, replayed } = liveAndReplay(context, aStrategy, ticksOf(today, 11, basePriceOfToday));

  assert.equal(replayed, recorded);
  assert.equal(result.decisionLogSha256, createHash('sha256').update(recorded).digest('hex'));
  assert.deepEqual(
    result.trades.map((trade) => trade.price),
    day.fills,
  );
  assert.equal(result.metrics.deniedOrders, 0);
  assert.ok(day.fills.length >= 10, `only ${day.fills.length} fills were compared`);
});

test('a recorded paper day of brackets replayed through the backtest leaves by the same exits in the same minutes', (context) => {
  const ticks = ticksOf(today, 23, basePriceOfToday);
  const { day, recorded, result, replayed } = liveAndReplay(context, aBracketStrategy, ticks);

  assert.equal(replayed, recorded);
  assert.equal(result.bothInOneBar, undefined);
  assert.equal(day.fills.length, result.trades.length);
  const sales = result.trades.filter((trade) => trade.side === 'sell');
  assert.ok(
    sales.some((trade) => trade.reason.startsWith('손절')) && sales.some((trade) => trade.reason.startsWith('목표')),
  );
});
