import { Worker } from 'node:worker_threads';
import { unpackRun } from '#backtest/sweep/packed-runs.ts';
import { portfoliosOf } from '#backtest/sweep/portfolios.ts';
import { sharedSeries } from '#backtest/sweep/shared-series.ts';
import type { SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { RunTable } from './run-table.ts';
import type { SweepAccount, SweepCrew, SweepJob } from './sweep-crew.ts';
import {
  stopFlag,
  sweepUnits,
  type SweepBeginning,
  type SweepControl,
  type SweepNews,
  type SweepWork,
} from './sweep-work.ts';

const workerFile = new URL('./sweep-worker.ts', import.meta.url);

/**
 * Threads that share the columns of the bars, for what is our own code over the person's data. A thread is started when it
 * is first wanted.
 *
 * @param workers 1 or more
 */
export function threadCrew(account: SweepAccount, workers: number): SweepCrew {
  const beginning: SweepBeginning = { ...account, series: account.series.map(sharedSeries) };
  const threads: Worker[] = [];
  const threadAt = (place: number): Worker => (threads[place] ??= new Worker(workerFile, { workerData: beginning }));
  return {
    run: (job) => runJob(job, { account, workers, threadAt }),
    close: async () => void (await Promise.all(threads.map((thread) => thread.terminate()))),
  };
}

async function runJob(
  job: SweepJob,
  pool: {
    readonly account: SweepAccount;
    readonly workers: number;
    readonly threadAt: (place: number) => Worker;
  },
): Promise<readonly SweepRun[]> {
  const { account, workers, threadAt } = pool;
  const { combinations, from, to, keep, signal } = job;
  const table = new RunTable(account, job);
  const portfolios = job.portfolios ?? [...portfoliosOf(account.subject, account.series).keys()];
  const control: SweepControl = new Int32Array(new SharedArrayBuffer(8));
  const units = sweepUnits(portfolios.length, combinations.length, workers);
  const work: SweepWork = { combinations, from, to, keep, portfolios, units, control, skip: table.done };
  const stop = (): void => void Atomics.store(control, stopFlag, 1);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const hear = (found: readonly SweepRun[]): void => {
    for (const run of found) table.set(run);
    job.onRuns?.(found);
  };
  const wanted = Math.min(workers, units.length);
  const working = Array.from({ length: wanted }, (_, place) => oneThread(threadAt(place), work, hear));
  try {
    await Promise.all(working);
  } finally {
    // One that failed leaves the others nothing to do; none may work on the next sweep before it is through with this.
    stop();
    await Promise.allSettled(working);
    signal?.removeEventListener('abort', stop);
  }
  return table.inOrder();
}

async function oneThread(thread: Worker, work: SweepWork, hear: (runs: readonly SweepRun[]) => void): Promise<void> {
  const over = Promise.withResolvers<void>();
  const onMessage = (news: SweepNews): void => {
    if (news.kind === 'failed') over.reject(new FixConfiguration(news.code, news.message));
    else if (news.kind === 'idle') over.resolve();
    else hear(news.kind === 'kept' ? news.runs : news.rows.map((row) => runOf(news.symbol, row)));
  };
  const onExit = (): void => over.reject(new Error('A thread of the sweep ended before its work'));
  thread.on('message', onMessage).once('error', over.reject).once('exit', onExit);
  // The rule means windows of a browser; a thread's port has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  thread.postMessage(work);
  try {
    await over.promise;
  } finally {
    thread.off('message', onMessage).off('error', over.reject).off('exit', onExit);
  }
}

function runOf(symbol: string, row: unknown): SweepRun {
  const run = unpackRun(symbol, row);
  invariant(run !== null, 'a worker of this build packs what this build unpacks');
  return run;
}
