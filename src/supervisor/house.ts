import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '#domain/environment.ts';
import type { Role } from '#link/api.ts';
import type { Boot } from '#link/boot.ts';
import { cliTokenFile, makeRunFolder, runFolderOf, watchdogTokenFile } from '#link/run-folder.ts';
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
  /** Shown to the gateway with the supervisor's signs of life; when not said, their absence does not halt it. */
  readonly pulseToken?: string;
  /** `apart`: the watchdog is a unit of its own, and finds its capability in the run folder; `child` if not said. */
  readonly watchdog?: 'child' | 'apart';
}

const sources = join(import.meta.dirname, '..');
const checkout = join(sources, '..');
const roles: readonly Role[] = ['supervisor', 'gateway', 'runner', 'server', 'cli', 'watchdog'];
const callersOfGateway: readonly Role[] = ['supervisor', 'runner', 'server', 'cli', 'watchdog'];
/** The testbed answers as often as it is asked: at the 1 a second that KIS allows on paper, charts would crawl. */
const trialCallsPerSecond = 10;
/** No inspector on a signal in any process; a strategy's own flags are the runner's business. */
const nodeFlags = ['--disable-sigusr1'];

/**
 * The six processes of trial mode in the order they start, with fresh capabilities: each child learns its own token
 * and the hashes of those who may call it. The watchdog comes last, and is the first to be stopped: an end in order is
 * no silence. The build is taken anew at each start, so that a process started later from changed sources is noticed. Ports of the testbed are chosen once, so that a restart finds them again.
 */
export async function planHouse(options: HouseOptions): Promise<readonly ChildPlan[]> {
  const runFolder = runFolderOf(options.home);
  makeRunFolder(runFolder);
  const tokens = new Map(roles.map((role) => [role, newToken()]));
  if (options.pulseToken !== undefined) tokens.set('supervisor', options.pulseToken);
  writeFileSync(join(runFolder, cliTokenFile), `${tokens.get('cli')}\n`, { mode: 0o600 });
  const isApart = options.watchdog === 'apart';
  rmSync(join(runFolder, watchdogTokenFile), { force: true });
  if (isApart) {
    const lines = `${tokens.get('watchdog')}\n${buildHash(checkout)}\n`;
    writeFileSync(join(runFolder, watchdogTokenFile), lines, { mode: 0o600 });
  }
  const ports = await testbedPorts();
  const boot = (role: Role | 'testbed' | 'standby', callers: readonly Role[], own: Boot['options']): Boot => ({
    home: options.home,
    environment: options.environment,
    runFolder,
    build: buildHash(checkout),
    token: tokens.get(role as Role) ?? newToken(),
    tokenHashes: Object.fromEntries(callers.map((caller) => [caller, hashToken(tokens.get(caller) ?? '')])),
    testbed: {
      rest: `http://127.0.0.1:${ports.restPaper}`,
      webSocket: `ws://127.0.0.1:${ports.wsPaper}`,
      console: `http://127.0.0.1:${ports.console}`,
    },
    options: own,
  });
  const plan = (name: string, make: () => Boot, entry = `${name}/main.ts`): ChildPlan => ({
    name,
    entry: join(sources, entry),
    nodeFlags,
    boot: make,
  });
  return [
    plan('testbed', () =>
      boot('testbed', [], { ...ports, trialSpeed: options.speed, trialSeed: String(options.seed) }),
    ),
    plan('standby', () => boot('standby', ['gateway', 'watchdog'], {}), 'gateway/cancel-only.ts'),
    plan('gateway', () =>
      boot('gateway', callersOfGateway, {
        callsPerSecond: trialCallsPerSecond,
        standby: true,
        watchdog: true,
        pulse: options.pulseToken !== undefined,
      }),
    ),
    plan('runner', () => boot('runner', ['server', 'cli', 'supervisor', 'watchdog'], { config: options.config })),
    plan('server', () => boot('server', ['supervisor', 'cli', 'watchdog'], { port: options.port })),
    ...(isApart ? [] : [plan('watchdog', () => boot('watchdog', [], {}), 'watch/main.ts')]),
  ];
}

async function testbedPorts() {
  const [restReal, restPaper, wsReal, wsPaper, console] = await Promise.all(Array.from({ length: 5 }, freePort));
  return { restReal, restPaper, wsReal, wsPaper, console } as Record<
    'restReal' | 'restPaper' | 'wsReal' | 'wsPaper' | 'console',
    number
  >;
}
