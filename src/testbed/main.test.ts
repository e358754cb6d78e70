import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { randomFrom } from '#brokers/kis/simulator/venue/random.ts';
import type { SimulatorCredentials } from '#brokers/kis/simulator/host/credentials.ts';
import { wireClient, type WireClient } from '#brokers/kis/simulator/fixtures/wire-client.ts';

import { startTestbedChild, type TestbedChild } from './testbed-child.ts';

const trading = '/uapi/domestic-stock/v1/trading';
const rounds = 20;
const cash = 10_000_000;

interface LedgerView {
  readonly cash: number;
  readonly pending: readonly { readonly amount: number }[];
  readonly positions: readonly { readonly instrument: string; readonly quantity: number }[];
  readonly fills: readonly FillView[];
}

interface FillView {
  readonly number: string;
  readonly instrument: string;
  readonly side: 'buy' | 'sell';
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly tax: number;
}

async function consoleView<View>(child: TestbedChild, path: string): Promise<View> {
  const answer = await fetch(`${child.hosts.console}${path}`);
  return (await answer.json()) as View;
}

/** While market time stands still nothing trades, so that two views are of the same moment. */
async function pause(child: TestbedChild, isPaused: boolean): Promise<void> {
  await fetch(`${child.hosts.console}/clock`, { method: 'POST', body: JSON.stringify({ pause: isPaused }) });
}

/** Every row of every page of the daily list, oldest first. */
async function allRows(client: WireClient): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  let nk = '';
  do {
    const answer = await client.get(`${trading}/inquire-daily-ccld`, 'TTTC0081R', {
      ...client.account,
      INQR_STRT_DT: '20260101',
      INQR_END_DT: '20271231',
      SLL_BUY_DVSN_CD: '00',
      CCLD_DVSN: '00',
      INQR_DVSN: '01',
      CTX_AREA_FK100: '',
      CTX_AREA_NK100: nk,
    });
    const body = answer.body() as { output1: Record<string, string>[]; ctx_area_nk100: string; rt_cd: string };
    assert.equal(body.rt_cd, '0', answer.text);
    rows.push(...body.output1);
    nk = body.ctx_area_nk100.trim();
  } while (nk !== '');
  return rows;
}

function numberOf(body: Record<string, unknown>): string | null {
  if (body['rt_cd'] !== '0') return null;
  return (body['output'] as { ODNO: string }).ODNO;
}

/** Sends orders and changes one after the other until the process is gone; adds every number that was answered. */
async function trade(client: WireClient, seed: string, answered: string[]): Promise<void> {
  const random = randomFrom(seed);
  const live: string[] = [];
  for (;;) {
    try {
      const isChange = live.length > 0 && random.next() < 0.3;
      const answer = isChange
        ? await changeOne(client, live[random.below(live.length)] ?? '', random.next())
        : await placeOne(client, random);
      const number = numberOf(answer.body());
      if (number !== null) {
        answered.push(number);
        live.push(number);
      }
    } catch {
      // The connection died with the process: nothing was promised, so nothing is written down.
      return;
    }
  }
}

async function placeOne(client: WireClient, random: ReturnType<typeof randomFrom>) {
  const isBuy = random.next() < 0.6;
  const isMarket = random.next() < 0.5;
  return await client.post(`${trading}/order-cash`, isBuy ? 'TTTC0012U' : 'TTTC0011U', {
    ...client.account,
    PDNO: ['252670', '114800', '233740'][random.below(3)],
    ORD_DVSN: isMarket ? '01' : '00',
    ORD_QTY: String(1 + random.below(5)),
    // Multiples of 5 are legal for funds at every price.
    ORD_UNPR: isMarket ? '0' : String(2000 + 5 * random.below(1600)),
  });
}

async function changeOne(client: WireClient, number: string, chance: number) {
  return await client.post(`${trading}/order-rvsecncl`, 'TTTC0013U', {
    ...client.account,
    KRX_FWDG_ORD_ORGNO: '',
    ORGN_ODNO: number,
    ORD_DVSN: '00',
    RVSE_CNCL_DVSN_CD: chance < 0.5 ? '02' : '01',
    ORD_QTY: '0',
    ORD_UNPR: chance < 0.5 ? '0' : '2200',
    QTY_ALL_ORD_YN: 'Y',
  });
}

function checkLedger(ledger: LedgerView): void {
  let expected = cash;
  const held = new Map<string, number>();
  for (const fill of ledger.fills) {
    const value = fill.price * fill.quantity;
    expected += fill.side === 'buy' ? -value - fill.fee : value - fill.fee - fill.tax;
    held.set(
      fill.instrument,
      (held.get(fill.instrument) ?? 0) + (fill.side === 'buy' ? fill.quantity : -fill.quantity),
    );
  }
  const total = ledger.cash + ledger.pending.reduce((sum, { amount }) => sum + amount, 0);
  assert.equal(total, expected);
  const open = [...held].filter(([, quantity]) => quantity > 0);
  assert.equal(ledger.positions.length, open.length);
  assert.deepEqual(new Map(ledger.positions.map(({ instrument, quantity }) => [instrument, quantity])), new Map(open));
}

function checkRows(
  rows: readonly Record<string, string>[],
  answered: readonly string[],
  fills: readonly FillView[],
): void {
  const numbers = rows.map((row) => row['odno'] ?? '');
  assert.equal(new Set(numbers).size, numbers.length, 'no number twice');
  assert.deepEqual(numbers, numbers.toSorted(), 'numbers only grow');
  const known = new Set(numbers);
  assert.deepEqual(
    answered.filter((number) => !known.has(number)),
    [],
    'every answered order exists',
  );
  const filled = new Map<string, number>();
  for (const { number, quantity } of fills) filled.set(number, (filled.get(number) ?? 0) + quantity);
  for (const row of rows) {
    const { ord_qty, tot_ccld_qty, rmn_qty, cncl_cfrm_qty, rjct_qty, odno, cncl_yn } = row;
    assert.equal(Number(tot_ccld_qty), filled.get(odno ?? '') ?? 0);
    if (cncl_yn === 'Y') continue;
    const parts = Number(tot_ccld_qty) + Number(rmn_qty) + Number(cncl_cfrm_qty) + Number(rjct_qty);
    assert.equal(parts, Number(ord_qty), `quantities of ${odno} add up`);
  }
}

describe('the testbed process', () => {
  let home: string;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'snowball-testbed-'));
  });
  after(() => rm(home, { recursive: true, force: true }));

  // Twenty starts of a process cannot be had in two seconds: about fifteen on two cores.
  it('loses no accepted order and doubles none through twenty kills at random moments', async () => {
    const random = randomFrom('kills');
    const answered: string[] = [];
    let credentials: SimulatorCredentials | null = null;
    let token = '';
    let reached = '';
    for (let round = 0; round <= rounds; round += 1) {
      const child = await startTestbedChild(home, { trialDate: '2026-11-20' });
      const kept = await consoleView<SimulatorCredentials>(child, '/credentials');
      const { now } = await consoleView<{ now: string }>(child, '/clock');
      assert.deepEqual(kept, credentials ?? kept, 'keys outlive a kill');
      assert.ok(now > reached, 'time never goes back');
      credentials = kept;
      const client = wireClient(child.hosts.restReal, kept.real);
      client.token = token;
      if (token === '') await client.signIn();
      token = client.token;
      await pause(child, true);
      const { fills, ...ledger } = (await consoleView<{ real: LedgerView }>(child, '/ledger')).real;
      checkLedger({ ...ledger, fills });
      checkRows(await allRows(client), answered, fills);
      await pause(child, false);
      if (round === rounds) {
        child.process.kill('SIGTERM');
        assert.equal(await child.ended, 0);
        break;
      }
      const traders = Array.from({ length: 4 }, (_, index) => trade(client, `${round}/${index}`, answered));
      // After a number of answers and not of milliseconds: a busy machine must not make this an easier test.
      const wanted = answered.length + random.below(20);
      const giveUpMs = performance.now() + 5_000;
      while (answered.length < wanted && performance.now() < giveUpMs) await sleep(1);
      await sleep(random.below(30));
      reached = (await consoleView<{ now: string }>(child, '/clock')).now;
      child.process.kill('SIGKILL');
      await Promise.all(traders);
      assert.equal(await child.ended, 'SIGKILL');
    }
    assert.ok(answered.length > 100, `only ${answered.length} orders were answered`);
  });

  it('ends by itself when its parent is gone, and says in one sentence what a bad boot line lacks', async () => {
    const child = await startTestbedChild(home, { trialDate: '2026-11-20' });
    child.process.stdio[3]?.destroy();

    assert.equal(await child.ended, 0);
    await assert.rejects(
      startTestbedChild('', {}),
      /testbed\.boot-line: Cannot start the testbed: its boot line holds no home folder/,
    );
  });
});
