import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '#domain/environment.ts';
import type { Role } from '#link/api.ts';
import type { Boot } from '#link/boot.ts';
import { adminTokenFile, cliTokenFile, makeRunFolder, runFolderOf, watchdogTokenFile } from '#link/run-folder.ts';
import { sealedNode } from '#link/sealed-node.ts';
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
  /** Paper only: a simulated KIS on loopback; null or unsaid for the published paper host. */
  readonly simulator?: { readonly rest: string; readonly webSocket: string } | null;
  /** Paper only: the key file with which the gateway opens its vault; a person does it when there is none. */
  readonly credentialFile?: string | null;
}

const sources = join(import.meta.dirname, '..');
const checkout = join(sources, '..');
const roles: readonly Role[] = ['supervisor', 'gateway', 'runner', 'server', 'cli', 'admin', 'watchdog'];
const callersOfGateway: readonly Role[] = ['supervisor', 'runner', 'server', 'cli', 'admin', 'watchdog'];
const terminalTokens = [
  ['cli', cliTokenFile],
  ['admin', adminTokenFile],
] as const;
/** The testbed answers as often as it is asked: at the 1 a second that KIS allows on paper, charts would crawl. */
const trialCallsPerSecond = 10;
/**
 * The capabilities that lie in files, ops and admin: a copy of it is worth nothing after a week. `snowball halt` works on without it, by
 * its file; the rest asks for a restart.
 */
const cliTokenHours = 168;
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
  for (const [role, file] of terminalTokens) {
    rmSync(join(runFolder, file), { force: true });
    writeFileSync(join(runFolder, file), `${tokens.get(role)}\n`, { mode: 0o600 });
  }
  const isApart = options.watchdog === 'apart';
  rmSync(join(runFolder, watchdogTokenFile), { force: true });
  if (isApart) {
    const lines = `${tokens.get('watchdog')}\n${buildHash(checkout)}\n${options.config}\n`;
    writeFileSync(join(runFolder, watchdogTokenFile), lines, { mode: 0o600 });
  }
  const cliTokenEndsAt = Temporal.Now.instant().add({ hours: cliTokenHours }).toString();
  const ports = await testbedPorts();
  const isTrial = options.environment === 'trial';
  const testbed = isTrial ? hostsOf(ports) : options.simulator ? { ...options.simulator, console: '' } : null;
  const boot = (role: Role | 'testbed' | 'standby', callers: readonly Role[], own: Boot['options']): Boot => ({
    home: options.home,
    environment: options.environment,
    runFolder,
    build: buildHash(checkout),
    token: tokens.get(role as Role) ?? newToken(),
    tokenHashes: Object.fromEntries(callers.map((caller) => [caller, hashToken(tokens.get(caller) ?? '')])),
    tokenEndsAt: { cli: cliTokenEndsAt, admin: cliTokenEndsAt },
    testbed,
    options: own,
  });
  // Those that hold keys start from a Node that nobody may read, where that makes a difference.
  const sealed = sealedNode(options.home);
  const plan = (name: string, make: () => Boot, entry = `${name}/main.ts`): ChildPlan => ({
    name,
    entry: join(sources, entry),
    nodeFlags,
    ...(sealed !== null && entry.startsWith('gateway/') ? { node: sealed } : {}),
    boot: make,
  });
  const market = plan('testbed', () =>
    boot('testbed', [], { ...ports, trialSpeed: options.speed, trialSeed: String(options.seed) }),
  );
  return [
    ...(isTrial ? [market] : []),
    plan('standby', () => boot('standby', ['gateway', 'watchdog'], {}), 'gateway/cancel-only.ts'),
    plan('gateway', () =>
      boot('gateway', callersOfGateway, {
        ...(isTrial ? { callsPerSecond: trialCallsPerSecond } : {}),
        ...(options.credentialFile ? { credentialFile: options.credentialFile } : {}),
        config: options.config,
        posture: true,
        sealed: sealed !== null,
        standby: true,
        watchdog: true,
        pulse: options.pulseToken !== undefined,
      }),
    ),
    plan('runner', () => boot('runner', ['server', 'cli', 'supervisor', 'watchdog'], { config: options.config })),
    plan('server', () => boot('server', ['supervisor', 'cli', 'admin', 'watchdog'], { port: options.port })),
    ...(isApart ? [] : [plan('watchdog', () => boot('watchdog', [], { config: options.config }), 'watch/main.ts')]),
  ];
}

function hostsOf(ports: Awaited<ReturnType<typeof testbedPorts>>): NonNullable<Boot['testbed']> {
  return {
    rest: `http://127.0.0.1:${ports.restPaper}`,
    webSocket: `ws://127.0.0.1:${ports.wsPaper}`,
    console: `http://127.0.0.1:${ports.console}`,
  };
}

async function testbedPorts() {
  const [restReal, restPaper, wsReal, wsPaper, console] = await Promise.all(Array.from({ length: 5 }, freePort));
  return { restReal, restPaper, wsReal, wsPaper, console } as Record<
    'restReal' | 'restPaper' | 'wsReal' | 'wsPaper' | 'console',
    number
  >;
}
