import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { machineLimits } from './harness/machine-limits.ts';
import { installPeers } from './harness/peers.ts';
import { goalVerdicts, printOutcome } from './harness/print-outcome.ts';
import type { BenchMode, RowOutcome } from './harness/row.ts';
import { runRow } from './harness/run-row.ts';
import { agreement } from './agreement.ts';
import { rowsOf } from './rows/rows.ts';

/**
 * `npm run bench -- [quick|full|agreement] [row …] [--json FILE]`: us beside our peers, in the same run on the same data.
 * Ends with 1 when results disagree or a goal is missed; a goal that noise forbids to judge is no failure and is said.
 */
const { mode, names, json } = readArguments(process.argv.slice(2));
installPeers();
if (mode === 'agreement') process.exitCode = (await agreement()) ? 0 : 1;
else await race(mode);

async function race(mode: BenchMode): Promise<void> {
  const limits = machineLimits();
  console.log(
    `Machine: ${limits.processor}, ${limits.cores} cores, ${limits.memoryGib.toFixed(0)} GiB, Node ${limits.node}, load ${limits.load.toFixed(2)}. ` +
      `Copy ${limits.copyGbPerSecond.toFixed(1)} GB/s; fdatasync median ${limits.fdatasyncMs.median.toFixed(2)} ms, p99 ${limits.fdatasyncMs.p99.toFixed(2)} ms.\n`,
  );
  const outcomes: RowOutcome[] = [];
  for (const row of rowsOf(mode)) {
    if (names.length > 0 && !names.includes(row.name)) continue;
    const outcome = await runRow(row);
    outcomes.push(outcome);
    console.log(printOutcome(outcome));
    if (outcome.disagreements.length > 0) process.exitCode = 1;
    if (goalVerdicts(outcome).some(({ isReached }) => isReached === false)) process.exitCode = 1;
  }
  console.log(`Load at the end ${(loadavg()[0] ?? NaN).toFixed(2)}.`);
  if (json !== null) writeFileSync(json, JSON.stringify({ limits, outcomes }, null, 1));
}

function readArguments(args: readonly string[]): {
  readonly mode: BenchMode | 'agreement';
  readonly names: readonly string[];
  readonly json: string | null;
} {
  const at = args.indexOf('--json');
  const rest = at < 0 ? args : args.toSpliced(at, 2);
  const mode = rest.find((word) => word === 'quick' || word === 'full' || word === 'agreement') ?? 'quick';
  return { mode, names: rest.filter((word) => word !== mode), json: at < 0 ? null : (args[at + 1] ?? null) };
}
