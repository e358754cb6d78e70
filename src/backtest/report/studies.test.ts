import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { symbolOf } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { standard } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { runBacktest } from '../engine.ts';
import { handSeries, waveBars } from '../hand-bars.ts';
import { tradableFrom } from '../metrics/tradable-from.ts';
import { daysOfLog } from './log-days.ts';
import { watchReadings } from './reading-columns.ts';
import type { ReportCheck, ReportStudies } from './report-input.ts';
import { tutorialStudies } from './tutorial-studies.ts';

const config = {
  maShort: 3,
  maLong: 8,
  rsiPeriod: 5,
  rsiOversold: 35,
  rsiOverbought: 80,
  bbPeriod: 8,
  bbStd: 1.5,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 2,
  positionSize: 0.1,
};
const series = [handSeries('005930', 20200102, waveBars(220)), handSeries('000660', 20200102, waveBars(220, 9))];
const start = (): Strategy =>
  tutorialStrategy({ name: 'waves', config, instruments: series.map((one) => one.instrument), interval: '1d' });

function run(strategy: Strategy) {
  return runBacktest({
    strategy,
    series,
    instruments: series.map((one) => listingOf(symbolOf(one.instrument))!),
    from: series[0]!.date[0]!,
    to: series[0]!.date.at(-1)!,
    initialCash: won(10_000_000),
    limits: standard,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
}

function holds({ columns }: ReportStudies, { left, relation, right }: ReportCheck, row: number): boolean {
  const apart = (at: number): number =>
    (columns[left]?.values[at] ?? NaN) - ('value' in right ? right.value : (columns[right.column]?.values[at] ?? NaN));
  const now = apart(row);
  const before = apart(row - 1);
  return {
    above: now > 0,
    below: now < 0,
    'crosses-above': now > 0 && before <= 0,
    'crosses-below': now < 0 && before >= 0,
  }[relation];
}

test('tutorialStudies() says of every entry and exit by rule that the conditions of that rule held on its day', () => {
  const { decisionLog } = run(start());
  const rules = { 골든크로스: 0, '과매도 반등': 0, 데드크로스: 0, 과열: 0 };

  for (const { symbol, date, text } of daysOfLog(decisionLog)) {
    const rule = text.split(':')[0] ?? '';
    if (!Object.hasOwn(rules, rule)) continue;
    const one = series.find((each) => symbolOf(each.instrument) === symbol)!;
    const studies = tutorialStudies(one, config, 'ko');
    const checks = studies.checks.filter((check) => check.rule === rule);
    const row = one.date.indexOf(date);
    assert.equal(
      checks.length > 0 && checks.every((check) => check.relation !== 'told' && holds(studies, check, row)),
      true,
      `${symbol} ${date} ${text}`,
    );
    rules[rule as keyof typeof rules] += 1;
  }

  assert.ok(rules['골든크로스'] > 0 && rules['데드크로스'] > 0 && rules['과매도 반등'] > 0, JSON.stringify(rules));
});

test('watchReadings() changes no decision and keeps what was looked at, bar by bar', () => {
  const watched = watchReadings(start(), 'ko');

  const seen = run(watched.strategy);
  const [studies] = watched.studies(series);
  const [known] = series.map((one) => tutorialStudies(one, config, 'ko'));

  assert.equal(seen.result.decisionLogSha256, run(start()).result.decisionLogSha256);
  assert.equal(studies?.symbol, '005930');
  assert.ok(studies.columns.length > 0 && studies.columns.length <= 6);
  const told = studies.columns.map(({ values }) => values[150]);
  const wanted = known!.columns.slice(0, 3).map(({ values }) => values[150]);
  for (const value of wanted) assert.ok(told.includes(value), `${value} is one of ${told.join(', ')}`);
});

test('watchReadings() keeps of every day which conditions held, as the columns say it', () => {
  const watched = watchReadings(start(), 'ko');

  run(watched.strategy);

  const [studies] = watched.studies(series);
  const [known] = series.map((one) => tutorialStudies(one, config, 'ko'));
  const told = studies!.checks.map((check) => (check.relation === 'told' ? check : assert.fail('a told condition')));
  assert.equal(told.length, known!.checks.length);
  for (const [place, check] of known!.checks.entries()) {
    if (check.relation === 'told') assert.fail('the columns say it');
    const { held, side, rule } = told[place]!;
    assert.deepEqual({ side, rule }, { side: check.side, rule: check.rule });
    const days = [...series[0]!.date.keys()].filter((row) => Number.isFinite(held[row]) && row > 60);
    assert.ok(days.length > 100, `${days.length} days`);
    for (const row of days) assert.equal(held[row] === 1, holds(known!, check, row), `${rule} on ${row}`);
  }
});

test('tradableFrom() is the first day behind the warm-up, the range or the first order', () => {
  const [one] = series;
  const days = one!.date;
  const span = { series: [one!], from: days[0]!, to: days.at(-1)!, orders: [] };

  assert.equal(tradableFrom({ ...span, warmUpBars: 9 }), days[9]);
  assert.equal(tradableFrom({ ...span, warmUpBars: 9, from: days[50]! }), days[50]);
  assert.equal(tradableFrom({ ...span, warmUpBars: 9, orders: [{ date: days[4]! }] }), days[4]);
  assert.equal(tradableFrom({ ...span, warmUpBars: 1_000 }), days[0]);
});
