/**
 * Highest or lowest of the last `period` values, of fewer until there are as many. Of equals the latest counts. Only
 * values that may still become the extreme are kept, best first, so a step costs the same on average whatever the period.
 */
export class RollingExtreme {
  readonly #period: number;
  readonly #beats: (value: number, other: number) => boolean;
  #candidates: { readonly value: number; readonly place: number }[] = [];
  #count = 0;

  constructor(kind: 'highest' | 'lowest', period: number) {
    this.#period = period;
    this.#beats = kind === 'highest' ? (value, other) => value >= other : (value, other) => value <= other;
  }

  /** Values since the extreme; 0 when it is the latest. */
  get age(): number {
    return this.#count - 1 - (this.#candidates[0]?.place ?? 0);
  }

  next(value: number): number {
    while (this.#candidates.length > 0 && this.#beats(value, this.#candidates.at(-1)?.value ?? NaN)) {
      this.#candidates.pop();
    }
    this.#candidates.push({ value, place: this.#count });
    this.#count += 1;
    if ((this.#candidates[0]?.place ?? 0) < this.#count - this.#period) this.#candidates.shift();
    return this.#candidates[0]?.value ?? NaN;
  }
}
