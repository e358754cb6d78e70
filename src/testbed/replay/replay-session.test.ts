import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

import { wireClient } from '#brokers/kis/simulator/fixtures/wire-client.ts';

import { runKisTestbed } from '../kis-command.ts';
import { kisTestbedOptions } from '../kis-options.ts';

const csv = [
  'date,open,high,low,close,volume,code,name',
  '20231219,72800,73400,72800,73400,120000,005930,삼성전자',
  '20231220,74200,74900,73800,74800,240000,005930,삼성전자',
  '20231221,74600,75000,74300,75000,130000,005930,삼성전자',
].join('\n');

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snowball-replay-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, '005930.csv'), csv);
  return folder;
}

interface LedgerFill {
  readonly price: number;
  readonly quantity: number;
  readonly at: number;
}

/** One replayed session, its clock moved by hand through `steps` (seconds), with a buy placed before the open. */
async function session(
  options: Record<string, unknown>,
  steps: readonly number[],
): Promise<{ fills: readonly LedgerFill[]; days: readonly string[]; replay: unknown }> {
  const parsed = kisTestbedOptions.parse({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    tokenThrottleSeconds: 0,
    paused: true,
    ...options,
  });
  const { simulator, ready } = await runKisTestbed(parsed);
  const step = async (seconds: number): Promise<void> => {
    const body = JSON.stringify({ step: seconds });
    const answer = await fetch(`${ready.console}/clock`, { method: 'POST', body });
    assert.equal(answer.status, 200, await answer.text());
  };
  const client = wireClient(simulator.hosts.rest, simulator.credentials.paper);
  await client.signIn();
  await step(900);
  const order = { ...client.account, PDNO: '005930', ORD_DVSN: '00', ORD_QTY: '10', ORD_UNPR: '73900' };
  const placed = await client.post('/uapi/domestic-stock/v1/trading/order-cash', 'VTTC0802U', order);
  assert.equal(placed.body()['rt_cd'], '0', placed.text);
  for (const seconds of steps) await step(seconds);
  const answer = await client.get('/uapi/domestic-stock/v1/quotations/inquire-daily-price', 'FHKST01010400', {
    FID_COND_MRKT_DIV_CODE: 'J',
    FID_INPUT_ISCD: '005930',
    FID_PERIOD_DIV_CODE: 'D',
    FID_ORG_ADJ_PRC: '1',
  });
  const rows = answer.body()['output'] as Record<string, string>[];
  const days = rows.map((row) =>
    [
      row['stck_bsop_date'],
      row['stck_oprc'],
      row['stck_hgpr'],
      row['stck_lwpr'],
      row['stck_clpr'],
      row['acml_vol'],
    ].join(),
  );
  const ledger = (await (await fetch(`${ready.console}/ledger`)).json()) as { paper: { fills: LedgerFill[] } };
  await simulator.close();
  return { fills: ledger.paper.fills, days, replay: ready.replay };
}

const wholeDay = [8 * 3600];

describe('snowball testbed kis --replay', () => {
  it('trades against a past day: its bars are met, its past is known and its future is not', async (t) => {
    const folder = await aFolder(t);

    const { days, fills, replay } = await session({ replay: folder, from: '2023-12-20' }, wholeDay);

    assert.deepEqual(days, ['20231220,74200,74900,73800,74800,240000', '20231219,72800,73400,72800,73400,120000']);
    assert.deepEqual([...new Set(fills.map(({ price }) => price))], [73_900]);
    assert.equal(
      fills.reduce((sum, { quantity }) => sum + quantity, 0),
      10,
    );
    assert.deepEqual(replay, { from: '2023-12-20', to: '2023-12-21', symbols: ['005930'] });
  });

  it('gives the same fills for one seed and the same orders, in whatever steps, and records what it plays', async (t) => {
    const folder = await aFolder(t);
    const [first, second] = [join(folder, 'first.ticks'), join(folder, 'second.ticks')];
    const small = Array.from({ length: 16 }, () => 1800);

    const whole = await session({ replay: folder, from: '2023-12-20', symbols: '005930', record: first }, wholeDay);
    const stepped = await session({ replay: folder, from: '2023-12-20', symbols: '005930' }, small);
    const again = await session({ replay: first, record: second }, small);

    assert.deepEqual(stepped.fills, whole.fills);
    assert.deepEqual(again.days[0], whole.days[0]);
    assert.deepEqual(await prints(second), await prints(first));
  });

  it('says in one sentence what cannot be replayed or recorded', async (t) => {
    const folder = await aFolder(t);
    const start = (options: object): Promise<unknown> =>
      runKisTestbed(kisTestbedOptions.parse({ restReal: 0, ...options }));
    const broken = join(folder, 'broken.ticks');
    await writeFile(broken, '{"format":"snowball-ticks","version":1}\n["x"]\n');

    await assert.rejects(start({ replay: join(folder, 'none') }), { code: 'testbed.replay-missing' });
    await assert.rejects(start({ replay: folder, from: '2024-01-02' }), { code: 'testbed.replay-empty' });
    await assert.rejects(start({ replay: folder, symbols: '000660' }), { code: 'testbed.replay-symbol' });
    await assert.rejects(start({ replay: folder, session: 'regular' }), { code: 'testbed.replay-session' });
    await assert.rejects(start({ replay: broken }), { code: 'testbed.tick-file' });
    await assert.rejects(start({ record: broken }), { code: 'testbed.record-file' });
  });
});

/** Every print of a recording as moment, price and shares, prints of one moment and price added up. */
async function prints(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as (number | string)[]);
  const sums = new Map<string, number>();
  let at = 0;
  for (const [number, afterMs, price, quantity] of lines) {
    if (typeof number !== 'number') continue;
    at += Number(afterMs);
    const key = `${at} ${price}`;
    sums.set(key, (sums.get(key) ?? 0) + Number(quantity));
  }
  return [...sums].map(([key, quantity]) => `${key} ${quantity}`);
}
