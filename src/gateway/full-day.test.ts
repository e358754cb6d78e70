import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultNames, type FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { readFaults } from '../../tests/support/drills.ts';
import { fullDay } from '../../tests/support/full-day.ts';
import { strikeOrders } from '../../tests/support/order-waves.ts';

/** The exchange never hears of these orders, and nobody says so. */
const lost: readonly FaultName[] = ['refuse-before-acceptance', '500-before', 'redirect', 'connect-refused'];
/** Nor of these; for some of them there is a word of refusal. */
const refused: readonly FaultName[] = ['html-before', 'http-429', 'rate-storm', 'trading-halt'];
/** The exchange has these orders, and the answer does not say so, or not all. */
const taken: readonly FaultName[] = [
  'accept-then-hang',
  'accept-then-reset',
  'accept-late',
  'accept-twice',
  'exchange-refusal',
  '500-after',
  'html-after',
  'malformed-json',
  'truncated-body',
  'huge-body',
  'duplicate-keys',
  'missing-order-number',
  'identical-order',
  'foreign-order',
  'partial-then-cancel',
];

// Three days beside each other: most of their time is waiting for the quiet window, and for answers that do not come.
describe('a simulated day through the gateway, every fault of orders on ten of them', { concurrency: true }, () => {
  it('ends with journal, ledger and account in agreement when orders are lost on their way', async () => {
    await fullDay({ seed: 'lost', market: 'calm', faults: lost, play: (day) => strikeOrders(day, lost) });
  });

  it('ends with journal, ledger and account in agreement when orders are refused in words that nobody knows', async () => {
    await fullDay({ seed: 'refused', market: 'calm', faults: refused, play: (day) => strikeOrders(day, refused) });
  });

  it('ends with journal, ledger and account in agreement when what was taken is not answered, or twice, or nonsense', async () => {
    await fullDay({ seed: 'taken', market: 'calm', faults: taken, play: (day) => strikeOrders(day, taken) });
  });

  it('leaves no fault of the matrix to nobody', () => {
    const played = [...lost, ...refused, ...taken, ...Object.values(readFaults).flat()];

    assert.deepEqual(
      faultNames.filter((name) => !played.includes(name)),
      [],
    );
  });
});
