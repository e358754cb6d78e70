import assert from 'node:assert/strict';
import { meaningOf, type FaultName } from '#brokers/kis/simulator/host/fault-table.ts';
import { date, ids, instruments, strikes } from './day-parts.ts';
import type { SimulatedDay } from './simulated-day.ts';

/** Faults of everything that is not an order, by what is asked or heard when they strike. */
export const readFaults = {
  notices: [
    'fill-before-ack',
    'fill-after-cancel',
    'notice-duplicate',
    'notice-missing',
    'notice-late',
    'notice-reordered',
    'notice-undecryptable',
  ],
  reads: [
    'ledger-storm',
    'numbers-unquoted',
    'numbers-as-words',
    'slow-bytes',
    'wrong-charset',
    'expired-token',
    'revoked-token',
    'foreign-issue',
    'fill-bust',
    'limit-up-lock',
    'limit-down-lock',
    'volatility-interruption',
    'symbol-change',
    'slow-host',
    'clock-step',
  ],
  tokens: ['same-token', 'issue-limit', 'numbers-quoted'],
  handshakes: ['tls-old-version', 'tls-wrong-certificate', 'tls-slow-handshake'],
  lists: [
    'missing-tr-cont',
    'visibility-delay',
    'short-pages',
    'page-error',
    'stale-page',
    'rows-reordered',
    'rejected-rows',
  ],
  trades: [
    'stale-price',
    'zero-price',
    'negative-price',
    'odd-tick',
    'feed-gap',
    'slow-consumer',
    'second-session',
    'socket-drop',
  ],
} as const satisfies Readonly<Record<string, readonly FaultName[]>>;

/** Numbers of days that a read may ask for. */
const countMin = 5;
const countMax = 200;
let reads = 0;

/**
 * One read of the gateway that it does not know yet, because it keeps what it has read; a failure is one of its ends.
 * The last instruments of the list are drilled, and what moves their prices comes first.
 */
async function read(day: SimulatedDay): Promise<void> {
  const span = countMax - countMin;
  const { symbol } =
    instruments.at(-1 - Math.floor(reads / span)) ?? assert.fail('an instrument that was not read yet');
  const count = countMin + (reads % span);
  reads += 1;
  await day.link.call('bars', { symbol, interval: '1d', count }).catch(() => undefined);
}

/** One read at a time meets the fault: five failures in a row would give the host a rest. */
export async function drillReads(day: SimulatedDay, fault: FaultName): Promise<void> {
  await untilStruck(day, fault, async () => {
    await day.on(fault, ids.bars, 1);
    await read(day);
  });
}

/** A token that was withdrawn makes the client ask for another one, and that is what is struck. */
export async function drillTokens(day: SimulatedDay, fault: FaultName): Promise<void> {
  await untilStruck(day, fault, async () => {
    await day.on('revoked-token', ids.bars, 1);
    await day.on(fault, 'tokenP', 1);
    await read(day);
  });
}

/** A connection that was reset makes the client open another one, and its handshake is what is struck. */
export async function drillHandshakes(day: SimulatedDay, fault: FaultName): Promise<void> {
  await untilStruck(day, fault, async () => {
    await day.on('accept-then-reset', ids.bars, 1);
    await day.on(fault, 'tls', 1);
    await read(day);
    await day.off();
    await read(day);
  });
}

async function untilStruck(day: SimulatedDay, fault: FaultName, strike: () => Promise<void>): Promise<void> {
  await day.until(async () => {
    const left = strikes - (await day.struck(fault));
    for (let times = 0; times < left; times += 1) await strike();
    await day.off();
    await read(day);
    return left <= 0;
  }, fault);
}

/** What the pump of inquiries hears, and whoever else asks the gateway's broker for the list. */
export async function drillList(day: SimulatedDay, fault: FaultName): Promise<void> {
  await day.on(fault, ids.list, strikes);
  const round = day.gateway.pump.nextRound();
  await day.until(async () => {
    await day.gateway.broker.orders(date);
    return (await day.struck(fault)) >= strikes;
  }, fault);
  await round;
  await day.off();
}

/** Seconds of a busy market go by until enough of its trades, or the line they come on, were struck. */
export async function drillTrades(day: SimulatedDay, fault: FaultName): Promise<void> {
  const isLineFault = meaningOf(fault).layer === 'stream';
  await day.on(fault, ids.trades, strikes);
  await day.until(async () => {
    await day.step(1);
    if (isLineFault) await day.until(() => day.gateway.monitor.states().stream === 'closed', 'the stream');
    return (await day.struck(fault)) >= strikes;
  }, fault);
  await day.off();
}
