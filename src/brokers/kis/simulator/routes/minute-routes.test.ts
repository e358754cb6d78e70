import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { HandClock } from '../fixtures/hand-clock.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import type { WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';

describe('minute charts', () => {
  let simulator: KisSimulator;
  let client: WireClient;
  const clock = new HandClock(Temporal.Instant.from('2026-11-23T09:00:30+09:00'));

  before(async () => {
    clock.advance(90 * 60_000);
    simulator = await aSimulator({ session: 'clock', market: walkingMarket(), clock, beatMs: 100_000 });
    client = await signedIn(simulator, 'real');
  });
  after(() => simulator.close());

  const today = async (hour: string, crosses = 'N'): Promise<Record<string, string>[]> => {
    const answer = await client.get(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200', {
      fid_etc_cls_code: '',
      fid_cond_mrkt_div_code: 'J',
      fid_input_iscd: '005930',
      fid_input_hour_1: hour,
      fid_pw_data_incu_yn: crosses,
    });
    return rows(answer, 'output2');
  };
  const past = async (date: string, hour: string, crosses = 'N'): Promise<Record<string, string>[]> => {
    const answer = await client.get(`${quotations}/inquire-time-dailychartprice`, 'FHKST03010230', {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: '005930',
      FID_INPUT_HOUR_1: hour,
      FID_INPUT_DATE_1: date,
      FID_PW_DATA_INCU_YN: crosses,
      FID_FAKE_TICK_INCU_YN: '',
    });
    return rows(answer, 'output2');
  };
  const hours = (list: readonly Record<string, string>[]): (string | undefined)[] =>
    list.map((row) => row['stck_cntg_hour']);

  it('gives the last thirty rows for 000000 and for a time to come, newest first', async () => {
    const [zero, future] = [await today('000000'), await today('153000')];

    assert.equal(zero.length, 30);
    assert.deepEqual(zero, future);
    assert.deepEqual([hours(zero)[1], hours(zero)[2], hours(zero)[29]], ['102900', '102800', '100100']);
  });

  it('shows the minute that has begun with the volume of the one before until it trades', async () => {
    const [now, last] = await today('000000');
    assert.deepEqual([now?.['stck_cntg_hour'], now?.['cntg_vol']], ['103000', last?.['cntg_vol']]);
    assert.deepEqual([now?.['stck_oprc'], now?.['stck_hgpr']], [last?.['stck_prpr'], last?.['stck_prpr']]);

    await buy(client, { ORD_QTY: '7', ORD_UNPR: '50100' });
    const [traded] = await today('000000');

    assert.deepEqual([traded?.['stck_cntg_hour'], traded?.['cntg_vol']], ['103000', '7']);
  });

  it('comes back with the first bar of the day when nothing is left before a time', async () => {
    assert.deepEqual(hours(await today('085900')), ['090000']);
    assert.deepEqual(hours(await today('090100')), ['090100', '090000']);
  });

  it('lets the previous day follow the first bar of today when asked to', async () => {
    const list = await today('090200', 'Y');

    assert.deepEqual(hours(list).slice(0, 5), ['090200', '090100', '090000', '153000', '151900']);
    assert.deepEqual(
      [list.length, list[3]?.['stck_bsop_date'], list[0]?.['stck_bsop_date']],
      [30, '20261120', '20261123'],
    );
  });

  it('pages 120 rows of a past day back over the days before it', async () => {
    const list = await past('20261119', '100000', 'Y');
    const alone = await past('20261119', '100000');

    assert.deepEqual([list.length, list[0]?.['stck_cntg_hour'], alone.length], [120, '100000', 61]);
    assert.deepEqual([list[61]?.['stck_bsop_date'], list[61]?.['stck_cntg_hour']], ['20261118', '153000']);
    assert.deepEqual(await past('20201119', '153000'), []);
    assert.deepEqual(await past('20261122', '153000'), []);
  });

  it('makes minutes of a past day that add up to its day bar', async () => {
    const minutes = [
      ...(await past('20261118', '153000')),
      ...(await past('20261118', '133000')),
      ...(await past('20261118', '113000')),
      ...(await past('20261118', '093000')),
    ];
    const all = [...new Map(minutes.map((row) => [row['stck_cntg_hour'], row])).values()];
    const days = await client.get(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: '005930',
      FID_INPUT_DATE_1: '20261118',
      FID_INPUT_DATE_2: '20261118',
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    });
    const [day] = rows(days, 'output2');
    const of = (name: string): number[] => all.map((row) => Number(row[name]));

    assert.equal(Math.max(...of('stck_hgpr')), Number(day?.['stck_hgpr']));
    assert.equal(Math.min(...of('stck_lwpr')), Number(day?.['stck_lwpr']));
    assert.equal(
      of('cntg_vol').reduce((sum, volume) => sum + volume, 0),
      Number(day?.['acml_vol']),
    );
    assert.equal(all[0]?.['stck_prpr'], day?.['stck_clpr']);
    assert.equal(
      hours(all).some((hour) => hour !== undefined && hour >= '152000' && hour < '153000'),
      false,
    );
  });

  it('refuses past minutes on the paper host and a time that is none', async () => {
    const paper = await signedIn(simulator, 'paper');
    const refused = await paper.get(`${quotations}/inquire-time-dailychartprice`, 'FHKST03010230');
    const wrong = await client.get(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200', {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: '005930',
      FID_INPUT_HOUR_1: '9시',
    });

    assert.deepEqual([refused.status, refused.body()['msg_cd']], [500, 'EGW02006']);
    assert.match(String(wrong.body()['msg1']), /INVALID_CHECK_FID_INPUT_HOUR_1/);
  });

  it('prints nothing between 15:20 and 15:30, one closing minute, and the after-market from 16:00', async () => {
    clock.advance(Temporal.Duration.from({ hours: 4, minutes: 50 }).total('milliseconds'));
    const collecting = await today('000000');
    clock.advance(10 * 60_000);
    const closed = await today('000000');
    clock.advance(Temporal.Duration.from({ hours: 1 }).total('milliseconds'));
    const order = await buy(client, { ORD_QTY: '3', ORD_UNPR: '50300', ORD_DVSN: '41' });
    assert.equal(order.body()['rt_cd'], '0', order.text);
    const late = await today('000000');

    assert.ok((collecting[0]?.['stck_cntg_hour'] ?? '') < '152000');
    assert.equal(
      hours(closed).some((hour) => hour !== undefined && hour >= '152000' && hour < '153000'),
      false,
    );
    assert.equal(late[0]?.['stck_cntg_hour'], '163000');
    const chart = await client.get(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
      FID_COND_MRKT_DIV_CODE: 'J',
      FID_INPUT_ISCD: '005930',
      FID_INPUT_DATE_1: '20261123',
      FID_INPUT_DATE_2: '20261123',
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    });
    assert.equal(rows(chart, 'output2')[0]?.['acml_vol'], block(chart, 'output1')['acml_vol']);
  });
});
