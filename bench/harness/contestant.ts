import { createInterface } from 'node:readline';

/** What a piece of work took. */
export interface Spent {
  /** By the clock on the wall. */
  readonly ms: number;
  /** Of the processor, by the main thread alone: what else runs on the machine hardly shows in it. */
  readonly threadMs: number;
}

/** What a round leaves behind: its time, and named sums by which results of different processes are compared. */
export interface RoundAnswer extends Spent {
  readonly checksum: Readonly<Record<string, number>>;
}

/**
 * The contestant's side: works one round for each line of standard input and answers it by one line of JSON. What `work`
 * does before it returns its time is its own affair, so that data are made and read outside of the clock.
 */
export async function serveRounds(work: Work): Promise<void> {
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'round') break;
    process.stdout.write(`${JSON.stringify(await work())}\n`);
  }
}

export type Work = () => Promise<RoundAnswer> | RoundAnswer;

/**
 * Work that is done again until a tenth of a second has passed, for rounds whose time is that of one run on the average: the
 * system counts a thread's time in steps of milliseconds, and what others left in the caches is then a small part of it.
 */
export function repeated(work: Work): () => Promise<RoundAnswer> {
  return async () => {
    let [runs, ms, threadMs] = [0, 0, 0];
    let checksum: RoundAnswer['checksum'] = {};
    while (ms < roundMsMin) {
      const answer = await work();
      [runs, ms, threadMs] = [runs + 1, ms + answer.ms, threadMs + answer.threadMs];
      ({ checksum } = answer);
    }
    return { ms: ms / runs, threadMs: threadMs / runs, checksum };
  };
}

const roundMsMin = 100;

/** Runs `work` by the clock. */
export function timed(work: () => Readonly<Record<string, number>>): RoundAnswer {
  const spent = startClock();
  const checksum = work();
  return { ...spent(), checksum };
}

/** What was spent since, each time it is asked. */
export function startClock(): () => Spent {
  const start = performance.now();
  const before = process.threadCpuUsage();
  return () => {
    const ms = performance.now() - start;
    const { user, system } = process.threadCpuUsage(before);
    return { ms, threadMs: (user + system) / 1_000 };
  };
}
