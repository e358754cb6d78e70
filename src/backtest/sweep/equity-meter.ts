const tradingDaysPerYear = 252;

/**
 * What a sweep says of a row of account values, from one pass. A value equal to the one before changes nothing, so that
 * days on which nothing is held may be left out; every path uses it, so their figures are the same bits.
 *
 * The deviation is taken from sums of returns and their squares, the days left out counted as returns of 0: it agrees with
 * `metricsOf`, which goes over the days twice, to about twelve digits.
 */
export class EquityMeter {
  #previous = 0;
  #peak = 0;
  #deepest = 0;
  #sum = 0;
  #squares = 0;

  /** @param initialCash the first peak and the value before the first day */
  restart(initialCash: number): void {
    this.#previous = initialCash;
    this.#peak = initialCash;
    this.#deepest = 0;
    this.#sum = 0;
    this.#squares = 0;
  }

  /** The account after a close. */
  add(value: number): void {
    const previous = this.#previous;
    if (value === previous) return;
    const change = value / previous - 1;
    this.#sum += change;
    this.#squares += change * change;
    this.#previous = value;
    if (value > this.#peak) this.#peak = value;
    else {
      const fall = value / this.#peak - 1;
      if (fall < this.#deepest) this.#deepest = fall;
    }
  }

  get last(): number {
    return this.#previous;
  }

  get maximumDrawdown(): number {
    return this.#deepest;
  }

  /** Null with fewer than two days or no variation. */
  sharpe(days: number): number | null {
    if (days < 2) return null;
    const mean = this.#sum / days;
    const variance = (this.#squares - days * mean * mean) / (days - 1);
    return variance > 0 ? (mean / Math.sqrt(variance)) * Math.sqrt(tradingDaysPerYear) : null;
  }
}
