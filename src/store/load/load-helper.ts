import { Worker } from 'node:worker_threads';
import { helperState, helperStates, type LoadJob } from './load-job.ts';

/** A second thread for loads. */
export interface LoadHelper {
  /** Has it take parts of `job` if that is worth it for so many bars; false when it will not. */
  call(job: LoadJob, bars: number): boolean;
  /** Waits until it has left a job that it was called to. False when it does not: it may still write into the memory. */
  isGone(job: LoadJob): boolean;
  close(): void;
}

export interface HelperOptions {
  /** Bars from which a thread is started for a first load: it needs a tenth of a second to be there. */
  readonly startBars: number;
  /** Bars from which a later load, which shows that there are several, is worth a message to the thread. */
  readonly callBars: number;
  /** How long a thread may take for its last part. */
  readonly patienceMs: number;
  readonly program: URL;
}

const usual: HelperOptions = {
  startBars: 4_000_000,
  callBars: 400_000,
  patienceMs: 10_000,
  program: new URL('./load-worker.ts', import.meta.url),
};

/** A helper whose thread is started when it first pays and stays until it is closed; it keeps no process alive. */
export function threadHelper(options: Partial<HelperOptions> = {}): LoadHelper {
  return new ThreadHelper({ ...usual, ...options });
}

class ThreadHelper implements LoadHelper {
  readonly #options: HelperOptions;
  #worker: Worker | null = null;
  #loads = 0;
  #isLost = false;

  constructor(options: HelperOptions) {
    this.#options = options;
  }

  call(job: LoadJob, bars: number): boolean {
    const { startBars, callBars } = this.#options;
    this.#loads += 1;
    if (this.#isLost || bars < (this.#loads === 1 ? startBars : callBars)) return false;
    this.#worker ??= this.#started();
    // The rule means windows of a browser; a thread's port has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#worker?.postMessage(job);
    return this.#worker !== null;
  }

  isGone({ control }: LoadJob): boolean {
    const { called, working, unneeded } = helperStates;
    if (Atomics.compareExchange(control, helperState, called, unneeded) === called) return true;
    Atomics.wait(control, helperState, working, this.#options.patienceMs);
    if (Atomics.load(control, helperState) !== working) return true;
    this.#lose();
    return false;
  }

  close(): void {
    this.#lose();
  }

  #started(): Worker | null {
    try {
      const worker = new Worker(this.#options.program);
      // A thread that failed helps no more: the load it was called to is done without it, as every later one.
      worker.on('error', () => this.#lose());
      worker.unref();
      return worker;
    } catch {
      // Processes under Node's permissions may start no threads: they load by one.
      this.#isLost = true;
      return null;
    }
  }

  #lose(): void {
    this.#isLost = true;
    const worker = this.#worker;
    this.#worker = null;
    // It has a file open only while it works, and closes that itself if it was let to; its answer interests nobody.
    void worker?.terminate();
  }
}
