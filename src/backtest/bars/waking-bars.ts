import type { Bar, BarSeries, RowRange } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { Won } from '#domain/won.ts';
import { BarPlaces, type MomentBar } from './bar-places.ts';
import type { ForeseenDays } from './foreseen-days.ts';
import type { Moments } from './moment-bars.ts';
import { barAt, wonAt } from './timeline.ts';
import type { WakeRows } from './wake-rows.ts';

/** What the walk is told of each instrument after a day was played. */
export interface Watching {
  readonly isHeld: (instrument: InstrumentId) => boolean;
  /** Whether an order of it waits or rests. */
  readonly hasOrder: (instrument: InstrumentId) => boolean;
  /** Whether the bar of a row may matter to a strategy that holds the instrument and has no order for it. */
  readonly mayAct: (instrument: InstrumentId, row: number, close: Won) => boolean;
}

/** Whether a series' bars must be shown: none of them, those that may matter to who holds it, all. */
const [asleep, resting, busy] = [0, 1, 2];
/** In the place of a row: the series has no bar today. */
const noRow = -1;

/**
 * Walks the days of many series and shows, of each day, only bars that matter: of instruments of which an order waits, those
 * of a holding at which the strategy may act, and those at which it foresaw that it may. What sleeps costs nothing, what
 * is held one look at its close.
 */
export class WakingBars implements Moments {
  date = 0;
  startsAtMs = 0;
  readonly #series: readonly BarSeries[];
  readonly #ranges: readonly RowRange[];
  readonly #days: ForeseenDays;
  readonly #wakes: WakeRows;
  readonly #watching: Watching;
  /** The row of each awake series that is due next. */
  readonly #due: Int32Array;
  /** The row of each awake series today. */
  readonly #rows: Int32Array;
  readonly #states: Uint8Array;
  /** Places of the series that do not sleep, in the declared order. */
  #awake: readonly number[] = [];
  /** Bars of today that are shown whatever was foreseen. */
  readonly #busy: BarPlaces;
  /** Whether there are foreseen bars among those to be shown; otherwise `#busy` has all of them in its own order. */
  #hasForeseen = false;
  /** What is to be shown, in the declared order: places in `#busy`, and below 0 those of the foreseen, from -1 downward. */
  readonly #order: Int32Array;
  #count = 0;
  /** Series of the foreseen bars that were looked at today. */
  #looked = new Set<number>();
  #day = -1;

  constructor(
    all: Watching & {
      readonly series: readonly BarSeries[];
      readonly ranges: readonly RowRange[];
      readonly days: ForeseenDays;
      readonly wakes: WakeRows;
    },
  ) {
    this.#series = all.series;
    this.#ranges = all.ranges;
    this.#days = all.days;
    this.#wakes = all.wakes;
    this.#watching = all;
    this.#due = new Int32Array(all.series.length);
    this.#rows = new Int32Array(all.series.length);
    this.#states = new Uint8Array(all.series.length);
    this.#busy = new BarPlaces(all.series);
    this.#order = new Int32Array(all.series.length);
  }

  get count(): number {
    return this.#count;
  }

  get instruments(): readonly InstrumentId[] {
    return this.#busy.instruments;
  }

  /** Shows the bars of what is busy; those of holdings and those foreseen come with `wakeUp`. */
  next(): boolean {
    this.#stayAwake();
    this.#day += 1;
    if (this.#day >= this.#days.dates.length) return false;
    this.date = this.#days.dates[this.#day] ?? 0;
    this.startsAtMs = this.#days.startsAtMs[this.#day] ?? NaN;
    for (const index of this.#awake) this.#rows[index] = this.#rowOfToday(index);
    this.#showBusy();
    return true;
  }

  tellCloses(tell: (index: number, close: Won) => void): void {
    for (const index of this.#awake) {
      const row = this.#rows[index] ?? noRow;
      if (row !== noRow) tell(index, wonAt(this.#seriesAt(index).close, row));
    }
  }

  wakeUp(): void {
    if (this.#wakeResting()) this.#showBusy();
    const { dayStarts, series } = this.#wakes;
    const start = dayStarts[this.#day] ?? 0;
    const end = dayStarts[this.#day + 1] ?? 0;
    if (start === end) return;
    this.#hasForeseen = true;
    const shown = this.#busy.count;
    this.#count = 0;
    let next = 0;
    for (let wake = start; wake < end; wake += 1) {
      const index = series[wake] ?? 0;
      for (; next < shown && this.#busy.at(next).index < index; next += 1) this.#list(next);
      const isShown = next < shown && this.#busy.at(next).index === index;
      // What is held is not bought again, whatever was foreseen.
      if (!isShown && this.#states[index] !== resting) this.#list(-1 - wake);
    }
    for (; next < shown; next += 1) this.#list(next);
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

  /** What was awake, or looked at, and does not sleep now. On most days that is what it was before, which must cost little. */
  #stayAwake(): void {
    let isAny = false;
    for (const index of this.#awake) if (this.#look(index) === asleep) isAny = true;
    if (this.#looked.size === 0 && !isAny) return;
    for (const index of this.#looked) this.#look(index);
    for (const index of this.#awake) this.#looked.add(index);
    this.#awake = [...this.#looked]
      .filter((index) => this.#states[index] !== asleep)
      .toSorted((one, other) => one - other);
    this.#looked.clear();
  }

  #look(index: number): number {
    const { instrument } = this.#seriesAt(index);
    const { hasOrder, isHeld } = this.#watching;
    const held = isHeld(instrument) ? resting : asleep;
    const state = hasOrder(instrument) ? busy : held;
    this.#states[index] = state;
    return state;
  }

  #rowOfToday(index: number): number {
    const row = this.#due[index] ?? 0;
    if (row >= (this.#ranges[index]?.end ?? 0) || this.#seriesAt(index).date[row] !== this.date) return noRow;
    this.#due[index] = row + 1;
    return row;
  }

  #showBusy(): void {
    this.#busy.clear();
    this.#hasForeseen = false;
    for (const index of this.#awake) {
      const row = this.#rows[index] ?? noRow;
      if (row !== noRow && this.#states[index] === busy) this.#busy.put(index, row);
    }
    this.#count = this.#busy.count;
  }

  /** Holdings at whose bar of today the strategy may act are busy for the day. @returns true when there are any */
  #wakeResting(): boolean {
    let isAny = false;
    for (const index of this.#awake) {
      const row = this.#rows[index] ?? noRow;
      if (row === noRow || this.#states[index] !== resting) continue;
      const { instrument, close } = this.#seriesAt(index);
      if (!this.#watching.mayAct(instrument, row, wonAt(close, row))) continue;
      this.#states[index] = busy;
      isAny = true;
    }
    return isAny;
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
