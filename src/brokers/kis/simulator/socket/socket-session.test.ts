import assert from 'node:assert/strict';
import { createDecipheriv } from 'node:crypto';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';

import { WebSocket } from 'ws';

import { startKisSimulator, type KisSimulator } from '../start.ts';
import { stillMarket } from '../venue/floor/still-market.ts';
import { profileFields, type WireProfile } from './wire-profile.ts';
import { wireClient, type WireClient } from '../fixtures/wire-client.ts';
import { SocketListener, type Ack } from '../fixtures/socket-listener.ts';
import { mondayClock } from '../fixtures/wire-test-kit.ts';

const trading = '/uapi/domestic-stock/v1/trading';

const simulators: KisSimulator[] = [];

async function aSimulator(profile: WireProfile, pingSeconds = 20): Promise<KisSimulator> {
  const simulator = await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    profile,
    permissive: false,
    limits: false,
    session: 'regular',
    home: null,
    market: stillMarket(),
    clock: mondayClock(),
    pingSeconds,
  });
  simulators.push(simulator);
  return simulator;
}

async function approvalOf(simulator: KisSimulator): Promise<string> {
  const { appKey, appSecret } = simulator.credentials.paper;
  const answer = await wireClient(simulator.hosts.rest, simulator.credentials.paper).post('/oauth2/Approval', '', {
    grant_type: 'client_credentials',
    appkey: appKey,
    secretkey: appSecret,
  });
  return String(answer.body()['approval_key']);
}

async function opened(url: string): Promise<SocketListener> {
  const listener = new SocketListener(url);
  await once(listener.socket, 'open');
  return listener;
}

async function signedIn(simulator: KisSimulator): Promise<WireClient> {
  const client = wireClient(simulator.hosts.rest, simulator.credentials.paper);
  await client.signIn();
  return client;
}

async function buy(client: WireClient, quantity: number, price: number): Promise<string> {
  const answer = await client.post(`${trading}/order-cash`, 'VTTC0802U', {
    ...client.account,
    PDNO: '005930',
    ORD_DVSN: '00',
    ORD_QTY: String(quantity),
    ORD_UNPR: String(price),
  });
  return (answer.body()['output'] as { ODNO: string }).ODNO;
}

/** As openssl would: aes-256-cbc over base64, key and iv as raw ASCII bytes. */
function decrypt(frame: string, { key, iv }: Ack['body']['output']): string[] {
  const decipher = createDecipheriv('aes-256-cbc', Buffer.from(key), Buffer.from(iv));
  const payload = Buffer.from(frame.split('|')[3] ?? '', 'base64');
  return Buffer.concat([decipher.update(payload), decipher.final()])
    .toString('utf8')
    .split('^');
}

/** A wrong key leaves a valid padding once in 256 times: then the text is noise. */
function isReadable(frame: string, output: Ack['body']['output'], htsId: string): boolean {
  try {
    return decrypt(frame, output)[0] === htsId;
  } catch {
    return false;
  }
}

describe('SocketSession', () => {
  after(() => Promise.all(simulators.map((simulator) => simulator.close())));

  for (const profile of ['legacy', '2025', '2026-09'] as const) {
    it(`sends the field counts of profile ${profile}`, async () => {
      const simulator = await aSimulator(profile);
      const key = await approvalOf(simulator);
      const client = await signedIn(simulator);
      const listener = await opened(`${simulator.hosts.webSocket}/tryitout`);
      const { htsId } = simulator.credentials;
      const notices = await listener.ask(key, '1', 'H0STCNI9', htsId);
      await listener.ask(key, '1', 'H0STCNT0', '005930');

      const number = await buy(client, 2, 50_100);
      const trade = await listener.nextOf('0|H0STCNT0|');
      const accepted = decrypt(await listener.nextOf('1|H0STCNI9|001|'), notices.body.output);
      const filled = decrypt(await listener.nextOf('1|H0STCNI9|001|'), notices.body.output);
      await listener.ask(key, '1', 'H0STASP0', '005930');
      const book = await listener.nextOf('0|H0STASP0|001|');

      const counts = profileFields[profile];
      const record = (trade.split('|')[3] ?? '').split('^');
      assert.equal(trade.split('|')[2], '001');
      assert.deepEqual([record.length, (book.split('|')[3] ?? '').split('^').length], [counts.trade, counts.book]);
      assert.deepEqual([record[0], record[2], record[12]], ['005930', '50100', '2']);
      assert.deepEqual([accepted.length, filled.length], [counts.notice, counts.notice]);
      assert.deepEqual([accepted[0], accepted[1], accepted[2]], [htsId, simulator.credentials.paper.account, number]);
      assert.deepEqual(
        [accepted.slice(12, 15), filled.slice(12, 15)],
        [
          ['0', '1', '1'],
          ['0', '2', '2'],
        ],
      );
      assert.deepEqual([filled[9], filled[10]], ['0000000002', '000050100']);
      assert.equal(notices.header.encrypt, 'Y');
    });
  }

  it('puts several trades of one moment into one frame', async () => {
    const simulator = await aSimulator('2026-09');
    const key = await approvalOf(simulator);
    const client = await signedIn(simulator);
    const listener = await opened(simulator.hosts.webSocket);
    await listener.ask(key, '1', 'H0STCNT0', '005930');

    await client.post(`${trading}/order-cash`, 'VTTC0012U', {
      ...client.account,
      PDNO: '005930',
      ORD_DVSN: '00',
      ORD_QTY: '5',
      ORD_UNPR: '49500',
    });
    await client.post(`${trading}/order-cash`, 'VTTC0012U', {
      ...client.account,
      PDNO: '005930',
      ORD_DVSN: '00',
      ORD_QTY: '7',
      ORD_UNPR: '49450',
    });
    await fetch(`${simulator.hosts.console}/market/price`, {
      method: 'POST',
      body: JSON.stringify({ symbol: '005930', price: 49_400 }),
    });
    const [, , count, payload = ''] = (await listener.nextOf('0|H0STCNT0|')).split('|');

    assert.equal(count, '002');
    assert.equal(payload.split('^').length, 94);
  });

  it('acknowledges with one key and iv a session, and answers what cannot be', async () => {
    const simulator = await aSimulator('2025');
    const key = await approvalOf(simulator);
    const listener = await opened(simulator.hosts.webSocket);

    const first = await listener.ask(key, '1', 'H0STCNT0', '005930');
    const twice = await listener.ask(key, '1', 'H0STCNT0', '005930');
    const other = await listener.ask(await approvalOf(simulator), '1', 'H0STASP0', '005930');
    const gone = await listener.ask(key, '2', 'H0STASP0', '005930');
    const never = await listener.ask(key, '2', 'H0STASP0', '000660');
    const stranger = await listener.ask('00000000-0000-0000-0000-000000000000', '1', 'H0STCNT0', '000660');
    listener.socket.send('not json');
    const broken = JSON.parse(await listener.nextOf('{')) as Ack;

    assert.deepEqual([first.body.msg_cd, first.body.rt_cd, first.header.encrypt], ['OPSP0000', '0', 'N']);
    assert.deepEqual([first.body.output.iv.length, first.body.output.key.length], [16, 32]);
    assert.deepEqual(other.body.output, first.body.output);
    assert.deepEqual(
      [twice, gone, never, stranger, broken].map((ack) => ack.body.msg_cd),
      ['OPSP0002', 'OPSP0001', 'OPSP0003', 'OPSP0011', 'OPSP9999'],
    );
    assert.match(gone.body.msg1, /^UNSUB/);
  });

  it('takes 41 registrations and one session an app key', async () => {
    const simulator = await aSimulator('2026-09');
    const key = await approvalOf(simulator);
    const listener = await opened(simulator.hosts.webSocket);
    const codes: string[] = [];
    for (let index = 0; index < 42; index += 1) {
      codes.push((await listener.ask(key, '1', 'H0STCNT0', String(100_000 + index))).body.msg_cd);
    }
    const second = await opened(simulator.hosts.webSocket);
    const closed = once(second.socket, 'close');
    const refused = await second.ask(key, '1', 'H0STCNT0', '005930');
    await closed;

    assert.deepEqual(codes.slice(-2), ['OPSP0000', 'OPSP0008']);
    assert.deepEqual([refused.body.msg_cd, refused.body.rt_cd, refused.header.tr_id], ['OPSP8996', '9', '(null)']);
  });

  it('keeps a client that answers its heartbeat in either way, and drops one that does not', async () => {
    const simulator = await aSimulator('2026-09', 0.03);
    const echoing = await opened(simulator.hosts.webSocket);
    const silent = await opened(simulator.hosts.webSocket);
    const dropped = once(silent.socket, 'close');
    for (let beats = 0; beats < 6; beats += 1) {
      const ping = await echoing.nextOf('{"header":{"tr_id":"PINGPONG"');
      if (beats % 2 === 0) echoing.socket.send(ping);
      else echoing.socket.pong(ping);
    }
    await dropped;

    assert.equal(echoing.socket.readyState, WebSocket.OPEN);
  });

  it('plays the faults of pushed frames', async () => {
    const simulator = await aSimulator('2026-09');
    const key = await approvalOf(simulator);
    const client = await signedIn(simulator);
    const listener = await opened(simulator.hosts.webSocket);
    const { output } = (await listener.ask(key, '1', 'H0STCNI9', simulator.credentials.htsId)).body;
    const fault = (name: string): Promise<Response> =>
      fetch(`${simulator.hosts.console}/faults`, {
        method: 'POST',
        body: JSON.stringify({ trId: 'H0STCNI9', fault: name, count: 1 }),
      });

    await fault('notice-duplicate');
    const twice = await buy(client, 1, 49_500);
    const [first, second] = [await listener.nextOf('1|'), await listener.nextOf('1|')];
    await fault('notice-missing');
    await buy(client, 1, 49_500);
    const after = await buy(client, 1, 49_500);
    const next = decrypt(await listener.nextOf('1|'), output);
    await fault('notice-reordered');
    const late = await buy(client, 1, 49_500);
    const early = await buy(client, 1, 49_500);
    const reordered = [
      decrypt(await listener.nextOf('1|'), output)[2],
      decrypt(await listener.nextOf('1|'), output)[2],
    ];
    await fault('notice-undecryptable');
    await buy(client, 1, 49_500);
    const garbled = await listener.nextOf('1|');
    await fault('socket-drop');
    const closed = once(listener.socket, 'close');
    await buy(client, 1, 49_500);
    await closed;

    assert.equal(first, second);
    assert.deepEqual(reordered, [early, late]);
    assert.equal(decrypt(first, output)[2], twice);
    assert.equal(next[2], after);
    assert.ok(!isReadable(garbled, output, simulator.credentials.htsId));
  });
});
