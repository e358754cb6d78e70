import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultNames } from './simulation/fault-odds.ts';
import { playHistory } from './simulation/history.ts';
import { simulate, type Summary } from './simulation/simulate.ts';

/** Exactly so many histories; without it, as many as fit: a minute where the whole is judged, else a few seconds. */
const runsAsked = process.env['SIMULATION_RUNS'];
const budgetMs = process.env['CI'] === undefined ? 4_000 : 60_000;
const firstSeed = Number(process.env['SIMULATION_SEED'] ?? 1);
/** From here on rare things must have happened too. */
const manyRuns = 2_000;

test('T01 no order is lost, doubled or stuck in as many simulated histories as fit, and every fault strikes', (t) => {
  const endsAt = performance.now() + budgetMs;
  const summary = simulate({
    seed: firstSeed,
    runs: runsAsked === undefined ? Number.POSITIVE_INFINITY : Number(runsAsked),
    isEnough: () => runsAsked === undefined && performance.now() >= endsAt,
    throughEvery: 40,
  });
  const { histories, sent, crashes } = summary;
  t.diagnostic(`${histories} histories from seed ${firstSeed}, ${sent} orders sent, ${crashes} crashes`);

  assert.deepEqual(summary.broken, [], again(summary));
  const silent = faultNames.filter((name) => !summary.struck.has(name));
  assert.deepEqual(histories < manyRuns ? [] : silent, [], 'faults that never struck');
  assert.ok(sent > histories && crashes > histories / 2, `only ${sent} orders and ${crashes} crashes: too tame`);
  assert.ok(reachesEveryState(summary), `states reached: ${[...summary.reached.keys()].join(' ')}`);
});

test('T01 no order is lost, doubled or stuck when the process dies before each of its steps in turn', () => {
  const summary = simulate({ seed: 5_001, runs: 8, throughEvery: 0, crashesEverywhere: true });

  assert.deepEqual(summary.broken, [], again(summary));
  assert.ok(summary.crashes > 300, `only ${summary.crashes} places to die at`);
});

test('T01 every one of 40 histories is the same byte for byte when its seed is played again', () => {
  for (let seed = 4_711; seed < 4_751; seed += 1) {
    const [first, second] = [1, 2].map(() => playHistory({ seed, isThrough: true }));
    assert.deepEqual(first?.trace(), second?.trace(), `seed ${seed}`);
    assert.notDeepEqual(first?.trace(), playHistory({ seed: seed + 1 }).trace());
  }
});

/** The commands that play the failures again. */
function again({ broken }: Summary): string {
  return broken
    .map(({ seed, crashAtStep, sentences }) => {
      const step = crashAtStep === null ? '' : ` --crash-at ${crashAtStep}`;
      return `npm run simulate -- --seed ${seed} --runs 1${step} --trace: ${sentences.join('; ')}`;
    })
    .join('\n');
}

const states = ['acked', 'rejected', 'not-sent', 'unknown', 'confirmed-absent', 'escalated', 'filled', 'cancelled'];

function reachesEveryState({ reached, histories }: Summary): boolean {
  return histories < manyRuns || states.every((state) => reached.has(`order.${state}`));
}
