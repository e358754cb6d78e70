import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { KisSimulator } from '../start.ts';
import { wireClient, type RawAnswer, type WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, buy, rows, signedIn } from '../fixtures/wire-test-kit.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';
const trading = '/uapi/domestic-stock/v1/trading';
const samsung = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };

describe('createHostServer()', () => {
  let simulator: KisSimulator;
  let paper: WireClient;
  let real: WireClient;

  before(async () => {
    simulator = await aSimulator();
    paper = await signedIn(simulator, 'paper');
    real = await signedIn(simulator, 'real');
  });
  after(() => simulator.close());

  it('writes standard header names in Title-Case and its own in lower case', async () => {
    const answer = await paper.get(`${quotations}/inquire-price`, 'FHKST01010100', samsung);

    const names = answer.headerLines.map((line) => line.slice(0, line.indexOf(':')));
    assert.deepEqual(
      names.filter((name) => name === name.toLowerCase()),
      ['tr_id', 'tr_cont', 'gt_uid'],
    );
    assert.ok(
      ['Content-Type', 'Content-Length', 'Date', 'Connection'].every((name) => names.includes(name)),
      names.join(),
    );
    assert.equal(answer.header('tr_id'), 'FHKST01010100');
    assert.equal(Number(answer.header('Content-Length')), Buffer.byteLength(answer.text));
  });

  it('answers a quote with text in all 81 fields, whatever the case of the query names', async () => {
    const query = { fid_cond_mrkt_div_code: 'J', fid_input_iscd: '005930' };

    const answer = await paper.get(`${quotations}/inquire-price`, 'FHKST01010100', query);

    const output = block(answer, 'output');
    assert.equal(Object.keys(output).length, 81);
    assert.ok(Object.values(output).every((value) => typeof value === 'string'));
    assert.deepEqual([output['stck_prpr'], output['stck_mxpr'], output['stck_llam']], ['50000', '65000', '35000']);
  });

  it('issues a token shaped like the broker’s, refuses a second within a minute in the two-field shape', async () => {
    const [, claims = ''] = paper.token.split('.');
    const { jti } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { jti: string };

    const again = await wireClient(simulator.hosts.rest, simulator.credentials.paper).signIn();

    assert.equal(jti, simulator.credentials.paper.appKey);
    assert.ok(`Bearer ${paper.token}`.length <= 350);
    assert.equal(again.status, 403);
    assert.deepEqual(Object.keys(again.body()).sort(), ['error_code', 'error_description']);
    assert.equal(again.body()['error_code'], 'EGW00133');
  });

  it('keeps the environments apart by TR id and by key', async () => {
    const realTrOnPaper = await paper.get(`${trading}/inquire-balance`, 'TTTC8434R', paper.account);
    const paperTrOnReal = await real.get(`${trading}/inquire-balance`, 'VTTC8434R', real.account);
    const realOnly = await paper.get(`${quotations}/chk-holiday`, 'CTCA0903R', { BASS_DT: '20261120' });
    const strayed = wireClient(simulator.hosts.restReal, simulator.credentials.paper);
    strayed.token = paper.token;
    const paperKeyOnReal = await strayed.get(`${quotations}/inquire-price`, 'FHKST01010100', samsung);

    const codes = [realTrOnPaper, paperTrOnReal, realOnly, paperKeyOnReal].map((answer) => [
      answer.status,
      answer.body()['msg_cd'],
    ]);
    assert.deepEqual(codes, [
      [500, 'EGW02006'],
      [500, 'EGW02004'],
      [500, 'EGW02006'],
      [500, 'EGW02004'],
    ]);
  });

  it('refuses a foreign account, an unknown token and an unknown path each in its own way', async () => {
    const foreign = await paper.get(`${trading}/inquire-balance`, 'VTTC8434R', {
      CANO: '00000000',
      ACNT_PRDT_CD: '01',
      INQR_DVSN: '01',
    });
    const stranger = wireClient(simulator.hosts.rest, simulator.credentials.paper);
    stranger.token = 'nobody';
    const unknownToken = await stranger.get(`${quotations}/inquire-price`, 'FHKST01010100', samsung);
    const nowhere = await paper.get('/uapi/nowhere', 'X', {});

    assert.deepEqual([foreign.status, foreign.body()['msg_cd'], foreign.body()['rt_cd']], [200, 'OPSQ2000', '2']);
    assert.deepEqual([unknownToken.status, unknownToken.body()['msg_cd']], [500, 'EGW00121']);
    assert.equal(nowhere.status, 404);
  });

  it('takes 02 as the kind of balance only when it is permissive', async (t) => {
    const query = { ...paper.account, INQR_DVSN: '02' };
    const permissive = await aSimulator({ permissive: true });
    t.after(() => permissive.close());
    const there = await signedIn(permissive, 'paper');

    const strict = await paper.get(`${trading}/inquire-balance`, 'VTTC8434R', query);
    const lenient = await there.get(`${trading}/inquire-balance`, 'VTTC8434R', { ...query, ...there.account });

    assert.deepEqual(
      [strict.body()['msg_cd'], strict.body()['msg1']],
      ['OPSQ2001', 'ERROR : INPUT INVALID_CHECK_INQR_DVSN'],
    );
    assert.equal(lenient.body()['rt_cd'], '0');
    assert.equal(lenient.header('tr_cont'), 'D');
    assert.equal((lenient.body()['msg1'] as string).length, 80);
    assert.equal((lenient.body()['ctx_area_fk100'] as string).length, 100);
  });

  it('shows book, trades and thirty days, and an account that holds nothing abroad', async () => {
    const book = await paper.get(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200', samsung);
    await buy(paper, { ORD_DVSN: '01', ORD_QTY: '1', ORD_UNPR: '0' });
    const trades = await paper.get(`${quotations}/inquire-ccnl`, 'FHKST01010300', samsung);
    const days = await paper.get(`${quotations}/inquire-daily-price`, 'FHKST01010400', {
      ...samsung,
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '1',
    });
    const abroad = await paper.get('/uapi/overseas-stock/v1/trading/inquire-nccs', 'VTTS3018R', paper.account);
    const present = await real.get(
      '/uapi/overseas-stock/v1/trading/inquire-present-balance',
      'CTRP6504R',
      real.account,
    );

    const output1 = block(book, 'output1');
    assert.deepEqual(
      [output1['askp1'], output1['bidp1'], output1['askp10'], output1['bidp10']],
      ['50100', '50000', '51000', '49550'],
    );
    assert.equal(Object.keys(output1).length, 71);
    assert.deepEqual(
      [rows(trades, 'output')[0]?.['cntg_vol'], rows(trades, 'output')[0]?.['stck_prpr']],
      ['1', '50100'],
    );
    assert.equal(rows(days, 'output').length, 30);
    assert.deepEqual([abroad.body()['output'], abroad.header('tr_cont')], [[], 'D']);
    assert.equal((abroad.body()['ctx_area_nk200'] as string).length, 200);
    assert.deepEqual([present.body()['output1'], present.body()['rt_cd']], [[], '0']);
    assert.deepEqual(
      rows(present, 'output2').map((row) => [row['crcy_cd'], row['frcr_dncl_amt_2']]),
      [['USD', '10000.000000']],
    );
  });

  it('lists every calendar day of the holiday table with page keys of 20 characters', async () => {
    const first = await real.get(`${quotations}/chk-holiday`, 'CTCA0903R', {
      BASS_DT: '20260910',
      CTX_AREA_FK: '',
      CTX_AREA_NK: '',
    });
    const key = first.body()['ctx_area_nk'] as string;
    const second = await real.get(`${quotations}/chk-holiday`, 'CTCA0903R', {
      BASS_DT: '20260910',
      CTX_AREA_FK: '20260910',
      CTX_AREA_NK: key,
    });

    assert.deepEqual([first.header('tr_cont'), key, first.body()['msg_cd']], ['F', '20261003'.padEnd(20), 'KIOK0500']);
    assert.equal(second.header('tr_cont'), 'M');
    assert.equal(rows(first, 'output').find((row) => row['bass_dt'] === '20260924')?.['opnd_yn'], 'N');
    assert.equal(rows(first, 'output').find((row) => row['bass_dt'] === '20260912')?.['wday_dvsn_cd'], '07');
    assert.equal(rows(second, 'output')[0]?.['bass_dt'], '20261003');
  });

  it('answers the charts newest first, and never an empty minute chart', async () => {
    const days = {
      FID_INPUT_DATE_1: '00000101',
      FID_INPUT_DATE_2: '20261120',
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '1',
    };
    const daily = await paper.get(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
      ...samsung,
      ...days,
    });
    const early = { FID_INPUT_HOUR_1: '085900', FID_PW_DATA_INCU_YN: 'N', FID_ETC_CLS_CODE: '' };
    await buy(paper, { ORD_DVSN: '01', ORD_QTY: '1', ORD_UNPR: '0' });
    const minute = await paper.get(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200', {
      ...samsung,
      ...early,
    });

    const dates = rows(daily, 'output2').map((row) => row['stck_bsop_date'] ?? '');
    assert.equal(dates.length, 100);
    assert.equal(dates[0], '20261120');
    assert.deepEqual(dates, dates.toSorted().toReversed());
    assert.notEqual(block(daily, 'output1')['stck_prpr'], '0');
    assert.equal(rows(minute, 'output2').length, 1);
  });

  it('hashes a body, gives websocket keys without ending older ones, and knows products', async () => {
    const hashed = await paper.post('/uapi/hashkey', '', { CANO: '1' });
    const { appKey, appSecret } = simulator.credentials.paper;
    const approval = await paper.post('/oauth2/Approval', '', {
      grant_type: 'client_credentials',
      appkey: appKey,
      secretkey: appSecret,
    });
    const product = await real.get(`${quotations}/search-info`, 'CTPF1604R', { PDNO: '005930', PRDT_TYPE_CD: '300' });

    assert.deepEqual(hashed.body()['BODY'], { CANO: '1' });
    assert.match(hashed.body()['HASH'] as string, /^[0-9a-f]{64}$/);
    assert.equal((approval.body()['approval_key'] as string).length, 36);
    assert.deepEqual(
      [block(product, 'output')['pdno'], block(product, 'output')['std_pdno']],
      ['00000A005930', 'KR7005930003'],
    );
  });

  it('limits calls to one a second on paper and eighteen on real when limits are on', async (t) => {
    const limited = await aSimulator({ limits: true });
    t.after(() => limited.close());
    const ask = (client: WireClient): Promise<RawAnswer> =>
      client.get(`${quotations}/inquire-price`, 'FHKST01010100', samsung);
    const [onPaper, onReal] = [await signedIn(limited, 'paper'), await signedIn(limited, 'real')];

    const paperAnswers = [await ask(onPaper), await ask(onPaper)];
    const realAnswers = await Promise.all(Array.from({ length: 20 }, () => ask(onReal)));

    assert.deepEqual(
      paperAnswers.map((answer) => answer.status),
      [200, 500],
    );
    assert.equal(paperAnswers[1]?.body()['msg_cd'], 'EGW00201');
    assert.equal(realAnswers.filter((answer) => answer.status === 500).length, 2);
  });
});
