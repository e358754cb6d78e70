import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { Gateway } from '#gateway/gateway.ts';
import { serve } from '#gateway/serve.ts';
import { statusView } from '#gateway/status-view.ts';
import { openJournal } from '#journal/open-journal.ts';
import { threadDisk } from '#journal/thread-disk.ts';
import { hashToken } from '#link/token.ts';
import { dayClient, dayLimits, daySimulator, gatewayClock, standingClock } from '../../tests/support/day-parts.ts';

/**
 * `order-processes.ts broker`: the simulated KIS at ten in the morning; says where it is. `order-processes.ts gateway`:
 * reads where the broker is and where to live, and serves. Both end with their standard input.
 */
export type Whereabouts = Pick<KisSimulator, 'hosts' | 'credentials'>;

export interface GatewayHome {
  readonly broker: Whereabouts;
  readonly folder: string;
  readonly token: string;
}

if (import.meta.main) {
  process.stdin.once('end', () => process.exit(0));
  if (process.argv[2] === 'broker') await actBroker();
  else await actGateway();
}

async function actBroker(): Promise<void> {
  const { hosts, credentials } = await daySimulator('bench', standingClock('10:00'), 'calm');
  say({ hosts, credentials });
  process.stdin.resume();
}

async function actGateway(): Promise<void> {
  const [line] = await once(createInterface({ input: process.stdin }), 'line');
  const { broker: host, folder, token } = JSON.parse(String(line)) as GatewayHome;
  const clock = standingClock('10:00');
  const simulator = { ...host, close: () => Promise.resolve() };
  const broker = dayClient({ simulator, clock, isSecure: false, onIncident: fail });
  const gateway = new Gateway({
    environment: 'trial',
    build: 'bench',
    broker,
    journal: await openJournal({ file: join(folder, 'journal'), diskOf: threadDisk }),
    clock: gatewayClock(clock),
    limits: dayLimits,
    onOrder: () => undefined,
    onTick: () => undefined,
    onStatus: () => undefined,
    onFault: fail,
    onFatal: fail,
  });
  await serve({
    gateway,
    socketPath: join(folder, 's'),
    tokenHashes: { cli: hashToken(token) },
    status: () => statusView(gateway, { account: '', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: fail,
  });
  await gateway.start();
  say({});
}

function say(words: object): void {
  process.stdout.write(`${JSON.stringify(words)}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`);
}
