import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { DeskBars } from './order-desk.ts';
import { barAt } from './timeline.ts';

/** The bar of one series at a moment. `index` is the series' place in the declared order. */
export interface MomentBar {
  readonly id: InstrumentId;
  readonly index: number;
  readonly bar: Bar;
}

/** Moments with the bars that are to be shown at each; everything is of now and must not be kept, but the bars. */
export interface Moments extends DeskBars {
  /** How many bars there are to show now. */
  readonly count: number;
  /** Goes on to the next moment; false when there is none. */
  next(): boolean;
  /** After what was ordered has met the bars: adds those that are there only for the strategy to see. */
  wakeUp(): void;
  /** Whether the bar at a place came with `wakeUp`. */
  isForeseen(place: number): boolean;
  /** The bar at a place from 0 to `count` − 1, in the declared order. */
  at(place: number): MomentBar;
}

interface Place {
  id: InstrumentId;
  index: number;
  bar: Bar;
}

/**
 * Walks bars of many series moment by moment: day by day for daily bars, minute by minute for minute bars. Moments at
 * which no series has a bar do not exist. One value is made for each bar, because strategies may keep it; everything else
 * is filled again at each moment and must not be kept.
 */
export class MomentBars implements Moments {
  /** The day of the moment, yyyymmdd. */
  date = 0;
  /** Start of its bars, epoch milliseconds. */
  startsAtMs = 0;
  /** How many series have a bar now. */
  count = 0;
  readonly #series: readonly BarSeries[];
  /** The row of each series that is due next. */
  readonly #next: Int32Array;
  readonly #ends: Int32Array;
  /** What orders the bars of each series: its days or the starts of its minutes. */
  readonly #keys: readonly (Int32Array | Float64Array)[];
  readonly #bars: Place[] = [];
  /** Of the bars of now; null until somebody asks. */
  #ids: readonly InstrumentId[] | null = null;
  /** Each series' index, and its place when it last had a bar: only what `#bars` confirms is true of now. */
  readonly #indexes: ReadonlyMap<InstrumentId, number>;
  readonly #placeOf: Int32Array;

  constructor(series: readonly BarSeries[], ranges: readonly RowRange[]) {
    this.#series = series;
    this.#next = Int32Array.from(ranges, (range) => range.start);
    this.#ends = Int32Array.from(ranges, (range) => range.end);
    this.#keys = series.map((one) => (one.interval === '1d' ? one.date : one.startsAtMs));
    this.#indexes = new Map(series.map((one, index) => [one.instrument, index]));
    this.#placeOf = new Int32Array(series.length);
  }

  /** Goes on to the next moment; false when there is none. */
  next(): boolean {
    const key = this.#earliest();
    this.count = 0;
    this.#ids = null;
    if (key === Infinity) return false;
    for (let index = 0; index < this.#series.length; index += 1) {
      const row = this.#next[index] ?? 0;
      if (row >= (this.#ends[index] ?? 0) || this.#keys[index]?.[row] !== key) continue;
      this.#next[index] = row + 1;
      this.#put(index, row);
    }
    return true;
  }

  /** They are all there. */
  wakeUp(): void {}

  isForeseen(): boolean {
    return false;
  }

  /** The bar at a place from 0 to `count` − 1, in the declared order. */
  at(place: number): MomentBar {
    const bar = this.#bars[place];
    invariant(bar !== undefined && place < this.count, `there are ${this.count} bars at this moment`);
    return bar;
  }

  /** Whose bars there are now, in the declared order. */
  get instruments(): readonly InstrumentId[] {
    this.#ids ??= this.#bars.slice(0, this.count).map((one) => one.id);
    return this.#ids;
  }

  barOf(instrument: InstrumentId): Bar | null {
    const index = this.#indexes.get(instrument);
    if (index === undefined) return null;
    const place = this.#placeOf[index] ?? 0;
    const found = place < this.count ? this.#bars[place] : undefined;
    return found?.index === index ? found.bar : null;
  }

  #put(index: number, row: number): void {
    const series = this.#series[index];
    invariant(series !== undefined, 'a place among the series');
    const bar = barAt(series, row);
    if (this.count === 0) {
      this.date = bar.date;
      this.startsAtMs = bar.startsAtMs;
    }
    this.#placeOf[index] = this.count;
    const place = this.#bars[this.count];
    if (place === undefined) this.#bars[this.count] = { id: series.instrument, index, bar };
    else {
      place.id = series.instrument;
      place.index = index;
      place.bar = bar;
    }
    this.count += 1;
  }

  #earliest(): number {
    let earliest = Infinity;
    for (let index = 0; index < this.#series.length; index += 1) {
      const row = this.#next[index] ?? 0;
      if (row >= (this.#ends[index] ?? 0)) continue;
      const key = this.#keys[index]?.[row] ?? Infinity;
      if (key < earliest) earliest = key;
    }
    return earliest;
  }
}
