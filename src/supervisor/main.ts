import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Child, type Ready } from './child.ts';
import { planHouse } from './house.ts';
import { takeLock } from './lock.ts';
import { Screen } from './screen.ts';

/**
 * Starts the house and keeps it standing: testbed, gateway, runner, server, in this order; each again with backoff
 * when it dies; all of them down in reverse order on Ctrl-C. Holds no secret and opens no socket.
 */
const optionsSchema = z.strictObject({
  home: z.string().min(1),
  environment: z.enum(['trial']),
  port: z.int().min(0).max(65_535),
  speed: z.number().min(1).max(1_000),
  seed: z.int(),
  config: z.string().min(1),
  language: z.enum(['ko', 'en']),
});

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const screen = new Screen((korean, english) => (options.language === 'ko' ? korean : english));
const children: Child[] = [];
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
    const release = takeLock(join(options.home, 'supervisor.lock'));
    process.on('exit', release);
    const plans = await planHouse(options);
    screen.opening();
    let last: Ready = {};
    for (const plan of plans) {
      if (isStopping) return;
      const child = new Child(plan, events);
      children.push(child);
      last = await child.start();
    }
    screen.open(String(last['url']));
  } catch (error) {
    screen.failed(error instanceof Error ? error.message : String(error));
    await stop(1);
  }
}

async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  if (children.length > 0) screen.stopping();
  for (const child of children.toReversed()) await child.stop();
  if (children.length > 0) screen.stopped();
  process.exit(code);
}
