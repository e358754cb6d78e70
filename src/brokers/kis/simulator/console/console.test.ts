import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { ManualClock } from '#domain/clock.ts';

import type { KisSimulator } from '../start.ts';
import type { VenueClock } from '../venue/venue-clock.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';

class HandClock extends ManualClock implements VenueClock {
  speed = 10;
  isPaused = false;

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  setPaused(isPaused: boolean): void {
    this.isPaused = isPaused;
  }
}

describe('createConsole()', () => {
  let simulator: KisSimulator;

  before(async () => {
    simulator = await aSimulator({
      session: 'clock',
      clock: new HandClock(Temporal.Instant.from('2026-11-20T01:30:00Z')),
    });
  });
  after(() => simulator.close());

  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${simulator.hosts.console}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('shows and changes the clock', async () => {
    const before = await call('GET', '/clock');
    const after = await call('POST', '/clock', { speed: 100, pause: true });
    const wrong = await call('POST', '/clock', { speed: 1001 });

    assert.deepEqual(before.body, { now: '2026-11-20T01:30:00Z', speed: 10, paused: false });
    assert.deepEqual([after.body['speed'], after.body['paused']], [100, true]);
    assert.equal(wrong.status, 400);
  });

  it('gives the keys of both hosts in the broker’s lengths', async () => {
    const { body } = await call('GET', '/credentials');

    assert.deepEqual(body, simulator.credentials);
    assert.equal(simulator.credentials.paper.appKey.length, 36);
    assert.equal(simulator.credentials.real.appSecret.length, 180);
    assert.notEqual(simulator.credentials.paper.account, simulator.credentials.real.account);
  });

  it('switches faults on, lists and clears them, and refuses one it does not know', async () => {
    const added = await call('POST', '/faults', {
      trId: 'VTTC0012U',
      fault: 'accept-then-hang',
      probability: 0.5,
      seed: 7,
    });
    const unknown = await call('POST', '/faults', { trId: 'VTTC0012U', fault: 'be-nice' });
    const cleared = await call('DELETE', '/faults');

    assert.deepEqual([added.status, (added.body as unknown as unknown[]).length], [200, 1]);
    assert.equal(unknown.status, 400);
    assert.match(String(unknown.body['error']), /fault/);
    assert.deepEqual(cleared.body, []);
  });

  it('shows ledgers and orders of both accounts', async () => {
    await call('POST', '/orders/seed', { count: 1, environment: 'real' });
    const foreign = { environment: 'real', symbol: '000660', side: 'buy', price: 49_000, quantity: 1 };
    const placed = await call('POST', '/orders', foreign);
    const ledger = await call('GET', '/ledger');
    const orders = await call('GET', '/orders');

    assert.match(String(placed.body['number']), /^\d{10}$/);
    const { paper } = ledger.body as { paper: Record<string, unknown> };
    assert.deepEqual(
      [paper['cash'], paper['positions'], paper['fees'], paper['tax'], paper['fills']],
      [10_000_000, [], 0, 0, []],
    );
    assert.deepEqual([(orders.body['real'] as unknown[]).length, (orders.body['paper'] as unknown[]).length], [2, 0]);
  });

  it('turns away browsers, unknown commands and unknown symbols', async () => {
    const page = await call('GET', '/ledger', undefined, { origin: 'http://evil.example' });
    const unknown = await call('GET', '/secrets');
    const symbol = await call('POST', '/market/price', { symbol: '999999', price: 1000 });

    assert.deepEqual([page.status, unknown.status, symbol.status], [400, 400, 400]);
    assert.match(String(symbol.body['error']), /999999/);
  });
});
