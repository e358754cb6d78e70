import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RetryLater } from '#domain/errors.ts';
import { approve } from '#guard/approved.ts';

import { FixtureClock, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { accepted, balanced, play, priced, working } from '../fixtures/scripted-broker.ts';
import { answerJson } from '../fixtures/scripted-host.ts';

test('lastKnown gives the last price with its age while the host is down, and the guard´s price() gives none', async (context) => {
  let isDown = false;
  const clock = new FixtureClock();
  const { broker } = await play(
    context,
    (_call, response) => answerJson(response, isDown ? 503 : 200, isDown ? 'down' : priced),
    { clock },
  );
  const known = await broker.lastKnown?.price('KRX:005930');
  isDown = true;
  clock.advance(4_000);

  const aged = await broker.lastKnown?.price('KRX:005930');

  assert.equal(known?.isFresh, true);
  assert.deepEqual([aged?.value.price, aged?.isFresh], [70_000, false]);
  assert.ok((aged?.ageMs ?? 0) >= 4_000);
  await assert.rejects(broker.price('KRX:005930'), RetryLater);
});

test('lastKnown asks for the balance again after half a minute, and at once after an order of ours', async (context) => {
  const clock = new FixtureClock();
  const { broker, host } = await play(
    context,
    (call, response) => answerJson(response, 200, call.path.endsWith('balance') ? balanced : accepted, 'D'),
    { clock },
  );
  const asked = (): number => host.calls.filter(({ path }) => path.endsWith('balance')).length;
  const counts: number[] = [];
  const look = async (): Promise<void> => {
    await Promise.all([broker.lastKnown?.balance(), broker.lastKnown?.balance()]);
    counts.push(asked());
  };

  await look();
  await look();
  clock.advance(30_001);
  await look();
  await broker.place(approve(fixtureRequest()));
  await look();
  await broker.cancel(working);
  await look();
  await broker.balance();
  counts.push(asked());

  assert.deepEqual(counts, [1, 1, 2, 3, 4, 5]);
});
