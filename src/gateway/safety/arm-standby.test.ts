import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { RetryLater } from '#domain/errors.ts';
import { cancelSocket, type Boot } from '#link/boot.ts';
import { cancelApi, type CancelApi, type CancelLease } from '#link/cancel-api.ts';
import { listen, type Handlers } from '#link/listener.ts';
import { hashToken, newToken } from '#link/token.ts';
import { armStandby } from './arm-standby.ts';

const lease: CancelLease = {
  broker: 'kis',
  environment: 'paper',
  rest: 'http://127.0.0.1:1',
  webSocket: 'ws://127.0.0.1:1',
  appKey: 'key',
  appSecret: 'secret',
  account: '1234567801',
  token: 'first',
  expiresAt: '2026-11-20T02:00:00Z',
  callsPerSecond: null,
};

test('INV-15 armStandby() hands the lease over, again with each new token and to each new standby, and takes it back', async (context) => {
  const runFolder = mkdtempSync(join(tmpdir(), 'arm-'));
  context.after(() => rmSync(runFolder, { recursive: true }));
  const told: string[] = [];
  let wake = (): void => undefined;
  const nextTold = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const handlers = {
    arm: async ({ token }: CancelLease) => (told.push(token), wake(), {}),
    disarm: async () => (told.push('disarm'), wake(), {}),
  };
  const boot = bootOf(runFolder);
  const standby = (): ReturnType<typeof listen> =>
    listen<CancelApi>({
      socketPath: join(runFolder, cancelSocket),
      api: cancelApi,
      tokenHashes: { gateway: hashToken(boot.token) },
      handlers: handlers as unknown as Handlers<CancelApi>,
    });
  let now: CancelLease | Error | null = lease;
  const current = (): CancelLease | null => {
    if (now instanceof Error) throw now;
    return now;
  };
  let listener = await standby();

  let heard = nextTold();
  const armed = await armStandby({ boot, lease: current, onFault: () => undefined });
  await heard;
  now = { ...lease, token: 'second' };
  await (heard = nextTold());
  await listener.close();
  heard = nextTold();
  listener = await standby();
  await heard;
  // A sealed vault lends nothing.
  now = new RetryLater('vault.sealed', 'sealed');
  await (heard = nextTold());
  await armed.disarm();
  await listener.close();

  assert.deepEqual(told, ['first', 'second', 'second', 'disarm', 'disarm']);
});

function bootOf(runFolder: string): Boot {
  return {
    home: runFolder,
    environment: 'trial',
    runFolder,
    build: 'ours',
    token: newToken(),
    tokenHashes: {},
    testbed: null,
    options: {},
  };
}
