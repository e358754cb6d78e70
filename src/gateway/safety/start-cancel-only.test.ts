import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ManualClock } from '#domain/clock.ts';
import { Halt, SnowballError } from '#domain/errors.ts';
import type { Journal } from '#journal/journal.ts';
import type { Role } from '#link/api.ts';
import { cancelApi, type CancelApi, type CancelLease } from '#link/cancel-api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { hashToken, newToken } from '#link/token.ts';
import { startCancelOnly, type CancelOnly } from './start-cancel-only.ts';

const tokens = { gateway: newToken(), watchdog: newToken(), cli: newToken() };
const lease: CancelLease = {
  broker: 'kis',
  environment: 'paper',
  rest: 'http://127.0.0.1:1',
  webSocket: 'ws://127.0.0.1:1',
  appKey: 'the-key',
  appSecret: 'the-secret',
  account: '1234567801',
  token: 'the-token',
  expiresAt: '2026-11-20T02:00:00Z',
  callsPerSecond: 20,
};

let folder = '';
let clock: ManualClock;
let opened: CancelLease[] = [];
let closed = 0;
let running: CancelOnly;
const clients: LinkClient<CancelApi>[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cancel-only-'));
  clock = new ManualClock(Temporal.Instant.from('2026-11-20T01:00:00Z'));
  opened = [];
  closed = 0;
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await running.close();
  rmSync(folder, { recursive: true });
});

async function start(journal: Journal | null = null): Promise<void> {
  const { gateway, watchdog } = tokens;
  running = await startCancelOnly({
    socketPath: join(folder, 's'),
    tokenHashes: { gateway: hashToken(gateway), watchdog: hashToken(watchdog) },
    build: 'ours',
    clock,
    journal,
    onFault: () => undefined,
    openBroker(given) {
      opened.push(given);
      return {
        orders: async () => ({ kind: 'complete', rows: [] }),
        cancel: () => assert.fail('there is nothing to cancel'),
        close: async () => void (closed += 1),
      };
    },
  });
}

async function as(role: Role & keyof typeof tokens): Promise<LinkClient<CancelApi>> {
  const client = await connect({ socketPath: join(folder, 's'), api: cancelApi, role, token: tokens[role] });
  clients.push(client);
  return client;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'allowed',
    (error: unknown) => (error instanceof SnowballError ? error.code : 'unexpected'),
  );
}

test('T11 the cancel-only process is armed by the gateway alone and used by the watchdog alone', async () => {
  await start();
  const [gateway, watchdog] = [await as('gateway'), await as('watchdog')];

  const codes = await Promise.all(
    [
      gateway.call('arm', lease),
      watchdog.call('arm', lease),
      watchdog.call('sweep', { reason: 'test' }),
      gateway.call('sweep', { reason: 'test' }),
      watchdog.call('disarm', {}),
      watchdog.call('pulse', {}),
      gateway.call('pulse', {}),
      as('cli'),
    ].map(codeOf),
  );

  const no = 'link.forbidden';
  assert.deepEqual(codes, ['allowed', no, 'allowed', no, no, 'allowed', no, 'link.refused']);
});

test('a lease is used until it is taken back, replaced or over', async () => {
  await start();
  const [gateway, watchdog] = [await as('gateway'), await as('watchdog')];
  const outcome = async (): Promise<string> => (await watchdog.call('sweep', { reason: 'test' })).outcome;

  const before = await outcome();
  await gateway.call('arm', lease);
  const armed = await outcome();
  await gateway.call('arm', { ...lease, token: 'another' });
  const replaced = [await outcome(), closed];
  clock.advance(3_600_000);
  const over = [await outcome(), (await watchdog.call('pulse', {})).isArmed];
  await gateway.call('disarm', {});

  assert.deepEqual(
    [before, armed, replaced, over, closed],
    ['no-lease', 'verified', ['verified', 1], ['no-lease', false], 2],
  );
  assert.deepEqual(
    opened.map(({ token }) => token),
    ['the-token', 'another'],
  );
});

test('INV-21 nothing that the cancel-only process answers holds anything of the lease', async () => {
  await start();
  const [gateway, watchdog] = [await as('gateway'), await as('watchdog')];
  await gateway.call('arm', lease);
  const misread = await gateway.call('arm', { ...lease, appSecret: '' }).catch((error: Error) => error.message);

  const said = JSON.stringify([
    await watchdog.call('sweep', { reason: 'x' }),
    await watchdog.call('pulse', {}),
    misread,
  ]);

  for (const value of [lease.appKey, lease.appSecret, lease.account, lease.token])
    assert.ok(!said.includes(value), said);
});

test('T17 a journal that takes nothing keeps nobody from a sweep', async () => {
  const full = new Halt('journal.full', 'no room');
  await start({
    append: () => Promise.reject(full),
    read: () => [],
    head: () => ({ sequence: 0, hash: '' }),
    close: () => Promise.reject(full),
  });
  await (await as('gateway')).call('arm', lease);

  assert.equal((await (await as('watchdog')).call('sweep', { reason: 'test' })).outcome, 'verified');
});
