import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aRequest, aState, denialsOf, holding, samsung } from '../../tests/support/guard-makers.ts';
import { isApproved } from './approved.ts';
import { decide } from './decide.ts';
import { rules } from './rules.ts';

test('G1 decide() runs every rule once, in the order of the table, also after a refusal', () => {
  const verdict = decide(aRequest({ type: 'market', price: won(0) }), aState({ isHalted: true }));

  assert.deepEqual(
    verdict.checks.map((check) => check.code),
    Object.keys(rules),
  );
});

test('G2 decide() approves what every rule lets through', () => {
  const verdict = decide(aRequest(), aState());

  assert.equal(verdict.kind, 'approved');
  assert.ok(verdict.checks.every((check) => check.passed));
});

test('G2 decide() denies with exactly the checks that failed', () => {
  const verdict = decide(aRequest({ type: 'market', price: won(0) }), aState({ isHalted: true }));

  assert.ok(verdict.kind === 'denied');
  assert.deepEqual(verdict.denials, [
    { code: 'halted', actual: 10, limit: 0, unit: 'shares' },
    { code: 'order-type', actual: 1, limit: 0, unit: 'none' },
  ]);
});

test('G3 decide() approves a copy that cannot be changed, neither directly nor through the request', () => {
  const request = { ...aRequest() };
  const verdict = decide(request, aState());
  request.price = won(1);

  assert.ok(verdict.kind === 'approved');
  assert.equal(verdict.order.price, 70_000);
  assert.ok(Object.isFrozen(verdict.order));
  assert.ok(Object.isFrozen(verdict.order.requester));
  assert.ok(isApproved(verdict.order));
});

test('G3 isApproved() refuses a copy of an approval', () => {
  const verdict = decide(aRequest(), aState());

  assert.ok(verdict.kind === 'approved');
  assert.equal(isApproved({ ...verdict.order }), false);
  assert.equal(isApproved(structuredClone(verdict.order)), false);
});

test('G3 a getter that answers differently the second time cannot smuggle a value past the rules', () => {
  let reads = 0;
  const request = Object.defineProperty({ ...aRequest() }, 'quantity', {
    enumerable: true,
    get: () => (reads++ === 0 ? quantity(10) : quantity(1_000_000)),
  });
  const verdict = decide(request, aState());

  assert.ok(verdict.kind === 'approved');
  assert.equal(verdict.order.quantity, 10);
});

test('G7 a rule that cannot answer has said no, without numbers', () => {
  const verdict = decide(aRequest({ side: 'sell' }), {
    ...aState({ positions: holding(samsung, 10, 1_000) }),
    closedLanes: null as never,
  });

  assert.ok(verdict.kind === 'denied');
  assert.deepEqual(verdict.denials, [{ code: 'lane-closed', actual: Number.NaN, limit: Number.NaN, unit: 'none' }]);
});

test('G36 a sell of what is held passes when the day, the exposure, the position and the loss are used up', () => {
  const state = aState({
    positions: holding(samsung, 100, 90_000_000),
    profitOfDay: won(-50_000_000),
    limits: { ...aState().limits, dayValueAccountMax: won(0), dayValueStrategyMax: won(0), positionCountMax: 0 },
    cash: won(-1),
  });

  assert.deepEqual(denialsOf(aRequest({ side: 'sell' }), state), []);
  assert.deepEqual(denialsOf(aRequest({ side: 'buy' }), state), [
    'day-value-account',
    'day-value-strategy',
    'position-value',
    'position-count',
    'exposure',
    'daily-loss',
    'cash',
  ]);
});

test('G43 approve() is imported by decide.ts and by nothing else that can reach a broker', () => {
  const root = new URL('../../', import.meta.url);
  const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    // Tests, their fixtures and the simulation of histories need approvals to send; the next check keeps them apart.
    .filter((file) => /\.(?:ts|tsx|mjs|js)$/.test(file) && !file.endsWith('.test.ts') && !isRehearsal(file));
  const sourceOf = (file: string): string => readFileSync(new URL(`src/${file}`, root), 'utf8');

  assert.deepEqual(
    files.filter((file) => importsApprove(sourceOf(file))),
    ['guard/decide.ts'],
  );
  // All of them stand in the gateway's room, which nobody else may import.
  const ofGateway = files.filter((file) => file.startsWith('gateway/'));
  assert.deepEqual(
    ofGateway.filter((file) => /(?:from|import\()\s*'[^']*\/(?:fixtures|simulation)\//.test(sourceOf(file))),
    [],
  );
});

function isRehearsal(file: string): boolean {
  return /^gateway\/(?:.*\/)?(?:fixtures|simulation)\//.test(file);
}

test('G43 the search for approve() finds every way of importing it', () => {
  // Written without its name in one piece, or this file would find itself.
  const file = ['approved', 'ts'].join('.');
  const ways = [
    `import { approve } from '#guard/${file}';`,
    `import { isApproved, approve as yes } from './${file}';`,
    `import * as approved from '../guard/${file}';`,
    `const { approve } = await import('#guard/${file}');`,
    `export { approve } from './${file}';`,
    `export * from './${file}';`,
  ];

  assert.deepEqual(
    ways.map(importsApprove),
    ways.map(() => true),
  );
  assert.equal(importsApprove(`import type { Approved } from '#guard/${file}';`), false);
  assert.equal(importsApprove(`import { isApproved, type Approved } from '#guard/${file}';`), false);
});

/** True when a source brings in more of approved.ts than the type and the question. */
function importsApprove(source: string): boolean {
  const allowed = /import (?:type )?\{(?:\s*(?:isApproved|(?:type )?Approved),?)+\s*\} from '[^']*approved\.ts';/g;
  return /(?:from|import\()\s*['"`][^'"`]*\/approved\.ts['"`]/.test(source.replaceAll(allowed, ''));
}

test('G7 decide() denies a request that cannot be copied, though no rule reads what is wrong with it', () => {
  const request = Object.defineProperty({ ...aRequest() }, 'reason', {
    enumerable: true,
    get: () => assert.fail('it is looked at'),
  });

  assert.deepEqual(denialsOf(request, aState()), Object.keys(rules));
});
