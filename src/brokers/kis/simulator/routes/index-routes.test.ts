import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { listings } from '#markets/listings.ts';

import { walkingMarket } from '../fixtures/walking-market.ts';
import type { WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';

describe('indices', () => {
  let simulator: KisSimulator;
  let client: WireClient;

  before(async () => {
    simulator = await aSimulator({ market: walkingMarket() });
    client = await signedIn(simulator, 'real');
  });
  after(() => simulator.close());

  const index = async (code: string) =>
    block(
      await client.get(`${quotations}/inquire-index-price`, 'FHPUP02100000', {
        FID_COND_MRKT_DIV_CODE: 'U',
        FID_INPUT_ISCD: code,
      }),
      'output',
    );

  it('weigh the stocks of their market by capitalisation, and count them', async () => {
    const kospi = listings.filter(({ kind, market }) => kind === 'stock' && market === 'KOSPI');
    const level = await index('0001');
    const counted = ['ascn', 'stnr', 'down'].reduce((sum, name) => sum + Number(level[`${name}_issu_cnt`]), 0);

    // Base prices of 50,000 won: a hundred million shares each, divided by 100 thousand million won a point.
    assert.equal(Number(level['bstp_nmix_prpr']) - Number(level['bstp_nmix_prdy_vrss']), kospi.length * 50);
    assert.equal(counted, kospi.length);
    assert.ok(Number(level['bstp_nmix_hgpr']) >= Number(level['bstp_nmix_lwpr']));
  });

  it('follow a stock that moves, in its own market only', async () => {
    const price = async () =>
      Number(
        block(
          await client.get(`${quotations}/inquire-price`, 'FHKST01010100', {
            FID_COND_MRKT_DIV_CODE: 'J',
            FID_INPUT_ISCD: '247540',
          }),
          'output',
        )['stck_prpr'],
      );
    const [kosdaq, kospi, before] = [await index('1001'), await index('0001'), await price()];
    await buy(client, { PDNO: '247540', ORD_QTY: '1', ORD_UNPR: '50100' });
    const [moved, still, after] = [await index('1001'), await index('0001'), await price()];

    assert.notEqual(after, before);
    // A won of a stock with a hundred million shares is a three-hundredth of a point of KOSDAQ.
    const points = Number(moved['bstp_nmix_prpr']) - Number(kosdaq['bstp_nmix_prpr']);
    assert.ok(Math.abs(points - (after - before) / 300) < 0.011, String(points));
    assert.equal(still['bstp_nmix_prpr'], kospi['bstp_nmix_prpr']);
  });

  it('draw days and minutes whose last row is the level of now', async () => {
    const level = await index('0001');
    const days = await client.get(`${quotations}/inquire-daily-indexchartprice`, 'FHKUP03500100', {
      FID_COND_MRKT_DIV_CODE: 'U',
      FID_INPUT_ISCD: '0001',
      FID_INPUT_DATE_1: '20260101',
      FID_INPUT_DATE_2: '20261123',
      FID_PERIOD_DIV_CODE: 'D',
    });
    const weeks = await client.get(`${quotations}/inquire-daily-indexchartprice`, 'FHKUP03500100', {
      FID_COND_MRKT_DIV_CODE: 'U',
      FID_INPUT_ISCD: '0001',
      FID_INPUT_DATE_1: '20260901',
      FID_INPUT_DATE_2: '20261123',
      FID_PERIOD_DIV_CODE: 'W',
    });
    const minutes = (seconds: string) =>
      client.get(`${quotations}/inquire-time-indexchartprice`, 'FHKUP03500200', {
        FID_COND_MRKT_DIV_CODE: 'U',
        FID_ETC_CLS_CODE: '0',
        FID_INPUT_ISCD: '0001',
        FID_INPUT_HOUR_1: seconds,
        FID_PW_DATA_INCU_YN: 'N',
      });
    const hourly = rows(await minutes('3600'), 'output2');

    assert.equal(rows(days, 'output2').length, 100);
    assert.deepEqual(
      [rows(days, 'output2')[0]?.['bstp_nmix_prpr'], block(days, 'output1')['bstp_nmix_prpr']],
      [level['bstp_nmix_prpr'], level['bstp_nmix_prpr']],
    );
    assert.ok(rows(weeks, 'output2').length <= 13);
    assert.deepEqual(
      hourly.map((row) => row['stck_cntg_hour']),
      ['100000', '090000'],
    );
    assert.equal(rows(await minutes('60'), 'output2')[0]?.['bstp_nmix_prpr'], level['bstp_nmix_prpr']);
    assert.match(String((await minutes('77')).body()['msg1']), /FID_INPUT_HOUR_1/);
  });

  it('list every index, and offer days on the paper host only', async () => {
    const all = await client.get(`${quotations}/inquire-index-category-price`, 'FHPUP02140000', {
      FID_COND_MRKT_DIV_CODE: 'U',
      FID_INPUT_ISCD: '0001',
      FID_COND_SCR_DIV_CODE: '20214',
      FID_MRKT_CLS_CODE: 'K',
      FID_BLNG_CLS_CODE: '0',
    });
    const paper = await signedIn(simulator, 'paper');
    const refused = await paper.get(`${quotations}/inquire-index-price`, 'FHPUP02100000');
    const days = await paper.get(`${quotations}/inquire-daily-indexchartprice`, 'FHKUP03500100', {
      FID_COND_MRKT_DIV_CODE: 'U',
      FID_INPUT_ISCD: '1001',
      FID_INPUT_DATE_1: '20261101',
      FID_INPUT_DATE_2: '20261123',
      FID_PERIOD_DIV_CODE: 'D',
    });

    assert.deepEqual(
      rows(all, 'output2').map((row) => row['bstp_cls_code']),
      ['0001', '1001', '2001'],
    );
    assert.equal(refused.body()['msg_cd'], 'EGW02006');
    assert.equal(days.body()['rt_cd'], '0');
  });
});
