import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { pickedBars } from '#domain/picked-bars.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import { listings } from '#markets/listings.ts';
import { anyProgram } from '#strategy/rules/fixtures/any-program.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import type { BacktestOptions } from '../backtest-options.ts';
import { playBacktest, runBacktest } from '../engine.ts';
import { handSeries, type HandBar } from '../hand-bars.ts';
import { limitProfiles } from '../limit-profile.ts';

const instruments = listings.slice(0, 4);
const days = 150;
/** Of a market: a counterexample then says a number instead of its bars. */
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const settings = fc.record({
  profile: fc.constantFrom('starter' as const, 'standard' as const),
  cash: fc.constantFrom(3_000_000, 40_000_000),
  begins: fc.constantFrom(0, 20_230_401),
  limitLock: fc.boolean(),
  splitOn: fc.constantFrom(20_230_210, 20_230_405, 20_230_613),
});

const tutorial: TradingConfig = {
  maShort: 4,
  maLong: 12,
  rsiPeriod: 9,
  rsiOversold: 35,
  rsiOverbought: 65,
  bbPeriod: 10,
  bbStd: 1.5,
  stopLoss: 0.05,
  takeProfit: 0.08,
  maxPosition: 2,
  positionSize: 0.2,
};

/** Four walks with waves in them, days on which one is missing or nobody trades, and one that is listed later. */
function marketOf(seed: number): readonly BarSeries[] {
  const drawn = new Random(seed);
  const random = () => drawn.next();
  return instruments.map(({ symbol }, which) => {
    let close = 20_000 + 5_000 * which;
    const bars = Array.from({ length: days }, (): HandBar => {
      const open = Math.round(close * (0.985 + 0.03 * random()));
      close = Math.max(2_000, Math.round(open * (0.955 + 0.09 * random())));
      return [open, Math.max(open, close) + 40, Math.min(open, close) - 40, close];
    });
    const whole = handSeries(symbol, 20_230_102 + (which === 3 ? 200 : 0), bars);
    for (let row = 0; row < days; row += 1) if (random() < 0.06) whole.volume[row] = 0;
    return keptRows(whole, () => random() > 0.04);
  });
}

function keptRows(series: BarSeries, isKept: () => boolean): BarSeries {
  return pickedBars(series, Array.from(series.date, (_, row) => row).filter(isKept));
}

type Setting = typeof settings extends fc.Arbitrary<infer Value> ? Value : never;

/** Both walks of the same backtest, with a decision log and without, and how many bars each showed. */
function bothWalks(start: () => Strategy, series: readonly BarSeries[], setting: Setting) {
  const optionsOf = (showsEveryBar: boolean) => {
    const strategy = start();
    const shown = { bars: 0 };
    const counted: Strategy = {
      ...strategy,
      onBar: (...bar) => {
        shown.bars += 1;
        strategy.onBar(...bar);
      },
    };
    return { shown, options: { ...plainOptions(series, setting), strategy: counted, showsEveryBar } };
  };
  const [every, waking] = [optionsOf(true), optionsOf(false)];
  const [silentEvery, silent] = [optionsOf(true), optionsOf(false)];
  return {
    every: { ...runBacktest(every.options), shown: every.shown.bars },
    waking: { ...runBacktest(waking.options), shown: waking.shown.bars },
    silentEvery: playedOf(silentEvery.options),
    silent: { played: playedOf(silent.options), shown: silent.shown.bars },
  };
}

/** With the days of equity as values, which a comparison sees. */
function playedOf(options: BacktestOptions): object {
  const played = playBacktest(options);
  return { ...played, equity: played.equity.days() };
}

function plainOptions(series: readonly BarSeries[], setting: Setting): Omit<BacktestOptions, 'strategy'> {
  const { profile, cash, begins, limitLock, splitOn } = setting;
  const instrument = instruments[0]?.id ?? 'KRX:';
  return {
    series,
    instruments,
    from: begins,
    to: 99_999_999,
    initialCash: won(cash),
    limits: limitProfiles[profile],
    fills: { limitLock },
    splits: [{ instrument, date: splitOn, from: 1, to: 2 }],
    dividends: [{ instrument, exDate: splitOn + 2, payDate: splitOn + 5, perShare: won(300) }],
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

function assertEqual(start: () => Strategy, series: readonly BarSeries[], setting: Setting): Totals {
  const { every, waking, silentEvery, silent } = bothWalks(start, series, setting);
  assert.deepEqual(waking.decisionLog, every.decisionLog);
  assert.deepEqual(waking.result, every.result);
  assert.deepEqual(silent.played, silentEvery);
  return { trades: every.result.trades.length, every: every.shown, waking: waking.shown, silent: silent.shown };
}

/** Trades, and the bars that each walk showed. */
interface Totals {
  readonly trades: number;
  readonly every: number;
  readonly waking: number;
  readonly silent: number;
}

function sum(all: readonly Totals[], key: keyof Totals): number {
  return all.reduce((total, one) => total + one[key], 0);
}

function strategyOf(program: RuleProgram, told: boolean): () => Strategy {
  const resolved = resolveProgram(program);
  assert.equal(resolved.kind, 'rules');
  const { rules } = resolved;
  const ids = instruments.map(({ id }) => id);
  const named = told ? { program } : {};
  return () => ruleStrategy({ name: 'any', rules, ...named, instruments: ids, interval: '1d' });
}

test('WakingBars shows less and changes nothing, for any program of rules', () => {
  const all: Totals[] = [];
  const program = anyProgram({ params: true, trees: true, wide: true });
  fc.assert(
    fc.property(program, fc.boolean(), seeds, settings, (drawn, told, seed, setting) => {
      const sizing = { equityBps: 2_000, positionsMax: 2 };
      all.push(assertEqual(strategyOf({ ...drawn, sizing }, told), marketOf(seed), setting));
    }),
    { numRuns: 24 },
  );
  assert.ok(sum(all, 'trades') > 100, `${sum(all, 'trades')} trades`);
  assert.ok(sum(all, 'silent') < sum(all, 'waking') && sum(all, 'waking') < 0.7 * sum(all, 'every'));
});

test('WakingBars shows less and changes nothing, for the tutorial', () => {
  const all: Totals[] = [];
  fc.assert(
    fc.property(seeds, settings, fc.integer({ min: 1, max: 3 }), (seed, setting, maxPosition) => {
      const config = { ...tutorial, maxPosition };
      const ids = instruments.map(({ id }) => id);
      const start = () => tutorialStrategy({ name: 'tutorial', config, instruments: ids, interval: '1d' });
      all.push(assertEqual(start, marketOf(seed), setting));
    }),
    { numRuns: 12 },
  );
  assert.ok(sum(all, 'trades') > 100, `${sum(all, 'trades')} trades`);
  assert.ok(sum(all, 'silent') < sum(all, 'waking') && sum(all, 'waking') < 0.7 * sum(all, 'every'));
});

test('WakingBars leaves prices that are no whole won to the walk over every bar, which refuses them', () => {
  const [series] = marketOf(7);
  assert.ok(series !== undefined);
  series.high[80] = 20_000.5;
  const program = crossing();
  const one = {
    ...plainOptions([series], {
      profile: 'starter',
      cash: 3_000_000,
      begins: 0,
      limitLock: false,
      splitOn: 20_230_405,
    }),
  };
  const strategy = { ...strategyOf(program, true)(), instruments: [series.instrument] };

  assert.throws(() => runBacktest({ ...one, strategy }), RangeError);
});

function crossing(): RuleProgram {
  const line = (alias: string) => ({ kind: 'indicator', alias, output: 'value', barsAgo: 0, scale: null }) as const;
  const average = (alias: string, period: number) =>
    ({ alias, label: alias, id: 'sma', params: { period }, output: 'value' }) as const;
  const cross = (operator: 'cross_above' | 'cross_below') =>
    ({ kind: 'all', rules: [{ kind: 'compare', left: line('short'), operator, right: line('long') }] }) as const;
  return {
    metadata: { id: 'cross', name: 'cross', description: '', author: '', category: '', tags: [] },
    params: {},
    indicators: [average('short', 3), average('long', 8)],
    candlesticks: [],
    entry: cross('cross_above'),
    exit: cross('cross_below'),
    risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
    sizing: { equityBps: 2_000, positionsMax: 2 },
  };
}
