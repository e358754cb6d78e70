import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '#domain/random.ts';

import { momentsOf } from './moments.ts';
import { normalCdf, normalQuantile } from './normal-distribution.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  independentTrials,
  minimumTrackRecord,
  probabilisticSharpe,
  sharpeSampleOf,
} from './sharpe-tests.ts';

function assertNear(found: number, wanted: number, tolerance: number): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found}, wanted ${wanted}`);
}

test('normalCdf() and normalQuantile() give the tabled values, far in the tails too', () => {
  for (const [z, share] of [
    [0, 0.5],
    [1, 0.841344746068543],
    [1.959963984540054, 0.975],
    [2.999, 0.998645662838],
    [-3.001, 0.00134547282508],
    [-5, 2.866515718791939e-7],
    [-10, 7.619853024160527e-24],
  ] as const) {
    assertNear(normalCdf(z), share, share * 1e-7);
    assertNear(normalQuantile(normalCdf(z)), z, 1e-7);
  }
  assert.deepEqual([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
  assert.ok(Number.isNaN(normalQuantile(1.1)));
});

test('momentsOf() gives mean, deviation, skew and kurtosis of a small sample, and of one that never varies', () => {
  const { mean, deviation, skew, kurtosis } = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);

  assert.equal(mean, 5);
  assertNear(deviation, Math.sqrt(32 / 7), 1e-12);
  // Squares 9 1 1 1 0 0 4 16: variance 4, cubes sum to 42 and fourth powers to 356.
  assertNear(skew, 42 / 8 / 8, 1e-12);
  assertNear(kurtosis, 356 / 8 / 16, 1e-12);
  assert.equal(momentsOf([0.1, 0.1, 0.1]).deviation, 0);
  assert.equal(momentsOf([]).count, 0);
});

test('expectedMaximumSharpe() and deflatedSharpe() give the numbers of the paper', () => {
  // Bailey and López de Prado (2014): 100 trials whose annual ratios vary by 1/2, 250 days a year.
  assertNear(expectedMaximumSharpe(100, 1 / 2 / 250), 0.1132, 5e-5);
  const sample = { sharpe: 2.5 / Math.sqrt(250), count: 1250, skew: -3, kurtosis: 10 };
  assertNear(probabilisticSharpe(sample, expectedMaximumSharpe(100, 1 / 2 / 250)), 0.9004, 5e-5);
  assert.equal(expectedMaximumSharpe(1, 1), 0);
});

test('deflatedSharpe() falls with every further trial of the same spread', () => {
  const sample = sharpeSampleOf(Array.from({ length: 250 }, (_, day) => ((day * 37) % 21) / 1_000 - 0.008));
  assert.ok(sample !== null);
  const confidences = [2, 10, 50, 200].map((trials) =>
    deflatedSharpe(
      sample,
      Array.from({ length: trials }, (_, trial) => (trial % 2 === 0 ? 0.05 : -0.05)),
    ),
  );
  assert.deepEqual(
    confidences.toSorted((a, b) => b - a),
    confidences,
  );
});

test('minimumTrackRecord() asks for more days the nearer the ratio is to the benchmark, and never ends below it', () => {
  const normal = { sharpe: 0.1, count: 500, skew: 0, kurtosis: 3 };
  // 1 + (1 + 0.005) · (1.6448536 / 0.1)².
  assertNear(minimumTrackRecord(normal, 0, 0.95) ?? NaN, 1 + 1.005 * (1.6448536269514722 / 0.1) ** 2, 1e-6);
  assert.ok((minimumTrackRecord(normal, 0.05, 0.95) ?? 0) > (minimumTrackRecord(normal, 0, 0.95) ?? 0));
  assert.equal(minimumTrackRecord(normal, 0.1, 0.95), null);
  assert.equal(sharpeSampleOf([0.01, 0.01]), null);
});

test('independentTrials() counts copies once and strangers each', () => {
  const random = new Random(2);
  const column = () => Float64Array.from({ length: 400 }, () => random.next() - 0.5);
  const one = column();

  assertNear(independentTrials(Array.from({ length: 50 }, () => one)), 1, 1e-9);
  const strangers = independentTrials(Array.from({ length: 20 }, column));
  assert.ok(strangers > 18 && strangers <= 20, `${strangers}`);
  // Two of correlation r are worth 2 − r.
  const other = column();
  const half = one.map((value, day) => value + other[day]!);
  const [a, b] = [momentsOf(one), momentsOf(half)];
  const covariance = one.reduce((sum, value, day) => sum + (value - a.mean) * (half[day]! - b.mean), 0) / 399;
  assertNear(independentTrials([one, half]), 2 - covariance / a.deviation / b.deviation, 1e-9);
  assert.equal(independentTrials([new Float64Array(5)]), 0);
});

test('minimumTrackRecord() gives the years of the paper for an annual ratio of 2 against 1', () => {
  // Bailey and López de Prado (2012), section 5: normal returns daily, weekly and monthly, then those of a hedge fund index.
  const years = (periods: number, skew: number, kurtosis: number): number => {
    const sample = { sharpe: 2 / Math.sqrt(periods), count: 100, skew, kurtosis };
    return (minimumTrackRecord(sample, 1 / Math.sqrt(periods), 0.95) ?? NaN) / periods;
  };

  assertNear(years(252, 0, 3), 2.73, 5e-3);
  assertNear(years(52, 0, 3), 2.83, 5e-3);
  assertNear(years(12, 0, 3), 3.24, 5e-3);
  assertNear(years(12, -0.72, 5.78), 4.99, 5e-3);
});
