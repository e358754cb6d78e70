import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { HandClock } from '../fixtures/hand-clock.ts';
import type { WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import { machineClock, type VenueClock } from '../venue/venue-clock.ts';

const trading = '/uapi/domestic-stock/v1/trading';

/** Moves market time to `instant`. */
function move(clock: HandClock, instant: string): void {
  clock.advance(Temporal.Instant.from(instant).epochMilliseconds - clock.now().epochMilliseconds);
}

async function aClockSimulator(clock: VenueClock, home: string | null = null): Promise<KisSimulator> {
  return await aSimulator({
    session: 'clock',
    home,
    clock,
    signInClock: machineClock(),
    tokenThrottleSeconds: 0,
  });
}

const reserve = (client: WireClient, fields: Record<string, string> = {}) =>
  client.post(`${trading}/order-resv`, 'CTSC0008U', {
    ...client.account,
    PDNO: '005930',
    ORD_QTY: '3',
    ORD_UNPR: '49500',
    SLL_BUY_DVSN_CD: '02',
    ORD_DVSN_CD: '00',
    ORD_OBJT_CBLC_DVSN_CD: '10',
    ...fields,
  });

const reservations = (client: WireClient, fields: Record<string, string> = {}) =>
  client.get(`${trading}/order-resv-ccnl`, 'CTSC0004R', {
    ...client.account,
    RSVN_ORD_ORD_DT: '20261101',
    RSVN_ORD_END_DT: '20261231',
    PRCS_DVSN_CD: '0',
    CNCL_YN: 'Y',
    CTX_AREA_FK200: '',
    CTX_AREA_NK200: '',
    ...fields,
  });

const period = { INQR_STRT_DT: '20261101', INQR_END_DT: '20261231', SORT_DVSN: '01', CBLC_DVSN: '00', PDNO: '' };

describe('account inquiries of the simulator', () => {
  it('tell by day and by trade what sales earned, to the won of the ledger', async () => {
    const simulator = await aSimulator();
    try {
      const real = await signedIn(simulator, 'real');
      await buy(real, { ORD_DVSN: '01', ORD_UNPR: '0', ORD_QTY: '7' });
      for (const ORD_QTY of ['3', '4']) {
        const sale = { ...real.account, PDNO: '005930', ORD_DVSN: '01', ORD_QTY, ORD_UNPR: '0' };
        await real.post(`${trading}/order-cash`, 'TTTC0011U', sale);
      }

      const byDay = await real.get(`${trading}/inquire-period-profit`, 'TTTC8708R', { ...real.account, ...period });
      const byTrade = await real.get(`${trading}/inquire-period-trade-profit`, 'TTTC8715R', {
        ...real.account,
        ...period,
      });
      const balance = await real.get(`${trading}/inquire-balance-rlz-pl`, 'TTTC8494R', {
        ...real.account,
        INQR_DVSN: '01',
      });
      const total = await real.get(`${trading}/inquire-account-balance`, 'CTRP6548R', { ...real.account });

      const [trade] = rows(byTrade, 'output1');
      const realised = block(byDay, 'output2')['tot_rlzt_pfls'];
      const worth = Number(rows(balance, 'output2')[0]?.['prvs_rcdl_excc_amt']);
      assert.deepEqual(
        [trade?.['pdno'], trade?.['buy_qty'], trade?.['sll_qty'], trade?.['hldg_qty']],
        ['005930', '7', '7', '0'],
      );
      assert.equal(Number(realised), worth - 10_000_000, 'all is sold, so what is missing was lost');
      assert.equal(trade?.['rlzt_pfls'], realised);
      assert.equal(rows(byDay, 'output1')[0]?.['rlzt_pfls'], realised);
      assert.equal(rows(balance, 'output2')[0]?.['rlzt_pfls'], realised);
      assert.equal(rows(total, 'output1').length, 20);
      assert.equal(
        Number(block(total, 'output2')['tot_asst_amt']),
        worth + 14_000_000,
        'won at home, 10,000 dollars abroad',
      );
    } finally {
      await simulator.close();
    }
  });

  it('refuse or answer empty what a cash account does not have, with documented codes', async () => {
    const simulator = await aSimulator();
    try {
      const [real, paper] = [await signedIn(simulator, 'real'), await signedIn(simulator, 'paper')];
      const ask = async (path: string, id: string) => await real.get(`${trading}/${path}`, id, { ...real.account });

      assert.equal((await ask('inquire-credit-psamount', 'TTTC8909R')).body()['msg_cd'], 'APBK1672');
      assert.match(
        String((await ask('pension/inquire-balance', 'TTTC2208R')).body()['msg1']),
        /INVALID_CHECK_ACNT_PRDT_CD/,
      );
      assert.deepEqual((await ask('period-rights', 'CTRGA011R')).body()['output1'], []);
      assert.equal(block(await ask('intgr-margin', 'TTTC0869R'), 'output')['usd_ord_psbl_amt'], '10000.0000');
      const onPaper = await paper.get(`${trading}/inquire-period-profit`, 'TTTC8708R', { ...paper.account, ...period });
      assert.deepEqual([onPaper.status, onPaper.body()['msg_cd']], [500, 'EGW02006']);
    } finally {
      await simulator.close();
    }
  });

  it('echo the request in the page key, padded, joined with ^ for the balance and with !^ elsewhere', async () => {
    const simulator = await aSimulator();
    try {
      const real = await signedIn(simulator, 'real');
      const balance = await real.get(`${trading}/inquire-balance`, 'TTTC8434R', {
        ...real.account,
        AFHR_FLPR_YN: 'N',
        OFL_YN: 'N',
        INQR_DVSN: '01',
        UNPR_DVSN: '01',
        FUND_STTL_ICLD_YN: 'N',
      });
      const open = await real.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC8036R', {
        ...real.account,
        INQR_DVSN_1: '0',
        INQR_DVSN_2: '0',
      });

      const { CANO } = real.account;
      assert.equal(balance.body()['ctx_area_fk100'], `${CANO}^01^N^N^01^01^N^`.padEnd(100));
      assert.equal(open.body()['ctx_area_fk100'], `${CANO}!^01!^0!^0!^`.padEnd(100));
      assert.equal(open.body()['ctx_area_nk100'], ' '.repeat(100));
      assert.equal(open.header('tr_cont'), 'D');
    } finally {
      await simulator.close();
    }
  });
});

describe('reservation orders of the simulator', () => {
  it('are taken from 15:40 to 07:30 of the next trading day, and not around midnight', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T06:39:00Z'));
    const simulator = await aClockSimulator(clock);
    try {
      const real = await signedIn(simulator, 'real');
      const codeAt = async (instant: string): Promise<unknown> => {
        move(clock, instant);
        return (await reserve(real)).body()['msg_cd'];
      };

      assert.equal(await codeAt('2026-11-23T06:39:59Z'), 'APBK0918', '15:39:59');
      assert.equal(await codeAt('2026-11-23T06:40:00Z'), 'KIOK0430', '15:40');
      assert.equal(await codeAt('2026-11-23T14:40:00Z'), 'APBK0918', '23:40');
      assert.equal(await codeAt('2026-11-23T15:10:00Z'), 'KIOK0430', '00:10');
      assert.equal(await codeAt('2026-11-23T22:30:00Z'), 'APBK0918', '07:30');
    } finally {
      await simulator.close();
    }
  });

  it('become orders at the opening, once, also over a restart; period orders every day until they end', async () => {
    const home = mkdtempSync(join(tmpdir(), 'reservations-'));
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T07:00:00Z'));
    let simulator = await aClockSimulator(clock, home);
    try {
      let real = await signedIn(simulator, 'real');
      const once = block(await reserve(real), 'output')['RSVN_ORD_SEQ'] ?? '';
      const daily = block(await reserve(real, { RSVN_ORD_END_DT: '20261125' }), 'output')['RSVN_ORD_SEQ'] ?? '';
      const gone = block(await reserve(real), 'output')['RSVN_ORD_SEQ'] ?? '';
      const tooDear = block(await reserve(real, { ORD_QTY: '100000' }), 'output')['RSVN_ORD_SEQ'] ?? '';
      const rows200 = async () =>
        new Map(rows(await reservations(real), 'output').map((row) => [row['rsvn_ord_seq'], row]));
      const cancel = await real.post(`${trading}/order-resv-rvsecncl`, 'CTSC0009U', {
        ...real.account,
        RSVN_ORD_SEQ: gone,
        RSVN_ORD_ORGNO: '',
        RSVN_ORD_ORD_DT: '20261124',
      });
      const amend = await real.post(`${trading}/order-resv-rvsecncl`, 'CTSC0013U', {
        ...real.account,
        RSVN_ORD_SEQ: once,
        PDNO: '005930',
        ORD_QTY: '5',
        ORD_UNPR: '49000',
        SLL_BUY_DVSN_CD: '02',
        ORD_DVSN_CD: '00',
        ORD_OBJT_CBLC_DVSN_CD: '10',
      });
      assert.deepEqual(
        [block(cancel, 'output'), block(amend, 'output')],
        [{ NRML_PRCS_YN: 'Y' }, { NRML_PRCS_YN: 'Y' }],
      );

      move(clock, '2026-11-23T23:30:00Z');
      const first = await rows200();
      await simulator.close();
      simulator = await aClockSimulator(clock, home);
      real = await signedIn(simulator, 'real');
      const again = await rows200();
      move(clock, '2026-11-24T23:31:00Z');
      await rows200();
      const open = await real.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC0084R', {
        ...real.account,
        INQR_DVSN_1: '0',
        INQR_DVSN_2: '0',
      });

      assert.deepEqual(
        [once, daily, gone, tooDear].map((seq) => first.get(seq)?.['prcs_rslt']),
        ['처리', '처리', '취소', '거부'],
      );
      assert.match(first.get(tooDear)?.['rjct_rson2'] ?? '', /주문가능금액/);
      assert.equal(first.get(once)?.['ord_tmd'], '083000');
      assert.deepEqual([...again.values()], [...first.values()]);
      assert.deepEqual(
        rows(open, 'output').map((row) => [row['ord_qty'], row['ord_unpr']]),
        [['3', '49500']],
        'on the second day only the period order comes back',
      );
    } finally {
      await simulator.close();
      rmSync(home, { recursive: true });
    }
  });

  it('are listed in pages of twenty', async () => {
    const simulator = await aClockSimulator(new HandClock(Temporal.Instant.from('2026-11-23T07:00:00Z')));
    try {
      const real = await signedIn(simulator, 'real');
      for (let count = 0; count < 21; count += 1) await reserve(real);

      const first = await reservations(real);
      const second = await reservations(real, {
        CTX_AREA_FK200: String(first.body()['ctx_area_fk200']),
        CTX_AREA_NK200: String(first.body()['ctx_area_nk200']),
      });

      assert.deepEqual([rows(first, 'output').length, first.header('tr_cont')], [20, 'F']);
      assert.deepEqual([rows(second, 'output').length, second.header('tr_cont')], [1, 'E']);
      assert.equal(String(second.body()['ctx_area_nk200']), ' '.repeat(200));
    } finally {
      await simulator.close();
    }
  });
});
