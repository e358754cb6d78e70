import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';

import { compileCache } from '../../tests/support/compile-cache.ts';
import { wireClient } from '#brokers/kis/simulator/fixtures/wire-client.ts';

import type { KisTestbedReady } from './kis-command.ts';

const anyPorts = { restReal: 0, restPaper: 0, wsReal: 0, wsPaper: 0 };

function start(options: Record<string, unknown>): {
  child: ChildProcess;
  out: () => Promise<string>;
  err: () => Promise<string>;
} {
  const child = spawn(process.execPath, [new URL('./kis-entry.ts', import.meta.url).pathname], {
    env: { NODE_COMPILE_CACHE: compileCache },
  });
  child.stdin.end(`${JSON.stringify(options)}\n`);
  const line = (stream: typeof child.stdout) => async (): Promise<string> => {
    let text = '';
    for await (const chunk of stream) {
      text += String(chunk);
      if (text.includes('\n')) break;
    }
    return text;
  };
  return { child, out: line(child.stdout), err: line(child.stderr) };
}

describe('the process of `snowball testbed kis`', () => {
  it('prints one line with everything a client needs, serves the chosen day, and ends on SIGTERM', async () => {
    const { child, out } = start({
      ...anyPorts,
      session: 'regular',
      date: '2026-11-21',
      account: '12345678',
      htsId: 'hong',
      permissive: true,
    });

    const text = await out();
    const ready = JSON.parse(text) as KisTestbedReady;
    const client = wireClient(ready.rest.paper, {
      appKey: ready.appKey.paper,
      appSecret: ready.appSecret.paper,
      account: ready.account.paper,
    });
    const signedIn = await client.signIn();
    const order = { ...client.account, PDNO: '005930', ORD_DVSN: '01', ORD_QTY: '1', ORD_UNPR: '0' };
    const placed = await client.post('/uapi/domestic-stock/v1/trading/order-cash', 'VTTC0802U', order);
    const list = await client.get('/uapi/domestic-stock/v1/trading/inquire-daily-ccld', 'VTTC8001R', {
      ...client.account,
      INQR_STRT_DT: '20261121',
      INQR_END_DT: '20261121',
      CCLD_DVSN: '01',
    });
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];

    assert.equal(text.trim().split('\n').length, 1);
    assert.deepEqual(
      [ready.appKey.real.length, ready.appSecret.real.length, ready.htsId, ready.account.real],
      [36, 180, 'hong', '1234567801'],
    );
    assert.notEqual(ready.appKey.real, ready.appKey.paper);
    // Outside clients compare the token's end with their own machine's clock.
    const expires = Temporal.PlainDateTime.from(String(signedIn.body()['access_token_token_expired']));
    const hours = Temporal.Now.plainDateTimeISO('Asia/Seoul').until(expires).total('hours');
    assert.ok(hours > 23.9 && hours <= 24);
    assert.equal(placed.body()['rt_cd'], '0', placed.text);
    assert.equal((list.body()['output1'] as { ord_dt: string }[])[0]?.ord_dt, '20261121');
    assert.equal(code, 0);
  });

  it('says in one sentence that a port is in use, or what option is wrong, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const taken = start({ ...anyPorts, restPaper: port });
    const wrong = start({ ...anyPorts, profile: '1999' });
    const [sentence, complaint] = await Promise.all([taken.err(), wrong.err()]);
    const codes = await Promise.all(
      [taken, wrong].map(async ({ child }) => child.exitCode ?? (await once(child, 'exit'))[0]),
    );
    other.close();

    assert.match(sentence, new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: it is in use`));
    assert.equal(sentence.trim().split('\n').length, 1);
    assert.match(complaint, /profile/);
    assert.deepEqual(codes, [1, 1]);
  });
});
