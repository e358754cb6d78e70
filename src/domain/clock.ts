/** Where time comes from. Pure modules are handed one and never read the machine's. */
export interface Clock {
  /** The market's time; virtual in trial mode. */
  now(): Temporal.Instant;
  /** Milliseconds that only grow, in real time; for timeouts, quiet windows and rates. */
  elapsedMs(): number;
}

/** A clock that moves only when told, for tests, backtests and the simulator of the gateway. */
export class ManualClock implements Clock {
  #now: Temporal.Instant;
  #elapsedMs = 0;

  constructor(start: Temporal.Instant) {
    this.#now = start;
  }

  now(): Temporal.Instant {
    return this.#now;
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  advance(milliseconds: number): void {
    this.#elapsedMs += milliseconds;
    this.#now = this.#now.add({ milliseconds });
  }
}
