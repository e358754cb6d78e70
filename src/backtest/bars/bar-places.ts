import type { Bar, BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import type { Won } from '#domain/won.ts';
import { barAt } from './timeline.ts';

/** The bar of one series at a moment. `index` is the series' place in the declared order. */
export interface MomentBar {
  readonly id: InstrumentId;
  readonly index: number;
  readonly bar: Bar;
}

interface Place {
  id: InstrumentId;
  index: number;
  bar: Bar;
}

/**
 * The bars of one moment, each at a place of its own. One value is made for each bar, because strategies may keep it;
 * everything else is filled again at each moment and must not be kept.
 */
export class BarPlaces {
  count = 0;
  readonly #series: readonly BarSeries[];
  readonly #places: Place[] = [];
  /** Of the bars of now; null until somebody asks. */
  #ids: readonly InstrumentId[] | null = null;
  /** Each series' index, and its place when it last had a bar: only what `#places` confirms is true of now. */
  readonly #indexes: ReadonlyMap<InstrumentId, number>;
  readonly #placeOf: Int32Array;

  constructor(series: readonly BarSeries[]) {
    this.#series = series;
    this.#indexes = new Map(series.map((one, index) => [one.instrument, index]));
    this.#placeOf = new Int32Array(series.length);
  }

  clear(): void {
    this.count = 0;
    this.#ids = null;
  }

  /** Puts a row of the series at `index` at the next place. @throws {RangeError} when a price is not whole won */
  put(index: number, row: number): MomentBar {
    const series = this.#series[index];
    invariant(series !== undefined, 'a place among the series');
    this.#placeOf[index] = this.count;
    const { instrument: id } = series;
    const bar = barAt(series, row);
    const known = this.#places[this.count];
    const place = known ?? { id, index, bar };
    if (known === undefined) this.#places.push(place);
    place.id = id;
    place.index = index;
    place.bar = bar;
    this.count += 1;
    return place;
  }

  /** The bar at a place from 0 to `count` − 1. */
  at(place: number): MomentBar {
    const bar = this.#places[place];
    invariant(bar !== undefined && place < this.count, 'a place among the bars of now');
    return bar;
  }

  tellCloses(tell: (index: number, close: Won) => void): void {
    for (let place = 0; place < this.count; place += 1) {
      const { index, bar } = this.at(place);
      tell(index, bar.close);
    }
  }

  /** Whose bars there are now, in the order in which they were put. */
  get instruments(): readonly InstrumentId[] {
    this.#ids ??= this.#places.slice(0, this.count).map(({ id }) => id);
    return this.#ids;
  }

  barOf(instrument: InstrumentId): Bar | null {
    const index = this.#indexes.get(instrument);
    if (index === undefined) return null;
    const place = this.#placeOf[index] ?? 0;
    const found = place < this.count ? this.#places[place] : undefined;
    return found?.index === index ? found.bar : null;
  }
}
