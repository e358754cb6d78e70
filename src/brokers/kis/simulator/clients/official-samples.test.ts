import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import { SocketListener } from '../fixtures/socket-listener.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import { noticeFields } from './notice-text.ts';
import { OfficialSamples } from './official-samples-client.ts';
import { sampleColumns } from './official-samples-columns.ts';
import { readColumns, readControlAsSamples, type SampleAnswer } from './official-samples-judge.ts';

type Fields = Readonly<Record<string, string>>;
type Rows = readonly Fields[];

const quotations = '/uapi/domestic-stock/v1/quotations';
const trading = '/uapi/domestic-stock/v1/trading';
const market = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };

const rowOf = ({ body }: SampleAnswer, name: string): Fields => body[name] as Fields;
const rowsOf = ({ body }: SampleAnswer, name: string): Rows => body[name] as Rows;

/** Follows F and M in the header `tr_cont` with `N` and the two keys, as their recursion does; ten pages at most. */
async function allPages(
  ask: (keys: Fields, continuation: string) => Promise<SampleAnswer>,
  block: string,
): Promise<{ readonly rows: Rows; readonly pages: number }> {
  const rows: Fields[] = [];
  let keys: Fields = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
  for (let pages = 1; pages <= 11; pages += 1) {
    const answer = await ask(keys, pages === 1 ? '' : 'N');
    assert.ok(answer.isOk, JSON.stringify(answer.body));
    rows.push(...rowsOf(answer, block));
    if (!['F', 'M'].includes(answer.header['tr_cont'] ?? '')) return { rows, pages };
    keys = {
      CTX_AREA_FK100: String(answer.body['ctx_area_fk100']),
      CTX_AREA_NK100: String(answer.body['ctx_area_nk100']),
    };
  }
  throw new Error('More pages than the samples follow');
}

for (const mode of ['real', 'paper'] as const) {
  describe(`the vendor's samples against the simulator, ${mode}, no option`, () => {
    let simulator: KisSimulator;
    let client: OfficialSamples;

    before(async () => {
      simulator = await aSimulator({ profile: 'auto', market: walkingMarket() });
      const { hosts, credentials } = simulator;
      client = new OfficialSamples(mode === 'real' ? hosts.restReal : hosts.rest, credentials[mode], mode);
      const { access_token, access_token_token_expired } = (await client.signIn()).body();
      assert.equal(typeof access_token, 'string');
      assert.match(String(access_token_token_expired), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    });
    after(() => simulator.close());

    const order = async (fields: Fields, trId = 'TTTC0012U'): Promise<Fields> => {
      const choice = { EXCG_ID_DVSN_CD: 'KRX', SLL_TYPE: '', CNDT_PRIC: '' };
      const body = { ...client.account, PDNO: '005930', ...fields, ...choice };
      const answer = await client.post(`${trading}/order-cash`, trId, body);
      assert.ok(answer.isOk, JSON.stringify(answer.body));
      return rowOf(answer, 'output');
    };
    const change = async (of: Fields, fields: Fields): Promise<Fields> => {
      const answer = await client.post(`${trading}/order-rvsecncl`, 'TTTC0013U', {
        ...client.account,
        KRX_FWDG_ORD_ORGNO: String(of['KRX_FWDG_ORD_ORGNO']),
        ORGN_ODNO: String(of['ODNO']),
        ORD_DVSN: '00',
        ORD_QTY: '0',
        QTY_ALL_ORD_YN: 'Y',
        EXCG_ID_DVSN_CD: 'KRX',
        ...fields,
      });
      assert.ok(answer.isOk, JSON.stringify(answer.body));
      return rowOf(answer, 'output');
    };
    const daily = (trId: string, more: Fields): Promise<{ readonly rows: Rows; readonly pages: number }> =>
      allPages(
        (keys, continuation) =>
          client.get(
            `${trading}/inquire-daily-ccld`,
            trId,
            {
              ...client.account,
              INQR_STRT_DT: '20261123',
              INQR_END_DT: '20261123',
              SLL_BUY_DVSN_CD: '00',
              PDNO: '',
              CCLD_DVSN: '00',
              INQR_DVSN: '00',
              INQR_DVSN_3: '00',
              ORD_GNO_BRNO: '',
              ODNO: '',
              INQR_DVSN_1: '',
              ...keys,
              ...more,
            },
            continuation,
          ),
        'output1',
      );

    it('makes tables of a price, a book, bars and minutes', async () => {
      const price = await client.get(`${quotations}/inquire-price`, 'FHKST01010100', market);
      const book = await client.get(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200', market);
      const days = await client.get(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
        ...market,
        FID_INPUT_DATE_1: '20260101',
        FID_INPUT_DATE_2: '20261123',
        FID_PERIOD_DIV_CODE: 'D',
        FID_ORG_ADJ_PRC: '0',
      });
      const minutes = await client.get(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200', {
        ...market,
        FID_INPUT_HOUR_1: '103000',
        FID_PW_DATA_INCU_YN: 'Y',
        FID_ETC_CLS_CODE: '',
      });

      assert.deepEqual(
        [price, book, days, minutes].map(({ isOk }) => isOk),
        [true, true, true, true],
      );
      assert.deepEqual(Object.keys(price.header).toSorted(), ['gt_uid', 'tr_cont', 'tr_id']);
      // A table of one row is made of each object, so that no field may be a list.
      for (const block of [rowOf(price, 'output'), rowOf(book, 'output1'), rowOf(book, 'output2')]) {
        assert.deepEqual([...new Set(Object.values(block).map((value) => typeof value))], ['string']);
      }
      for (const level of ['askp1', 'askp10', 'bidp1', 'bidp_rsqn10']) {
        assert.match(String(rowOf(book, 'output1')[level]), /^\d+$/);
      }
      assert.deepEqual([rowsOf(days, 'output2').length, rowsOf(minutes, 'output2').length], [100, 30]);
      for (const rows of [rowsOf(days, 'output2'), rowsOf(minutes, 'output2')]) {
        assert.equal(new Set(rows.map((row) => Object.keys(row).join())).size, 1);
      }
    });

    it('trades with the new TR ids and hears it in 46, 59 and 26 columns', async () => {
      const { hosts, credentials } = simulator;
      const approval = await client.approval();
      const url = mode === 'real' ? hosts.webSocketReal : hosts.webSocket;
      const agent = { 'User-Agent': 'Python/3.11 websockets/15.0.1' };
      const listener = new SocketListener(`${url}/tryitout`, agent);
      await once(listener.socket, 'open');
      const noticeTr = mode === 'real' ? 'H0STCNI0' : 'H0STCNI9';
      const keys = new Map<string, { readonly key: string; readonly iv: string }>();
      const frames: string[] = [];
      const readUntil = async (isEnough: () => boolean): Promise<void> => {
        while (!isEnough()) {
          const frame = await listener.next();
          if (!frame.startsWith('{')) {
            frames.push(frame);
            continue;
          }
          const control = readControlAsSamples(frame);
          assert.ok(control.isOk, frame);
          if (control.isEncrypted && control.key !== null) keys.set(control.trId, control.key);
        }
      };
      const feeds = [
        ['H0STCNT0', '005930'],
        ['H0STCNT0', '000660'],
        ['H0STASP0', '005930'],
        [noticeTr, credentials.htsId],
      ];
      for (const [tr_id, tr_key] of feeds) {
        const header = { 'content-type': 'utf-8', approval_key: approval, tr_type: '1', custtype: 'P' };
        listener.socket.send(JSON.stringify({ header, body: { input: { tr_id, tr_key } } }));
      }
      await readUntil(() => keys.size > 0);

      const first = await order({ ORD_DVSN: '00', ORD_QTY: '2', ORD_UNPR: '49500' });
      const amended = await change(first, { RVSE_CNCL_DVSN_CD: '01', ORD_UNPR: '49600' });
      const cancelled = await change(amended, { RVSE_CNCL_DVSN_CD: '02', ORD_UNPR: '0' });
      const bought = await order({ ORD_DVSN: '01', ORD_QTY: '3', ORD_UNPR: '0' });
      const of = (trId: string): readonly string[] => frames.filter((frame) => frame.split('|')[1] === trId);
      await readUntil(() => of(noticeTr).length >= 5 && of('H0STCNT0').length > 0);
      listener.socket.terminate();

      const notices = of(noticeTr).map((frame) =>
        readColumns(noticeFields(frame, keys.get(noticeTr) ?? { key: '', iv: '' }), sampleColumns.notice),
      );
      assert.deepEqual(
        notices.map((row) => [row['ODER_NO'], row['RCTF_CLS'], row['CNTG_YN'], row['RFUS_YN']]),
        [
          [first['ODNO'], '0', '1', '0'],
          [amended['ODNO'], '1', '1', '0'],
          [cancelled['ODNO'], '2', '1', '0'],
          [bought['ODNO'], '0', '1', '0'],
          [bought['ODNO'], '0', '2', '0'],
        ],
      );
      assert.deepEqual([notices[4]?.['CNTG_QTY'], notices[4]?.['ORD_EXG_GB']], ['0000000003', '1']);
      const trade = readColumns((of('H0STCNT0')[0]?.split('|')[3] ?? '').split('^'), sampleColumns.trade);
      assert.deepEqual([trade['MKSC_SHRN_ISCD'], trade['CNTG_VOL'], trade['BSOP_DATE']], ['005930', '3', '20261123']);
      const book = readColumns((of('H0STASP0')[0]?.split('|')[3] ?? '').split('^'), sampleColumns.book);
      assert.equal(book['MKSC_SHRN_ISCD'], '005930');
    });

    it('follows its balance, its buying power and its list of the day to the end', async () => {
      for (let count = 0; count < 16; count += 1) await order({ ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '40000' });

      const list = await daily('TTTC0081R', { EXCG_ID_DVSN_CD: 'KRX' });
      const balance = await allPages(
        (keys, continuation) =>
          client.get(
            `${trading}/inquire-balance`,
            'TTTC8434R',
            {
              ...client.account,
              AFHR_FLPR_YN: 'N',
              OFL_YN: '',
              INQR_DVSN: '01',
              UNPR_DVSN: '01',
              FUND_STTL_ICLD_YN: 'N',
              FNCG_AMT_AUTO_RDPT_YN: 'N',
              PRCS_DVSN: '00',
              ...keys,
            },
            continuation,
          ),
        'output1',
      );
      const flags = { CMA_EVLU_AMT_ICLD_YN: 'N', OVRS_ICLD_YN: 'N' };
      const question = { ...client.account, PDNO: '005930', ORD_UNPR: '50000', ORD_DVSN: '01', ...flags };
      const buyable = await client.get(`${trading}/inquire-psbl-order`, 'TTTC8908R', question);

      assert.equal(list.rows.length, 20);
      assert.equal(list.pages, mode === 'real' ? 1 : 2);
      assert.deepEqual(
        balance.rows.map((row) => [row['pdno'], row['hldg_qty']]),
        [['005930', '3']],
      );
      assert.ok(Number(rowOf(buyable, 'output')['nrcvb_buy_qty']) > 0);
    });

    it('is told which of its questions the paper host does not have', async () => {
      const holidays = { BASS_DT: '20261123', CTX_AREA_FK: '', CTX_AREA_NK: '' };
      const days = await client.get(`${quotations}/chk-holiday`, 'CTCA0903R', holidays);
      const keys = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
      const openQuery = { ...client.account, INQR_DVSN_1: '1', INQR_DVSN_2: '0', ...keys };
      const open = await client.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC0084R', openQuery);
      const sellable = await client.get(`${trading}/inquire-psbl-sell`, 'TTTC8408R', {
        ...client.account,
        PDNO: '005930',
      });

      // HTTP 500 is an error to the samples; what stands in it they only print.
      assert.deepEqual(
        [days, open, sellable].map(({ isOk }) => isOk),
        Array(3).fill(mode === 'real'),
      );
      if (mode === 'paper') return;
      assert.ok(rowsOf(days, 'output').length >= 23);
      assert.equal(rowsOf(open, 'output').length, 16);
      assert.equal(rowOf(sellable, 'output')['ord_psbl_qty'], '3');
    });

    it("serves the vendor's strategy builder, whose TR ids are older and which asks for filled orders as open ones", async () => {
      const old = { ...client.account, PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '49000' };
      const placed = await client.post(`${trading}/order-cash`, 'TTTC0802U', old);
      const filled = await daily('TTTC8001R', { CCLD_DVSN: '01' });
      const all = await daily('TTTC8001R', {});
      const resting = all.rows.find((row) => row['odno'] === rowOf(placed, 'output')['ODNO']);
      const cancelled = await change(
        { KRX_FWDG_ORD_ORGNO: String(resting?.['ord_orgno']), ODNO: String(resting?.['odno']) },
        { RVSE_CNCL_DVSN_CD: '02', ORD_QTY: '1', ORD_UNPR: '0' },
      );

      assert.deepEqual(
        filled.rows.map((row) => [row['tot_ccld_qty'], row['rmn_qty']]),
        [['3', '0']],
      );
      assert.deepEqual([...new Set(all.rows.map((row) => row['excg_dvsn_cd']))], ['02']);
      const wanted = 'odno ord_orgno pdno prdt_name sll_buy_dvsn_cd_name ord_qty ord_unpr tot_ccld_qty rmn_qty ord_tmd';
      for (const name of wanted.split(' ')) assert.notEqual(resting?.[name] ?? '', '', name);
      assert.match(String(cancelled['ODNO']), /^\d{10}$/);
    });

    it("serves the vendor's backtester, which cancels without a branch", async () => {
      const placed = await order({ ORD_DVSN: '00', ORD_QTY: '1', ORD_UNPR: '49000' }, 'TTTC0802U');
      const body = { ...client.account, KRX_FWDG_ORD_ORGNO: '', ORGN_ODNO: String(placed['ODNO']), ORD_DVSN: '00' };
      const answer = await client.post(`${trading}/order-rvsecncl`, 'TTTC0803U', {
        ...body,
        RVSE_CNCL_DVSN_CD: '02',
        ORD_QTY: '0',
        ORD_UNPR: '0',
        QTY_ALL_ORD_YN: 'Y',
      });
      assert.ok(answer.isOk, JSON.stringify(answer.body));
    });
  });
}
