import assert from 'node:assert/strict';

import { startKisSimulator, type KisSimulator } from './start.ts';
import { stillMarket } from './still-market.ts';
import { machineClock, type VenueClock } from './venue-clock.ts';
import { wireClient, type RawAnswer, type WireClient } from './wire-client.ts';

/** A still market in memory, open at any hour, on free ports. */
export async function aSimulator(
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
    clock: mondayClock(),
    tokenThrottleSeconds: options.throttle ?? 60,
  });
}

/** Runs in real time from half past ten on Monday, 2026-11-23, so that no test depends on the day it is run. */
export function mondayClock(): VenueClock {
  const start = Temporal.Instant.from('2026-11-23T01:30:00Z');
  const startedMs = performance.now();
  return { ...machineClock(), now: () => start.add({ milliseconds: Math.floor(performance.now() - startedMs) }) };
}

/** A client with a token of one host. */
export async function signedIn(simulator: KisSimulator, environment: 'paper' | 'real'): Promise<WireClient> {
  const host = environment === 'paper' ? simulator.hosts.rest : simulator.hosts.restReal;
  const client = wireClient(host, simulator.credentials[environment], environment);
  await client.signIn();
  return client;
}

/** Switches a fault on at the console. */
export async function fault(simulator: KisSimulator, rule: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${simulator.hosts.console}/faults`, { method: 'POST', body: JSON.stringify(rule) });
  assert.equal(answer.status, 200, await answer.text());
}

/** A block of many rows. */
export function rows(answer: RawAnswer, block: string): Record<string, string>[] {
  return answer.body()[block] as Record<string, string>[];
}

/** A block of one row. */
export function block(answer: RawAnswer, name: string): Record<string, string> {
  return answer.body()[name] as Record<string, string>;
}

const trading = '/uapi/domestic-stock/v1/trading';

/** A small resting buy, or what `changes` make of it. */
export const buy = (client: WireClient, changes: Record<string, string> = {}): Promise<RawAnswer> =>
  client.post(`${trading}/order-cash`, client.environment === 'paper' ? 'VTTC0012U' : 'TTTC0012U', {
    ...client.account,
    PDNO: '005930',
    ORD_DVSN: '00',
    ORD_QTY: '2',
    ORD_UNPR: '49500',
    ...changes,
  });

/** An amendment or cancellation of all that is left. */
export const change = (client: WireClient, fields: Record<string, string>): Promise<RawAnswer> =>
  client.post(`${trading}/order-rvsecncl`, client.environment === 'paper' ? 'VTTC0803U' : 'TTTC0013U', {
    ...client.account,
    KRX_FWDG_ORD_ORGNO: '',
    ORD_DVSN: '00',
    ORD_QTY: '0',
    ORD_UNPR: '0',
    QTY_ALL_ORD_YN: 'Y',
    ...fields,
  });

/** The first page of the daily list, newest first. */
export const orders = (client: WireClient, fields: Record<string, string> = {}): Promise<RawAnswer> =>
  client.get(`${trading}/inquire-daily-ccld`, client.environment === 'paper' ? 'VTTC0081R' : 'TTTC0081R', {
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
