import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '#domain/random.ts';

import { overfitProbability } from './overfit-probability.ts';

function noise(random: Random, days: number, drift = 0): Float64Array {
  return Float64Array.from({ length: days }, () => random.next() - 0.5 + drift);
}

test('overfitProbability() looks at every way of taking half of the blocks', () => {
  const random = new Random(1);
  const { logits } = overfitProbability([noise(random, 40), noise(random, 40), noise(random, 40)], 8);

  // 8 over 4.
  assert.equal(logits.length, 70);
});

test('overfitProbability() is near 0 when one trial is truly better', () => {
  const random = new Random(7);
  const trials = [...Array.from({ length: 20 }, () => noise(random, 480)), noise(random, 480, 0.2)];

  const { probability, lossProbability } = overfitProbability(trials, 8);

  assert.ok(probability < 0.05 && lossProbability < 0.05);
});

test('overfitProbability() is about a half among equals, over many samples', () => {
  const found = Array.from({ length: 24 }, (_, seed) => {
    const random = new Random(seed);
    return overfitProbability(
      Array.from({ length: 8 }, () => noise(random, 96)),
      6,
    ).probability;
  });

  const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
  assert.ok(mean > 0.35 && mean < 0.65, `${mean}`);
});

test('overfitProbability() is 1 when what is best in one half is worst in the other', () => {
  // Two blocks: the first trial wins the first of them only, the second the other only.
  const first = Float64Array.from([2, 1, -2, -1]);
  const second = Float64Array.from([-2, -1, 2, 1]);

  const found = overfitProbability([first, second], 2);

  assert.equal(found.probability, 1);
  assert.equal(found.lossProbability, 1);
  // Rank 1 of 2: 1/3 over 2/3.
  assert.deepEqual(
    found.logits.map((logit) => Math.round(logit * 1e9)),
    [Math.round(Math.log(0.5) * 1e9), Math.round(Math.log(0.5) * 1e9)],
  );
});

test('overfitProbability() refuses one trial, odd blocks and too few days', () => {
  const random = new Random(3);
  const column = noise(random, 40);
  assert.throws(() => overfitProbability([column], 8), /wanted 2 trials/);
  assert.throws(() => overfitProbability([column, column], 7), RangeError);
  assert.throws(() => overfitProbability([noise(random, 10), noise(random, 10)], 8), RangeError);
  assert.throws(() => overfitProbability([column, noise(random, 41)], 8), RangeError);
});

test('overfitProbability() by block sums is what the days themselves give, split by split', () => {
  const random = new Random(17);
  const trials = Array.from({ length: 5 }, () => noise(random, 45));
  const size = 7;
  const sharpe = (days: readonly number[]): number => {
    const mean = days.reduce((sum, each) => sum + each, 0) / days.length;
    const squares = days.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    return mean / Math.sqrt(squares / (days.length - 1));
  };
  // 45 days make 6 blocks of 7; the first three days are left out.
  const logits = Array.from({ length: 64 }, (_, bits) => bits).flatMap((bits) => {
    const chosen = [0, 1, 2, 3, 4, 5].filter((block) => ((bits >> block) & 1) === 1);
    if (chosen.length !== 3) return [];
    const parts = trials.map((trial) => {
      const days = [...trial.subarray(3)].map((value, day) => ({
        value,
        isFirst: chosen.includes(Math.floor(day / size)),
      }));
      const half = (isFirst: boolean) =>
        sharpe(days.filter((day) => day.isFirst === isFirst).map(({ value }) => value));
      return { first: half(true), second: half(false) };
    });
    const best = parts.reduce((most, each) => (each.first > most.first ? each : most));
    const rank = parts.filter(({ second }) => second <= best.second).length / 6;
    return [Math.log(rank / (1 - rank))];
  });

  const found = overfitProbability(trials, 6);

  assert.deepEqual(
    found.logits.map((each) => each.toFixed(9)),
    logits.map((each) => each.toFixed(9)),
  );
});

test('overfitProbability() counts no rank among equals that are all good as costly, and nearly every one among bad', () => {
  const random = new Random(5);
  const market = noise(random, 480);
  const grid = (drift: number) =>
    Array.from({ length: 9 }, () => noise(random, 480, drift).map((each, day) => each / 4 + (market[day] ?? 0)));

  const good = overfitProbability(grid(1.2), 8);
  assert.ok(good.probability > 0.2, `${good.probability}`);
  assert.equal(good.costlyProbability, 0);

  const bad = overfitProbability(grid(-1.2), 8);
  assert.equal(bad.costlyProbability, bad.probability);
  assert.equal(bad.lossProbability, 1);
});
