import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { startKisSimulator, type KisSimulator } from './start.ts';
import { stillMarket } from './still-market.ts';
import { machineClock } from './venue-clock.ts';
import { wireClient, type RawAnswer, type WireClient } from './wire-client.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';
const trading = '/uapi/domestic-stock/v1/trading';
const samsung = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };

async function aSimulator(
  options: { limits?: boolean; permissive?: boolean; throttle?: number } = {},
): Promise<KisSimulator> {
  return await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    profile: '2026-09',
    permissive: options.permissive ?? false,
    limits: options.limits ?? false,
    session: 'regular',
    home: null,
    market: stillMarket(),
    clock: machineClock(),
    tokenThrottleSeconds: options.throttle ?? 60,
  });
}

async function signedIn(simulator: KisSimulator, environment: 'paper' | 'real'): Promise<WireClient> {
  const host = environment === 'paper' ? simulator.hosts.rest : simulator.hosts.restReal;
  const client = wireClient(host, simulator.credentials[environment]);
  await client.signIn();
  return client;
}

async function fault(simulator: KisSimulator, rule: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${simulator.hosts.console}/faults`, { method: 'POST', body: JSON.stringify(rule) });
  assert.equal(answer.status, 200, await answer.text());
}

function rows(answer: RawAnswer, block: string): Record<string, string>[] {
  return answer.body()[block] as Record<string, string>[];
}

function block(answer: RawAnswer, name: string): Record<string, string> {
  return answer.body()[name] as Record<string, string>;
}

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

  const buy = (client: WireClient, changes: Record<string, string> = {}): Promise<RawAnswer> =>
    client.post(`${trading}/order-cash`, client === paper ? 'VTTC0012U' : 'TTTC0012U', {
      ...client.account,
      PDNO: '005930',
      ORD_DVSN: '00',
      ORD_QTY: '2',
      ORD_UNPR: '49500',
      ...changes,
    });

  const change = (client: WireClient, fields: Record<string, string>): Promise<RawAnswer> =>
    client.post(`${trading}/order-rvsecncl`, client === paper ? 'VTTC0803U' : 'TTTC0013U', {
      ...client.account,
      KRX_FWDG_ORD_ORGNO: '',
      ORD_DVSN: '00',
      ORD_QTY: '0',
      ORD_UNPR: '0',
      QTY_ALL_ORD_YN: 'Y',
      ...fields,
    });

  const orders = (client: WireClient, fields: Record<string, string> = {}): Promise<RawAnswer> =>
    client.get(`${trading}/inquire-daily-ccld`, client === paper ? 'VTTC0081R' : 'TTTC0081R', {
      ...client.account,
      INQR_STRT_DT: '20200101',
      INQR_END_DT: '20271231',
      SLL_BUY_DVSN_CD: '00',
      CCLD_DVSN: '00',
      INQR_DVSN: '00',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: '',
      ...fields,
    });

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
    assert.deepEqual([present.body()['output1'], present.body()['output2'], present.body()['rt_cd']], [[], [], '0']);
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
