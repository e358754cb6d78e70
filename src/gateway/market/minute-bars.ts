import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Tick } from '#domain/market-data.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';

const minuteMs = 60_000;
/** A session has 390 minutes, and a testbed that never closes has 1,440. */
const barsMax = 1_440;

/** One-minute bars of today, from our own ticks, with the broker's own for the time before we listened. */
export class MinuteBars {
  readonly #bars = new Map<InstrumentId, Map<number, Bar>>();
  #date = 0;

  onTick({ instrument, at, price, quantity }: Tick): void {
    const date = dateNumber(seoulDate(at));
    if (date > this.#date) this.#startDay(date);
    if (date < this.#date) return;
    const startsAtMs = Math.floor(at.epochMilliseconds / minuteMs) * minuteMs;
    const bars = this.#of(instrument);
    const bar = bars.get(startsAtMs);
    if (bar === undefined) {
      bars.set(startsAtMs, { startsAtMs, date, open: price, high: price, low: price, close: price, volume: quantity });
      if (bars.size > barsMax) bars.delete(Math.min(...bars.keys()));
      return;
    }
    const high = price > bar.high ? price : bar.high;
    const low = price < bar.low ? price : bar.low;
    bars.set(startsAtMs, { ...bar, high, low, close: price, volume: bar.volume + quantity });
  }

  /** The broker's bars fill the minutes we have none for, and the first one we have, which we saw only in part. */
  merge(instrument: InstrumentId, fromBroker: readonly Bar[]): void {
    const bars = this.#of(instrument);
    const firstOwn = bars.size === 0 ? Infinity : Math.min(...bars.keys());
    for (const bar of fromBroker) {
      if (bar.date > this.#date) this.#date = bar.date;
      if (bar.date === this.#date && bar.startsAtMs <= firstOwn) bars.set(bar.startsAtMs, bar);
    }
  }

  /** The broker's bars of today take the place of ours from `fromMs` up to but not including `toMs`. */
  repair(
    instrument: InstrumentId,
    fromBroker: readonly Bar[],
    span: { readonly fromMs: number; readonly toMs: number },
  ): void {
    const bars = this.#of(instrument);
    for (const bar of fromBroker) {
      const isMissing = bar.startsAtMs >= span.fromMs && bar.startsAtMs < span.toMs;
      if (isMissing && bar.date === this.#date) bars.set(bar.startsAtMs, bar);
    }
  }

  has(instrument: InstrumentId): boolean {
    return (this.#bars.get(instrument)?.size ?? 0) > 0;
  }

  /** Oldest first, at most `count`, the running minute included. */
  last(instrument: InstrumentId, count: number): readonly Bar[] {
    return [...this.#of(instrument).values()].sort((a, b) => a.startsAtMs - b.startsAtMs).slice(-count);
  }

  #startDay(date: number): void {
    this.#date = date;
    this.#bars.clear();
  }

  #of(instrument: InstrumentId): Map<number, Bar> {
    const bars = this.#bars.get(instrument) ?? new Map<number, Bar>();
    this.#bars.set(instrument, bars);
    return bars;
  }
}
