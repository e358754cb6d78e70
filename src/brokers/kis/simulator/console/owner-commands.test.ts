import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import { paperReader } from '../fixtures/frame-reader.ts';
import { wireClient } from '../fixtures/wire-client.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import type { OwnerNotice } from '../host/owner-notices.ts';
import type { KisSimulator } from '../start.ts';

describe('what the owner of a key would have been told', () => {
  let simulator: KisSimulator;

  before(async () => {
    simulator = await aSimulator({ throttle: 0 });
  });
  after(() => simulator.close());

  const told = async (): Promise<OwnerNotice[]> => {
    const answer = await fetch(`${simulator.hosts.console}/events`);
    return (await answer.json()) as OwnerNotice[];
  };

  it('is each issue of a token, and the first use of a key over each way in', async () => {
    const client = wireClient(simulator.hosts.rest, simulator.credentials.paper);
    await client.signIn();
    await client.signIn();
    const price = () => client.get('/uapi/domestic-stock/v1/quotations/inquire-price', 'FHKST01010100');
    await price();
    await price();
    const reader = await paperReader(simulator);
    const closed = once(reader.socket, 'close');
    reader.socket.close();
    await closed;
    const list = await told();

    assert.deepEqual(
      list.map(({ kind, environment, from }) => [kind, environment, from?.over ?? null]),
      [
        ['token-issued', 'paper', null],
        ['token-given-again', 'paper', null],
        ['key-used', 'paper', 'rest'],
        ['key-used', 'paper', 'websocket'],
      ],
    );
    assert.match(list[2]?.from?.address ?? '', /127\.0\.0\.1$/);
  });

  it('never holds a whole app key, and no more than two hundred messages', async () => {
    const client = wireClient(simulator.hosts.restReal, simulator.credentials.real, 'real');
    for (let count = 0; count < 205; count += 1) await client.signIn();
    const list = await told();

    assert.equal(list.length, 200);
    assert.ok(!JSON.stringify(list).includes(simulator.credentials.real.appKey));
  });

  it('goes with a choice of profile only for keys of this simulator', async () => {
    const answer = await fetch(`${simulator.hosts.console}/profiles`, {
      method: 'POST',
      body: JSON.stringify({ appKey: 'nobody', profile: '2025' }),
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /No such app key/);
  });
});
