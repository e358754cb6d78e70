import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { newToken } from '#link/token.ts';
import { instruments } from '../../tests/support/day-parts.ts';
import { serveRounds, startClock } from '../harness/contestant.ts';
import type { GatewayHome, Whereabouts } from './order-processes.ts';

/**
 * `durable-order.ts gateway|direct|rested`: so many orders one after the other, each known to be accepted before the next.
 * `gateway`: over its socket, judged by the guard, durable before it is sent and again when it is answered. `direct`: the
 * bare call to the same simulated broker over a connection that is open already. `rested`: the same call after a rest,
 * which is not counted.
 */
const ordersOfRound = 10;
/** About as long as the gateway is busy between two of its own calls. */
const restMs = 4;
const mode = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'bench-order-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let placed = 0;
const broker = await started<Whereabouts>('broker');
const place = mode === 'gateway' ? await byGateway() : await byHand();

await serveRounds(async () => {
  const spent = startClock();
  let accepted = 0;
  let restedMs = 0;
  for (let order = 0; order < ordersOfRound; order += 1) {
    if (mode === 'rested') restedMs += await rest();
    accepted += Number(await place(nextWish()));
  }
  const { ms, threadMs } = spent();
  return { ms: ms - restedMs, threadMs, checksum: { accepted } };
});
process.exit(0);

/** Milliseconds that it took. */
async function rest(): Promise<number> {
  const start = performance.now();
  await pause(restMs);
  return performance.now() - start;
}

interface Wish {
  readonly symbol: string;
  readonly price: number;
  readonly quantity: number;
}

/** Below the market, so that it rests; never the same twice, which the guard would take for a mistake. */
function nextWish(): Wish {
  placed += 1;
  const which = placed % instruments.length;
  return { symbol: instruments[which]?.symbol ?? '', price: 30_000 + 5_000 * which - 500, quantity: 10 + placed };
}

async function byGateway(): Promise<(wish: Wish) => Promise<boolean>> {
  const home: GatewayHome = { broker, folder, token: newToken() };
  await started('gateway', home);
  const link = await connect({ socketPath: join(folder, 's'), api: gatewayApi, role: 'cli', token: home.token });
  for (const { symbol } of instruments) await link.call('quote', { symbol });
  return async (wish) => {
    const requestId = `order ${wish.quantity}`;
    const order = { requestId, strategy: null, side: 'buy', type: 'limit', reason: 'bench', ...wish } as const;
    return (await link.call('submit', order)).state === 'acked';
  };
}

async function byHand(): Promise<(wish: Wish) => Promise<boolean>> {
  const { hosts, credentials } = broker;
  const pool = new Pool(hosts.rest, { connections: 1 });
  const { appKey: appkey, appSecret: appsecret, account } = credentials.paper;
  const post = async (
    path: string,
    headers: Record<string, string>,
    body: object,
  ): Promise<Record<string, unknown>> => {
    const answer = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
    });
    return (await answer.body.json()) as Record<string, unknown>;
  };
  const token = await post('/oauth2/tokenP', {}, { grant_type: 'client_credentials', appkey, appsecret });
  const headers = {
    authorization: `Bearer ${String(token['access_token'])}`,
    appkey,
    appsecret,
    tr_id: 'VTTC0012U',
    custtype: 'P',
  };
  return async ({ symbol, price, quantity }) => {
    const answer = await post('/uapi/domestic-stock/v1/trading/order-cash', headers, {
      CANO: account.slice(0, 8),
      ACNT_PRDT_CD: account.slice(-2),
      PDNO: symbol,
      ORD_DVSN: '00',
      ORD_QTY: String(quantity),
      ORD_UNPR: String(price),
      EXCG_ID_DVSN_CD: 'KRX',
    });
    if (answer['rt_cd'] !== '0') throw new Error(`The broker refused: ${JSON.stringify(answer)}`);
    return true;
  };
}

/** A process of `order-processes.ts`; it ends when this one does. */
async function started<Answer>(role: string, words?: object): Promise<Answer> {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'order-processes.ts'), role], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (words !== undefined) child.stdin.write(`${JSON.stringify(words)}\n`);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return JSON.parse(String(line)) as Answer;
}
