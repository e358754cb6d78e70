import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { HandClock } from '../fixtures/hand-clock.ts';
import type { WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';

describe('inquire-vi-status', () => {
  let simulator: KisSimulator;
  let client: WireClient;
  const clock = new HandClock(Temporal.Instant.from('2026-11-23T10:30:00+09:00'));

  before(async () => {
    simulator = await aSimulator({ session: 'clock', clock, beatMs: 100_000 });
    client = await signedIn(simulator, 'real');
    // The crowd runs far ahead of an order that rests at its old price, and meets it.
    await buy(client, { ORD_UNPR: '49500', ORD_QTY: '1' });
    await fetch(`${simulator.hosts.console}/market/price`, {
      method: 'POST',
      body: JSON.stringify({ symbol: '005930', price: 62_000 }),
    });
    await buy(client, { ORD_UNPR: '62500', ORD_QTY: '1' });
  });
  after(() => simulator.close());

  const ask = async (fields: Record<string, string> = {}) =>
    client.get(`${quotations}/inquire-vi-status`, 'FHPST01390000', {
      FID_DIV_CLS_CODE: '0',
      FID_COND_SCR_DIV_CODE: '20139',
      FID_MRKT_CLS_CODE: '0',
      FID_INPUT_ISCD: '',
      FID_RANK_SORT_CLS_CODE: '0',
      FID_INPUT_DATE_1: '',
      FID_TRGT_CLS_CODE: '',
      FID_TRGT_EXLS_CLS_CODE: '',
      ...fields,
    });

  it('lists the interruption that lasts, filtered by symbol, market, direction and day', async () => {
    const list = rows(await ask(), 'output');
    const [row] = list;

    assert.deepEqual(
      [list.length, row?.['mksc_shrn_iscd'], row?.['vi_cls_code'], row?.['vi_cncl_hour']],
      [1, '005930', 'Y', '000000'],
    );
    assert.ok(Number(row?.['vi_prc']) > 50_000);
    for (const fields of [
      { FID_INPUT_ISCD: '000660' },
      { FID_MRKT_CLS_CODE: 'Q' },
      { FID_DIV_CLS_CODE: '2' },
      { FID_INPUT_DATE_1: '20261120' },
    ]) {
      assert.deepEqual(rows(await ask(fields), 'output'), [], JSON.stringify(fields));
    }
    assert.match(String((await ask({ FID_MRKT_CLS_CODE: 'X' })).body()['msg1']), /FID_MRKT_CLS_CODE/);
  });

  it('goes with the flag of the price, and ends with the auction', async () => {
    const price = async () =>
      block(
        await client.get(`${quotations}/inquire-price`, 'FHKST01010100', {
          FID_COND_MRKT_DIV_CODE: 'J',
          FID_INPUT_ISCD: '005930',
        }),
        'output',
      );
    assert.equal((await price())['vi_cls_code'], 'Y');
    clock.advance(3 * 60_000);
    const [row] = rows(await ask(), 'output');

    assert.equal((await price())['vi_cls_code'], 'N');
    assert.deepEqual([row?.['vi_cls_code'], row?.['vi_count']], ['N', '1']);
    assert.ok((row?.['vi_cncl_hour'] ?? '') >= '103200');
  });
});
