import type { InstrumentId } from '#domain/instrument.ts';
import type { Tick } from '#domain/market-data.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/** `new`: a trade not seen before · `same`: the last one again · `old`: from before the last one. */
export type TickNews = 'new' | 'same' | 'old';

interface LastTick {
  readonly at: Temporal.Instant;
  readonly date: number;
  readonly volumeOfDay: number;
}

/**
 * Tells new trades from those that were seen already: a stream that is registered anew may send its last trade again.
 * Every trade raises the volume of its day, so one that does not is no new one. Time never goes back either.
 */
export class TickGate {
  readonly #last = new Map<InstrumentId, LastTick>();

  judge({ instrument, at, volumeOfDay }: Tick): TickNews {
    const last = this.#last.get(instrument);
    if (last !== undefined && Temporal.Instant.compare(at, last.at) < 0) return 'old';
    const isSameSecond = last?.at.epochMilliseconds === at.epochMilliseconds;
    const date = last !== undefined && isSameSecond ? last.date : dateNumber(seoulDate(at));
    const before = last?.date === date ? last.volumeOfDay : -1;
    if (volumeOfDay < before) return 'old';
    this.#last.set(instrument, { at, date, volumeOfDay });
    return volumeOfDay === before ? 'same' : 'new';
  }
}
