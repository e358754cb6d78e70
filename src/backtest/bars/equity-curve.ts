/** Equity at the end of each day in two columns, which grow: a sweep keeps thousands of curves and reads few of them. */
export class EquityCurve {
  #dates: Int32Array;
  #values: Float64Array;
  #length = 0;

  /** @param capacity how many days there will be, as far as that is known */
  constructor(capacity: number) {
    this.#dates = new Int32Array(Math.max(16, capacity));
    this.#values = new Float64Array(this.#dates.length);
  }

  get length(): number {
    return this.#length;
  }

  /** yyyymmdd, ascending. */
  get dates(): Int32Array {
    return this.#dates.subarray(0, this.#length);
  }

  /** Won. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  add(date: number, value: number): void {
    if (this.#length === this.#dates.length) this.#grow();
    this.#dates[this.#length] = date;
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The same, a value a day. */
  days(): { readonly date: number; readonly value: number }[] {
    const values = this.#values;
    return Array.from(this.dates, (date, day) => ({ date, value: values[day] ?? NaN }));
  }

  #grow(): void {
    const [dates, values] = [this.#dates, this.#values];
    this.#dates = new Int32Array(2 * dates.length);
    this.#values = new Float64Array(2 * values.length);
    this.#dates.set(dates);
    this.#values.set(values);
  }
}
