import { StreamingEma } from './ema.ts';
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
  const { line, signal, histogram } = output;
  const { length } = values;
  const lineStart = Math.min(periods.slow - 1, length);
  const signalStart = Math.min(periods.slow + periods.signal - 2, length);
  line.fill(NaN, 0, lineStart);
  signal.fill(NaN, 0, signalStart);
  histogram.fill(NaN, 0, signalStart);
  if (lineStart === length) return;
  averageTogether(values, periods, output);
}

/** All three averages in one pass: each alone waits for its own last value, together they wait at the same time. */
function averageTogether(values: Float64Array, periods: MacdPeriods, output: MacdColumns): void {
  const { line, signal, histogram } = output;
  const averages = { fast: new StreamingEma(periods.fast), slow: new StreamingEma(periods.slow) };
  const signals = new StreamingEma(periods.signal);
  let [fast, slow, average] = [NaN, NaN, NaN];
  const ready = Math.min(periods.slow + periods.signal - 1, values.length);
  for (let index = 0; index < ready; index += 1) {
    const value = values[index] ?? NaN;
    fast = averages.fast.next(value);
    slow = averages.slow.next(value);
    if (index < periods.slow - 1) continue;
    line[index] = fast - slow;
    average = signals.next(fast - slow);
  }
  if (ready < periods.slow + periods.signal - 1) return;
  signal[ready - 1] = average;
  histogram[ready - 1] = fast - slow - average;
  const [fastWeight, slowWeight] = [2 / (periods.fast + 1), 2 / (periods.slow + 1)];
  const signalWeight = 2 / (periods.signal + 1);
  for (let index = ready; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    fast += (value - fast) * fastWeight;
    slow += (value - slow) * slowWeight;
    const difference = fast - slow;
    average += (difference - average) * signalWeight;
    line[index] = difference;
    signal[index] = average;
    histogram[index] = difference - average;
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
