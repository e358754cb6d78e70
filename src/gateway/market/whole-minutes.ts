import type { Broker } from '#brokers/broker.ts';
import type { Bar } from '#domain/bar.ts';
import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { BarHoles, type Hole } from './bar-holes.ts';
import type { MinuteBars } from './minute-bars.ts';

/** Minutes read from the broker at the first need; two calls at KIS. */
const minutesFromBroker = 60;
/** The most that a gap asks for: a whole day of both exchanges. */
const minutesOfGapMax = 720;

export interface WholeMinutesOptions {
  readonly broker: Pick<Broker, 'minuteBars'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Made of the stream's trades by somebody else, mended here. */
  readonly bars: MinuteBars;
  /** How far our clock may be from the market's stamps at this moment. */
  readonly marginMs: () => number;
  /** All holes of an instrument are filled, the last of them up to `toMs`. */
  readonly onFilled: (instrument: InstrumentId, toMs: number) => void;
}

/** Minute bars without holes: the broker's own stand where ours were not made or are not whole. */
export class WholeMinutes {
  readonly #options: WholeMinutesOptions;
  readonly #holes = new BarHoles();
  /** Day of the first need, yyyymmdd. */
  readonly #readOn = new Map<InstrumentId, number>();

  constructor(options: WholeMinutesOptions) {
    this.#options = options;
  }

  /** The last `count`, oldest first. @throws RetryLater when the broker cannot say */
  async last(instrument: InstrumentId, count: number): Promise<readonly Bar[]> {
    const { bars, broker } = this.#options;
    const today = this.#today();
    if (this.#readOn.get(instrument) !== today) {
      bars.merge(instrument, await broker.minuteBars(instrument, minutesFromBroker));
      this.#readOn.set(instrument, today);
    }
    await this.fill(instrument);
    return bars.last(instrument, count);
  }

  /** Somebody has read its minute bars, or we have made some: they must stay whole. */
  isShown(instrument: InstrumentId): boolean {
    return this.#options.bars.has(instrument) || this.#readOn.get(instrument) === this.#today();
  }

  missed(instrument: InstrumentId, hole: Hole): void {
    this.#holes.open(instrument, hole);
  }

  /** An instrument with a hole that can be filled now. */
  fillable(): InstrumentId | undefined {
    const overMs = this.#nowMs() - this.#options.marginMs();
    return this.#holes.instruments().find((instrument) => this.#holes.fillable(instrument, overMs) !== null);
  }

  /** Puts the broker's own bars where ours are not whole, as far as their minutes are over. @throws RetryLater */
  async fill(instrument: InstrumentId): Promise<void> {
    const { bars, broker, marginMs, onFilled } = this.#options;
    const nowMs = this.#nowMs();
    const hole = this.#holes.fillable(instrument, nowMs - marginMs());
    if (hole === null) return;
    const minutes = Math.min(minutesOfGapMax, Math.ceil((nowMs - hole.fromMs) / 60_000) + 1);
    bars.repair(instrument, await broker.minuteBars(instrument, minutes), hole);
    this.#holes.filled(instrument, hole.toMs);
    if (!this.#holes.has(instrument)) onFilled(instrument, hole.toMs);
  }

  #nowMs(): number {
    return this.#options.clock.now().epochMilliseconds;
  }

  #today(): number {
    return dateNumber(seoulDate(this.#options.clock.now()));
  }
}
