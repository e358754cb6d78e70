import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { BenchRow, Contestant, Finish, RowOutcome } from './row.ts';
import type { RoundAnswer } from './contestant.ts';

const answerShape = z.object({
  ms: z.number().positive(),
  threadMs: z.number().nonnegative(),
  checksum: z.record(z.string(), z.number().nullable()),
});
const bench = join(import.meta.dirname, '..');
/** A round that has not ended by then is given up, and the row with it. */
const roundMsMax = 180_000;
const goodbyeMsMax = 10_000;

interface Runner {
  readonly contestant: Contestant;
  readonly child: ChildProcess;
  readonly lines: AsyncIterator<string>;
  readonly rounds: RoundAnswer[];
  spentMs: number;
}

/**
 * Runs a row: every contestant in its own process, one round each in turn, so that what disturbs the machine disturbs
 * all of them. The first rounds of each warm it up and are not counted, unless its budget allows no others.
 */
export async function runRow(row: BenchRow): Promise<RowOutcome> {
  const runners: Runner[] = [];
  try {
    for (const contestant of inTurn(row)) runners.push(await startRunner(contestant));
    for (let round = 0; round < row.warmUps + row.rounds; round += 1) await playTurn(runners, row);
  } finally {
    for (const { child } of runners) await dismissed(child);
  }
  const finishes = runners.map((runner) => finishOf(runner, row));
  const [one, other] = finishes.filter(({ contestant }) => contestant.isOurs).map(({ medianMs }) => medianMs);
  const noise = Math.max((one ?? NaN) / (other ?? NaN), (other ?? NaN) / (one ?? NaN)) - 1;
  return { row, finishes, noise, disagreements: disagreementsOf(row, finishes) };
}

/** The end of its input is its sign to go, so that it can take its files away; one that stays is ended. */
async function dismissed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const clock = setTimeout(() => child.kill('SIGKILL'), goodbyeMsMax);
  child.stdin?.end();
  await gone;
  clearTimeout(clock);
}

/** Each of ours twice, the second at the end: the same thing measured again. */
function inTurn({ contestants }: BenchRow): readonly Contestant[] {
  const ours = contestants.filter(({ isOurs }) => isOurs).slice(0, 1);
  return [...contestants, ...ours];
}

async function startRunner(contestant: Contestant): Promise<Runner> {
  const flags = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=6144'];
  const child = spawn(process.execPath, [...flags, join(bench, contestant.program), ...contestant.args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const runner: Runner = { contestant, child, lines, rounds: [], spentMs: 0 };
  const first = await nextLine(runner);
  if (first !== 'ready') throw new Error(`Cannot run ${contestant.name}: it said "${first}", wanted "ready"`);
  return runner;
}

async function playTurn(runners: readonly Runner[], { budgetMs, clock }: BenchRow): Promise<void> {
  for (const runner of runners) if (runner.spentMs < budgetMs) await playRound(runner, clock);
}

async function playRound(runner: Runner, clock: BenchRow['clock']): Promise<void> {
  runner.child.stdin?.write('round\n');
  const answer = answerShape.parse(JSON.parse(await nextLine(runner)));
  const checksum = Object.fromEntries(Object.entries(answer.checksum).map(([key, sum]) => [key, sum ?? NaN]));
  runner.rounds.push({ ...answer, checksum });
  runner.spentMs += clock === 'wall' ? answer.ms : answer.threadMs;
}

async function nextLine({ contestant, child, lines }: Runner): Promise<string> {
  const clock = setTimeout(() => child.kill('SIGKILL'), roundMsMax);
  const line = await lines.next();
  clearTimeout(clock);
  if (line.done === true)
    throw new Error(`Cannot go on with ${contestant.name}: it ended or took over ${roundMsMax} ms`);
  return line.value;
}

function finishOf({ contestant, rounds }: Runner, { clock, warmUps }: BenchRow): Finish {
  const counted = rounds.length > warmUps ? rounds.slice(warmUps) : rounds.slice(-1);
  const factor = contestant.extrapolated ?? 1;
  const timesMs = counted
    .map(({ ms, threadMs }) => factor * (clock === 'wall' ? ms : threadMs))
    .toSorted((one, other) => one - other);
  return { contestant, rounds: counted, timesMs, medianMs: timesMs[Math.floor(timesMs.length / 2)] ?? NaN };
}

function disagreementsOf(row: BenchRow, finishes: readonly Finish[]): readonly string[] {
  const wanted = finishes.find(({ contestant }) => contestant.isOurs)?.rounds[0]?.checksum ?? {};
  const texts = finishes.flatMap(({ contestant, rounds }) =>
    rounds.flatMap(({ checksum }) => differences(contestant, contestant.isOurs ? 0 : row.tolerance, checksum, wanted)),
  );
  return [...new Set(texts)];
}

function differences(
  { name, explained = {}, comparedBy }: Contestant,
  tolerance: number,
  found: RoundAnswer['checksum'],
  wanted: RoundAnswer['checksum'],
): readonly string[] {
  return Object.entries(wanted).flatMap(([key, sum]) => {
    if (comparedBy?.includes(key) === false) return [];
    const other = found[key] ?? NaN;
    const isEqual = Math.abs(other - sum) <= tolerance * Math.abs(sum);
    return isEqual || key in explained ? [] : [`${name}: ${key} is ${other}, ours ${sum}`];
  });
}
