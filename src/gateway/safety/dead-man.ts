/** Who gives signs of life to the gateway. */
export type Pulse = 'watchdog' | 'supervisor';

export interface DeadManOptions {
  /** Whether its silence counts. */
  readonly watchdog: boolean;
  readonly supervisor: boolean;
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
  readonly build: string;
  readonly halt: (by: string, reason: string) => void;
}

/** The dead man between gateway and supervisor (threat-model §5). */
const supervisorSilenceMaxMs = 3_000;
/** A supervisor has just started us and may have others to start. */
const firstBeatWithinMs = 10_000;
const lookEveryMs = 250;

/**
 * What the gateway knows of those who watch it. The watchdog's silence refuses new risk, which the guard decides by
 * `watchdogSilentMs`; the supervisor's halts, and so does a process of another build (N10). A halt is said once for each
 * time, and only a person takes it back.
 */
export class DeadMan {
  readonly #options: DeadManOptions;
  readonly #heardAtMs: Record<Pulse, number | null> = { watchdog: null, supervisor: null };
  /** Name and build of processes that are not of ours. */
  readonly #strangers = new Map<string, string>();
  #supervisorDueMs = Number.POSITIVE_INFINITY;
  #lookedAtMs = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: DeadManOptions) {
    this.#options = options;
  }

  /** Names of processes that run another build than ours, as last told. */
  get otherBuilds(): readonly string[] {
    return [...this.#strangers.keys()];
  }

  start(): void {
    if (!this.#options.supervisor) return;
    this.#lookedAtMs = this.#options.elapsedMs();
    this.#supervisorDueMs = this.#lookedAtMs + firstBeatWithinMs;
    this.#timer = setInterval(() => this.look(), lookEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** A sign of life, and the builds of the processes its sender knows of, by their names. */
  beat(from: Pulse, builds: Readonly<Record<string, string>>): void {
    const nowMs = this.#options.elapsedMs();
    this.#heardAtMs[from] = nowMs;
    if (from === 'supervisor') this.#supervisorDueMs = nowMs + supervisorSilenceMaxMs;
    for (const [name, build] of Object.entries(builds)) this.#compare(name, build);
  }

  /** Undefined where no watchdog is expected; null when it has not been heard yet. */
  watchdogSilentMs(): number | null | undefined {
    if (!this.#options.watchdog) return undefined;
    const heardAtMs = this.#heardAtMs.watchdog;
    return heardAtMs === null ? null : this.#options.elapsedMs() - heardAtMs;
  }

  /** Whether the supervisor is overdue. Time in which we stood still ourselves proves nothing about it. */
  look(): void {
    const nowMs = this.#options.elapsedMs();
    const stoodStillMs = nowMs - this.#lookedAtMs - lookEveryMs;
    this.#lookedAtMs = nowMs;
    if (stoodStillMs > lookEveryMs) this.#supervisorDueMs += stoodStillMs;
    if (nowMs <= this.#supervisorDueMs) return;
    this.#supervisorDueMs = Number.POSITIVE_INFINITY;
    this.#options.halt('dead man', `the supervisor gave no sign of life for ${supervisorSilenceMaxMs} ms`);
  }

  #compare(name: string, build: string): void {
    if (build === this.#options.build) {
      this.#strangers.delete(name);
      return;
    }
    if (this.#strangers.get(name) === build) return;
    this.#strangers.set(name, build);
    const [theirs, ours] = [build.slice(0, 12), this.#options.build.slice(0, 12)];
    this.#options.halt('rule N10', `${name.slice(0, 40)} runs build ${theirs}, the gateway ${ours}`);
  }
}
