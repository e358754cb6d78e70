/**
 * The market's time in this process: told by the gateway, and carried on between two tellings at the market's speed,
 * which is above 1 only in trial mode.
 */
export class MarketClock {
  readonly #elapsedMs: () => number;
  #baseMs = 0;
  #baseElapsedMs = 0;
  #speed = 1;

  /** @param elapsedMs real milliseconds that only grow, such as `performance.now` */
  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  /** Whole epoch milliseconds; 0 until the gateway has told. */
  nowMs(): number {
    if (this.#baseMs === 0) return 0;
    return Math.trunc(this.#baseMs + (this.#elapsedMs() - this.#baseElapsedMs) * this.#speed);
  }

  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.nowMs());
  }

  /** What the gateway says; it may also lie before what we thought. */
  tell(nowMs: number, speed: number): void {
    this.#baseMs = nowMs;
    this.#baseElapsedMs = this.#elapsedMs();
    this.#speed = speed;
  }

  /** A trade from the market's future shows that we are behind. */
  notBefore(atMs: number): void {
    if (atMs > this.nowMs()) this.tell(atMs, this.#speed);
  }
}
