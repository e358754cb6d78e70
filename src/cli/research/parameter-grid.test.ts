import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { gridAxesOf, gridTrials } from './parameter-grid.ts';
import { validationPlanOf } from '../validation/validation-plan.ts';

const isOption = (error: unknown) => error instanceof SnowballError && error.code === 'cli.option';

test('gridAxesOf() reads ranges with and without a step, lists, and fractions as a file would write them', () => {
  assert.deepEqual(
    gridAxesOf(['ma_short=3..6', 'ma_long=20..41:10', 'stop_loss=0.01..0.04:0.01', 'bb_std=2,1.5', 'x=-2..1']),
    [
      { name: 'ma_short', values: [3, 4, 5, 6] },
      { name: 'ma_long', values: [20, 30, 40] },
      { name: 'stop_loss', values: [0.01, 0.02, 0.03, 0.04] },
      { name: 'bb_std', values: [2, 1.5] },
      { name: 'x', values: [-2, -1, 0, 1] },
    ],
  );
});

test('gridAxesOf() refuses what is no range, comes twice, never ends or is too much', () => {
  for (const text of [
    'ma_short',
    'ma_short=',
    '=3..5',
    'a=5..3',
    'a=1..5:0',
    'a=1..5:-1',
    'a=1..x',
    'a=1,1',
    'a=1e308..2',
    'a=1..999999999',
    'a=..',
    '__proto__=1..2..3',
  ]) {
    assert.throws(() => gridAxesOf([text]), isOption, text);
  }
  assert.throws(() => gridAxesOf(['a=1..2', 'a=3..4']), isOption);
  assert.throws(() => gridAxesOf(['a=1..2000', 'b=1..2000']), isOption);
});

test('gridTrials() makes every combination with its places, the first axis turning slowest', () => {
  const trials = gridTrials(gridAxesOf(['a=1..2', 'b=10,20,30']));

  assert.deepEqual(
    trials.map(({ parameters, places }) => [parameters['a'], parameters['b'], ...places]),
    [
      [1, 10, 0, 0],
      [1, 20, 0, 1],
      [1, 30, 0, 2],
      [2, 10, 1, 0],
      [2, 20, 1, 1],
      [2, 30, 1, 2],
    ],
  );
});

test('gridTrials() refuses a setting that is both fixed and swept, of which one would have been lost in silence', () => {
  assert.throws(() => gridTrials(gridAxesOf(['a=1..2']), { a: 2, b: 3 }), /Cannot use --set "a=2".*no --grid changes/);
});

test('validationPlanOf() fills in what is left out, and refuses any other plan', () => {
  const usual = { inSampleDays: 504, outOfSampleDays: 126, purgeDays: 20 };
  assert.deepEqual(validationPlanOf('rolling'), { kind: 'rolling', ...usual });
  assert.deepEqual(validationPlanOf('anchored:250,60'), {
    ...usual,
    kind: 'anchored',
    inSampleDays: 250,
    outOfSampleDays: 60,
  });
  assert.deepEqual(validationPlanOf('purged:8'), { kind: 'purged', folds: 8, purgeDays: 20, embargoDays: 10 });
  for (const text of ['', 'none', 'rolling:', 'rolling:-5', 'rolling:1,2,3,4', 'purged:1.5', 'rolling:999999']) {
    assert.throws(() => validationPlanOf(text), isOption, text);
  }
});
