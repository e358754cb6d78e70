import { Worker } from 'node:worker_threads';
import { unpackRun } from '#backtest/sweep/packed-runs.ts';
import { sharedSeries } from '#backtest/sweep/shared-series.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { stopFlag, sweepUnits, type SweepControl, type SweepNews, type SweepWork } from './sweep-work.ts';

const workerFile = new URL('./sweep-worker.ts', import.meta.url);

export interface PoolOptions {
  readonly options: Omit<SweepOptions, 'keep' | 'onRun'>;
  /** Threads, 1 or more. */
  readonly workers: number;
  /** Runs that are done already, from a file. */
  readonly done: readonly SweepRun[];
  /** Told of new runs as they end, in any order. */
  readonly onRuns: (runs: readonly SweepRun[]) => void;
  /** Ends the sweep early; what is done by then is the result. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a sweep in threads that share the columns of its bars.
 *
 * @returns what is done, in the order of the series and, within one, of the combinations, whatever the number of workers
 * @throws {FixConfiguration} the codes of `checkOptions`
 */
export async function sweepInWorkers(pool: PoolOptions): Promise<readonly SweepRun[]> {
  const { options } = pool;
  const runs = new RunTable(options);
  for (const run of pool.done) runs.set(run);
  const control: SweepControl = new Int32Array(new SharedArrayBuffer(8));
  const { series, ...rest } = options;
  const work: SweepWork = {
    options: rest,
    series: series.map(sharedSeries),
    units: sweepUnits(series.length, options.combinations.length, pool.workers),
    control,
    skip: runs.done,
  };
  const stop = (): void => void Atomics.store(control, stopFlag, 1);
  if (pool.signal?.aborted === true) stop();
  pool.signal?.addEventListener('abort', stop, { once: true });
  const hear = (found: readonly SweepRun[]): void => {
    for (const run of found) runs.set(run);
    pool.onRuns(found);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(pool.workers, work.units.length) }, () => oneWorker(work, hear)));
  } finally {
    // One that failed leaves the others nothing to do.
    stop();
    pool.signal?.removeEventListener('abort', stop);
  }
  return runs.inOrder();
}

async function oneWorker(work: SweepWork, hear: (runs: readonly SweepRun[]) => void): Promise<void> {
  const worker = new Worker(workerFile, { workerData: work });
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (news: SweepNews) => {
      if (news.kind === 'failed') reject(new FixConfiguration(news.code, news.message));
      else hear(news.rows.map((row) => runOf(news.symbol, row)));
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

function runOf(symbol: string, row: unknown): SweepRun {
  const run = unpackRun(symbol, row);
  invariant(run !== null, 'a worker of this build packs what this build unpacks');
  return run;
}

/** Runs by series and combination. */
class RunTable {
  /** As `SweepWork.skip`. */
  readonly done: Uint8Array;
  readonly #runs: (SweepRun | undefined)[];
  readonly #symbols: readonly string[];
  readonly #combinations: number;

  constructor({ series, combinations }: PoolOptions['options']) {
    this.#symbols = series.map(({ instrument }) => instrument.slice(4));
    this.#combinations = combinations.length;
    this.#runs = Array.from({ length: series.length * combinations.length });
    this.done = new Uint8Array(this.#runs.length);
  }

  set(run: SweepRun): void {
    const place = this.#symbols.indexOf(run.symbol) * this.#combinations + run.combination;
    if (place < 0 || place >= this.#runs.length) return;
    this.#runs[place] = run;
    this.done[place] = 1;
  }

  inOrder(): readonly SweepRun[] {
    return this.#runs.filter((run) => run !== undefined);
  }
}
