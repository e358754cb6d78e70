import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BarSeries } from '#domain/bar.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { runBacktest } from './engine.ts';
import { limitProfiles, type LimitProfile } from './limit-profile.ts';
import type { BacktestTrade } from './result.ts';
import { tutorialConfig } from '../../tests/support/tutorial-config.ts';

// The first half of this file computes the trades straight from the text of a CSV, with arithmetic of its own: moving
// averages, Wilder's index and bands by their definitions, prices, quantities, fee and tax by the rules of 2010 and 2011.
// Nothing in it comes from the sources that it checks.

interface HandTrade {
  readonly side: 'buy' | 'sell';
  readonly date: number;
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly tax: number;
  /** The condition that caused it, such as `golden-cross`. */
  readonly why: string;
}

interface HandBar {
  readonly date: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

function barsOf(csv: string): HandBar[] {
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
    .map(([date, open, high, low, close, volume]) => ({ date, open, high, low, close, volume }) as HandBar);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Wilder's index over all closes, 14 periods. */
function strengthOf(closes: readonly number[]): number {
  const changes = closes.slice(1).map((close, index) => close - closes[index]!);
  let rise = mean(changes.slice(0, 14).map((change) => Math.max(change, 0)));
  let fall = mean(changes.slice(0, 14).map((change) => Math.max(-change, 0)));
  for (const change of changes.slice(14)) {
    rise = (rise * 13 + Math.max(change, 0)) / 14;
    fall = (fall * 13 + Math.max(-change, 0)) / 14;
  }
  return fall === 0 ? 100 : 100 - 100 / (1 + rise / fall);
}

/** KOSPI stocks, 1998 to 2023-01-24, from 10,000 to 49,999 won: 50 won; above that, below 100,000: 100 won. */
function tickOf(price: number): number {
  assert.ok(price >= 10_000 && price < 100_000, `the hand table holds 10,000 to 100,000, not ${price}`);
  return price < 50_000 ? 50 : 100;
}

interface HandOrder {
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly quantity: number;
  readonly why: string;
}

/** The next day's bar against an order: the open when it is good enough, else the limit when the day reached it. */
function fillByHand(order: HandOrder, bar: HandBar): HandTrade | null {
  const isBuy = order.side === 'buy';
  const atOpen = isBuy ? bar.open <= order.price : bar.open >= order.price;
  const later = isBuy ? bar.low <= order.price : bar.high >= order.price;
  if (!atOpen && !later) return null;
  const price = atOpen ? bar.open : order.price;
  const value = price * order.quantity;
  const fee = Math.floor((value * 140_527) / 1e9);
  // 0.15 % transaction tax and 0.15 % rural tax, each cut off to whole won.
  const tax = isBuy ? 0 : 2 * Math.floor((value * 15) / 10_000);
  return { side: order.side, date: bar.date, price, quantity: order.quantity, fee, tax, why: order.why };
}

/** What the rules look at, from all closes up to today. */
function readingOf(closes: readonly number[]) {
  const [short, shortBefore] = [mean(closes.slice(-5)), mean(closes.slice(-6, -1))];
  const [long, longBefore] = [mean(closes.slice(-20)), mean(closes.slice(-21, -1))];
  const deviation = Math.sqrt(mean(closes.slice(-20).map((close) => (close - long) ** 2)));
  return {
    close: closes.at(-1)!,
    strength: strengthOf(closes),
    isGolden: shortBefore <= longBefore && short > long,
    isDead: shortBefore >= longBefore && short < long,
    upper: long + 2 * deviation,
    lower: long - 2 * deviation,
  };
}

function exitByHand(now: ReturnType<typeof readingOf>, average: number): string {
  if (now.close <= average * 0.97) return 'stop';
  if (now.close >= average * 1.05) return 'take';
  if (now.isDead) return 'dead-cross';
  return now.strength > 70 && now.close > now.upper ? 'overheated' : '';
}

function entryByHand(now: ReturnType<typeof readingOf>): string {
  if (now.isGolden && now.strength < 70) return 'golden-cross';
  return now.close < now.lower && now.strength < 30 ? 'rebound' : '';
}

/** 2 % above the close on a tick below, or 2 % below it on a tick above. */
function limitByHand(side: 'buy' | 'sell', close: number): number {
  const raw = (close * (side === 'buy' ? 102 : 98)) / 100;
  return (side === 'buy' ? Math.floor(raw / tickOf(raw)) : Math.ceil(raw / tickOf(raw))) * tickOf(raw);
}

/** Trades of the tutorial's rules from `from` on, until there are `most`; a holding above `orderValueMax` goes in parts. */
function tradesByHand(csv: string, from: number, most: number, orderValueMax: number): HandTrade[] {
  const all = barsOf(csv);
  const start = all.findIndex((bar) => bar.date >= from);
  const closes: number[] = [];
  const trades: HandTrade[] = [];
  let [cash, shares, cost, exit] = [10_000_000, 0, 0, ''];
  let order: HandOrder | null = null;

  for (const bar of all.slice(start - 21)) {
    const fill: HandTrade | null = order === null || bar.volume === 0 ? null : fillByHand(order, bar);
    order = null;
    if (fill !== null) {
      const value = fill.price * fill.quantity;
      cash += (fill.side === 'buy' ? -value : value) - fill.fee - fill.tax;
      const left = shares - fill.quantity;
      // The cost of what is left, each sale's part cut off to whole won.
      const soldCost = Math.floor((cost * fill.quantity) / Math.max(1, shares));
      [shares, cost] = fill.side === 'buy' ? [fill.quantity, value] : [left, left === 0 ? 0 : cost - soldCost];
      trades.push(fill);
    }
    if (trades.length === most) return trades;

    // Nobody trades on a halted day: its price is no price.
    if (bar.volume === 0) continue;
    closes.push(bar.close);
    if (bar.date < from) continue;
    const now = readingOf(closes);
    if (shares > 0) {
      exit ||= exitByHand(now, cost / shares);
      const price = limitByHand('sell', bar.close);
      const part = Math.min(shares, Math.floor(orderValueMax / price));
      if (exit !== '') order = { side: 'sell', price, quantity: part, why: exit };
      continue;
    }
    exit = '';
    const why = entryByHand(now);
    const price = limitByHand('buy', bar.close);
    const budget = Math.min(Math.floor(cash * 0.2), Math.floor(cash * 0.999), Math.floor(orderValueMax / 1.05));
    if (why !== '') order = { side: 'buy', price, quantity: Math.floor(budget / price), why };
  }
  return trades;
}

// The second half runs the engine on the same text.

function seriesOf(csv: string): BarSeries {
  const bars = barsOf(csv);
  const column = (name: 'open' | 'high' | 'low' | 'close' | 'volume') => Float64Array.from(bars, (bar) => bar[name]);
  return {
    instrument: 'KRX:005930',
    interval: '1d',
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: Float64Array.from(bars, ({ date }) =>
      Date.UTC(Math.trunc(date / 10_000), (Math.trunc(date / 100) % 100) - 1, (date % 100) - 1, 15),
    ),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function tradesOfEngine(csv: string, from: number, to: number, profile: LimitProfile) {
  return runBacktest({
    strategy: tutorialStrategy({
      name: 'tutorial',
      config: tutorialConfig,
      instruments: ['KRX:005930'],
      interval: '1d',
    }),
    series: [seriesOf(csv)],
    instruments: [listingOf('005930')!],
    from,
    to,
    initialCash: won(10_000_000),
    limits: limitProfiles[profile],
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
}

/** The word with which the strategy's sentence begins, as the hand's code. */
const codeOf: Readonly<Record<string, string>> = {
  골든크로스: 'golden-cross',
  '과매도 반등': 'rebound',
  손절: 'stop',
  익절: 'take',
  데드크로스: 'dead-cross',
  과열: 'overheated',
};

function asHand(trade: BacktestTrade): HandTrade {
  const { side, date, price, quantity, fee, tax, reason } = trade;
  return { side, date, price, quantity, fee, tax, why: codeOf[reason.split(':')[0]!] ?? reason };
}

/** Three waves around 20,000 won, weekdays of 2011, from whole numbers only. */
function syntheticCsv(): string {
  const lines = ['date,open,high,low,close,volume'];
  let before = 20_000;
  for (let day = 0; day < 340; day += 1) {
    const date = new Date(Date.UTC(2010, 11, 1 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + Math.round(3_000 * Math.sin(day / 11) + 900 * Math.sin(day / 2.3) + ((day * 37) % 13) * 40);
    const open = Math.round((before * 2 + close) / 3);
    const [high, low] = [Math.max(open, close) + (day % 5) * 30, Math.min(open, close) - (day % 7) * 25];
    const volume = day % 41 === 0 ? 0 : 100_000;
    lines.push(`${date.toISOString().slice(0, 10).replaceAll('-', '')},${open},${high},${low},${close},${volume}`);
    before = close;
  }
  return lines.join('\n');
}

test('runBacktest() makes every trade of a made-up year as computed by hand, to the won', () => {
  const csv = syntheticCsv();

  const byHand = tradesByHand(csv, 20110110, Infinity, 5_000_000);
  const { result } = tradesOfEngine(csv, 20110110, 20111231, 'standard');

  assert.ok(byHand.length >= 10, `the made-up year holds at least ten trades, not ${byHand.length}`);
  assert.ok(new Set(byHand.map((trade) => trade.why)).size >= 4, 'the made-up year shows at least four reasons');
  assert.deepEqual(result.trades.map(asHand), byHand);
});

test('runBacktest() makes the first five trades of 005930 from 2010-01-04 as computed by hand, to the won', (context) => {
  const file = fileURLToPath(new URL('../../../shared/data/krx-daily/005930.csv', import.meta.url));
  if (!existsSync(file)) {
    context.diagnostic('shared/data is not here: the real trades were not recomputed');
    return;
  }
  const csv = readFileSync(file, 'utf8');

  for (const profile of ['starter', 'standard'] as const) {
    const byHand = tradesByHand(csv, 20100104, 5, profile === 'starter' ? 1_000_000 : 5_000_000);
    const { result } = tradesOfEngine(csv, 20100104, 20231222, profile);

    assert.equal(byHand.length, 5);
    assert.deepEqual(result.trades.slice(0, 5).map(asHand), byHand);
  }
});
