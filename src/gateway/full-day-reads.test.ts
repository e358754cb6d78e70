import { test } from 'node:test';
import {
  drillHandshakes,
  drillList,
  drillReads,
  drillTokens,
  drillTrades,
  readFaults,
} from '../../tests/support/drills.ts';
import { fullDay } from '../../tests/support/full-day.ts';
import { strikeNotices } from '../../tests/support/order-waves.ts';

test('a simulated day ends with journal, ledger and account in agreement when nothing read or heard can be trusted', async () => {
  await fullDay({
    seed: 'reads',
    market: 'busy',
    isSecure: true,
    faults: Object.values(readFaults).flat(),
    play: async (day) => {
      for (const fault of readFaults.trades) await drillTrades(day, fault);
      for (const fault of readFaults.reads) await drillReads(day, fault);
      for (const fault of readFaults.tokens) await drillTokens(day, fault);
      for (const fault of readFaults.handshakes) await drillHandshakes(day, fault);
      for (const fault of readFaults.lists) await drillList(day, fault);
      await strikeNotices(day, readFaults.notices);
    },
  });
});
