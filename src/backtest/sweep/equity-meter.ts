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
  /** Since the peak. */
  #lowest = 0;
  #deepest = 0;
  #sum = 0;
  #squares = 0;

  /** @param initialCash the first peak and the value before the first day */
  restart(initialCash: number): void {
    this.#previous = this.#peak = this.#lowest = initialCash;
    this.#deepest = this.#sum = this.#squares = 0;
  }

  /** The account after a close. */
  add(value: number): void {
    const previous = this.#previous;
    if (value === previous) return;
    const change = value / previous - 1;
    this.#sum += change;
    this.#squares += change * change;
    this.#previous = value;
    if (value > this.#peak) this.#climb(value);
    else if (value < this.#lowest) this.#lowest = value;
  }

  /**
   * `add` for each close from row `from` to row `to`, `to` not included, while `cash` and `shares` stay as they are.
   *
   * @param equity gets the values, the one of row `offset` first
   */
  addHolding(
    holding: { readonly cash: number; readonly shares: number },
    close: Float64Array,
    rows: { readonly from: number; readonly to: number; readonly offset: number },
    equity: Float64Array,
  ): void {
    const { cash, shares } = holding;
    const { from, to, offset } = rows;
    let previous = this.#previous;
    let sum = this.#sum;
    let squares = this.#squares;
    let peak = this.#peak;
    let lowest = this.#lowest;
    for (let row = from; row < to; row += 1) {
      const value = cash + shares * (close[row] ?? NaN);
      equity[row - offset] = value;
      const change = value / previous - 1;
      sum += change;
      squares += change * change;
      previous = value;
      if (value > peak) {
        this.#deepest = Math.min(this.#deepest, lowest / peak - 1);
        peak = value;
        lowest = value;
      } else if (value < lowest) lowest = value;
    }
    this.#previous = previous;
    this.#sum = sum;
    this.#squares = squares;
    this.#peak = peak;
    this.#lowest = lowest;
  }

  #climb(value: number): void {
    this.#deepest = Math.min(this.#deepest, this.#lowest / this.#peak - 1);
    this.#peak = value;
    this.#lowest = value;
  }

  get last(): number {
    return this.#previous;
  }

  get maximumDrawdown(): number {
    return Math.min(this.#deepest, this.#lowest / this.#peak - 1);
  }

  /** Null with fewer than two days or no variation. */
  sharpe(days: number): number | null {
    if (days < 2) return null;
    const mean = this.#sum / days;
    const variance = (this.#squares - days * mean * mean) / (days - 1);
    return variance > 0 ? (mean / Math.sqrt(variance)) * Math.sqrt(tradingDaysPerYear) : null;
  }
}
