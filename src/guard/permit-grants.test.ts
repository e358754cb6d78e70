import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantDelayMs, grantedPermits, isWider, permitsInForce, withGrant, type PermitGrant } from './permit-grants.ts';
import { plainPermits, type Permits } from './permits.ts';

const day = 86_400_000;
const evening: Permits = {
  ...plainPermits,
  sessions: new Set(['regular', 'after-market']),
  venues: new Set(['KRX', 'NXT']),
};
const market: Permits = { ...plainPermits, types: new Set(['limit', 'market']) };

function aGrant(permits: Permits, atMs: number, waitMs: number): PermitGrant {
  return { id: `${atMs}`, permits, atMs, effectiveAtMs: atMs + waitMs, by: 'test' };
}

test('INV-12 permitsInForce() lets nothing out that a file alone wishes', () => {
  assert.deepEqual(permitsInForce([], evening, 0), plainPermits);
  assert.deepEqual(permitsInForce([], market, 0), plainPermits);
});

test('INV-12 a grant of more waits a day to the millisecond, and of less not at all', () => {
  assert.equal(grantDelayMs([], evening, 0), day);
  const grants = withGrant([], aGrant(evening, 0, day));

  assert.deepEqual(permitsInForce(grants, evening, day - 1), plainPermits);
  assert.deepEqual(permitsInForce(grants, evening, day), evening);
  assert.equal(grantDelayMs(grants, plainPermits, day), 0);
  assert.equal(grantDelayMs(grants, market, day), day, 'as much of another kind is more');
});

test('INV-12 what the file takes back is gone at once, whatever was granted', () => {
  const grants = withGrant([], aGrant(evening, 0, day));

  assert.deepEqual(permitsInForce(grants, plainPermits, 2 * day), plainPermits);
});

test('withGrant() lets a later word overtake one that waits, and remembers two at the most', () => {
  let grants: readonly PermitGrant[] = [];
  for (let index = 0; index < 50; index += 1)
    grants = withGrant(grants, aGrant(index % 2 === 0 ? evening : market, index, day));
  assert.equal(grants.length, 1);

  const taken = withGrant(withGrant([], aGrant(evening, 0, day)), aGrant(plainPermits, 10, 0));
  assert.deepEqual(grantedPermits(taken, 2 * day), plainPermits, 'what waited never comes');
});

test('isWider() looks at kinds, sessions and venues', () => {
  assert.ok(isWider(market, plainPermits));
  assert.ok(isWider({ ...plainPermits, sessions: evening.sessions }, plainPermits));
  assert.ok(isWider({ ...plainPermits, venues: evening.venues }, plainPermits));
  assert.ok(!isWider(plainPermits, evening));
});
