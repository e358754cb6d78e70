import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as fc from 'fast-check';

import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from '../fixtures/scripted-host.ts';
import { createKisBroker } from '../index.ts';
import type { KisQuotes } from './kis-quotes.ts';

interface Print {
  readonly second: number;
  readonly quantity: number;
}

/** Pages of `size` rows, newest first, from the second asked for on; the prints can be changed between calls. */
async function printsHost(context: TestContext): Promise<{
  readonly quotes: KisQuotes;
  readonly market: { prints: readonly Print[]; size: number };
}> {
  const market: { prints: readonly Print[]; size: number } = { prints: [], size: 30 };
  const host = await openScriptedHost(({ query }, response) => {
    const until = query.get('FID_INPUT_HOUR_1') ?? '';
    let volume = 0;
    const rows = market.prints
      .map(({ second, quantity }) => ({ hour: hourOf(second), quantity, volume: (volume += quantity) }))
      .filter(({ hour }) => hour <= until)
      .toReversed()
      .slice(0, market.size)
      .map((row) => ({
        stck_cntg_hour: row.hour,
        stck_prpr: '70000',
        cnqn: String(row.quantity),
        acml_vol: String(row.volume),
        askp: '70100',
        bidp: '70000',
      }));
    answerJson(response, 200, { rt_cd: '0', msg_cd: 'MCA00000', msg1: '', output1: {}, output2: rows });
  });
  context.after(() => host.close());
  return { quotes: createKisBroker(fixtureOptions(host)).quotes, market };
}

function hourOf(second: number): string {
  const time = Temporal.PlainTime.from('09:00').add({ seconds: second });
  return time.toString({ smallestUnit: 'second' }).replaceAll(':', '');
}

test('tradeHistory() brings each trade once, oldest first, however seconds fall over pages', async (context) => {
  const { quotes, market } = await printsHost(context);
  const prints = fc
    .array(fc.record({ second: fc.nat({ max: 40 }), quantity: fc.integer({ min: 1, max: 50 }) }), { maxLength: 60 })
    .map((list) => list.toSorted((a, b) => a.second - b.second));

  await fc.assert(
    fc.asyncProperty(prints, fc.integer({ min: 2, max: 12 }), async (list, size) => {
      // No second fills a page, so that nothing is hidden.
      market.prints = list.filter((print, index) => list[index - size + 1]?.second !== print.second);
      market.size = size;

      const { trades, volumeMissing } = await quotes.tradeHistory('KRX:005930', { count: 1_000 });

      assert.equal(volumeMissing, 0);
      assert.deepEqual(
        trades.map(({ quantity }) => quantity),
        market.prints.map(({ quantity }) => quantity),
      );
    }),
    { numRuns: 15 },
  );
});

test('tradeHistory() says how many shares a second hides that is longer than a page', async (context) => {
  const { quotes, market } = await printsHost(context);
  market.size = 3;
  market.prints = [
    { second: 1, quantity: 100 },
    ...Array.from({ length: 5 }, () => ({ second: 2, quantity: 10 })),
    { second: 3, quantity: 1 },
  ];

  const { trades, volumeMissing } = await quotes.tradeHistory('KRX:005930', { count: 1_000 });

  assert.deepEqual(
    trades.map(({ quantity }) => quantity),
    [100, 10, 10, 10, 1],
  );
  assert.equal(volumeMissing, 20);
});

test('tradeHistory() returns the last trades only, and none before the first trade of the day', async (context) => {
  const { quotes, market } = await printsHost(context);

  assert.deepEqual(await quotes.tradeHistory('KRX:005930', { count: 5 }), { trades: [], volumeMissing: 0 });

  market.prints = Array.from({ length: 100 }, (_, second) => ({ second, quantity: second + 1 }));
  const { trades } = await quotes.tradeHistory('KRX:005930', { count: 2 });

  assert.deepEqual(
    trades.map(({ quantity }) => quantity),
    [99, 100],
  );
});
