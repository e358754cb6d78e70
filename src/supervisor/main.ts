import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SnowballError } from '#domain/errors.ts';
import { runFolderOf } from '#link/run-folder.ts';
import { newToken } from '#link/token.ts';
import { configurationExitCode } from '#link/boot.ts';
import { Child, ChildFailed, type ChildPlan, type Ready } from './child.ts';
import { isPortFree } from './free-port.ts';
import { planHouse } from './house.ts';
import { takeLock } from './lock.ts';
import { keepPulse, type PulseKeeper } from './pulse.ts';
import { Screen } from './screen.ts';
import { startSentence } from './start-sentence.ts';

/**
 * Starts the house and keeps it standing: testbed, the cancel-only process, gateway, runner, server, watchdog, in this
 * order; each again with backoff when it dies; all of them down in reverse order on Ctrl-C. Between it and the gateway
 * goes a sign of life: a gateway that is silent for three seconds is ended and started again. Holds no secret.
 */
const optionsSchema = z.strictObject({
  home: z.string().min(1),
  environment: z.enum(['trial', 'paper']),
  port: z.int().min(0).max(65_535),
  speed: z.number().min(1).max(1_000),
  seed: z.int(),
  config: z.string().min(1),
  language: z.enum(['ko', 'en']),
  watchdog: z.enum(['child', 'apart']).default('child'),
  /** Paper only: a simulated KIS on loopback in the place of the published paper host. */
  simulator: z.strictObject({ rest: z.url(), webSocket: z.url() }).nullable().default(null),
  /** Paper only: the system's key file of the vault. */
  credentialFile: z.string().min(1).nullable().default(null),
});

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const say = (korean: string, english: string): string => (options.language === 'ko' ? korean : english);
const screen = new Screen(say);
const children: Child[] = [];
/** Of each process, as it was started last. */
const builds: Record<string, string> = {};
let pulse: PulseKeeper | null = null;
let isStopping = false;

const events = {
  onReady: (name: string, ready: Ready, isRestart: boolean) => screen.ready(name, ready, isRestart),
  onLine: (name: string, line: string) => screen.wrote(name, line),
  onCrash: (name: string, how: string, retryInMs: number) => {
    screen.crashed(name, how, retryInMs);
    if (!Number.isFinite(retryInMs)) void stop(1);
  },
};

process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));
await start();

async function start(): Promise<void> {
  try {
    // The lock before anything is written: a second start must not touch the capabilities of the first.
    mkdirSync(options.home, { recursive: true, mode: 0o700 });
    const release = takeLock(join(options.home, 'supervisor.lock'), say);
    process.on('exit', release);
    await checkPort();
    const pulseToken = newToken();
    const plans = await planHouse({ ...options, pulseToken });
    screen.opening(options.environment);
    let url = '';
    for (const plan of plans) {
      if (isStopping) return;
      const child = new Child(noting(plan), events);
      children.push(child);
      const ready = await child.start();
      if (plan.name === 'gateway') pulse = await pulseTo(child, pulseToken);
      if (plan.name === 'server') url = String(ready['url']);
    }
    screen.open(url);
  } catch (error) {
    fail(error);
    await stop(1);
  }
}

/** Remembers what the process was started from. */
function noting(plan: ChildPlan): ChildPlan {
  return {
    ...plan,
    boot: () => {
      const boot = plan.boot();
      builds[plan.name] = boot.build;
      return boot;
    },
  };
}

function pulseTo(gateway: Child, token: string): Promise<PulseKeeper> {
  return keepPulse({
    runFolder: runFolderOf(options.home),
    token,
    builds: () => builds,
    onSilent: (silentMs) => {
      // A paper gateway that waits for the key of its vault has nothing to say yet.
      if (options.environment !== 'trial' && !gateway.isUp) return;
      screen.silent('gateway', silentMs);
      gateway.kill();
    },
  });
}

/** The server would find out itself, after seconds in which the others started for nothing. */
async function checkPort(): Promise<void> {
  if (await isPortFree(options.port)) return;
  const lines = [`Port ${options.port} is taken [server.port-in-use]`];
  throw new ChildFailed('server', { how: 'its port is taken', lines, code: configurationExitCode });
}

/** A child that knows what the person must mend has said it in one line; anything else is shown as it came. */
function fail(error: unknown): void {
  if (error instanceof ChildFailed) {
    if (!error.isMendable) for (const line of error.lines) screen.wrote(error.child, line);
    screen.childFailed(error.child, (error.isMendable && startSentence(error.lines, options, say)) || error.how);
  } else if (error instanceof SnowballError) screen.failed(`${error.message} [${error.code}]`);
  else screen.failed(error instanceof Error ? error.message : String(error));
}

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  if (children.length > 0) screen.stopping();
  await pulse?.close();
  for (const child of children.toReversed()) await child.stop();
  if (children.length > 0) screen.stopped();
  process.exit(code);
}
