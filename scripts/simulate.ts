import { parseArgs } from 'node:util';
import { faultNames } from '#gateway/simulation/fault-odds.ts';
import { playHistory } from '#gateway/simulation/history.ts';
import { simulate, type Broken, type Summary } from '#gateway/simulation/simulate.ts';

/**
 * `npm run simulate -- --seed N --runs M [--trace] [--crash-everywhere] [--crash-at STEP]`: histories of gateway, disk,
 * broker, market and people (T01). `--trace` prints the journal of each, which is the same byte for byte whenever the
 * seed is played; a seed that breaks a promise is printed with the command that plays it again.
 */
const throughEvery = 20;
const progressMs = 10_000;

const chosen = options();
if (chosen.trace) trace(chosen.seed, chosen.runs);
else play();

function options() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '1000' },
      trace: { type: 'boolean', default: false },
      'crash-everywhere': { type: 'boolean', default: false },
      'crash-at': { type: 'string' },
    },
  });
  const { trace: isTrace, 'crash-everywhere': crashesEverywhere, 'crash-at': step } = values;
  return {
    seed: whole('seed', values.seed),
    runs: whole('runs', values.runs),
    trace: isTrace,
    crashesEverywhere,
    crash: step === undefined ? {} : { crashAtStep: whole('crash-at', step) },
  };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    process.stderr.write(`Cannot read --${name} "${text}": wanted a whole number from 0 to 999999999\n`);
    process.exit(2);
  }
  return Number(text);
}

function trace(seed: number, runs: number): void {
  for (let index = 0; index < runs; index += 1) {
    const history = playHistory({ seed: seed + index, isThrough: true, ...chosen.crash });
    for (const line of history.trace()) process.stdout.write(`${line}\n`);
    for (const sentence of history.broken) process.stdout.write(`✗ seed ${history.seed}: ${sentence}\n`);
    if (history.broken.length > 0) process.exitCode = 1;
  }
}

function play(): void {
  const { seed, runs, crashesEverywhere, crash } = chosen;
  const startedAt = performance.now();
  let saidAt = startedAt;
  const summary = simulate({
    seed,
    runs,
    throughEvery,
    crashesEverywhere,
    ...crash,
    onHistory: (done) => {
      if (performance.now() - saidAt < progressMs) return;
      saidAt = performance.now();
      process.stderr.write(`${done} of ${runs} seeds\n`);
    },
  });
  print(summary, (performance.now() - startedAt) / 1_000);
  process.exitCode = summary.broken.length > 0 ? 1 : 0;
}

function print(summary: Summary, seconds: number): void {
  const { histories, sent, crashes, steps, struck, reached, lost, doubled, stuck, otherwise } = summary;
  const lines = [
    `${histories} histories in ${seconds.toFixed(1)} s, ${Math.round(histories / seconds)} a second`,
    `${sent} orders sent, ${crashes} crashes, ${steps} steps at which the process could die`,
    `faults: ${struck.size} of ${faultNames.length} struck`,
    ...faultNames.map((name) => `  ${String(struck.get(name) ?? 0).padStart(9)} ${name}`),
    'states: histories that reached each',
    ...[...reached]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => `  ${String(count).padStart(9)} ${kind}`),
    ...summary.broken.map(brokenLine),
    `${lost} lost, ${doubled} doubled, ${stuck} stuck, ${otherwise} other promises broken`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function brokenLine({ seed, crashAtStep, sentences }: Broken): string {
  const where = crashAtStep === null ? '' : ` with a crash at step ${crashAtStep}`;
  const again = crashAtStep === null ? '' : ` --crash-at ${crashAtStep}`;
  return `✗ seed ${seed}${where}: ${sentences.join('; ')}
  again: npm run simulate -- --seed ${seed} --runs 1${again} --trace`;
}
