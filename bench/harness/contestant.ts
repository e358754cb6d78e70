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
export async function serveRounds(work: () => Promise<RoundAnswer> | RoundAnswer): Promise<void> {
  process.stdout.write('ready\n');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'round') break;
    process.stdout.write(`${JSON.stringify(await work())}\n`);
  }
}

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
