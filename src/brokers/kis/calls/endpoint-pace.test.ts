import assert from 'node:assert/strict';
import { test } from 'node:test';

import { quoteEndpoints } from '../endpoints/quotes.ts';
import { signInEndpoints } from '../endpoints/sign-in.ts';
import { tradingEndpoints } from '../endpoints/trading.ts';
import { EndpointPace } from './endpoint-pace.ts';

function scene() {
  const at = { ms: 0 };
  const waited: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => {
    waited.push(milliseconds);
  };
  return { at, waited, pace: new EndpointPace(() => at.ms, wait) };
}

test('EndpointPace keeps two balances a second apart, whoever asks', async () => {
  const { at, waited, pace } = scene();

  await pace.turn('TTTC8434R', tradingEndpoints.balance, 20_000);
  at.ms = 300;
  await pace.turn('TTTC8434R', tradingEndpoints.balance, 20_000);
  await pace.turn('TTTC8434R', tradingEndpoints.balance, 20_000);

  assert.deepEqual(waited, [700, 1_700]);
});

test('EndpointPace keeps no distance where none is published, and none between endpoints', async () => {
  const { waited, pace } = scene();

  for (let count = 0; count < 3; count += 1) await pace.turn('FHKST01010100', quoteEndpoints.price, 20_000);
  await pace.turn('TTTC8434R', tradingEndpoints.balance, 20_000);
  await pace.turn('Approval', signInEndpoints.approveSocket, 20_000);

  assert.deepEqual(waited, []);
});

test('EndpointPace says at once when waiting would take too long, and that does not count as a call', async () => {
  const { at, waited, pace } = scene();
  await pace.turn('CTCA0903R', quoteEndpoints.holidays, 20_000);

  await assert.rejects(pace.turn('CTCA0903R', quoteEndpoints.holidays, 20_000), { code: 'kis.busy' });
  at.ms = 60_000;
  await pace.turn('CTCA0903R', quoteEndpoints.holidays, 20_000);

  assert.deepEqual(waited, []);
});

test('tables say that approvals and balances are a second apart', () => {
  assert.equal(signInEndpoints.approveSocket.spacingMs, 1_000);
  assert.equal(tradingEndpoints.balance.spacingMs, 1_000);
});
