import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import type { IndexCloses } from '#strategy/rules/index-closes.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { runBacktest } from './engine.ts';
import { handSeries, type HandBar } from './hand-bars.ts';
import { runSweep } from './sweep/run-sweep.ts';

const period = 10;
const limit = 0.6;
const text = `
version: "1.0"
metadata: { name: "Low beta" }
strategy:
  id: low_beta
  indicators: [{ id: beta, alias: b, params: { period: ${period} } }]
  entry: { logic: AND, conditions: [{ indicator: b, operator: less_than, value: ${limit} }] }
  exit: { logic: OR, conditions: [{ indicator: b, operator: greater_than, value: 1.2 }] }
`;
const read = readKisYaml(text, { sha256: '' });
invariant(read.kind === 'program', 'the file is a program');
const { program } = read;
const resolved = resolveProgram(program);
invariant(resolved.kind === 'rules', 'the program has its parameters');
const { rules } = resolved;
const instrument = listingOf('005930')!;

/** A walk of 120 days. */
function walkOf(seed: number): BarSeries {
  const random = new Random(seed);
  let close = 50_000;
  const bars = Array.from({ length: 120 }, (): HandBar => {
    const open = close;
    close = Math.round((close * (0.98 + 0.04 * random.next())) / 100) * 100;
    return [open, Math.max(open, close) + 100, Math.min(open, close) - 100, close];
  });
  return handSeries('005930', 20_230_102, bars);
}

const series = walkOf(3);
const market = walkOf(8);
const index: IndexCloses = { dates: [...market.date], closes: [...market.close] };
const account = {
  series: [series],
  instruments: [instrument],
  from: series.date[0]!,
  to: series.date.at(-1)!,
  initialCash: won(10_000_000),
  limits: starter,
};

function strategyOf(known?: IndexCloses): Strategy {
  const made = { name: 'low_beta', rules, program, instruments: [instrument.id], interval: '1d' } as const;
  return ruleStrategy({ ...made, ...(known === undefined ? {} : { index: known }) });
}

function played(strategy: Strategy) {
  const sha256 = (log: string): string => createHash('sha256').update(log).digest('hex');
  return runBacktest({ ...account, strategy, sha256 }).result;
}

/** Covariance over variance of the last `period` daily returns, by hand. */
function betaAt(row: number): number {
  const returns = (closes: ArrayLike<number>) =>
    Array.from({ length: period }, (_, back) => closes[row - back]! / closes[row - back - 1]! - 1);
  const [own, of] = [returns(series.close), returns(market.close)];
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [a, b] = [mean(own), mean(of)];
  const covariance = mean(own.map((value, at) => (value - a) * (of[at]! - b)));
  return covariance / mean(of.map((value) => (value - b) ** 2));
}

test('ruleStrategy() with an index buys after the first close at which the beta by hand is below the limit', () => {
  const result = played(strategyOf(index));

  const rows = Array.from(series.date.keys()).slice(rules.warmUpBars - 1);
  const first = rows.find((row) => betaAt(row) < limit)!;
  assert.ok(result.trades.length >= 1);
  assert.equal(result.orders[0]!.date, series.date[first]);
});

test('ruleStrategy() without an index, or on days that the index lacks, has no beta and never trades', () => {
  assert.deepEqual(played(strategyOf()).orders, []);
  assert.deepEqual(played(strategyOf({ dates: [20_220_103], closes: [1] })).orders, []);
});

test('ruleStrategy() with an index decides the same foreseen and bar by bar, and whatever the index does later', () => {
  let foreseen = 0;
  const strategy = strategyOf(index);
  const watched: Strategy = {
    ...strategy,
    foresee: (bars, range) => {
      foreseen += 1;
      return strategy.foresee?.(bars, range) ?? null;
    },
  };
  const until = series.date[80]!;
  const later = { dates: index.dates, closes: index.closes.map((close, row) => (row > 80 ? close * 7 : close)) };

  const [whole, walked, other] = [
    played(watched),
    played({ ...strategyOf(index), foresee: () => null }),
    played(strategyOf(later)),
  ];

  assert.equal(foreseen, 1);
  assert.equal(walked.decisionLogSha256, whole.decisionLogSha256);
  const past = ({ orders }: typeof whole) => orders.filter(({ date }) => date <= until);
  assert.ok(past(whole).length > 0);
  assert.deepEqual(
    past(other).map(({ date, side, quantity }) => [date, side, quantity]),
    past(whole).map(({ date, side, quantity }) => [date, side, quantity]),
  );
});

test('runSweep() of rules with an index is what the engine gives, with the index of its subject', () => {
  const subject = { kind: 'program', name: 'low_beta', program, index } as const;

  const [run] = runSweep({ ...account, subject, combinations: [{}], keep: 'equity' });

  assert.ok(run?.kind === 'run');
  assert.equal(run.path, 'event');
  assert.equal(run.figures.finalValue, played(strategyOf(index)).metrics.finalValue);
});
