export interface StrategyPulseOptions {
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** Silence that halts, in real milliseconds. */
  readonly silenceMaxMs: () => number;
  readonly halt: (strategy: string, reason: string) => void;
}

const lookEveryMs = 500;
/** Strategies watched at a time; a runner has far fewer. */
const watchedMax = 200;

/**
 * The dead man of strategies (threat-model §5): whoever has given a sign of life and gives none for five seconds is halted
 * and its open orders are withdrawn. One that its runner leaves out of the next sign has been stopped, which is no fault.
 */
export class StrategyPulse {
  readonly #options: StrategyPulseOptions;
  readonly #heardAtMs = new Map<string, number>();
  #lookedAtMs = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: StrategyPulseOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lookedAtMs = this.#options.elapsedMs();
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** @param strategies all that run, by name */
  beat(strategies: readonly string[]): void {
    const nowMs = this.#options.elapsedMs();
    this.#heardAtMs.clear();
    for (const strategy of strategies.slice(0, watchedMax)) this.#heardAtMs.set(strategy, nowMs);
  }

  /** Time in which we stood still ourselves proves nothing about anybody. */
  look(): void {
    const { elapsedMs, silenceMaxMs, halt } = this.#options;
    const nowMs = elapsedMs();
    const stoodStillMs = nowMs - this.#lookedAtMs - lookEveryMs;
    this.#lookedAtMs = nowMs;
    for (const [strategy, heardAtMs] of this.#heardAtMs) {
      const dueMs = heardAtMs + (stoodStillMs > lookEveryMs ? stoodStillMs : 0);
      this.#heardAtMs.set(strategy, dueMs);
      if (nowMs - dueMs <= silenceMaxMs()) continue;
      this.#heardAtMs.delete(strategy);
      halt(strategy, `it gave no sign of life for ${silenceMaxMs()} ms`);
    }
  }
}
