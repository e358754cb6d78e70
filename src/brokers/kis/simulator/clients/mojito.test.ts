import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { HandClock } from '../fixtures/hand-clock.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import {
  continuation,
  type Fields,
  market,
  Mojito,
  openSocket,
  pageMinutes,
  quotations,
  type Rows,
  takenRow,
  takenRows,
  takenText,
  trading,
} from './mojito-client.ts';

for (const mode of ['real', 'paper'] as const) {
  describe(`mojito against the simulator, ${mode}, no option`, () => {
    let simulator: KisSimulator;
    let client: Mojito;

    before(async () => {
      simulator = await aSimulator({ profile: 'auto', market: walkingMarket() });
      const { hosts, credentials } = simulator;
      client = new Mojito(mode === 'real' ? hosts.restReal : hosts.rest, credentials[mode]);
      await client.signIn();
    });
    after(() => simulator.close());

    const trOf = (real: string): string => (mode === 'real' ? real : `V${real.slice(1)}`);
    it('reads a price, daily prices and the daily chart', async () => {
      const price = await client.get(`${quotations}/inquire-price`, 'FHKST01010100', market);
      const days = await client.get(`${quotations}/inquire-daily-price`, 'FHKST01010400', {
        ...market,
        fid_org_adj_prc: '1',
        fid_period_div_code: 'D',
      });
      const chart = await client.get(`/${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: '005930',
        FID_INPUT_DATE_1: '19800104',
        FID_INPUT_DATE_2: '20261123',
        FID_PERIOD_DIV_CODE: 'D',
        FID_ORG_ADJ_PRC: '0',
      });

      assert.equal(price.header('tr_id'), 'FHKST01010100');
      assert.ok(Number(takenRow(price.body(), 'output')['stck_prpr']) > 0);
      assert.equal(takenRows(days.body(), 'output').length, 30);
      assert.equal(takenRows(chart.body(), 'output2').length, 100);
    });

    for (const [name, from] of [
      ['now', '103000'],
      ['a clock of another time zone, before the opening', '013000'],
    ] as const) {
      it(`pages minutes back to 09:01 and not for ever, from ${name}`, async () => {
        assert.ok((await pageMinutes(client, from)).length > 0);
      });
    }

    it('orders after a hash, amends, cancels at 100 won, and buys at market, hearing all of it', async () => {
      const { hosts, credentials } = simulator;
      const url = mode === 'real' ? hosts.webSocketReal : hosts.webSocket;
      const heard = await openSocket(client, url, credentials.htsId);
      const order = (fields: Fields): Promise<Record<string, unknown>> =>
        client.post(
          `${trading}/order-cash`,
          trOf('TTTC0802U'),
          { ...client.account, PDNO: '005930', ...fields },
          { custtype: 'P' },
        );
      const change = (of: Fields, fields: Fields): Promise<Record<string, unknown>> =>
        client.post(`${trading}/order-rvsecncl`, trOf('TTTC0803U'), {
          ...client.account,
          KRX_FWDG_ORD_ORGNO: takenText(of, 'KRX_FWDG_ORD_ORGNO'),
          ORGN_ODNO: takenText(of, 'ODNO'),
          ORD_DVSN: '00',
          QTY_ALL_ORD_YN: 'Y',
          ...fields,
        });
      const output = (answer: Record<string, unknown>): Fields => takenRow(answer, 'output');

      const first = output(await order({ ORD_DVSN: '00', ORD_QTY: '2', ORD_UNPR: '49500' }));
      const amended = output(await change(first, { RVSE_CNCL_DVSN_CD: '01', ORD_QTY: '2', ORD_UNPR: '49600' }));
      const open = await openOrders();
      const cancelled = output(await change(amended, { RVSE_CNCL_DVSN_CD: '02', ORD_QTY: '2', ORD_UNPR: '100' }));
      const bought = output(await order({ ORD_DVSN: '01', ORD_QTY: '3', ORD_UNPR: '0' }));
      await heard.runUntil(() => heard.notices.some((fields) => fields[13] === '2') && heard.trades.length > 0);
      heard.listener.socket.terminate();

      const notices = heard.notices.map((fields) => [fields[2], fields[5], fields[13]]);
      assert.deepEqual(notices, [
        [first['ODNO'], '0', '1'],
        [amended['ODNO'], '1', '1'],
        [cancelled['ODNO'], '2', '1'],
        [bought['ODNO'], '0', '1'],
        [bought['ODNO'], '0', '2'],
      ]);
      // 23 names for a notice, the last that of the price asked for.
      assert.deepEqual([heard.notices[0]?.length, heard.notices[0]?.[22]], [23, '000049500']);
      assert.deepEqual([heard.trades.at(-1)?.[0], heard.trades.at(-1)?.[12]], ['005930', '3']);
      assert.equal(heard.books.at(-1)?.length, 59);
      if (mode === 'real')
        assert.deepEqual(
          open.map((row) => row['odno']),
          [amended['ODNO']],
        );
    });

    /** Asked with the real TR id even on paper, which the paper host refuses with a `tr_cont` all the same. */
    const openOrders = async (): Promise<Rows> => {
      const query = { ...client.account, CTX_AREA_FK100: '', CTX_AREA_NK100: '', INQR_DVSN_1: '0', INQR_DVSN_2: '0' };
      const answer = await client.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC8036R', query, { tr_cont: '' });
      continuation(answer);
      if (mode === 'real') return takenRows(answer.body(), 'output');
      assert.deepEqual([answer.body()['rt_cd'], answer.body()['msg_cd']], ['1', 'EGW02006']);
      return [];
    };

    it('reads what can be bought', async () => {
      const answer = await client.get(`${trading}/inquire-psbl-order`, trOf('TTTC8908R'), {
        ...client.account,
        PDNO: '005930',
        ORD_UNPR: '50000',
        ORD_DVSN: '00',
        CMA_EVLU_AMT_ICLD_YN: '1',
        OVRS_ICLD_YN: '1',
      });
      continuation(answer);
      assert.ok(Number(takenRow(answer.body(), 'output')['max_buy_qty']) > 0);
    });

    it('follows the balance while the header says M, without asking for the next page in a header', async () => {
      const pages: Rows[] = [];
      let keys = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
      for (let next = 'M'; next === 'M';) {
        const answer = await client.get(`${trading}/inquire-balance`, trOf('TTTC8434R'), {
          ...client.account,
          AFHR_FLPR_YN: 'N',
          OFL_YN: 'N',
          INQR_DVSN: '01',
          UNPR_DVSN: '01',
          FUND_STTL_ICLD_YN: 'N',
          FNCG_AMT_AUTO_RDPT_YN: 'N',
          PRCS_DVSN: '01',
          ...keys,
        });
        const body = answer.body();
        pages.push(takenRows(body, 'output1'));
        takenRows(body, 'output2');
        keys = { CTX_AREA_FK100: takenText(body, 'ctx_area_fk100'), CTX_AREA_NK100: takenText(body, 'ctx_area_nk100') };
        next = continuation(answer);
      }
      assert.deepEqual(
        pages.flat().map((row) => [row['pdno'], row['hldg_qty']]),
        [['005930', '3']],
      );
    });
  });
}

describe('mojito and the heartbeat', () => {
  it('sends the text back and stays', async () => {
    const simulator = await aSimulator({ profile: 'auto', pingSeconds: 0.05 });
    const client = new Mojito(simulator.hosts.rest, simulator.credentials.paper);
    const heard = await openSocket(client, simulator.hosts.webSocket, simulator.credentials.htsId);
    await heard.runUntil(() => heard.pings > 4);
    heard.listener.socket.terminate();
    await simulator.close();
  });
});

describe('mojito on a day without trading', () => {
  it('pages through the minutes of the last day that had trades, to the end', async () => {
    const sunday = new HandClock(Temporal.Instant.from('2026-11-22T02:00:00+09:00'));
    const market = walkingMarket();
    const simulator = await aSimulator({ profile: 'auto', session: 'clock', market, clock: sunday, beatMs: 100_000 });
    const client = new Mojito(simulator.hosts.rest, simulator.credentials.paper);
    await client.signIn();

    const seen = await pageMinutes(client, '153000');
    await simulator.close();

    assert.deepEqual([seen[0], seen.length, seen.at(-1)], ['153000', 381, '090000']);
  });
});
