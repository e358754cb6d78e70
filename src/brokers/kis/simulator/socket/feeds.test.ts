import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';

import { FrameReader } from '../fixtures/frame-reader.ts';
import { HandClock } from '../fixtures/hand-clock.ts';
import { wireClient, type WireClient } from '../fixtures/wire-client.ts';
import { aSimulator, buy, signedIn } from '../fixtures/wire-test-kit.ts';
import type { KisSimulator } from '../start.ts';

const simulators: KisSimulator[] = [];

async function simulated(options: Parameters<typeof aSimulator>[0] = {}): Promise<KisSimulator> {
  const simulator = await aSimulator({ ...options, beatMs: 20 });
  simulators.push(simulator);
  return simulator;
}

async function approvalOf(simulator: KisSimulator, environment: 'paper' | 'real'): Promise<string> {
  const { appKey, appSecret } = simulator.credentials[environment];
  const host = environment === 'paper' ? simulator.hosts.rest : simulator.hosts.restReal;
  const answer = await wireClient(host, simulator.credentials[environment], environment).post('/oauth2/Approval', '', {
    grant_type: 'client_credentials',
    appkey: appKey,
    secretkey: appSecret,
  });
  return String(answer.body()['approval_key']);
}

async function reader(url: string): Promise<FrameReader> {
  const frames = new FrameReader(url);
  await once(frames.socket, 'open');
  return frames;
}

/** Fields of the first record of a frame. */
function record(frame: string): readonly string[] {
  const [, , count = '1', payload = ''] = frame.split('|');
  const fields = payload.split('^');
  return fields.slice(0, fields.length / Number(count));
}

async function onReal(options: Parameters<typeof aSimulator>[0] = {}, query = '') {
  const simulator = await simulated(options);
  const client: WireClient = await signedIn(simulator, 'real');
  const frames = await reader(`${simulator.hosts.webSocketReal}/tryitout${query}`);
  const approval = await approvalOf(simulator, 'real');
  return { simulator, client, frames, register: (trId: string, key: string) => frames.register(approval, trId, key) };
}

describe('websocket feeds', () => {
  after(() => Promise.all(simulators.map((simulator) => simulator.close())));

  it('tell trades by board, and of both together', async () => {
    const { client, frames, register } = await onReal();
    for (const trId of ['H0STCNT0', 'H0NXCNT0', 'H0UNCNT0']) assert.equal(await register(trId, '005930'), 'OPSP0000');

    await buy(client, { ORD_UNPR: '50100', ORD_QTY: '2', EXCG_ID_DVSN_CD: 'KRX' });
    const [krx, first] = [record(await frames.next('0|H0STCNT0|')), record(await frames.next('0|H0UNCNT0|'))];
    await buy(client, { ORD_UNPR: '50200', ORD_QTY: '3', EXCG_ID_DVSN_CD: 'NXT' });
    const [nxt, second] = [record(await frames.next('0|H0NXCNT0|')), record(await frames.next('0|H0UNCNT0|'))];

    assert.deepEqual([krx.length, nxt.length, first.length], [47, 47, 47]);
    assert.deepEqual([krx[12], nxt[12], first[12], second[12]], ['2', '3', '2', '3']);
    assert.equal(Number(second[13]), Number(krx[13]) + Number(nxt[13]), 'volumes of both boards');
    assert.deepEqual([krx[34], krx[46]], ['20', '2']);
  });

  it('send books of NXT and of both boards with the middle prices', async () => {
    const { client, frames, register } = await onReal();
    await register('H0STASP0', '005930');
    await register('H0NXASP0', '005930');
    await register('H0UNASP0', '005930');

    await buy(client, { ORD_UNPR: '49500', EXCG_ID_DVSN_CD: 'NXT' });
    const [nxt, unified] = [record(await frames.next('0|H0NXASP0|')), record(await frames.next('0|H0UNASP0|'))];
    await buy(client, { ORD_UNPR: '49500', EXCG_ID_DVSN_CD: 'KRX' });
    const krx = record(await frames.next('0|H0STASP0|'));

    assert.deepEqual([krx.length, nxt.length, unified.length], [60, 66, 67]);
    const middle = String((Number(nxt[3]) + Number(nxt[13])) / 2);
    assert.deepEqual([nxt[62], unified[62]], [middle, middle]);
    assert.ok(Number(unified[43]) > Number(nxt[43]), 'shares of both boards wait');
  });

  it('say nothing on the unified feed where NXT does not trade', async () => {
    const { client, frames, register } = await onReal();
    await register('H0STCNT0', '069500');
    await register('H0UNCNT0', '069500');
    await buy(client, { PDNO: '069500', ORD_UNPR: '50100' });
    await frames.next('0|H0STCNT0|');

    assert.deepEqual(frames.waiting('0|H0UNCNT0|'), []);
  });

  it('follow trades with index levels and values of ETFs, once a second', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T10:30:00+09:00'));
    const { client, frames, register } = await onReal({ clock });
    await register('H0UPCNT0', '0001');
    await register('H0STNAV0', '069500');

    await buy(client, { ORD_UNPR: '50100' });
    await buy(client, { ORD_UNPR: '50100' });
    clock.advance(1000);
    await buy(client, { ORD_UNPR: '50100' });
    await buy(client, { PDNO: '069500', ORD_UNPR: '50100' });
    const [first, second] = [record(await frames.next('0|H0UPCNT0|')), record(await frames.next('0|H0UPCNT0|'))];
    const nav = record(await frames.next('0|H0STNAV0|'));

    assert.deepEqual([first.length, second.length, nav.length], [30, 30, 8]);
    assert.deepEqual([first[0], first[1], second[1]], ['0001', '103000', '103001']);
    assert.equal(nav[0], '069500');
  });

  it('announce the phases of the day and what an auction would print', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T15:19:59+09:00'));
    const { client, frames, register } = await onReal({ session: 'clock', clock });
    await register('H0STMKO0', '005930');
    await register('H0STANC0', '005930');

    clock.advance(2000);
    const collecting = record(await frames.next('0|H0STMKO0|'));
    await buy(client, { ORD_UNPR: '50000' });
    const expected = record(await frames.next('0|H0STANC0|'));
    clock.advance(10 * 60_000);
    const closed = record(await frames.next('0|H0STMKO0|'));

    assert.deepEqual([collecting.length, collecting[0], collecting[2], collecting[3]], [11, '005930', '(null)', '121']);
    assert.deepEqual([expected.length, expected[0], expected[43]], [45, '005930', 'A']);
    assert.ok(Number(expected[2]) > 0 && Number(expected[12]) > 0);
    assert.equal(closed[3], '129');
  });

  it('tell an interruption to those who listen to its instrument, when it begins and when it ends', async () => {
    const clock = new HandClock(Temporal.Instant.from('2026-11-23T10:30:00+09:00'));
    const { simulator, client, frames, register } = await onReal({ session: 'clock', clock });
    await register('H0STMKO0', '005930');
    await register('H0UNMKO0', '005930');
    await register('H0STMKO0', '000660');

    await buy(client, { ORD_UNPR: '49500', ORD_QTY: '1' });
    await fetch(`${simulator.hosts.console}/market/price`, {
      method: 'POST',
      body: JSON.stringify({ symbol: '005930', price: 62_000 }),
    });
    await buy(client, { ORD_UNPR: '62500', ORD_QTY: '1' });
    const begun = record(await frames.next('0|H0STMKO0|'));
    const unified = record(await frames.next('0|H0UNMKO0|'));
    clock.advance(3 * 60_000);
    const ended = record(await frames.next('0|H0STMKO0|'));

    assert.deepEqual([begun[0], begun[3], begun[8], begun[10]], ['005930', '164', 'Y', '1']);
    assert.deepEqual(unified, begun);
    assert.deepEqual([ended[0], ended[3], ended[8]], ['005930', '112', 'N']);
  });

  it('speak the profile of the address, else the one the console chose for the key', async () => {
    const { simulator, client, frames, register } = await onReal({ profile: '2026-09' }, '?profile=2025');
    await register('H0STCNT0', '005930');
    await buy(client, { ORD_UNPR: '50100' });
    assert.equal(record(await frames.next('0|H0STCNT0|')).length, 46);

    const paper = await reader(simulator.hosts.webSocket);
    const approval = await approvalOf(simulator, 'paper');
    await paper.register(approval, 'H0STASP0', '005930');
    const chosen = await fetch(`${simulator.hosts.console}/profiles`, {
      method: 'POST',
      body: JSON.stringify({ appKey: simulator.credentials.paper.appKey, profile: 'legacy' }),
    });
    assert.equal(chosen.status, 200);
    await paper.register(approval, 'H0STCNI9', simulator.credentials.htsId);
    await buy(await signedIn(simulator, 'paper'), { ORD_UNPR: '49900' });
    const frame = record(await paper.next('0|H0STASP0|'));

    assert.equal(frame.length, 59);
    assert.equal((await paper.notice()).length, 23);
  });

  it('refuse on paper what only the real host has, and stay silent on what nobody simulates', async () => {
    const simulator = await simulated();
    const [paper, real] = [await reader(simulator.hosts.webSocket), await reader(simulator.hosts.webSocketReal)];
    const approvals = { paper: await approvalOf(simulator, 'paper'), real: await approvalOf(simulator, 'real') };
    for (const trId of ['H0NXCNT0', 'H0STMKO0', 'H0UPCNT0', 'H0STANC0', 'H0STMBC0', 'H0XXXXX0']) {
      assert.equal(await paper.register(approvals.paper, trId, '005930'), 'OPSP8991', trId);
    }
    for (const trId of ['H0STMBC0', 'H0UNPGM0', 'H0STOUP0']) {
      assert.equal(await real.register(approvals.real, trId, '005930'), 'OPSP0000', trId);
    }
    assert.equal(await real.register(approvals.real, 'H0STCNT0', ''), 'OPSP9990');
  });
});
