import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import { invariant } from '#domain/invariant.ts';
import type { TradingConfig } from '../trading-config.ts';
import type { ForeseenSignals } from './signal-strategy.ts';
import type { Signal, Signals } from './signal.ts';
import { TutorialIndicators, type TutorialReading } from './tutorial-indicators.ts';
import { entrySignal, exitSignal } from './tutorial-signals.ts';

/** Numbers of a reading that are kept for each bar: close, both averages, RSI, both bands. */
const width = 6;

/** The tutorial's signals of an instrument whose bars are all known; its indicators go over them once, beforehand. */
export function foreseenTutorial(bars: BarSeries, range: RowRange, config: TradingConfig): ForeseenSignals {
  const signals = new ForeseenTutorial(bars, range, config);
  return { signals, entryRows: Int32Array.from(signals.entryRows) };
}

class ForeseenTutorial implements Signals {
  entry: Signal | null = null;
  exit: Signal | null = null;
  readonly entryRows: number[] = [];
  readonly #config: TradingConfig;
  readonly #bars: BarSeries;
  readonly #range: RowRange;
  readonly #numbers: Float64Array;
  /** 1 at a golden cross, 2 at a dead one. */
  readonly #crosses: Uint8Array;
  #row: number;

  constructor(bars: BarSeries, range: RowRange, config: TradingConfig) {
    this.#config = config;
    this.#bars = bars;
    this.#range = range;
    this.#row = range.start - 1;
    this.#numbers = new Float64Array(width * (range.end - range.start));
    this.#crosses = new Uint8Array(range.end - range.start);
    const indicators = new TutorialIndicators(config);
    for (let row = range.start; row < range.end; row += 1) {
      if (bars.volume[row] !== 0) this.#keep(row, indicators.next(bars.close[row] ?? NaN));
    }
  }

  next({ startsAtMs }: Bar, averagePrice: number | null): void {
    const starts = this.#bars.startsAtMs;
    do this.#row += 1;
    while (this.#row < this.#range.end && starts[this.#row] !== startsAtMs);
    invariant(this.#row < this.#range.end, 'a bar that is shown was among those foreseen');
    const reading = this.#reading();
    this.entry = entrySignal(reading, this.#config);
    this.exit = averagePrice === null ? null : exitSignal(reading, averagePrice, this.#config);
  }

  #keep(row: number, reading: TutorialReading): void {
    const at = row - this.#range.start;
    const { close, maShort, maLong, rsi, upper, lower } = reading;
    this.#numbers.set([close, maShort, maLong, rsi, upper, lower], width * at);
    this.#crosses[at] = reading.isGoldenCross ? 1 : reading.isDeadCross ? 2 : 0;
    // More than enter: what else an entry asks for is looked at when the bar is shown.
    if (reading.isGoldenCross || close < lower) this.entryRows.push(row);
  }

  #reading(): TutorialReading {
    const at = this.#row - this.#range.start;
    const number = (which: number): number => this.#numbers[width * at + which] ?? NaN;
    return {
      close: number(0),
      maShort: number(1),
      maLong: number(2),
      rsi: number(3),
      upper: number(4),
      lower: number(5),
      isGoldenCross: this.#crosses[at] === 1,
      isDeadCross: this.#crosses[at] === 2,
    };
  }
}
