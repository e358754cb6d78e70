/** Threat-model §10, N04: more than five orders in ten seconds. */
const ordersMax = 5;
const windowMs = 10_000;

/**
 * Notices a strategy that orders in a burst. Buys alone are counted: leaving a falling market with everything at once is
 * what a strategy is for, and must not look like an attack.
 */
export class OrderBurst {
  readonly #times: number[] = [];

  /** Counts one buy at `nowMs` of the market. @returns true when it is one too many */
  isBurst(nowMs: number): boolean {
    while (this.#times.length > 0 && (this.#times[0] ?? 0) <= nowMs - windowMs) this.#times.shift();
    this.#times.push(nowMs);
    return this.#times.length > ordersMax;
  }
}
