import type { GatewayClock } from './gateway-clock.ts';

/** INV-42: clock error over 2 s halts new risk. */
const errorMsMax = 2_000;

export interface TimeSources {
  /** Epoch milliseconds of the machine's clock. */
  wallMs(): number;
  /** Milliseconds that only grow. */
  elapsedMs(): number;
}

const machine: TimeSources = { wallMs: () => Date.now(), elapsedMs: () => performance.now() };

/**
 * The clock of paper and real: the machine's own. It is not trusted from the moment at which it jumps by more than two
 * seconds against the time that really passed (a step, a suspend), until the market prints a time that agrees with it.
 */
export class SystemClock implements GatewayClock {
  readonly speed = 1;
  readonly #sources: TimeSources;
  #offsetMs: number;
  #isTrusted = true;

  constructor(sources: TimeSources = machine) {
    this.#sources = sources;
    this.#offsetMs = this.#offset();
  }

  get isTrusted(): boolean {
    if (Math.abs(this.#offset() - this.#offsetMs) > errorMsMax) this.#isTrusted = false;
    return this.#isTrusted;
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(Math.round(this.#sources.wallMs()));
  }

  elapsedMs(): number {
    return this.#sources.elapsedMs();
  }

  /** Prints carry whole seconds, and travel: one within two seconds of ours agrees. */
  observe(instant: Temporal.Instant): void {
    if (this.isTrusted || Math.abs(this.#sources.wallMs() - instant.epochMilliseconds) > errorMsMax) return;
    this.#offsetMs = this.#offset();
    this.#isTrusted = true;
  }

  #offset(): number {
    return this.#sources.wallMs() - this.#sources.elapsedMs();
  }
}
