import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultNames } from './simulation/fault-odds.ts';
import { playHistory } from './simulation/history.ts';
import { simulate, type Summary } from './simulation/simulate.ts';

/** The suite's share of T01; `npm run simulate -- --runs 100000` plays as many as you like. */
const runs = Number(process.env['SIMULATION_RUNS'] ?? 3_000);
const firstSeed = Number(process.env['SIMULATION_SEED'] ?? 1);

test(`T01 no order is lost, doubled or stuck in ${runs} simulated histories, and every fault strikes`, () => {
  const summary = simulate({ seed: firstSeed, runs, throughEvery: 40 });

  assert.deepEqual(summary.broken, []);
  const silent = faultNames.filter((name) => !summary.struck.has(name));
  assert.deepEqual(runs < 2_000 ? [] : silent, [], 'faults that never struck');
  const { sent, crashes } = summary;
  assert.ok(sent > runs && crashes > runs / 2, `only ${sent} orders and ${crashes} crashes: too tame`);
  assert.ok(reachesEveryState(summary), `states reached: ${[...summary.reached.keys()].join(' ')}`);
});

test('T01 no order is lost, doubled or stuck when the process dies before each of its steps in turn', () => {
  const summary = simulate({ seed: 5_001, runs: 8, throughEvery: 0, crashesEverywhere: true });

  assert.deepEqual(summary.broken, []);
  assert.ok(summary.crashes > 300, `only ${summary.crashes} places to die at`);
});

test('T01 a history is the same byte for byte when its seed is played again', () => {
  const [first, second] = [1, 2].map(() => playHistory({ seed: 4_711, isThrough: true }));

  assert.deepEqual(first?.trace(), second?.trace());
  assert.notDeepEqual(first?.trace(), playHistory({ seed: 4_712 }).trace());
});

const states = ['acked', 'rejected', 'not-sent', 'unknown', 'confirmed-absent', 'escalated', 'filled', 'cancelled'];

function reachesEveryState({ reached }: Summary): boolean {
  return runs < 2_000 || states.every((state) => reached.has(`order.${state}`));
}
