import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { dayClient, dayLimits, daySimulator, gatewayClock, standingClock } from '../../tests/support/day-parts.ts';
import { startGateway } from '../harness/bench-gateway.ts';

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
  const wanted = { environment: 'trial', broker, clock: gatewayClock(clock), limits: dayLimits } as const;
  await startGateway(wanted, folder, token);
  say({});
}

function say(words: object): void {
  process.stdout.write(`${JSON.stringify(words)}\n`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`);
}
