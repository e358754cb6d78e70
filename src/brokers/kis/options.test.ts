import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixtureOptions } from './fixtures/fixture-broker.ts';
import { kisHosts } from './endpoints/hosts.ts';
import { kisLimits } from './limits.ts';
import { budgetOf, windowOf, type KisBudget } from './options.ts';

const published = (environment: 'real' | 'paper') => ({
  rest: `https://${kisHosts[environment].rest}`,
  webSocket: `ws://${kisHosts[environment].webSocket}`,
});
const loopback = { rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' };
const greedy: Partial<KisBudget> = {
  perSecond: 1_000,
  burst: 100,
  readAttempts: 1_000,
  pagesMax: 1_000_000,
  tokenIssueEveryMs: 0,
  endpointSpacing: false,
};

for (const environment of ['real', 'paper'] as const) {
  test(`budgetOf() never passes what KIS publishes for ${environment}, whatever is wished for`, () => {
    const wished = fixtureOptions(published(environment), { environment, limits: greedy });
    const plain = fixtureOptions(published(environment), { environment, limits: {} });

    assert.deepEqual({ ...budgetOf(wished), readAttempts: 3 }, budgetOf(plain));
    assert.equal(budgetOf(wished).readAttempts, 6);
    assert.equal(windowOf(wished).calls, kisLimits[environment].callsPerSecond);
    assert.ok(windowOf(wished).windowMs >= 1_000);
  });

  test(`budgetOf() goes below what KIS publishes for ${environment} when that is wished for`, () => {
    const limits = { perSecond: 0.5, burst: 1, tokenIssueEveryMs: 120_000 };
    const budget = budgetOf(fixtureOptions(published(environment), { environment, limits }));

    assert.deepEqual([budget.perSecond, budget.burst, budget.tokenIssueEveryMs], [0.5, 1, 120_000]);
  });
}

test('budgetOf() gives a whole burst only within the published rate', () => {
  const limits = { perSecond: 18, burst: 3 };
  const { perSecond, burst } = budgetOf(fixtureOptions(published('real'), { environment: 'real', limits }));

  assert.equal(perSecond + burst, 18);
});

test('budgetOf() lets a simulator on loopback be asked faster, and then keeps no distance between its calls', () => {
  const budget = budgetOf(fixtureOptions(loopback, { limits: { perSecond: 10, burst: 3 } }));

  assert.deepEqual([budget.perSecond, budget.burst, budget.endpointSpacing], [10, 3, false]);
  assert.equal(budgetOf(fixtureOptions(loopback, { limits: {} })).endpointSpacing, true);
});
