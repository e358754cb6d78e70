import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { ForeseenDays } from './foreseen-days.ts';
import type { MomentBar, Moments } from './moment-bars.ts';
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
  #busy: MomentBar[] = [];
  #byId: ReadonlyMap<InstrumentId, Bar> | null = null;
  /** What is to be shown, in the declared order: places in `#busy`, and below 0 those of the foreseen, from -1 downward. */
  #order: number[] = [];
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
  }

  get count(): number {
    return this.#order.length;
  }

  get instruments(): readonly InstrumentId[] {
    return this.#busy.map(({ id }) => id);
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
    const order: number[] = [];
    let next = 0;
    for (let wake = start; wake < end; wake += 1) {
      const index = series[wake] ?? 0;
      for (; (this.#busy[next]?.index ?? Infinity) < index; next += 1) order.push(next);
      if (this.#busy[next]?.index !== index) order.push(-1 - wake);
    }
    for (; next < this.#busy.length; next += 1) order.push(next);
    this.#order = order;
  }

  isForeseen(place: number): boolean {
    return (this.#order[place] ?? 0) < 0;
  }

  at(place: number): MomentBar {
    const which = this.#order[place];
    invariant(which !== undefined, `there are ${this.count} bars at this moment`);
    const bar = which < 0 ? this.#wakeBar(-1 - which) : this.#busy[which];
    invariant(bar !== undefined, 'a busy bar of today');
    return bar;
  }

  barOf(instrument: InstrumentId): Bar | null {
    this.#byId ??= new Map(this.#busy.map(({ id, bar }) => [id, bar]));
    return this.#byId.get(instrument) ?? null;
  }

  /** What was awake, or looked at, and is busy now. On most days that is what it was the day before, which must cost nothing. */
  #stayAwake(): void {
    if (this.#looked.size === 0 && this.#awake.every((index) => this.#isBusy(this.#seriesAt(index).instrument))) return;
    for (const index of this.#awake) this.#looked.add(index);
    this.#awake = [...this.#looked]
      .filter((index) => this.#isBusy(this.#seriesAt(index).instrument))
      .toSorted((one, other) => one - other);
    this.#looked.clear();
  }

  #showBusy(): void {
    if (this.#awake.length === 0 && this.#order.length === 0) return;
    this.#busy = [];
    this.#order = [];
    this.#byId = null;
    for (const index of this.#awake) {
      const row = this.#due[index] ?? 0;
      if (row >= (this.#ranges[index]?.end ?? 0) || this.#seriesAt(index).date[row] !== this.date) continue;
      this.#order.push(this.#busy.length);
      this.#busy.push(this.#barAt(index, row));
    }
  }

  #wakeBar(wake: number): MomentBar {
    const index = this.#wakes.series[wake] ?? 0;
    this.#looked.add(index);
    return this.#barAt(index, this.#wakes.rows[wake] ?? 0);
  }

  /** The next one due is the one after it. */
  #barAt(index: number, row: number): MomentBar {
    const series = this.#seriesAt(index);
    this.#due[index] = row + 1;
    return { id: series.instrument, index, bar: barAt(series, row) };
  }

  #seriesAt(index: number): BarSeries {
    const series = this.#series[index];
    invariant(series !== undefined, 'a place among the series');
    return series;
  }
}
