import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { previousTradingDay } from '#markets/calendar.ts';
import { sessionAt } from '#markets/sessions.ts';
import type { ActedDay } from '../acted-day.ts';
import { historyBarsMax } from './minute-history.ts';

export interface DayFeedOptions {
  readonly instruments: readonly InstrumentId[];
  /** The last `count` day bars, oldest first; today's unfinished one may be among them. */
  readonly read: (instrument: InstrumentId, count: number) => Promise<readonly Bar[]>;
  /** Market time. */
  readonly now: () => Temporal.Instant;
  /** Real milliseconds that only grow. */
  readonly elapsedMs: () => number;
  /** Nothing is read before `elapsedMs` is here: a refusal of an order costs the day's decision. */
  readonly notBeforeMs: number;
  readonly acted: ActedDay;
  /** Called again after a restart of the link; what was shown before is passed over there. */
  readonly show: (instrument: InstrumentId, bar: Bar, isWarmUp: boolean) => void;
  readonly close: (date: number) => void;
  /** The day's bars were shown: something was decided, or there is a reason in the sentence why nothing was. */
  readonly onDone: (sentence: string | null) => void;
}

/** Between two tries of a read that failed. */
const retryMs = 5_000;
/** Beyond the warm-up, so that a halted instrument has enough. */
const spareBars = 30;

/**
 * Feeds a strategy of day bars. Once a session, while the market trades, it shows every closed day that was not shown; the
 * newest, if it is the session before this one, to be acted upon: the orders of a close meet the next session, as in a
 * backtest. A day is acted upon once, over restarts too. Older days only warm up: what was missed is not made up for.
 */
export class DayFeed {
  warmUpBars = 0;
  readonly #options: DayFeedOptions;
  #doneOn = 0;
  #isReading = false;
  #triedAtMs = -Infinity;

  constructor(options: DayFeedOptions) {
    this.#options = options;
  }

  /** The link is new: reads once more, so that the gateway knows again what is watched. */
  restart(): Promise<void> {
    this.#doneOn = 0;
    this.#triedAtMs = -Infinity;
    return this.look();
  }

  /** Called often; reads only when a session has begun for which nothing was read. */
  async look(): Promise<void> {
    const { now, elapsedMs, notBeforeMs } = this.#options;
    if (elapsedMs() < notBeforeMs) return;
    const today = seoulDate(now());
    if (this.#isReading || this.#doneOn === dateNumber(today) || sessionAt(now()).kind !== 'continuous') return;
    if (elapsedMs() - this.#triedAtMs < retryMs) return;
    this.#triedAtMs = elapsedMs();
    this.#isReading = true;
    const days = await this.#closedDays(dateNumber(today)).catch(() => null);
    this.#isReading = false;
    // The link or the broker did not answer: tried again in a moment, for as long as the session lasts.
    if (days === null) return;
    this.#doneOn = dateNumber(today);
    this.#options.onDone(this.#feed(days, dateNumber(previousTradingDay(today))));
  }

  /** Bars of closed days by day, ascending, instruments in the declared order. */
  async #closedDays(today: number): Promise<ReadonlyMap<number, readonly (readonly [InstrumentId, Bar])[]>> {
    const { instruments, read } = this.#options;
    const count = Math.min(historyBarsMax, this.warmUpBars + spareBars);
    const days = new Map<number, (readonly [InstrumentId, Bar])[]>();
    for (const instrument of instruments) {
      for (const bar of await read(instrument, count)) {
        if (bar.date < today) days.set(bar.date, [...(days.get(bar.date) ?? []), [instrument, bar]]);
      }
    }
    return new Map([...days].toSorted(([a], [b]) => a - b));
  }

  /** @returns why nothing was decided; null when something could be, or was before */
  #feed(days: ReadonlyMap<number, readonly (readonly [InstrumentId, Bar])[]>, before: number): string | null {
    const { acted } = this.#options;
    const isDue = days.has(before) && acted.date < before;
    const trouble = isDue ? this.#remember(before) : null;
    for (const [date, bars] of days) this.#showDay(date, bars, isDue && trouble === null && date === before);
    return days.has(before) ? trouble : '어제 일봉이 아직 없어서 오늘은 결정하지 않아요.';
  }

  /** Written down first: a crash after it loses a decision, and never takes it twice. */
  #remember(date: number): string | null {
    try {
      this.#options.acted.remember(date);
      return null;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
      return `결정하는 날을 적어 둘 수 없어서 오늘은 결정하지 않아요. (${code})`;
    }
  }

  #showDay(date: number, bars: readonly (readonly [InstrumentId, Bar])[], isActed: boolean): void {
    for (const [instrument, bar] of bars) this.#options.show(instrument, bar, !isActed);
    if (isActed) this.#options.close(date);
  }
}
