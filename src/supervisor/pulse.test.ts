import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gatewaySocket } from '#link/boot.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { listen, type Handlers } from '#link/listener.ts';
import { hashToken, newToken } from '#link/token.ts';
import { keepPulse } from './pulse.ts';

const token = newToken();
const sign = { build: 'ours', isHalted: false, openOrders: 0, dataAgeMs: null };

/** A gateway that answers signs of life and nothing else, until it is told to be silent. */
async function gateway(context: TestContext, onSign: (params: unknown) => Promise<void>): Promise<string> {
  const runFolder = mkdtempSync(join(tmpdir(), 'pulse-'));
  const handlers = {
    heartbeat: async (params: unknown) => {
      await onSign(params);
      return sign;
    },
  };
  const listener = await listen<GatewayApi>({
    socketPath: join(runFolder, gatewaySocket),
    api: gatewayApi,
    tokenHashes: { supervisor: hashToken(token) },
    handlers: handlers as unknown as Handlers<GatewayApi>,
  });
  context.after(async () => {
    await listener.close();
    rmSync(runFolder, { recursive: true });
  });
  return runFolder;
}

test('INV-13 keepPulse() tells of a gateway that hangs, once, and gives the one in its place its time', async (context) => {
  let isHung = false;
  let heard: (() => void) | null = null;
  const runFolder = await gateway(context, () => {
    heard?.();
    return isHung ? new Promise(() => undefined) : Promise.resolve();
  });
  const told: number[] = [];
  const first = new Promise<void>((resolve) => (heard = resolve));
  let tell = (): void => undefined;
  const silent = new Promise<void>((resolve) => (tell = resolve));
  const options = { beatEveryMs: 20, silenceMaxMs: 200, builds: () => ({}), runFolder, token };
  const pulse = await keepPulse({ ...options, onSilent: (silentMs) => (told.push(silentMs), tell()) });
  await first;

  isHung = true;
  await silent;
  await new Promise((resolve) => setTimeout(resolve, 300));
  await pulse.close();

  assert.equal(told.length, 1);
  assert.ok((told[0] ?? 0) >= 200, String(told[0]));
});

test('T30 keepPulse() tells the gateway the build of every process that was started', async (context) => {
  const given: unknown[] = [];
  let heard = (): void => undefined;
  const second = new Promise<void>((resolve) => (heard = resolve));
  const runFolder = await gateway(context, async (params) => {
    if (given.push(params) === 2) heard();
  });
  let serial = 0;
  const builds = (): Readonly<Record<string, string>> => ({ runner: `build ${(serial += 1)}` });

  const pulse = await keepPulse({ runFolder, token, builds, beatEveryMs: 20, onSilent: () => undefined });
  await second;
  await pulse.close();

  assert.deepEqual(given.slice(0, 2), [{ builds: { runner: 'build 1' } }, { builds: { runner: 'build 2' } }]);
});
