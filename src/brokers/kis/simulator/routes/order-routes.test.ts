import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { KisSimulator } from '../start.ts';
import { type RawAnswer, type WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, change, fault, orders, rows, signedIn } from '../fixtures/wire-test-kit.ts';

const trading = '/uapi/domestic-stock/v1/trading';

describe('orderRoutes and accountRoutes', () => {
  let simulator: KisSimulator;
  let paper: WireClient;
  let real: WireClient;

  before(async () => {
    simulator = await aSimulator();
    paper = await signedIn(simulator, 'paper');
    real = await signedIn(simulator, 'real');
  });
  after(() => simulator.close());

  it('takes an order, moves it to a new number on amending, and cancels it by its oldest number', async () => {
    const placed = block(await buy(real), 'output')['ODNO'] ?? '';
    const amended = await change(real, { RVSE_CNCL_DVSN_CD: '01', ORGN_ODNO: placed, ORD_UNPR: '49550' });
    const live = block(amended, 'output')['ODNO'] ?? '';
    const open = await real.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC8036R', {
      ...real.account,
      INQR_DVSN_1: '0',
      INQR_DVSN_2: '0',
    });
    const cancelled = await change(real, { RVSE_CNCL_DVSN_CD: '02', ORGN_ODNO: placed, ORD_UNPR: '100' });
    const again = await change(real, { RVSE_CNCL_DVSN_CD: '02', ORGN_ODNO: live });
    const list = rows(await orders(real, { INQR_DVSN: '01' }), 'output1');

    assert.match(placed, /^\d{10}$/);
    assert.ok(live > placed);
    assert.deepEqual(
      rows(open, 'output').map((row) => [row['odno'], row['orgn_odno'], row['psbl_qty'], row['ord_unpr']]),
      [[live, placed, '2', '49550']],
    );
    assert.equal(cancelled.body()['rt_cd'], '0');
    assert.deepEqual([again.status, again.body()['msg_cd'], again.body()['rt_cd']], [200, 'APBK0927', '7']);
    assert.deepEqual(
      list.map((row) => [row['orgn_odno'], row['rmn_qty'], row['cncl_yn']]),
      [
        ['', '0', 'N'],
        [placed, '0', 'N'],
        [live, '0', 'Y'],
      ],
    );
  });

  it('refuses what the ledger refuses, with the codes of each environment', async () => {
    const wrong: [Record<string, string>, string, string][] = [
      [{ ORD_UNPR: '49501' }, '40030000', 'APBK1672'],
      [{ ORD_UNPR: '70000' }, '40910000', 'APBK1672'],
      [{ ORD_QTY: '1000' }, '40250000', 'APBK0952'],
      [{ ORD_DVSN: '77' }, 'APBK0963', 'APBK0963'],
      [{ PDNO: '999999' }, '40070000', 'APBK0656'],
      [{ ORD_QTY: '0' }, 'OPSQ2001', 'OPSQ2001'],
      [{ ORD_QTY: '1.5' }, 'OPSQ2001', 'OPSQ2001'],
    ];
    for (const [fields, onPaper, onReal] of wrong) {
      const answers = [await buy(paper, fields), await buy(real, fields)];
      assert.deepEqual(
        answers.map((answer) => [answer.status, answer.body()['msg_cd']]),
        [
          [200, onPaper],
          [200, onReal],
        ],
        JSON.stringify(fields),
      );
      assert.ok(answers.every((answer) => answer.body()['rt_cd'] !== '0'));
    }
    const short = await paper.post(`${trading}/order-cash`, 'VTTC0801U', {
      ...paper.account,
      PDNO: '005930',
      ORD_DVSN: '01',
      ORD_QTY: '1',
      ORD_UNPR: '0',
    });
    assert.equal(short.body()['msg_cd'], 'APBK0400');
  });

  it('holds a market buy to the upper limit, and sells only what no other order has spoken for', async () => {
    const wanted = Math.floor(9_000_000 / 65_000) + 30;
    const tooMuch = await buy(real, { ORD_DVSN: '01', ORD_QTY: String(wanted), ORD_UNPR: '0', PDNO: '000660' });
    const bought = await buy(real, { ORD_DVSN: '01', ORD_QTY: '3', ORD_UNPR: '0', PDNO: '000660' });
    const sell = (price: string, quantity: string): Promise<RawAnswer> =>
      real.post(`${trading}/order-cash`, 'TTTC0011U', {
        ...real.account,
        PDNO: '000660',
        ORD_DVSN: '00',
        ORD_QTY: quantity,
        ORD_UNPR: price,
      });
    const resting = await sell('60000', '2');
    const second = await sell('60000', '2');
    const sellable = await real.get(`${trading}/inquire-psbl-sell`, 'TTTC8408R', { ...real.account, PDNO: '000660' });

    assert.equal(tooMuch.body()['msg_cd'], 'APBK0952');
    assert.equal(bought.body()['msg_cd'], 'APBK0013');
    assert.equal(resting.body()['rt_cd'], '0');
    assert.equal(second.body()['msg_cd'], 'APBK0400');
    assert.equal(block(sellable, 'output')['ord_psbl_qty'], '1');
    assert.deepEqual(sellable.body()['output'], sellable.body()['output1']);
  });

  it('pages the daily list by padded keys that come back as they were, without tr_cont', async () => {
    await fetch(`${simulator.hosts.console}/orders/seed`, { method: 'POST', body: JSON.stringify({ count: 40 }) });
    const numbers: string[] = [];
    const continuations: (string | null)[] = [];
    let keys = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
    do {
      const page = await orders(paper, keys);
      numbers.push(...rows(page, 'output1').map((row) => row['odno'] ?? ''));
      continuations.push(page.header('tr_cont'));
      const { ctx_area_fk100, ctx_area_nk100 } = page.body() as { ctx_area_fk100: string; ctx_area_nk100: string };
      keys = { CTX_AREA_FK100: ctx_area_fk100, CTX_AREA_NK100: ctx_area_nk100 };
      assert.deepEqual([ctx_area_fk100.length, ctx_area_nk100.length], [100, 100]);
    } while (keys.CTX_AREA_NK100.trim() !== '');

    assert.equal(new Set(numbers).size, numbers.length);
    assert.ok(numbers.length >= 40);
    assert.deepEqual(numbers, numbers.toSorted().toReversed());
    assert.deepEqual([continuations[0], continuations[1], continuations.at(-1)], ['F', 'M', 'E']);
  });

  it('counts what can be bought at the price of a limit, and at the upper limit of a market order', async () => {
    const ask = (fields: Record<string, string>): Promise<RawAnswer> =>
      paper.get(`${trading}/inquire-psbl-order`, 'VTTC8908R', {
        ...paper.account,
        PDNO: '005930',
        CMA_EVLU_AMT_ICLD_YN: '1',
        OVRS_ICLD_YN: '1',
        ...fields,
      });
    const limit = block(await ask({ ORD_UNPR: '49500', ORD_DVSN: '00' }), 'output');
    const market = block(await ask({ ORD_UNPR: '', ORD_DVSN: '01' }), 'output');
    const cash = Number(limit['nrcvb_buy_amt']);

    const whole = await buy(paper, { ORD_QTY: limit['nrcvb_buy_qty'] ?? '' });
    const number = block(whole, 'output')['ODNO'] ?? '';
    const afterwards = block(await ask({ ORD_UNPR: '49500', ORD_DVSN: '00' }), 'output');
    await change(paper, { RVSE_CNCL_DVSN_CD: '02', ORGN_ODNO: number });

    assert.deepEqual(
      [limit['psbl_qty_calc_unpr'], Number(limit['nrcvb_buy_qty'])],
      ['49500', Math.floor(cash / 49_500)],
    );
    assert.deepEqual(
      [market['psbl_qty_calc_unpr'], Number(market['nrcvb_buy_qty'])],
      ['65000', Math.floor(cash / 65_000)],
    );
    assert.equal(whole.body()['rt_cd'], '0', 'all of the orderable quantity can be bought');
    assert.equal(afterwards['nrcvb_buy_qty'], '0');
  });

  it('plays faults in the order of the wire: before, after, and in the bytes', async () => {
    const trId = 'VTTC0012U';
    const known = async (): Promise<number> => rows(await orders(paper, { INQR_DVSN: '00' }), 'output1').length;
    const newest = async (): Promise<string> => rows(await orders(paper), 'output1')[0]?.['odno'] ?? '';
    const start = await newest();

    await fault(simulator, { trId, fault: 'refuse-before-acceptance', count: 1 });
    await assert.rejects(buy(paper));
    assert.equal(await newest(), start);

    await fault(simulator, { trId, fault: 'accept-then-reset', count: 1 });
    await assert.rejects(buy(paper));
    const afterReset = await newest();
    assert.ok(afterReset > start);

    await fault(simulator, { trId, fault: '500-after', count: 1 });
    const unsure = await buy(paper);
    assert.deepEqual([unsure.status, unsure.body()['msg_cd']], [500, 'EGW00301']);
    assert.ok((await newest()) > afterReset);

    await fault(simulator, { trId, fault: 'missing-order-number', count: 1 });
    assert.equal(block(await buy(paper), 'output')['ODNO'], undefined);
    await fault(simulator, { trId, fault: 'malformed-json', count: 1 });
    const malformed = await buy(paper);
    assert.throws(() => malformed.body());
    await fault(simulator, { trId, fault: 'truncated-body', count: 1 });
    const truncated = await buy(paper);
    assert.ok(Buffer.byteLength(truncated.text) < Number(truncated.header('Content-Length')));
    await fault(simulator, { trId: 'VTTC0081R', fault: 'page-error', page: 1, count: 1 });
    assert.equal((await orders(paper)).body()['msg_cd'], 'EGW00316');
    await fault(simulator, { trId: 'VTTC0081R', fault: 'visibility-delay', delayMs: 60_000, count: 1 });
    assert.equal(await known(), 0);
    await fault(simulator, { trId, fault: 'exchange-refusal', count: 1 });
    const late = block(await buy(paper), 'output')['ODNO'];
    const row = rows(await orders(paper), 'output1').find((order) => order['odno'] === late);
    assert.deepEqual([row?.['rjct_qty'], row?.['rmn_qty']], ['2', '0']);
  });
});
