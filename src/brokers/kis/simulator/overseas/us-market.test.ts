import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { FrameReader } from '../fixtures/frame-reader.ts';
import { HandClock } from '../fixtures/hand-clock.ts';
import { wireClient, type WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, block, rows, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';
import type { WireProfile } from '../socket/wire-profile.ts';
import { machineClock, type VenueClock } from '../venue/venue-clock.ts';

const trading = '/uapi/overseas-stock/v1/trading';
const prices = '/uapi/overseas-price/v1/quotations';

/** Moves market time to `instant`. */
function move(clock: HandClock, instant: string): void {
  clock.advance(Temporal.Instant.from(instant).epochMilliseconds - clock.now().epochMilliseconds);
}

async function aUsSimulator(
  clock: VenueClock,
  home: string | null = null,
  profile: WireProfile = '2026-09',
): Promise<KisSimulator> {
  return await aSimulator({
    profile,
    session: 'clock',
    home,
    clock,
    tokenThrottleSeconds: 0,
    signInClock: machineClock(),
  });
}

const order = (client: WireClient, side: 'buy' | 'sell', fields: Record<string, string> = {}) =>
  client.post(
    `${trading}/order`,
    client.environment === 'paper'
      ? { buy: 'VTTT1002U', sell: 'VTTT1001U' }[side]
      : { buy: 'TTTT1002U', sell: 'TTTT1006U' }[side],
    {
      ...client.account,
      OVRS_EXCG_CD: 'NASD',
      PDNO: 'AAPL',
      ORD_QTY: '2',
      OVRS_ORD_UNPR: '1.00',
      CTAC_TLNO: '',
      MGCO_APTM_ODNO: '',
      SLL_TYPE: side === 'sell' ? '00' : '',
      ORD_SVR_DVSN_CD: '0',
      ORD_DVSN: '00',
      ...fields,
    },
  );

const change = (client: WireClient, fields: Record<string, string>) =>
  client.post(`${trading}/order-rvsecncl`, client.environment === 'paper' ? 'VTTT1004U' : 'TTTT1004U', {
    ...client.account,
    OVRS_EXCG_CD: 'NASD',
    PDNO: 'AAPL',
    ORD_QTY: '2',
    OVRS_ORD_UNPR: '0',
    MGCO_APTM_ODNO: '',
    ORD_SVR_DVSN_CD: '0',
    ...fields,
  });

const lastPrice = async (client: WireClient): Promise<number> => {
  const answer = await client.get(`${prices}/price`, 'HHDFS00000300', { AUTH: '', EXCD: 'NAS', SYMB: 'AAPL' });
  return Math.round(Number(block(answer, 'output')['last']) * 100);
};

const cash = async (client: WireClient): Promise<number> => {
  const answer = await client.get(
    `${trading}/inquire-present-balance`,
    client.environment === 'paper' ? 'VTRP6504R' : 'CTRP6504R',
    {
      ...client.account,
      WCRC_FRCR_DVSN_CD: '02',
      NATN_CD: '840',
      TR_MKET_CD: '00',
      INQR_DVSN_CD: '00',
    },
  );
  return Math.round(Number(rows(answer, 'output2')[0]?.['frcr_dncl_amt_2']) * 100);
};

/** Cents of commission as the simulator counts it: 0.25 %, cut off. */
const fee = (cents: number): number => Math.floor((cents * 25) / 10_000);
const cents = (amount: number): string => (amount / 100).toFixed(2);

const prefix = '0|HDFSCNT0|001|';

describe('the simulated US market', () => {
  it('keeps the hours of New York with daylight saving, and closes on its holidays', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T14:29:00Z'));
    const simulator = await aUsSimulator(clock);
    try {
      const paper = await signedIn(simulator, 'paper');
      const codeAt = async (instant: string, division = '00'): Promise<unknown> => {
        move(clock, instant);
        return (await order(paper, 'buy', { ORD_DVSN: division })).body()['msg_cd'];
      };

      assert.equal(await codeAt('2026-11-23T14:29:00Z'), '40600000', 'pre-market, 09:29 in New York');
      assert.equal(await codeAt('2026-11-24T00:59:00Z'), '40600000', 'after hours, 19:59');
      assert.equal(await codeAt('2026-11-24T01:00:00Z'), 'APBK1664', 'closed from 20:00');
      assert.equal(await codeAt('2026-11-24T08:59:00Z'), 'APBK1664', 'closed until 04:00');
      assert.equal(await codeAt('2026-11-26T15:00:00Z'), 'APBK1664', 'Thanksgiving');
      assert.equal(await codeAt('2027-03-15T08:00:00Z'), '40600000', '04:00 with daylight saving is 08:00 in London');
      assert.equal(await codeAt('2027-03-15T15:00:00Z', '34'), 'APBK0963', 'paper takes limit orders only');
      assert.equal((await order(paper, 'buy', { OVRS_ORD_UNPR: '0' })).body()['msg_cd'], '40910000', 'no price of 0');
    } finally {
      await simulator.close();
    }
  });

  it('keeps every cent through fills, amendments and cancels, and over a restart in the middle', async () => {
    const home = mkdtempSync(join(tmpdir(), 'us-market-'));
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T15:00:00Z'));
    let simulator = await aUsSimulator(clock, home);
    try {
      let real = await signedIn(simulator, 'real');
      const bought = await lastPrice(real);
      const first = await order(real, 'buy', { OVRS_ORD_UNPR: cents(bought + 500) });
      const resting = await order(real, 'buy', { OVRS_ORD_UNPR: '10.00' });
      const amended = await change(real, {
        ORGN_ODNO: block(resting, 'output')['ODNO'] ?? '',
        RVSE_CNCL_DVSN_CD: '01',
        OVRS_ORD_UNPR: '11.00',
      });
      const live = block(amended, 'output')['ODNO'] ?? '';
      assert.equal(first.body()['msg_cd'], 'APBK0013');

      await simulator.close();
      simulator = await aUsSimulator(clock, home);
      real = await signedIn(simulator, 'real');
      const open = await real.get(`${trading}/inquire-nccs`, 'TTTS3018R', {
        ...real.account,
        OVRS_EXCG_CD: 'NASD',
        SORT_SQN: 'DS',
      });
      assert.deepEqual(
        rows(open, 'output').map((row) => [row['odno'], row['ft_ord_unpr3'], row['nccs_qty']]),
        [[live, '11.00000000', '2']],
      );
      const cancelled = await change(real, { ORGN_ODNO: live, RVSE_CNCL_DVSN_CD: '02' });
      assert.equal(cancelled.body()['rt_cd'], '0');
      assert.equal(await cash(real), 1_000_000, 'a buy settles a day later');

      const sold = await lastPrice(real);
      await order(real, 'sell', { OVRS_ORD_UNPR: '1.00', ORD_QTY: '1' });
      const held = await real.get(`${trading}/inquire-balance`, 'TTTS3012R', {
        ...real.account,
        OVRS_EXCG_CD: 'NASD',
        TR_CRCY_CD: 'USD',
      });
      assert.deepEqual(
        rows(held, 'output1').map((row) => [row['ovrs_pdno'], row['ovrs_cblc_qty']]),
        [['AAPL', '1']],
      );
      move(clock, '2026-11-24T15:00:00Z');
      assert.equal(await cash(real), 1_000_000 - bought * 2 - fee(bought * 2) + sold - fee(sold), 'T+1');
      const profit = await real.get(`${trading}/inquire-period-profit`, 'TTTS3039R', {
        ...real.account,
        INQR_STRT_DT: '20261101',
        INQR_END_DT: '20261130',
      });
      const gain = Math.round(Number(block(profit, 'output2')['ovrs_rlzt_pfls_tot_amt']) * 10_000);
      assert.equal(gain, (sold - fee(sold) - bought) * 100 - Math.floor((fee(bought * 2) * 100) / 2));
    } finally {
      await simulator.close();
      rmSync(home, { recursive: true });
    }
  });

  it('fills a resting order when the price crosses it, and ends what is left with the session', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T15:00:00Z'));
    const simulator = await aUsSimulator(clock);
    try {
      const real = await signedIn(simulator, 'real');
      const start = await lastPrice(real);
      await order(real, 'buy', { OVRS_ORD_UNPR: cents(start + 500), ORD_QTY: '10' });
      await order(real, 'sell', { OVRS_ORD_UNPR: cents(start + 1), ORD_QTY: '4' });
      await order(real, 'sell', { OVRS_ORD_UNPR: cents(start * 2), ORD_QTY: '2' });
      const onClose = await order(real, 'sell', { ORD_DVSN: '33', OVRS_ORD_UNPR: '0', ORD_QTY: '1' });
      assert.equal(onClose.body()['rt_cd'], '0', String(onClose.body()['msg1']));

      move(clock, '2026-11-23T21:00:00Z');

      const list = await real.get(`${trading}/inquire-ccnl`, 'TTTS3035R', {
        ...real.account,
        PDNO: '%',
        ORD_STRT_DT: '20261123',
        ORD_END_DT: '20261123',
        SLL_BUY_DVSN: '00',
        CCLD_NCCS_DVSN: '00',
        OVRS_EXCG_CD: '%',
        SORT_SQN: 'AS',
      });
      assert.deepEqual(
        rows(list, 'output').map((row) => [row['ft_ccld_qty'], row['nccs_qty']]),
        [
          ['10', '0'],
          ['4', '0'],
          ['0', '0'],
          ['1', '0'],
        ],
      );
      assert.equal(rows(list, 'output')[1]?.['ft_ccld_unpr3'], `${cents(start + 1)}000000`);
    } finally {
      await simulator.close();
    }
  });

  it('answers other countries and the rest of appendix C with valid and empty blocks', async () => {
    const simulator = await aUsSimulator(new HandClock(Temporal.Instant.from('2026-11-23T15:00:00Z')));
    try {
      const real = await signedIn(simulator, 'real');
      const tokyo = await real.get(`${prices}/price`, 'HHDFS00000300', { AUTH: '', EXCD: 'TSE', SYMB: '7203' });
      const reserved = await real.get(`${trading}/order-resv-list`, 'TTTT3039R', { ...real.account });
      const hongKong = await real.post(`${trading}/order`, 'TTTS1002U', { ...real.account, OVRS_EXCG_CD: 'SEHK' });

      assert.deepEqual([tokyo.body()['rt_cd'], block(tokyo, 'output')['last']], ['0', '']);
      assert.deepEqual(reserved.body()['output'], []);
      assert.equal(String(reserved.body()['ctx_area_nk200']), ' '.repeat(200));
      assert.equal(reserved.header('tr_cont'), 'D');
      assert.equal(hongKong.body()['msg_cd'], 'APBK1664');
    } finally {
      await simulator.close();
    }
  });

  it('tells orders and fills in 25 sealed fields, 21 to old clients, and prints to who listens', async () => {
    for (const [profile, width] of [
      ['2026-09', 25],
      ['legacy', 21],
    ] as const) {
      const clock = new HandClock(Temporal.Instant.from('2026-11-23T15:00:00Z'));
      const simulator = await aUsSimulator(clock, null, profile);
      try {
        const paper = await signedIn(simulator, 'paper');
        const reader = await listener(simulator);
        const price = await lastPrice(paper);
        await order(paper, 'buy', { OVRS_ORD_UNPR: cents(price * 2) });
        const [accepted, filled] = [await reader.notice(), await reader.notice()];
        move(clock, '2026-11-23T15:00:15Z');
        let fields: readonly string[] = [];
        // The print of before the move may still be on its way.
        while (fields[5] !== '100015') fields = (await reader.next(prefix)).slice(prefix.length).split('^');

        assert.deepEqual([accepted.length, filled.length], [width, width]);
        assert.deepEqual(accepted.slice(4, 9), ['02', '0', '2', 'AAPL', '0000000002']);
        assert.deepEqual([accepted[12], accepted[13], accepted[15], accepted[18]], ['1', '1', '', '6']);
        assert.deepEqual([filled[9], filled[12], filled[13]], [String(price * 100).padStart(9, '0'), '2', '2']);
        assert.equal(fields.length, 26);
        assert.deepEqual(
          [fields[0], fields[1], fields[4], fields[5], fields[6], fields[7]],
          ['DNASAAPL', 'AAPL', '20261123', '100015', '20261124', '000015'],
        );
        assert.equal(Number(fields[11]) * 100, await lastPrice(paper));
      } finally {
        await simulator.close();
      }
    }
  });
});

/** A reader on the paper websocket, registered for notices of orders abroad and the prints of one stock. */
async function listener(simulator: KisSimulator): Promise<FrameReader> {
  const { appKey, appSecret } = simulator.credentials.paper;
  const client = wireClient(simulator.hosts.rest, simulator.credentials.paper);
  const answer = await client.post('/oauth2/Approval', '', {
    grant_type: 'client_credentials',
    appkey: appKey,
    secretkey: appSecret,
  });
  const approval = String(answer.body()['approval_key']);
  const reader = new FrameReader(simulator.hosts.webSocket);
  await once(reader.socket, 'open');
  assert.equal(await reader.register(approval, 'H0GSCNI9', simulator.credentials.htsId), 'OPSP0000');
  const header = { approval_key: approval, custtype: 'P', tr_type: '1', 'content-type': 'utf-8' };
  const input = { tr_id: 'HDFSCNT0', tr_key: 'DNASAAPL' };
  reader.socket.send(JSON.stringify({ header, body: { input } }));
  assert.match(await reader.next('{"header":{"tr_id":"HDFSCNT0"'), /OPSP0000/);
  return reader;
}
