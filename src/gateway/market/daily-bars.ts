import type { Broker } from '#brokers/broker.ts';
import type { Bar } from '#domain/bar.ts';
import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/** Answers that are kept; beyond it all are read anew. */
const keptMax = 500;

/** The broker's daily bars, each number of them read once a day. */
export class DailyBars {
  readonly #broker: Pick<Broker, 'dailyBars'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #kept = new Map<string, Promise<readonly Bar[]>>();

  constructor(broker: Pick<Broker, 'dailyBars'>, clock: Pick<Clock, 'now'>) {
    this.#broker = broker;
    this.#clock = clock;
  }

  /** The last `count`, oldest first; fewer when there are no more. @throws RetryLater when the broker cannot say */
  async last(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    const to = seoulDate(this.#clock.now());
    const key = `${instrument}/${dateNumber(to)}/${count}`;
    // A trading day in 1.7 calendar days is fewer than any year of KRX had, holidays included.
    const from = to.subtract({ days: Math.ceil(count * 1.7) + 14 });
    if (this.#kept.size > keptMax) this.#kept.clear();
    const bars = this.#kept.get(key) ?? this.#broker.dailyBars(instrument, from, to);
    this.#kept.set(key, bars);
    try {
      return (await bars).slice(-count);
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}
