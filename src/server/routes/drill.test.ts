import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Hono } from 'hono';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { trialStart, regularHours, VirtualClock } from '#testbed/virtual-clock.ts';
import { SnowballError } from '#domain/errors.ts';
import { testbedConsole } from '../testbed-console.ts';
import { drillRoutes } from './drill.ts';
import { aSimulator } from '#brokers/kis/simulator/fixtures/wire-test-kit.ts';

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

describe('drillRoutes()', () => {
  let simulator: KisSimulator;
  let app: Hono;

  before(async () => {
    const start = trialStart(Temporal.PlainDate.from('2026-11-20'));
    simulator = await aSimulator({
      session: 'clock',
      clock: new VirtualClock({ start, hoursOf: regularHours, speed: 10, file: null }),
    });
    app = new Hono().route('/', drillRoutes(testbedConsole(simulator.hosts.console)));
    app.onError((error, context) => context.json({ code: error instanceof SnowballError ? error.code : '' }, 400));
  });
  after(() => simulator.close());

  const ask = async (path: string, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await app.request(path, init);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('shows every fault and the clock, switches one on and off, and moves market time', async () => {
    const fault = { fault: 'zero-price', trId: 'FHKST01010100', probability: 1, count: 3 };

    const seen = await ask('/drill');
    const added = await ask('/drill/faults', post(fault));
    const cleared = await ask('/drill/faults/clear', post({ id: null }));
    const clock = await ask('/drill/clock', post({ speed: 100, pause: true, step: 60 }));

    assert.deepEqual([seen.body['state'], (seen.body['known'] as unknown[]).length > 60], ['ready', true]);
    assert.deepEqual(
      (added.body as unknown as Record<string, unknown>[]).map((row) => [row['fault'], row['count'], row['struck']]),
      [['zero-price', 3, 0]],
    );
    assert.deepEqual(cleared.body, []);
    assert.deepEqual([clock.body['speed'], clock.body['paused']], [100, true]);
  });

  it('hands on nothing that is not on its own list, and says when the console refuses or is gone', async () => {
    const wrong = await ask('/drill/faults', post({ fault: 'be-nice', trId: '*', probability: 1, count: null }));
    const extra = await ask('/drill/clock', post({ now: '2030-01-01' }));
    const other = await app.request('/drill/ledger', post({}));
    const gone = new Hono().route('/', drillRoutes(testbedConsole('http://127.0.0.1:1')));
    gone.onError((error, context) => context.json({ code: error instanceof SnowballError ? error.code : '' }, 503));
    const silent = await gone.request('/drill');

    assert.deepEqual([wrong.body['code'], extra.body['code']], ['server.testbed-refused', 'request.body']);
    assert.equal(other.status, 404);
    assert.deepEqual(await silent.json(), { code: 'server.testbed' });
    assert.throws(() => testbedConsole('https://openapi.koreainvestment.com'), { code: 'server.testbed-refused' });
  });

  it('is absent outside trial mode, and refuses every change there', async () => {
    const bare = new Hono().route('/', drillRoutes(null));

    const seen = await bare.request('/drill');
    const refused = await bare.request('/drill/faults', post({}));

    assert.deepEqual(await seen.json(), { state: 'absent' });
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [403, 'drill.absent']);
  });
});
