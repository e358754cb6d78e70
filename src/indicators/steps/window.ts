/** The last values of a series, newest first by age. */
export class Window {
  readonly #values: Float64Array;
  #count = 0;

  /** @param size values that are remembered, 1 or more */
  constructor(size: number) {
    this.#values = new Float64Array(size);
  }

  get isFull(): boolean {
    return this.#count >= this.#values.length;
  }

  /** Values at hand: the size once it is full. */
  get length(): number {
    return Math.min(this.#count, this.#values.length);
  }

  /** Takes a value in; the oldest leaves a full window. */
  push(value: number): void {
    this.#values[this.#count % this.#values.length] = value;
    this.#count += 1;
  }

  /** The value `ago` pushes before the latest, which is 0 ago; NaN where the window does not reach. */
  at(ago: number): number {
    if (ago >= this.length) return NaN;
    return this.#values[(this.#count - 1 - ago) % this.#values.length] ?? NaN;
  }

  /** Of all values at hand, oldest first. */
  sum(of: (value: number, ago: number) => number = (value) => value): number {
    let sum = 0;
    for (let ago = this.length - 1; ago >= 0; ago -= 1) sum += of(this.at(ago), ago);
    return sum;
  }
}
