import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { blockFields } from '../encode/block-fields.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import type { WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';
const ranking = '/uapi/domestic-stock/v1/ranking';
const prices = { '005930': 70_000, '000660': 200_000, '035720': 40_000, '069500': 35_000, '247540': 150_000 };

describe('quotes of the real host', () => {
  let simulator: KisSimulator;
  let client: WireClient;

  before(async () => {
    simulator = await aSimulator({ market: walkingMarket(prices) });
    client = await signedIn(simulator, 'real');
  });
  after(() => simulator.close());

  const get = (path: string, trId: string, query: Record<string, string>) => client.get(path, trId, query);
  const priceOn = async (division: string, symbol = '005930') =>
    block(
      await get(`${quotations}/inquire-price`, 'FHKST01010100', {
        FID_COND_MRKT_DIV_CODE: division,
        FID_INPUT_ISCD: symbol,
      }),
      'output',
    );

  it('have as many fields as the documentation counts', () => {
    const counts = {
      price: 81,
      price2: 54,
      recentTrade: 7,
      timedTradeSummary: 7,
      timedTrade: 10,
      dailyPrice: 14,
      dailyChartSummary: 30,
      dailyChart: 13,
      minuteChartSummary: 8,
      minuteChart: 8,
      orderBook: 71,
      expected: 13,
      investor: 22,
      multiPrice: 29,
      volumeRank: 19,
      changeRank: 24,
      marketCapRank: 11,
      interruption: 13,
      etfPrice: 58,
      marketTime: 9,
      indexPrice: 36,
      indexChartSummary: 15,
      indexChart: 8,
      indexMinute: 8,
      indexCategory: 10,
      product: 20,
      stockInfo: 67,
    } as const;
    for (const [name, count] of Object.entries(counts)) {
      const names = blockFields[name as keyof typeof counts];
      assert.equal(names.length, count, name);
      assert.equal(new Set(names).size, count, `${name} names each field once`);
    }
  });

  it('show NXT on NX, both boards on UN, and zeros where NXT does not trade', async () => {
    await buy(client, { ORD_UNPR: '70100', ORD_QTY: '3', EXCG_ID_DVSN_CD: 'KRX' });
    await buy(client, { ORD_UNPR: '70200', ORD_QTY: '5', EXCG_ID_DVSN_CD: 'NXT' });
    const [krx, nxt, unified] = [await priceOn('J'), await priceOn('NX'), await priceOn('UN')];
    const etf = await priceOn('NX', '069500');
    const wrong = await get(`${quotations}/inquire-price`, 'FHKST01010100', {
      FID_COND_MRKT_DIV_CODE: 'X',
      FID_INPUT_ISCD: '005930',
    });

    assert.equal(Number(unified['acml_vol']), Number(krx['acml_vol']) + Number(nxt['acml_vol']));
    assert.deepEqual([nxt['stck_prpr'], unified['stck_prpr']], ['70100', '70100']);
    assert.deepEqual([etf['stck_prpr'], etf['stck_shrn_iscd']], ['0', '069500']);
    assert.deepEqual([wrong.body()['rt_cd'], wrong.body()['msg_cd']], ['2', 'OPSQ2001']);
  });

  it('answer thirty codes at once and leave out those that nobody lists', async () => {
    const query: Record<string, string> = {};
    ['005930', '999999', '069500'].forEach((symbol, index) => {
      query[`FID_COND_MRKT_DIV_CODE_${index + 1}`] = 'J';
      query[`FID_INPUT_ISCD_${index + 1}`] = symbol;
    });
    const list = rows(await get(`${quotations}/intstock-multprice`, 'FHKST11300006', query), 'output');

    assert.deepEqual(
      list.map((row) => [row['inter_shrn_iscd'], row['inter2_sdpr']]),
      [
        ['005930', '70000'],
        ['069500', '35000'],
      ],
    );
  });

  it('say where a stock may be traded, and refuse what they do not know', async () => {
    const info = async (symbol: string) =>
      (await get(`${quotations}/search-stock-info`, 'CTPF1002R', { PDNO: symbol, PRDT_TYPE_CD: '300' })).body();
    const stock = (await info('005930'))['output'] as Record<string, string>;
    const fund = (await info('069500'))['output'] as Record<string, string>;

    assert.deepEqual([stock['cptt_trad_tr_psbl_yn'], fund['cptt_trad_tr_psbl_yn']], ['Y', 'N']);
    assert.deepEqual(
      [stock['pdno'], stock['std_pdno'], fund['scty_grp_id_cd']],
      ['00000A005930', 'KR7005930003', 'EF'],
    );
    assert.equal((await info('999999'))['rt_cd'], '7');
  });

  it('give the same investors and firms to the same question, and shares that add up', async () => {
    const query = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };
    const first = await get(`${quotations}/inquire-investor`, 'FHKST01010900', query);
    const again = await get(`${quotations}/inquire-investor`, 'FHKST01010900', query);
    const firms = block(await get(`${quotations}/inquire-member`, 'FHKST01010600', query), 'output');
    const list = rows(first, 'output');

    assert.equal(first.text, again.text);
    assert.equal(list.length, 30);
    assert.ok((list[0]?.['stck_bsop_date'] ?? '') < '20261123', 'today comes after the close');
    for (const row of list) {
      const net = ['prsn', 'frgn', 'orgn'].reduce((sum, kind) => sum + Number(row[`${kind}_ntby_qty`]), 0);
      assert.equal(net, 0);
    }
    assert.ok(Number(firms['total_seln_qty1']) >= Number(firms['total_seln_qty5']));
  });

  it('rank by volume, by change and by capitalisation, filtered by the parameters', async () => {
    await fetch(`${simulator.hosts.console}/market/price`, {
      method: 'POST',
      body: JSON.stringify({ symbol: '035720', price: 44_000 }),
    });
    const base = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '0000', FID_DIV_CLS_CODE: '0', FID_VOL_CNT: '' };
    const volume = rows(
      await get(`${quotations}/volume-rank`, 'FHPST01710000', {
        ...base,
        FID_COND_SCR_DIV_CODE: '20171',
        FID_BLNG_CLS_CODE: '3',
        FID_TRGT_EXLS_CLS_CODE: '0000001100',
        FID_INPUT_PRICE_1: '60000',
        FID_INPUT_PRICE_2: '160000',
      }),
      'output',
    );
    const capitalisation = rows(
      await get(`${ranking}/market-cap`, 'FHPST01740000', { ...base, fid_cond_scr_div_code: '20174' }),
      'output',
    );
    const change = (sort: string, market: string) =>
      get(`${ranking}/fluctuation`, 'FHPST01700000', {
        ...base,
        FID_INPUT_ISCD: market,
        FID_COND_SCR_DIV_CODE: '20170',
        FID_RANK_SORT_CLS_CODE: sort,
      });

    const values = volume.map((row) => Number(row['acml_tr_pbmn']));
    assert.deepEqual(
      values,
      values.toSorted((a, b) => b - a),
    );
    assert.ok(volume.every((row) => Number(row['stck_prpr']) >= 60_000 && Number(row['stck_prpr']) <= 160_000));
    assert.deepEqual([volume[0]?.['data_rank'], capitalisation[0]?.['mksc_shrn_iscd']], ['1', '000660']);
    assert.ok(!capitalisation.some((row) => row['mksc_shrn_iscd'] === '069500'), 'funds are no companies');
    const kosdaq = rows(await change('0', '1001'), 'output').map((row) => row['stck_shrn_iscd']);
    assert.ok(kosdaq.includes('247540') && !kosdaq.includes('005930'));
    assert.match(String((await change('9', '0000')).body()['msg1']), /FID_RANK_SORT_CLS_CODE/);
  });

  it('refuse a foreign screen number unless they are permissive', async () => {
    const query = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '0000', FID_BLNG_CLS_CODE: '0' };
    const strict = await get(`${quotations}/volume-rank`, 'FHPST01710000', query);
    const lenient = await aSimulator({ permissive: true });
    const taken = await (await signedIn(lenient, 'real')).get(`${quotations}/volume-rank`, 'FHPST01710000', query);
    await lenient.close();

    assert.deepEqual([strict.body()['msg_cd'], taken.body()['rt_cd']], ['OPSQ2001', '0']);
  });

  it('price an ETF with the value behind it, and refuse a stock there', async () => {
    const ask = (symbol: string) =>
      get('/uapi/etfetn/v1/quotations/inquire-price', 'FHPST02400000', {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: symbol,
      });
    const fund = block(await ask('069500'), 'output');

    assert.ok(Math.abs(Number(fund['nav']) / Number(fund['stck_prpr']) - 1) <= 0.002);
    assert.ok(Math.abs(Number(fund['dprt'])) <= 0.21);
    assert.equal((await ask('005930')).body()['msg_cd'], 'OPSQ2001');
  });

  it('name the next business days and the hours of the session', async () => {
    const time = block(await get(`${quotations}/market-time`, 'HHMCM000002C0', {}), 'output1');

    assert.deepEqual([time['date1'], time['date5'], time['today']], ['20261123', '20261127', '20261123']);
    assert.deepEqual([time['s_time'], time['e_time']], ['090000', '153000']);
  });
});
