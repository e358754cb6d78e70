import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import { BarPlaces, type MomentBar } from './bar-places.ts';
import type { DeskBars } from '../desk/desk-bars.ts';

/** Moments with the bars that are to be shown at each; everything is of now and must not be kept, but the bars. */
export interface Moments extends DeskBars {
  /** How many bars there are to show now. */
  readonly count: number;
  /** Goes on to the next moment; false when there is none. */
  next(): boolean;
  /** Tells the close of each bar that there is now, of those that nobody needs to see as well. */
  tellCloses(tell: (index: number, close: Won) => void): void;
  /** After what was ordered has met the bars: adds those that are there only for the strategy to see. */
  wakeUp(): void;
  /** Whether the bar at a place came with `wakeUp`. */
  isForeseen(place: number): boolean;
  /** The bar at a place from 0 to `count` − 1, in the declared order. */
  at(place: number): MomentBar;
}

/**
 * Walks bars of many series moment by moment: day by day for daily bars, minute by minute for minute bars. Moments at
 * which no series has a bar do not exist.
 */
export class MomentBars implements Moments {
  /** The day of the moment, yyyymmdd. */
  date = 0;
  /** Start of its bars, epoch milliseconds. */
  startsAtMs = 0;
  readonly #series: readonly BarSeries[];
  /** The row of each series that is due next. */
  readonly #next: Int32Array;
  readonly #ends: Int32Array;
  /** What orders the bars of each series: its days or the starts of its minutes. */
  readonly #keys: readonly (Int32Array | Float64Array)[];
  readonly #places: BarPlaces;

  constructor(series: readonly BarSeries[], ranges: readonly RowRange[]) {
    this.#series = series;
    this.#next = Int32Array.from(ranges, (range) => range.start);
    this.#ends = Int32Array.from(ranges, (range) => range.end);
    this.#keys = series.map((one) => (one.interval === '1d' ? one.date : one.startsAtMs));
    this.#places = new BarPlaces(series);
  }

  /** Goes on to the next moment; false when there is none. */
  next(): boolean {
    const key = this.#earliest();
    this.#places.clear();
    if (key === Infinity) return false;
    for (let index = 0; index < this.#series.length; index += 1) {
      const row = this.#next[index] ?? 0;
      if (row >= (this.#ends[index] ?? 0) || this.#keys[index]?.[row] !== key) continue;
      this.#next[index] = row + 1;
      this.#put(index, row);
    }
    return true;
  }

  tellCloses(tell: (index: number, close: Won) => void): void {
    this.#places.tellCloses(tell);
  }

  /** They are all there. */
  wakeUp(): void {}

  isForeseen(): boolean {
    return false;
  }

  /** How many series have a bar now. */
  get count(): number {
    return this.#places.count;
  }

  at(place: number): MomentBar {
    return this.#places.at(place);
  }

  get instruments(): readonly InstrumentId[] {
    return this.#places.instruments;
  }

  barOf(instrument: InstrumentId): Bar | null {
    return this.#places.barOf(instrument);
  }

  #put(index: number, row: number): void {
    const { bar } = this.#places.put(index, row);
    if (this.count > 1) return;
    this.date = bar.date;
    this.startsAtMs = bar.startsAtMs;
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
