import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';

import { fixtureOptions } from '#brokers/kis/fixtures/fixture-broker.ts';
import { openScriptedSocket } from '#brokers/kis/fixtures/scripted-socket.ts';
import { createKisBroker } from '#brokers/kis/index.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';

import { BrokerMonitor } from '../broker-monitor.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import { MarketFeed } from './market-feed.ts';

const clock: GatewayClock = {
  speed: 1,
  isTrusted: true,
  now: () => Temporal.Instant.from('2026-11-20T01:00:00Z'),
  elapsedMs: () => performance.now(),
  observe: () => undefined,
};
const id = (number: number): InstrumentId => `KRX:${String(number).padStart(6, '0')}`;

test('MarketFeed gives the stream to orders and holdings first, and says who found no room', async (context) => {
  const host = await openScriptedSocket();
  const broker = createKisBroker(fixtureOptions(host));
  let held: readonly InstrumentId[] = [id(1)];
  const states = new EventEmitter();
  const feed = new MarketFeed({
    broker,
    clock,
    monitor: new BrokerMonitor(),
    needs: () => ({ ordered: [id(2)], held }),
    onTick: () => undefined,
    onNotice: () => undefined,
    onGap: () => states.emit('changed'),
    onFault: () => undefined,
  });
  context.after(async () => {
    await feed.stop();
    await broker.close();
    await host.close();
  });
  feed.start();
  await once(states, 'changed');
  const first = host.sessions[0]?.slice(0, 5).map(({ trId, trKey }) => `${trId} ${trKey}`);

  held = Array.from({ length: 45 }, (_, index) => id(100 + index));
  feed.review();
  await once(states, 'changed');

  assert.deepEqual(first?.slice(1), ['H0STCNT0 000002', 'H0STASP0 000002', 'H0STCNT0 000001', 'H0STASP0 000001']);
  const { used, limit, unwatched } = feed.registrations;
  assert.deepEqual([used, limit], [41, 41]);
  assert.deepEqual(unwatched.map(symbolOf), held.slice(39).map(symbolOf));
});
