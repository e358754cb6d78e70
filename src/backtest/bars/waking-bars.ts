import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { BarPlaces, type MomentBar } from './bar-places.ts';
import type { ForeseenDays } from './foreseen-days.ts';
import type { Moments } from './moment-bars.ts';
import { barAt } from './timeline.ts';
import type { WakeRows } from './wake-rows.ts';

/**
 * Walks the days of many series and shows, of each day, only bars that matter: of instruments that are held or have an
 * order that waits, and those at which the strategy foresaw that it may do something. What sleeps costs nothing.
 */
export class WakingBars implements Moments {
  date = 0;
  startsAtMs = 0;
  readonly #series: readonly BarSeries[];
  readonly #ranges: readonly RowRange[];
  readonly #days: ForeseenDays;
  readonly #wakes: WakeRows;
  readonly #isBusy: (instrument: InstrumentId) => boolean;
  /** The row of each awake series that is due next. */
  readonly #due: Int32Array;
  /** Places of the series that stay awake, in the declared order. */
  #awake: readonly number[] = [];
  /** Their bars of today. */
  readonly #busy: BarPlaces;
  /** Whether there are foreseen bars among those to be shown; otherwise `#busy` has all of them in its own order. */
  #hasForeseen = false;
  /** What is to be shown, in the declared order: places in `#busy`, and below 0 those of the foreseen, from -1 downward. */
  readonly #order: Int32Array;
  #count = 0;
  /** Series of the foreseen bars that were looked at today. */
  #looked = new Set<number>();
  #day = -1;

  /** @param isBusy whether something is held of an instrument, or an order of it waits, after a day was played */
  constructor(
    all: {
      readonly series: readonly BarSeries[];
      readonly ranges: readonly RowRange[];
      readonly days: ForeseenDays;
      readonly wakes: WakeRows;
    },
    isBusy: (instrument: InstrumentId) => boolean,
  ) {
    this.#series = all.series;
    this.#ranges = all.ranges;
    this.#days = all.days;
    this.#wakes = all.wakes;
    this.#isBusy = isBusy;
    this.#due = new Int32Array(all.series.length);
    this.#busy = new BarPlaces(all.series);
    this.#order = new Int32Array(all.series.length);
  }

  get count(): number {
    return this.#count;
  }

  get instruments(): readonly InstrumentId[] {
    return this.#busy.instruments;
  }

  /** Shows the bars of what is busy; those foreseen come with `wakeUp`. */
  next(): boolean {
    this.#stayAwake();
    this.#day += 1;
    if (this.#day >= this.#days.dates.length) return false;
    this.date = this.#days.dates[this.#day] ?? 0;
    this.startsAtMs = this.#days.startsAtMs[this.#day] ?? NaN;
    this.#showBusy();
    return true;
  }

  wakeUp(): void {
    const { dayStarts, series } = this.#wakes;
    const [start, end] = [dayStarts[this.#day] ?? 0, dayStarts[this.#day + 1] ?? 0];
    if (start === end) return;
    this.#hasForeseen = true;
    const busy = this.#busy.count;
    this.#count = 0;
    let next = 0;
    for (let wake = start; wake < end; wake += 1) {
      const index = series[wake] ?? 0;
      for (; next < busy && this.#busy.at(next).index < index; next += 1) this.#list(next);
      if (next === busy || this.#busy.at(next).index !== index) this.#list(-1 - wake);
    }
    for (; next < busy; next += 1) this.#list(next);
  }

  isForeseen(place: number): boolean {
    return this.#hasForeseen && (this.#order[place] ?? 0) < 0;
  }

  at(place: number): MomentBar {
    invariant(place < this.#count, 'a place among the bars of now');
    const which = this.#hasForeseen ? (this.#order[place] ?? 0) : place;
    return which < 0 ? this.#wakeBar(-1 - which) : this.#busy.at(which);
  }

  barOf(instrument: InstrumentId): Bar | null {
    return this.#busy.barOf(instrument);
  }

  #list(which: number): void {
    this.#order[this.#count] = which;
    this.#count += 1;
  }

  /** What was awake, or looked at, and is busy now. On most days that is what it was the day before, which must cost nothing. */
  #stayAwake(): void {
    if (this.#looked.size === 0 && this.#areAllBusy()) return;
    for (const index of this.#awake) this.#looked.add(index);
    this.#awake = [...this.#looked]
      .filter((index) => this.#isBusy(this.#seriesAt(index).instrument))
      .toSorted((one, other) => one - other);
    this.#looked.clear();
  }

  #areAllBusy(): boolean {
    for (const index of this.#awake) if (!this.#isBusy(this.#seriesAt(index).instrument)) return false;
    return true;
  }

  #showBusy(): void {
    this.#busy.clear();
    this.#hasForeseen = false;
    for (const index of this.#awake) {
      const row = this.#due[index] ?? 0;
      if (row >= (this.#ranges[index]?.end ?? 0) || this.#seriesAt(index).date[row] !== this.date) continue;
      this.#busy.put(index, row);
      this.#due[index] = row + 1;
    }
    this.#count = this.#busy.count;
  }

  /** The next one due is the one after it. */
  #wakeBar(wake: number): MomentBar {
    const index = this.#wakes.series[wake] ?? 0;
    const row = this.#wakes.rows[wake] ?? 0;
    this.#looked.add(index);
    this.#due[index] = row + 1;
    const series = this.#seriesAt(index);
    return { id: series.instrument, index, bar: barAt(series, row) };
  }

  #seriesAt(index: number): BarSeries {
    const series = this.#series[index];
    invariant(series !== undefined, 'a place among the series');
    return series;
  }
}
