import type { BarInterval } from '#domain/bar.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';

/**
 * When a strategy wants to be called besides its bars. Timers are driven by bars and the market's clock alone, so that
 * backtest, paper and live fire them at the same bar.
 *
 * `daily`: before the first bar of a day that starts at or after `at`, when every bar before it has been shown; minute bars
 * only · `close`: after all bars of a day · `month-first`, `month-last`: after all bars of the first or last session of a
 * month; the last is known by the next session, which only a strategy of day bars is told.
 */
export type Timer =
  | { readonly kind: 'daily'; readonly at: string }
  | { readonly kind: 'close' }
  | { readonly kind: 'month-first' }
  | { readonly kind: 'month-last' };

export type Timers = Readonly<Record<string, Timer>>;

const minuteMs = 60_000;
const seoulOffsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

/** Why timers cannot be used with bars of `interval`; null when they can. */
export function timerProblem(timers: Timers, interval: BarInterval): string | null {
  for (const [name, timer] of Object.entries(timers)) {
    if (timer.kind === 'daily' && minuteOfDay(timer.at) === null)
      return `timer "${name}" is at "${timer.at}", wanted HH:MM`;
    if (timer.kind === 'daily' && interval !== '1m') return `timer "${name}" has a time of day, wanted bars of 1m`;
    if (timer.kind === 'month-last' && interval !== '1d')
      return `timer "${name}" needs the next session, wanted bars of 1d`;
  }
  return null;
}

/** Which timers are due; asked before a bar is shown and after all bars of a day. Fires each at most once a day. */
export class TimerWatch {
  readonly #daily: readonly { readonly name: string; readonly minute: number }[];
  readonly #others: readonly { readonly name: string; readonly kind: Exclude<Timer['kind'], 'daily'> }[];
  readonly #firedOn = new Map<string, number>();
  /** Newest day with a bar, and the one before it, yyyymmdd; 0 before there was one. */
  #latest = 0;
  #previous = 0;

  constructor(timers: Timers) {
    const all = Object.entries(timers);
    this.#daily = all.flatMap(([name, timer]) => {
      const minute = timer.kind === 'daily' ? minuteOfDay(timer.at) : null;
      return minute === null ? [] : [{ name, minute }];
    });
    this.#others = all.flatMap(([name, { kind }]) => (kind === 'daily' ? [] : [{ name, kind }]));
  }

  /** Names of daily timers that are due before the bar that starts then. A day that began past the time fires at once. */
  beforeBar(startsAtMs: number, date: number, isWarmUp: boolean): readonly string[] {
    this.#sawDay(date);
    if (this.#daily.length === 0) return [];
    const minute = Math.floor(((startsAtMs + seoulOffsetMs) % dayMs) / minuteMs);
    const due = this.#daily.filter((timer) => minute >= timer.minute && this.#firedOn.get(timer.name) !== date);
    for (const { name } of due) this.#firedOn.set(name, date);
    return isWarmUp ? [] : due.map(({ name }) => name);
  }

  /**
   * Names that are due after all bars of `date`.
   *
   * @param nowMs for day bars the opening of the next session, for minute bars a moment of the same day
   */
  atClose(date: number, nowMs: number): readonly string[] {
    this.#sawDay(date);
    const next = dateNumber(seoulDate(Temporal.Instant.fromEpochMilliseconds(nowMs)));
    return this.#others.flatMap(({ name, kind }) => (this.#isDue(kind, date, next) ? [name] : []));
  }

  #isDue(kind: Exclude<Timer['kind'], 'daily'>, date: number, next: number): boolean {
    if (kind === 'close') return true;
    if (kind === 'month-first') return this.#previous !== 0 && monthOf(this.#previous) !== monthOf(date);
    return next > date && monthOf(next) !== monthOf(date);
  }

  /** History may come one instrument after the other, so days may come again. */
  #sawDay(date: number): void {
    if (date > this.#latest) [this.#previous, this.#latest] = [this.#latest, date];
    else if (date < this.#latest && date > this.#previous) this.#previous = date;
  }
}

function monthOf(date: number): number {
  return Math.trunc(date / 100);
}

/** Minutes since midnight; null for what is no HH:MM. */
function minuteOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}
