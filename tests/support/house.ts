import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewaySocket } from '#link/boot.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { cliTokenFile, runFolderOf } from '#link/run-folder.ts';
import { Child, type Ready } from '#supervisor/child.ts';
import { planHouse } from '#supervisor/house.ts';
import { compileCache } from './compile-cache.ts';

export type ChildName = 'testbed' | 'standby' | 'gateway' | 'runner' | 'server' | 'watchdog';

export interface HouseSettings {
  readonly speed?: number;
  readonly nodeFlags?: readonly string[];
  /** False for a house in which only the test orders. */
  readonly hasStrategies?: boolean;
  /** Options of a child that replace the plan's. */
  readonly options?: Partial<Readonly<Record<ChildName, Readonly<Record<string, string | number | boolean>>>>>;
}

/** The real processes, started as the supervisor starts them, in a home of their own. */
export interface House {
  /** What a person sets `SNOWBALL_HOME` to, so that the command line finds this house; `home` is its trial folder. */
  readonly installation: string;
  readonly home: string;
  readonly ready: ReadonlyMap<string, Ready>;
  /** What the children wrote to their standard errors. */
  readonly lines: readonly string[];
  /** A connection with the command line's capability; it comes back after a restart of the gateway. */
  readonly gateway: LinkClient<GatewayApi>;
  kill(name: ChildName): void;
  /** Null while it is down. */
  pid(name: ChildName): number | null;
  stop(): Promise<void>;
}

const standardConfig = join(import.meta.dirname, '..', '..', 'config', 'snowball.yaml');

const environment: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE: compileCache };
/** Those of a row need nothing of each other and start side by side; the watchdog looks after all that are there. */
const startOrder: readonly (readonly string[])[] = [
  ['testbed', 'standby'],
  ['gateway'],
  ['runner', 'server'],
  ['watchdog'],
];

export async function startHouse(settings: HouseSettings = {}): Promise<House> {
  const installation = mkdtempSync(join(tmpdir(), 'snowball-house-'));
  const home = join(installation, 'trial');
  mkdirSync(home, { mode: 0o700 });
  const config = settings.hasStrategies === false ? withoutStrategies(installation) : standardConfig;
  const plans = await planHouse({ home, environment: 'trial', port: 0, speed: settings.speed ?? 10, seed: 7, config });
  const ready = new Map<string, Ready>();
  const lines: string[] = [];
  const events = {
    onReady: (name: string, details: Ready) => void ready.set(name, details),
    onCrash: () => {},
    onLine: (name: string, line: string) => void lines.push(`${name}: ${line}`),
  };
  const children = new Map<string, Child>();
  let build: string | null = null;
  for (const plan of plans) {
    const own = settings.options?.[plan.name as ChildName] ?? {};
    const boot = () => {
      const planned = plan.boot();
      // One build for the life of a test, whatever is saved to the sources meanwhile.
      build ??= planned.build;
      return { ...planned, build, options: { ...planned.options, ...own } };
    };
    const nodeFlags = [...plan.nodeFlags, ...(settings.nodeFlags ?? [])];
    const child = new Child({ ...plan, boot, nodeFlags, steadyAfterMs: 0, environment }, events);
    children.set(plan.name, child);
  }
  for (const row of startOrder) {
    const started = await Promise.allSettled(row.flatMap((name) => children.get(name)?.start() ?? []));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed === undefined) continue;
    // Those that run already would keep the process of the test alive for ever.
    await stopAll(children);
    throw new Error(`${String(failed.reason)}\n${lines.join('\n')}`);
  }
  const gateway = await openGateway(home);
  const stop = async (): Promise<void> => {
    await gateway.close();
    await stopAll(children);
    rmSync(installation, { recursive: true, force: true });
  };
  const pid = (name: ChildName): number | null => children.get(name)?.pid ?? null;
  const kill = (name: ChildName): void => {
    const running = pid(name);
    if (running) process.kill(running, 'SIGKILL');
  };
  return { installation, home, ready, lines, gateway, kill, pid, stop };
}

async function stopAll(children: ReadonlyMap<string, Child>): Promise<void> {
  for (const child of [...children.values()].toReversed()) await child.stop();
}

function withoutStrategies(installation: string): string {
  const file = join(installation, 'snowball.yaml');
  writeFileSync(file, 'strategies: []\n');
  return file;
}

function openGateway(home: string): Promise<LinkClient<GatewayApi>> {
  const folder = runFolderOf(home);
  const token = readFileSync(join(folder, cliTokenFile), 'utf8').trim();
  return connect({ socketPath: join(folder, gatewaySocket), api: gatewayApi, role: 'cli', token, reconnect: true });
}

/** Between two looks of `eventually()`: soon at first, so that what is quick is not waited for. */
const firstPauseMs = 50;
const lastPauseMs = 200;

/** Asks again until `probe` answers with something, or says after `patienceMs` what it waited for. */
export async function eventually<T>(what: string, patienceMs: number, probe: () => Promise<T | null>): Promise<T> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(lastPauseMs, pauseMs * 1.5)) {
    const found = await probe().catch(() => null);
    if (found !== null) return found;
    if (performance.now() > until) throw new Error(`Waited ${patienceMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
