import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { seoul } from '#domain/trading-date.ts';
import { connect } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import type { StrategyContext } from '#strategy/strategy.ts';
import { quietBroker } from '../src/gateway/fixtures/quiet-broker.ts';
import { CodeBrain } from '../src/runner/sandbox/code-brain.ts';
import { detectIsolation } from '../src/runner/sandbox/isolation-grade.ts';
import { startGateway } from './harness/bench-gateway.ts';

/**
 * T12: what a hostile strategy costs the gateway. Guard decisions over the gateway's socket, one after the other, in blocks
 * that alternate between a quiet runner and one whose three strategies spin, flood and eat memory, each started again as
 * soon as it was ended. Goal: the p99 of the hostile blocks within 10 % of the quiet ones, by the middle of the pairs.
 */
const pairs = Number(process.env['SANDBOX_PAIRS'] ?? 10);
const blockMs = 1_500;
const goal = 1.1;
const now = Temporal.PlainDateTime.from('2026-11-20T10:00').toZonedDateTime(seoul).toInstant();
const [, , role, home = ''] = process.argv;
const token = 'f'.repeat(64);

// Whoever measures is gone: so is the reason to live.
if (role !== undefined) process.stdin.on('end', () => process.exit(0)).resume();
if (role === 'gateway') await actGateway();
else if (role === 'runner') await actRunner();
else await measure();

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const children = await Promise.all(['gateway', 'runner'].map((name) => started(name, folder)));
  const [gateway, runner] = children;
  const client = await connect<GatewayApi>({ socketPath: join(folder, 's'), api: gatewayApi, role: 'cli', token });
  const order = {
    requestId: 'bench',
    strategy: null,
    symbol: '005930',
    side: 'buy',
    type: 'limit',
    price: 70_000,
    quantity: 1,
    reason: 'bench',
  } as const;
  const ask = async (): Promise<void> => void (await client.call('preview', order));
  await block(ask);
  const ratios: number[] = [];
  const quiet: number[] = [];
  const hostile: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const without = await block(ask);
    runner?.stdin?.write('attack\n');
    await once(runner?.stdout as NodeJS.EventEmitter, 'data');
    const under = await block(ask);
    runner?.stdin?.write('rest\n');
    await once(runner?.stdout as NodeJS.EventEmitter, 'data');
    quiet.push(without);
    hostile.push(under);
    ratios.push(under / without);
  }
  await client.close();
  for (const child of [runner, gateway]) child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  const ratio = middle(ratios);
  const text = [middle(quiet), middle(hostile)].map((ms) => `${ms.toFixed(2)} ms`);
  console.log(
    `sandbox: grade ${detectIsolation().grade}, p99 of a decision over the socket, middle of ${pairs} pairs: quiet ${text[0]}, under attack ${text[1]}, ratio ${ratio.toFixed(2)} (goal ${goal})`,
  );
  if (!(ratio <= goal)) process.exitCode = 1;
}

/** The p99 of a block in milliseconds. */
async function block(ask: () => Promise<void>): Promise<number> {
  const spent: number[] = [];
  const endsAtMs = performance.now() + blockMs;
  while (performance.now() < endsAtMs) {
    const from = performance.now();
    await ask();
    spent.push(performance.now() - from);
  }
  return spent.toSorted((a, b) => a - b)[Math.floor(spent.length * 0.99)] ?? Number.NaN;
}

async function started(name: string, folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, name, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.EventEmitter, 'data');
  return child;
}

async function actGateway(): Promise<void> {
  const clock = {
    speed: 1,
    isTrusted: true,
    now: () => now,
    elapsedMs: () => performance.now(),
    observe: () => undefined,
  };
  await startGateway({ environment: 'paper', broker: quietBroker(() => now).broker, clock }, home, token);
  process.stdout.write('ready\n');
}

/** What each does until it is ended: its answer to a bar, and what it sets up on loading. */
const attacks: Readonly<Record<string, readonly [body: string, setup: string]>> = {
  spins: ['for (;;) {}', ''],
  floods: [
    "for (let n = 0; n < 40; n += 1) context.log(bar.instrument, 'x'.repeat(500));",
    "setInterval(() => process.stderr.write('x'.repeat(100_000)), 20);",
  ],
  eats: ['', 'const eaten = []; setInterval(() => eaten.push(new Uint8Array(10_000_000).fill(1)), 20);'],
};

async function actRunner(): Promise<void> {
  const isolation = detectIsolation();
  const brains: CodeBrain[] = [];
  let isAttacking = false;
  const price = won(70_000);
  const bar = { startsAtMs: 0, date: 20_261_120, open: price, high: price, low: price, close: price, volume: 1 };
  const instrument = instrumentId('005930');
  const attack = async (name: string): Promise<void> => {
    const [body = '', setup = ''] = attacks[name] ?? [];
    const file = join(home, `${name}.ts`);
    writeFileSync(file, strategyThat(body, setup));
    const brain = new CodeBrain({
      name: 'hostile',
      file,
      folder: join(home, 'sandbox', name),
      isolation,
      context: deaf(),
      instruments: [instrument],
      priceRules: () => null,
      onFailed: () => void (isAttacking ? attack(name) : undefined),
      onShown: () => undefined,
      onDeciding: () => void setImmediate(() => (isAttacking ? brain.bar(instrument, bar, false) : undefined)),
    });
    brains.push(brain);
    await brain.start().catch(() => undefined);
    brain.bar(instrument, bar, false);
  };
  const change = async (said: string): Promise<void> => {
    isAttacking = said.startsWith('attack');
    if (isAttacking) await Promise.all(Object.keys(attacks).map(attack));
    else await Promise.all(brains.splice(0).map((brain) => brain.stop()));
    process.stdout.write('done\n');
  };
  process.stdin.on('data', (said) => void change(String(said)));
  process.stdout.write('ready\n');
}

function strategyThat(body: string, setup: string): string {
  return `import { defineStrategy } from '#strategy/define-strategy.ts';
${setup}
export const strategy = defineStrategy({
  name: 'hostile', instruments: ['005930'], interval: '1m', warmUpBars: 0,
  onBar(context, bar) { ${body} },
});
`;
}

/** Hears everything and does nothing: what is measured is the machine that both share. */
function deaf(): StrategyContext {
  const money = won(1_000_000);
  return {
    nowMs: 0,
    cash: money,
    equity: money,
    orderValueMax: money,
    positionCount: 0,
    position: () => null,
    hasOpenOrder: () => false,
    limitPrice: (_instrument, _side, lastPrice) => lastPrice,
    submit: () => 'none',
    cancel: () => undefined,
    log: () => undefined,
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
