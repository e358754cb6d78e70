import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '#domain/environment.ts';
import type { Role } from '#link/api.ts';
import type { Boot } from '#link/boot.ts';
import { cliTokenFile, makeRunFolder, runFolderOf } from '#link/run-folder.ts';
import { hashToken, newToken } from '#link/token.ts';
import { buildHash } from './build-hash.ts';
import type { ChildPlan } from './child.ts';
import { freePort } from './free-port.ts';

export interface HouseOptions {
  readonly home: string;
  readonly environment: Environment;
  readonly port: number;
  /** Market seconds per real second in trial mode, 1 to 1,000. */
  readonly speed: number;
  readonly seed: number;
  readonly config: string;
}

const sources = join(import.meta.dirname, '..');
const checkout = join(sources, '..');
const roles: readonly Role[] = ['supervisor', 'runner', 'server', 'cli', 'watchdog'];
/** The testbed answers as often as it is asked: at the 1 a second that KIS allows on paper, charts would crawl. */
const trialCallsPerSecond = 10;
/** No inspector on a signal in any process; a strategy's own flags are the runner's business. */
const nodeFlags = ['--disable-sigusr1'];

/**
 * The four processes of trial mode in the order they start, with fresh capabilities: each child learns its own token
 * and the hashes of those who may call it. Ports of the testbed are chosen once, so that a restart finds them again.
 */
export async function planHouse(options: HouseOptions): Promise<readonly ChildPlan[]> {
  const runFolder = runFolderOf(options.home);
  makeRunFolder(runFolder);
  const tokens = new Map(roles.map((role) => [role, newToken()]));
  writeFileSync(join(runFolder, cliTokenFile), `${tokens.get('cli')}\n`, { mode: 0o600 });
  const ports = await testbedPorts();
  const boot = (role: Role | 'testbed' | 'gateway', callers: readonly Role[], own: Boot['options']): Boot => ({
    home: options.home,
    environment: options.environment,
    runFolder,
    build,
    token: tokens.get(role as Role) ?? newToken(),
    tokenHashes: Object.fromEntries(callers.map((caller) => [caller, hashToken(tokens.get(caller) ?? '')])),
    testbed: {
      rest: `http://127.0.0.1:${ports.restPaper}`,
      webSocket: `ws://127.0.0.1:${ports.wsPaper}`,
      console: `http://127.0.0.1:${ports.console}`,
    },
    options: own,
  });
  const build = buildHash(checkout);
  const plan = (name: string, make: () => Boot): ChildPlan => ({
    name,
    entry: join(sources, name, 'main.ts'),
    nodeFlags,
    boot: make,
  });
  return [
    plan('testbed', () =>
      boot('testbed', [], { ...ports, trialSpeed: options.speed, trialSeed: String(options.seed) }),
    ),
    plan('gateway', () => boot('gateway', roles, { callsPerSecond: trialCallsPerSecond })),
    plan('runner', () => boot('runner', ['server', 'cli', 'supervisor'], { config: options.config })),
    plan('server', () => boot('server', ['supervisor', 'cli'], { port: options.port })),
  ];
}

async function testbedPorts() {
  const [restReal, restPaper, wsReal, wsPaper, console] = await Promise.all(Array.from({ length: 5 }, freePort));
  return { restReal, restPaper, wsReal, wsPaper, console } as Record<
    'restReal' | 'restPaper' | 'wsReal' | 'wsPaper' | 'console',
    number
  >;
}
