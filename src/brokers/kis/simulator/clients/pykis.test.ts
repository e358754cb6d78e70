import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { walkingMarket } from '../fixtures/walking-market.ts';
import type { RawAnswer } from '../fixtures/wire-client.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import { noticeFields } from './notice-text.ts';
import {
  abroad,
  type Fields,
  PyKisHost,
  PyKisSocket,
  quotations,
  recordsOf,
  type Rows,
  trading,
} from './pykis-client.ts';
import { pykisFields, pykisLayouts } from './pykis-fields.ts';
import { convert, decimal, fetched, fetchedPage, readRecords } from './pykis-judge.ts';

for (const mode of ['real', 'paper'] as const) {
  describe(`pykis against the simulator, ${mode}, no option`, () => {
    let simulator: KisSimulator;
    /** Quotes, charts and search always go to the real host. */
    let quotes: PyKisHost;
    let desk: PyKisHost;

    before(async () => {
      simulator = await aSimulator({ profile: 'auto', market: walkingMarket() });
      const { hosts, credentials } = simulator;
      quotes = new PyKisHost(hosts.restReal, credentials.real);
      desk = mode === 'real' ? quotes : new PyKisHost(hosts.rest, credentials.paper);
      for (const host of new Set([quotes, desk])) await host.signIn();
    });
    after(() => simulator.close());

    const trOf = (real: string): string => (mode === 'real' ? real : `V${real.slice(1)}`);
    const order = (fields: Fields): Promise<RawAnswer> =>
      desk.post(`${trading}/order-cash`, trOf('TTTC0802U'), { ...desk.account, PDNO: '005930', ...fields });
    const change = (fields: Fields): Promise<RawAnswer> =>
      desk.post(`${trading}/order-rvsecncl`, trOf('TTTC0803U'), {
        ...desk.account,
        ORD_DVSN: '00',
        ORD_QTY: '0',
        ORD_UNPR: '0',
        QTY_ALL_ORD_YN: 'Y',
        ...fields,
      });
    const placed = (answer: RawAnswer): Fields => convert(fetched(answer)['output'], pykisFields.order);

    it('reads a quote, the name behind it, the book and daily bars', async () => {
      const market = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };
      const price = await quotes.get(`${quotations}/inquire-price`, 'FHKST01010100', market);
      const search = { PDNO: '005930', PRDT_TYPE_CD: '300' };
      const info = await quotes.get(`${quotations}/search-info`, 'CTPF1604R', search);
      const book = await desk.get(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200', market);
      const days = await quotes.get(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
        ...market,
        FID_INPUT_DATE_1: '00000101',
        FID_INPUT_DATE_2: '20261123',
        FID_PERIOD_DIV_CODE: 'D',
        FID_ORG_ADJ_PRC: '1',
      });

      assert.notEqual(convert(fetched(price)['output'], pykisFields.quote)['stck_prpr'], '0');
      assert.equal(convert(fetched(info)['output'], pykisFields.info)['shtn_pdno'], '005930');
      convert(fetched(book)['output1'], pykisFields.book);
      const chart = fetched(days);
      assert.notEqual((chart['output1'] as Fields)['stck_prpr'], '0');
      const bars = (chart['output2'] as Rows).map((row) => convert(row, pykisFields.dailyBar)['stck_bsop_date']);
      assert.equal(bars.length, 100);
      assert.ok(bars.every((day, index) => index === 0 || String(day) < String(bars[index - 1])));
    });

    it('pages the minutes of today back until there is nothing before the cursor', async () => {
      const seen: string[] = [];
      let cursor = '000000';
      for (let calls = 0; ; calls += 1) {
        assert.ok(calls < 20, 'the chart never ends');
        const answer = await quotes.get(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200', {
          FID_ETC_CLS_CODE: '',
          FID_COND_MRKT_DIV_CODE: 'J',
          FID_INPUT_ISCD: '005930',
          FID_INPUT_HOUR_1: cursor,
          FID_PW_DATA_INCU_YN: 'N',
        });
        const body = fetched(answer);
        decimal(String((body['output1'] as Fields)['stck_prdy_clpr']));
        const hours = (body['output2'] as Rows).map((row) =>
          String(convert(row, pykisFields.minuteBar)['stck_cntg_hour']),
        );
        const last = hours.at(-1);
        if (last === undefined || (cursor !== '000000' && cursor < last)) break;
        seen.push(...hours);
        cursor = Temporal.PlainTime.from(`T${last}`).subtract({ minutes: 1 }).toString().replaceAll(':', '');
      }

      assert.deepEqual([seen.length, seen.at(-1)], [91, '090000']);
      assert.equal(new Set(seen).size, seen.length);
    });

    it('places, amends, finds and cancels an order by the numbers it was given, and hears of it', async () => {
      const key = simulator.credentials.htsId;
      const { webSocket, webSocketReal } = simulator.hosts;
      const socket = await PyKisSocket.open(desk, mode === 'real' ? webSocketReal : webSocket);
      const ack = await socket.ask('1', mode === 'real' ? 'H0STCNI0' : 'H0STCNI9', key);
      const overseas = await socket.ask('1', mode === 'real' ? 'H0GSCNI0' : 'H0GSCNI9', key);
      assert.deepEqual([ack.msg_cd, overseas.msg_cd], ['OPSP0000', 'OPSP0000']);
      const notice = async (): Promise<readonly string[]> => {
        const frame = await socket.listener.nextOf(`1|${mode === 'real' ? 'H0STCNI0' : 'H0STCNI9'}|`);
        const [record] = readRecords(noticeFields(frame, ack.output), 1, pykisLayouts.notice);
        return record ?? [];
      };

      const first = placed(await order({ ORD_DVSN: '00', ORD_QTY: '2', ORD_UNPR: '49500' }));
      const told = await notice();
      const amended = placed(
        await change({
          KRX_FWDG_ORD_ORGNO: String(first['KRX_FWDG_ORD_ORGNO']),
          ORGN_ODNO: String(first['ODNO']),
          RVSE_CNCL_DVSN_CD: '01',
          ORD_UNPR: '49600',
        }),
      );
      const toldAgain = await notice();
      const branch = { KRX_FWDG_ORD_ORGNO: String(amended['KRX_FWDG_ORD_ORGNO']), ORGN_ODNO: String(amended['ODNO']) };
      const open = mode === 'real' ? await pending() : [];
      const cancelled = placed(await change({ ...branch, RVSE_CNCL_DVSN_CD: '02' }));
      const toldLast = await notice();
      const left = mode === 'real' ? await pending() : [];
      socket.listener.socket.terminate();

      // Events are matched to orders by account, symbol, branch and number.
      assert.deepEqual([told[15], told[2]], [first['KRX_FWDG_ORD_ORGNO'], first['ODNO']]);
      assert.deepEqual([told[1], told[8]], [`${desk.account['CANO']}${desk.account['ACNT_PRDT_CD']}`, '005930']);
      assert.deepEqual([toldAgain[2], toldAgain[3]], [amended['ODNO'], first['ODNO']]);
      assert.deepEqual([toldLast[2], toldLast[3], toldLast[12]], [cancelled['ODNO'], amended['ODNO'], '0']);
      if (mode === 'real') {
        assert.deepEqual(
          open.map((row) => [row['odno'], row['ord_gno_brno'], row['psbl_qty']]),
          [[amended['ODNO'], amended['KRX_FWDG_ORD_ORGNO'], '2']],
        );
        assert.deepEqual(left, []);
      }
    });

    /** The real host's list of working orders; pykis asks abroad too. */
    const pending = async (): Promise<Rows> => {
      const query = { INQR_DVSN_1: '1', INQR_DVSN_2: '0', ...desk.account, CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
      const page = fetchedPage(await desk.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC8036R', query), 100);
      return (page.body['output'] as Rows).map((row) => convert(row, pykisFields.pending));
    };

    it('buys at market, hears the fill and the feeds in its own layouts, and finds both in its lists', async () => {
      const { htsId } = simulator.credentials;
      const { webSocket, webSocketReal } = simulator.hosts;
      const market = await PyKisSocket.open(quotes, webSocketReal);
      const own = mode === 'real' ? market : await PyKisSocket.open(desk, webSocket);
      await market.ask('1', 'H0STCNT0', '005930');
      await market.ask('1', 'H0STASP0', '005930');
      const trId = mode === 'real' ? 'H0STCNI0' : 'H0STCNI9';
      const ack = await own.ask('1', trId, htsId);
      const placing = placed(await order({ ORD_DVSN: '01', ORD_QTY: '3', ORD_UNPR: '0' }));
      const feeds = ['0|H0STCNT0|', '0|H0STASP0|'];
      const starts = mode === 'real' ? [...feeds, `1|${trId}|`] : feeds;
      const [tradeFrame = '', bookFrame = '', noticeFrame] = await market.heard(starts);
      const trades = recordsOf(tradeFrame, pykisLayouts.trade);
      const books = recordsOf(bookFrame, pykisLayouts.book);
      const read = (frame: string): readonly string[] =>
        readRecords(noticeFields(frame, ack.output), 1, pykisLayouts.notice)[0] ?? [];
      let filled = read(noticeFrame ?? (await own.listener.nextOf(`1|${trId}|`)));
      while (filled[13] !== '2') filled = read(await own.listener.nextOf(`1|${trId}|`));
      const gone = await market.ask('2', 'H0STCNT0', '005930');
      const goneTwice = await market.ask('2', 'H0STCNT0', '005930');
      for (const socket of new Set([market, own])) socket.listener.socket.terminate();

      assert.deepEqual(
        [filled[15], filled[2], filled[9]],
        [placing['KRX_FWDG_ORD_ORGNO'], placing['ODNO'], '0000000003'],
      );
      assert.equal(trades.at(-1)?.[12], '3');
      assert.equal(books.at(-1)?.[0], '005930');
      assert.deepEqual([gone.msg_cd, goneTwice.msg_cd], ['OPSP0001', 'OPSP0003']);
      assert.equal((await holdings())[0]?.['hldg_qty'], '3');
      assert.equal((await daily())[0]?.['odno'], placing['ODNO']);
    });

    /** Balances are asked for by symbol (02), which production has stopped to accept. */
    const holdings = async (): Promise<Rows> => {
      const query = {
        AFHR_FLPR_YN: 'N',
        OFL_YN: '',
        INQR_DVSN: '02',
        UNPR_DVSN: '01',
        FUND_STTL_ICLD_YN: 'Y',
        FNCG_AMT_AUTO_RDPT_YN: 'N',
        PRCS_DVSN: '00',
        ...desk.account,
        CTX_AREA_FK100: '',
        CTX_AREA_NK100: '',
      };
      const { body } = fetchedPage(await desk.get(`${trading}/inquire-balance`, trOf('TTTC8434R'), query), 100);
      convert((body['output2'] as Rows)[0], pykisFields.deposit);
      return (body['output1'] as Rows).map((row) => convert(row, pykisFields.holding));
    };

    const daily = async (more: Fields = {}, headers: Fields = {}): Promise<Rows> => {
      const query = {
        INQR_STRT_DT: '20261123',
        INQR_END_DT: '20261123',
        SLL_BUY_DVSN_CD: '00',
        INQR_DVSN: '00',
        PDNO: '',
        CCLD_DVSN: '00',
        ORD_GNO_BRNO: '',
        ODNO: '',
        INQR_DVSN_3: '00',
        INQR_DVSN_1: '',
        ...desk.account,
        CTX_AREA_FK100: '',
        CTX_AREA_NK100: '',
        ...more,
      };
      const answer = await desk.get(`${trading}/inquire-daily-ccld`, trOf('TTTC8001R'), query, headers);
      const { body, isLast } = fetchedPage(answer, 100);
      const rows = (body['output1'] as Rows).map((row) => convert(row, pykisFields.daily));
      if (isLast) return rows;
      const keys = { CTX_AREA_FK100: String(body['ctx_area_fk100']), CTX_AREA_NK100: String(body['ctx_area_nk100']) };
      return [...rows, ...(await daily(keys, { tr_cont: 'N' }))];
    };

    it('follows the pages of the day to the end', async () => {
      for (let count = 0; count < 16; count += 1)
        placed(await order({ ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '40000' }));

      const numbers = (await daily()).map((row) => row['odno']);

      assert.ok(numbers.length > 16);
      assert.equal(new Set(numbers).size, numbers.length);
    });

    it('reads what can be bought and what there is abroad', async () => {
      const buyable = await desk.get(`${trading}/inquire-psbl-order`, trOf('TTTC8908R'), {
        PDNO: '005930',
        ORD_UNPR: '0',
        ORD_DVSN: '01',
        CMA_EVLU_AMT_ICLD_YN: 'N',
        OVRS_ICLD_YN: 'N',
        ...desk.account,
      });
      assert.notEqual(convert(fetched(buyable)['output'], pykisFields.buyable)['psbl_qty_calc_unpr'], '0');

      const present = await desk.get(`${abroad}/inquire-present-balance`, mode === 'real' ? 'CTRP6504R' : 'VTRP6504R', {
        WCRC_FRCR_DVSN_CD: '02',
        NATN_CD: '000',
        TR_MKET_CD: '00',
        INQR_DVSN_CD: '00',
        ...desk.account,
      });
      const { output1, output2 } = fetched(present);
      assert.ok(Array.isArray(output1) && Array.isArray(output2));
      for (const row of output2 as Rows) {
        convert(row, {
          crcy_cd: () => undefined,
          frcr_dncl_amt_2: decimal,
          frcr_drwg_psbl_amt_1: decimal,
          frst_bltn_exrt: decimal,
        });
      }

      const keys = { CTX_AREA_FK200: '', CTX_AREA_NK200: '' };
      const market = { ...desk.account, OVRS_EXCG_CD: 'NASD', TR_CRCY_CD: 'USD', ...keys };
      fetchedPage(await desk.get(`${abroad}/inquire-balance`, trOf('TTTS3012R'), market), 200);
      const open = { ...desk.account, OVRS_EXCG_CD: 'NASD', SORT_SQN: 'DS', ...keys };
      fetchedPage(await desk.get(`${abroad}/inquire-nccs`, trOf('TTTS3018R'), open), 200);
    });

    if (mode === 'real') {
      it('reads the profits of a period', async () => {
        const period = { INQR_STRT_DT: '20261101', INQR_END_DT: '20261123' };
        const keys = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
        const query = { SORT_DVSN: '00', PDNO: '', ...period, CBLC_DVSN: '00', ...desk.account, ...keys };
        const answer = await desk.get(`${trading}/inquire-period-trade-profit`, 'TTTC8715R', query);
        const { body } = fetchedPage(answer, 100);
        decimal(String((body['output2'] as Fields)['tot_fee']));
        for (const row of body['output1'] as Rows) convert(row, pykisFields.profit);
      });
    }
  });
}
