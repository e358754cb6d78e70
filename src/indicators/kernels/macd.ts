import { ema, StreamingEma } from './ema.ts';
import { checkLength, checkPeriod } from './period.ts';

export interface MacdPeriods {
  /** 12, 26 and 9 are usual; fast below slow. */
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

/** The three columns that `macd` writes, each as long as its input. */
export interface MacdColumns {
  readonly line: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

/**
 * Moving average convergence divergence: `line = EMA(fast) - EMA(slow)`, `signal = EMA(line)`, `histogram = line - signal`.
 *
 * The signal is seeded by the first `signal` values of the line, which starts when the slow average does.
 *
 * @param output `line` is NaN for the first `slow - 1` values, the other two for `slow + signal - 2`; no column may be
 *   `values` itself
 * @throws {RangeError} bad periods, or columns of different lengths
 */
export function macd(values: Float64Array, periods: MacdPeriods, output: MacdColumns): void {
  checkMacd(periods);
  for (const column of [output.line, output.signal, output.histogram]) checkLength('MACD', values, column);
  // The fast average stands in `histogram` until both are needed no more: no column is allocated.
  ema(values, periods.fast, output.histogram);
  ema(values, periods.slow, output.line);
  for (let index = 0; index < values.length; index += 1) {
    output.line[index] = (output.histogram[index] ?? NaN) - (output.line[index] ?? NaN);
  }
  const start = Math.min(periods.slow - 1, values.length);
  output.signal.fill(NaN, 0, start);
  ema(output.line.subarray(start), periods.signal, output.signal.subarray(start));
  for (let index = 0; index < values.length; index += 1) {
    output.histogram[index] = (output.line[index] ?? NaN) - (output.signal[index] ?? NaN);
  }
}

function checkMacd({ fast, slow, signal }: MacdPeriods): void {
  checkPeriod('MACD', fast, 1);
  checkPeriod('MACD', slow, 2);
  checkPeriod('MACD', signal, 1);
  if (fast >= slow) throw new RangeError(`Cannot compute MACD: fast period ${fast}, wanted less than the slow ${slow}`);
}

/** The streaming twin of `macd`: `next` answers the line; `signal` and `histogram` belong to the latest value. */
export class StreamingMacd {
  readonly #fast: StreamingEma;
  readonly #slow: StreamingEma;
  readonly #average: StreamingEma;
  readonly #warmUp: number;
  #count = 0;
  #line = NaN;
  #signal = NaN;

  /** @throws {RangeError} bad periods */
  constructor(periods: MacdPeriods) {
    checkMacd(periods);
    this.#fast = new StreamingEma(periods.fast);
    this.#slow = new StreamingEma(periods.slow);
    this.#average = new StreamingEma(periods.signal);
    this.#warmUp = periods.slow - 1;
  }

  get signal(): number {
    return this.#signal;
  }

  get histogram(): number {
    return this.#line - this.#signal;
  }

  /** @returns the line including `value`; NaN for the first `slow - 1` values */
  next(value: number): number {
    this.#line = this.#fast.next(value) - this.#slow.next(value);
    if (this.#count >= this.#warmUp) this.#signal = this.#average.next(this.#line);
    else this.#count += 1;
    return this.#line;
  }
}
