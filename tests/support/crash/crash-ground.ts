import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startKisSimulator, type KisSimulator } from '#brokers/kis/simulator/start.ts';
import type { Boot } from '#link/boot.ts';
import { hashToken, newToken } from '#link/token.ts';
import { syntheticMarket } from '#testbed/synthetic-market.ts';
import { regularHours, trialStart, VirtualClock } from '#testbed/virtual-clock.ts';
import type { BrokerRow } from '../order-judge.ts';
import type { Deed, Trouble } from './crash-plan.ts';

/** A Monday like any other, so that no run depends on the day it is made. */
const date = Temporal.PlainDate.from('2026-11-23');
/** A minute of the limits passes in six seconds. */
const speed = 10;
/** A connection that idles is ended by the console, perhaps while the next command is on its way. */
const headers = { connection: 'close' };
const quietWindowMs = 2_000;
/** Prices older than five market seconds are refused; half of that. */
const beatMs = 250;

/** One account at one broker in this process, and the home of the gateways that trade it one after the other. */
export interface CrashGround {
  readonly home: string;
  readonly token: string;
  readonly boot: Boot;
  /** Strikes the next call of this kind once; `none` clears what is left of the last. */
  trouble(deed: Deed, trouble: Trouble): Promise<void>;
  orders(): Promise<readonly BrokerRow[]>;
  close(): Promise<void>;
}

/** @param seed chooses the market's prices */
export async function openGround(home: string, seed: number): Promise<CrashGround> {
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 });
  const clock = new VirtualClock({ start: trialStart(date), hoursOf: regularHours, speed, file: null });
  const simulator = await startKisSimulator({
    restReal: 0,
    restPaper: 0,
    wsReal: 0,
    wsPaper: 0,
    console: 0,
    profile: '2026-09',
    permissive: false,
    limits: false,
    session: 'clock',
    home: null,
    market: syntheticMarket({ seed: String(seed) }),
    clock,
    cash: 1_000_000_000,
    tokenThrottleSeconds: 0,
    beatMs,
  });
  const token = newToken();
  return {
    home,
    token,
    boot: bootOf(home, token, simulator),
    trouble: (deed, trouble) => setTrouble(simulator, deed, trouble),
    async orders() {
      const answer = await fetch(`${simulator.hosts.console}/orders`, { headers });
      return ((await answer.json()) as { paper: readonly BrokerRow[] }).paper;
    },
    close: () => simulator.close(),
  };
}

function bootOf(home: string, token: string, { hosts }: KisSimulator): Boot {
  const { rest, webSocket, console } = hosts;
  return {
    home,
    environment: 'trial',
    runFolder: join(home, 'run'),
    build: 'test',
    token: newToken(),
    tokenHashes: { server: hashToken(token) },
    testbed: { rest, webSocket, console },
    options: { callsPerSecond: 100, quietWindowMs },
  };
}

async function setTrouble({ hosts }: KisSimulator, deed: Deed, trouble: Trouble): Promise<void> {
  const url = `${hosts.console}/faults`;
  await fetch(url, { method: 'DELETE', headers });
  if (trouble === 'none') return;
  const trId = deed === 'cancel' || deed === 'amend' ? 'VTTC0013U' : 'VTTC0012U';
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: JSON.stringify({ trId, fault: trouble, count: 1 }),
  });
  if (!answer.ok) throw new Error(`The console refused ${trouble}: ${await answer.text()}`);
}
