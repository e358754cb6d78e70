import { Worker } from 'node:worker_threads';
import type { BacktestResult } from '#backtest/result.ts';
import { FixConfiguration, RetryLater } from '#domain/errors.ts';
import type { BacktestJob } from '#link/runner-api.ts';
import type { BacktestNews, BacktestWork } from './backtest-work.ts';

interface Job {
  readonly worker: Worker;
  view: BacktestJob;
  result: BacktestResult | null;
  html: string;
}

const runningMax = 2;
const keptMax = 20;
const workerFile = new URL('./backtest-worker.ts', import.meta.url);

/** Backtests in worker threads: at most two at once, the last twenty kept, all gone with this process. */
export class BacktestJobs {
  readonly #jobs = new Map<string, Job>();
  readonly #onChange: (job: BacktestJob) => void;
  #counter = 0;

  constructor(onChange: (job: BacktestJob) => void) {
    this.#onChange = onChange;
  }

  /** @throws {RetryLater} `runner.backtests-busy` while two are running */
  start(work: BacktestWork): BacktestJob {
    const running = [...this.#jobs.values()].filter((job) => job.view.state === 'running').length;
    if (running >= runningMax) {
      throw new RetryLater(
        'runner.backtests-busy',
        `Cannot start a backtest: ${running} are running, at most ${runningMax} at once; wait for one or cancel it`,
      );
    }
    const jobId = `backtest-${(this.#counter += 1)}`;
    const worker = new Worker(workerFile, { workerData: work, resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
    const view: BacktestJob = { jobId, state: 'running', progress: 0, error: '', isSynthetic: work.isSynthetic };
    this.#jobs.set(jobId, { worker, view, result: null, html: '' });
    worker.on('message', (news: BacktestNews) => this.#hear(jobId, news));
    worker.once('error', (error: unknown) => this.#change(jobId, { state: 'failed', error: String(error) }));
    worker.once('exit', () => this.#change(jobId, { state: 'failed', error: 'The backtest ended without a result.' }));
    this.#forgetOldest();
    return view;
  }

  /** @throws {FixConfiguration} `runner.unknown-backtest` */
  view(jobId: string): BacktestJob {
    return this.#job(jobId).view;
  }

  /** @throws {FixConfiguration} `runner.unknown-backtest`; {RetryLater} `runner.backtest-unfinished` */
  result(jobId: string): { readonly result: BacktestResult; readonly html: string } {
    const { result, html, view } = this.#job(jobId);
    if (result !== null) return { result, html };
    throw new RetryLater(
      'runner.backtest-unfinished',
      `Cannot show backtest "${jobId}": it is ${view.state}, wanted done`,
    );
  }

  /** Ends a running one; a finished one stays as it is. @throws {FixConfiguration} `runner.unknown-backtest` */
  async cancel(jobId: string): Promise<BacktestJob> {
    const job = this.#job(jobId);
    this.#change(jobId, { state: 'cancelled' });
    await job.worker.terminate();
    return job.view;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((jobId) => this.cancel(jobId)));
  }

  #job(jobId: string): Job {
    const job = this.#jobs.get(jobId);
    if (job !== undefined) return job;
    throw new FixConfiguration(
      'runner.unknown-backtest',
      `Cannot find backtest "${jobId.slice(0, 40)}": the last ${keptMax} of this start are kept; run it again`,
    );
  }

  #hear(jobId: string, news: BacktestNews): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined || job.view.state !== 'running') return;
    switch (news.kind) {
      case 'progress':
        this.#change(jobId, { progress: news.fraction });
        return;
      case 'failed':
        this.#change(jobId, { state: 'failed', error: news.sentence });
        return;
      case 'done':
        job.result = news.result;
        job.html = news.html;
        this.#change(jobId, { state: 'done', progress: 1 });
    }
  }

  /** Only a running job changes. */
  #change(jobId: string, change: Partial<BacktestJob>): void {
    const job = this.#jobs.get(jobId);
    if (job === undefined || job.view.state !== 'running') return;
    job.view = { ...job.view, ...change };
    this.#onChange(job.view);
  }

  #forgetOldest(): void {
    for (const [jobId, job] of this.#jobs) {
      if (this.#jobs.size <= keptMax) return;
      if (job.view.state !== 'running') this.#jobs.delete(jobId);
    }
  }
}
