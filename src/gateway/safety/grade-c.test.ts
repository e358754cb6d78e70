import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Environment } from '#domain/environment.ts';
import { seoul } from '#domain/trading-date.ts';
import { starter } from '#guard/limits.ts';
import { openJournal } from '#journal/open-journal.ts';
import type { IsolationGrade } from '#link/isolation-grade.ts';
import { quietBroker } from '../fixtures/quiet-broker.ts';
import { Gateway } from '../gateway.ts';
import { limitHandlers } from '../handlers/limit-handlers.ts';

const now = Temporal.PlainDateTime.from('2026-11-20T10:00').toZonedDateTime(seoul).toInstant();
const clock = {
  speed: 1,
  isTrusted: true,
  now: () => now,
  elapsedMs: () => performance.now(),
  observe: () => undefined,
};
const runner = { role: 'runner', key: null } as never;

async function gatewayIn(context: TestContext, environment: Environment, waiver: string | null = null) {
  const home = mkdtempSync(join(tmpdir(), 'grade-'));
  const journal = await openJournal({ file: join(home, 'journal') });
  let isOver = false;
  const gateway = new Gateway({
    environment,
    build: 'b',
    broker: quietBroker(() => now).broker,
    journal,
    clock,
    gradeCWaiverUntil: waiver === null ? null : Temporal.PlainDate.from(waiver),
    onOrder: () => undefined,
    onTick: () => undefined,
    onStatus: () => undefined,
    onFault: () => undefined,
    // What the books were about to note when the journal was closed under them.
    onFatal: (error) => assert.ok(isOver, String(error)),
  });
  await gateway.start();
  context.after(async () => {
    isOver = true;
    await gateway.stop();
    await journal.close();
    rmSync(home, { recursive: true, force: true });
  });
  const handlers = limitHandlers(gateway, { isWebConvenient: false });
  const told = (isolation: IsolationGrade) => handlers.strategiesAlive({ strategies: [], isolation }, runner);
  return { gateway, handlers, told, guard: () => gateway.guardState(gateway.state) };
}

test('T12 the gateway halves what binds, what it shows and what a compromise can cost while strategies are held by grade C', async (context) => {
  const { gateway, handlers, told, guard } = await gatewayIn(context, 'paper');
  const shown = async () => {
    const view = await handlers.limitPolicy({}, runner);
    const row = view.rows.find(({ name }) => name === 'orderValueMax');
    const blast = (await handlers.blastRadius({}, runner)).find(({ id }) => id === 'strategy');
    return [view.isHalved, row?.value, guard().limits.orderValueMax, blast?.notional];
  };
  const whole = [false, starter.orderValueMax, starter.orderValueMax, starter.dayValueStrategyMax];
  const half = [true, 500_000, 500_000, 1_500_000];

  assert.deepEqual(await shown(), half, 'nobody has said the grade yet');
  await told('A');
  assert.deepEqual(await shown(), whole);
  await told('B');
  assert.deepEqual(await shown(), whole);
  await told('C');
  assert.deepEqual(await shown(), half);
  assert.equal(gateway.limitsInForce().limits.orderValueMax, 500_000);
});

test('N14 the gateway halts for good when the grade falls, and a rise lifts nothing', async (context) => {
  const { gateway, told } = await gatewayIn(context, 'paper');

  await told('A');
  await told('C');
  await told('A');
  await gateway.recorder.record({ kind: 'login', outcome: '', method: '' });

  assert.equal(gateway.state.halted?.by, 'rule N14');
  assert.match(gateway.state.halted?.reason ?? '', /fell from grade A to C/);
});

test('T12 the gateway lets no new risk out in real trading at grade C without a waiver, and at half limits with one', async (context) => {
  const without = await gatewayIn(context, 'real');
  const waived = await gatewayIn(context, 'real', '2026-11-20');
  const late = await gatewayIn(context, 'real', '2026-11-19');

  assert.equal(waived.guard().isHalted, true, 'nobody has said the grade yet');
  for (const { told } of [without, waived, late]) await told('C');

  assert.equal(without.guard().isHalted, true);
  assert.equal(late.guard().isHalted, true);
  assert.equal(waived.guard().isHalted, false);
  assert.equal(waived.guard().limits.orderValueMax, 500_000);
  await without.told('A');
  assert.equal(without.guard().isHalted, false);
});

test('T12 the gateway leaves the limits of trial money whole', async (context) => {
  const { guard, told } = await gatewayIn(context, 'trial');

  await told('C');

  assert.equal(guard().limits.orderValueMax, starter.orderValueMax);
});
