import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SweepView } from '#link/cancel-api.ts';
import { heartbeatEveryMs, type PeerName } from './peers.ts';
import { Watchdog, type GatewaySign } from './watchdog.ts';

const everybody: readonly PeerName[] = ['gateway', 'runner', 'server', 'standby'];
const verified: SweepView = {
  outcome: 'verified',
  found: 1,
  accepted: 1,
  left: 0,
  inquiries: 2,
  tookMs: 1,
  detail: '',
};
const sign: GatewaySign = { build: 'ours', isHalted: false, openOrders: 1, dataAgeMs: 100 };

interface Tried {
  readonly watchdog: Watchdog;
  readonly deeds: readonly string[];
  /** Time in which all but `silent` give signs of life. */
  readonly pass: (milliseconds: number, silent?: readonly PeerName[]) => Promise<void>;
  readonly failNext: () => void;
}

function tried(): Tried {
  let nowMs = 0;
  let failures = 0;
  const deeds: string[] = [];
  const deed = async (what: string): Promise<void> => {
    deeds.push(what);
    if (failures === 0) return;
    failures -= 1;
    throw new Error('not now');
  };
  const watchdog = new Watchdog({
    hands: {
      halt: (reason) => deed(`halt ${reason}`),
      cancelAll: () => deed('cancel all'),
      sweep: (reason) => deed(`sweep ${reason}`).then(() => verified),
    },
    elapsedMs: () => nowMs,
    note: () => undefined,
  });
  return {
    watchdog,
    deeds,
    async pass(milliseconds, silent = []) {
      for (let passed = 0; passed < milliseconds; passed += heartbeatEveryMs) {
        nowMs += heartbeatEveryMs;
        for (const name of everybody) if (!silent.includes(name)) watchdog.heard(name);
        watchdog.look();
        // Deeds are promises: what one brings about is there before the next look.
        await new Promise(setImmediate);
      }
    },
    failNext: () => void (failures += 1),
  };
}

test('Watchdog does nothing while everybody lives', async () => {
  const { deeds, pass } = tried();

  await pass(30_000);

  assert.deepEqual(deeds, []);
});

test('INV-15 Watchdog sweeps when the gateway is silent, goes on while it stays away, and halts it when it is back', async () => {
  const { watchdog, deeds, pass } = tried();
  await pass(500);

  await pass(5_500, ['gateway']);
  const away = [...deeds];
  const owed = watchdog.owedHalt;
  await pass(1_000);

  assert.deepEqual(
    away,
    Array.from({ length: 3 }, () => 'sweep the gateway gave no sign of life for 800 ms'),
  );
  assert.equal(owed, 'the gateway gave no sign of life for 800 ms');
  assert.deepEqual(deeds.slice(3), ['halt the gateway gave no sign of life for 800 ms']);
  assert.equal(watchdog.owedHalt, null);
});

test('INV-15 Watchdog halts for a silent runner, again until the gateway has heard it, and only writes down a silent server', async () => {
  const { deeds, pass, failNext } = tried();
  await pass(500);
  failNext();

  await pass(4_000, ['runner', 'server', 'standby']);

  const halt = 'halt the runner gave no sign of life for 1000 ms';
  assert.deepEqual(deeds, [halt, halt]);
});

test('Watchdog that finds a gateway which never answers sweeps after five seconds', async () => {
  const { deeds, pass } = tried();

  await pass(5_000, ['gateway']);
  const early = deeds.length;
  await pass(200, ['gateway']);

  assert.deepEqual([early, deeds.length], [0, 1]);
});

test('INV-15 Watchdog asked to halt by hand sweeps when the gateway cannot', async () => {
  const { watchdog, deeds, pass } = tried();
  await pass(500);
  await pass(1_000, ['gateway']);

  watchdog.halt('file HALT: now');
  await pass(3_000, ['gateway']);

  assert.ok(deeds.length >= 2 && deeds.every((deed) => deed.startsWith('sweep')), deeds.join());
});

test('Watchdog withdraws what stands on data that have been silent for fifteen seconds, once for each time', async () => {
  const { watchdog, deeds, pass } = tried();

  for (const dataAgeMs of [15_000, 15_001, 20_000, 10, 15_001]) {
    watchdog.heardGateway({ ...sign, dataAgeMs });
    await pass(100);
  }
  watchdog.heardGateway({ ...sign, dataAgeMs: null });
  watchdog.heardGateway({ ...sign, openOrders: 0, dataAgeMs: 60_000 });

  assert.deepEqual(deeds, ['cancel all', 'cancel all']);
});
