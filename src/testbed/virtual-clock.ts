import type { VenueClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import { isTradingDay, nextTradingDay } from '#markets/calendar.ts';
import { sessionsOfDay } from '#markets/sessions.ts';

import type { ClockFile } from './clock-file.ts';

/** Real milliseconds of market time that are promised ahead, so that the file is written seldom. */
const promiseMs = 10_000;
const speedMax = 1000;

/** The open part of a day: the clock is never outside `from` (inclusive) to `to` (exclusive). */
export interface OpenHours {
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

export interface VirtualClockOptions {
  /** Where to start when nothing is promised; moved into the next open hours when it lies outside. */
  readonly start: Temporal.Instant;
  /** Open hours of a day, or null when it has none. */
  readonly hoursOf: (date: Temporal.PlainDate) => OpenHours | null;
  /** Market seconds per real second, 1 to 1000. */
  readonly speed: number;
  /** Null: nothing outlives the process. */
  readonly file: ClockFile | null;
  /** Real milliseconds that only grow. */
  readonly elapsedMs?: (() => number) | undefined;
}

/**
 * Market time that runs faster than real time, is always in open hours, and never goes back: not when the speed
 * changes, and not when the process ends and starts again. A day's end is followed at once by the next open day.
 */
export class VirtualClock implements VenueClock {
  readonly #options: VirtualClockOptions;
  readonly #elapsedMs: () => number;
  /** Market time at `#anchorMs` real; from there time runs at `#speed`, or not at all. */
  #anchor: Temporal.Instant;
  #anchorMs: number;
  #speed: number;
  #isPaused = false;
  #hours: OpenHours;
  #promised: Temporal.Instant;
  /** Half of what was promised is used up then, and more is promised; kept, because the clock is asked many times an order. */
  #renewsAt: Temporal.Instant;

  /** @throws {RangeError} a speed outside 1 to 1000; no open hours within the known calendar */
  constructor(options: VirtualClockOptions) {
    this.#options = options;
    this.#elapsedMs = options.elapsedMs ?? (() => performance.now());
    this.#speed = checkedSpeed(options.speed);
    const promised = options.file?.load() ?? null;
    const wanted =
      promised !== null && Temporal.Instant.compare(promised, options.start) > 0 ? promised : options.start;
    const { at, hours } = intoHours(wanted, options.hoursOf);
    this.#anchor = at;
    this.#hours = hours;
    this.#anchorMs = this.#elapsedMs();
    this.#promised = at;
    this.#renewsAt = at;
    this.#promise();
  }

  get speed(): number {
    return this.#speed;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  now(): Temporal.Instant {
    const real = this.#elapsedMs();
    let now = this.#at(real);
    while (Temporal.Instant.compare(now, this.#hours.to) >= 0) {
      // The real moment of the close is where the next day's segment begins.
      const beyond = (now.epochMilliseconds - this.#hours.to.epochMilliseconds) / this.#speed;
      const { at, hours } = intoHours(this.#hours.to, this.#options.hoursOf);
      this.#anchor = at;
      this.#hours = hours;
      this.#anchorMs = real - beyond;
      now = this.#at(real);
    }
    if (Temporal.Instant.compare(now, this.#renewsAt) > 0) this.#promise(now);
    return now;
  }

  elapsedMs(): number {
    return this.#elapsedMs();
  }

  setSpeed(speed: number): void {
    const next = checkedSpeed(speed);
    this.#restart();
    this.#speed = next;
    this.#renewsAt = this.#halfway();
  }

  setPaused(isPaused: boolean): void {
    this.#restart();
    this.#isPaused = isPaused;
  }

  /** Jumps ahead by whole milliseconds, paused or not, over as many closes as lie between. */
  step(milliseconds: number): void {
    if (!Number.isInteger(milliseconds) || milliseconds < 0) throw new RangeError(`Not a step ahead: ${milliseconds}`);
    this.#restart();
    let left = milliseconds;
    let room = this.#hours.to.epochMilliseconds - this.#anchor.epochMilliseconds;
    while (left >= room) {
      left -= room;
      const { at, hours } = intoHours(this.#hours.to, this.#options.hoursOf);
      this.#anchor = at;
      this.#hours = hours;
      room = hours.to.epochMilliseconds - at.epochMilliseconds;
    }
    this.#anchor = this.#anchor.add({ milliseconds: left });
    this.now();
  }

  /** Gives back what was promised and not lived; nothing may be read afterwards. */
  close(): void {
    this.#options.file?.save(this.now());
  }

  #at(real: number): Temporal.Instant {
    if (this.#isPaused) return this.#anchor;
    return this.#anchor.add({ milliseconds: Math.floor((real - this.#anchorMs) * this.#speed) });
  }

  #restart(): void {
    const now = this.now();
    this.#anchor = now;
    this.#anchorMs = this.#elapsedMs();
  }

  #promise(from: Temporal.Instant = this.#anchor): void {
    this.#promised = from.add({ milliseconds: promiseMs * this.#speed });
    this.#renewsAt = this.#halfway();
    this.#options.file?.save(this.#promised);
  }

  #halfway(): Temporal.Instant {
    return this.#promised.subtract({ milliseconds: Math.floor((promiseMs * this.#speed) / 2) });
  }
}

/** The trial's hours: the whole regular session, from the first continuous trade to the closing print. */
export function regularHours(date: Temporal.PlainDate): OpenHours | null {
  const sessions = sessionsOfDay(date);
  const from = sessions.find(({ kind }) => kind === 'continuous')?.from;
  const to = sessions.find(({ kind }) => kind === 'closing-auction')?.to;
  return from === undefined || to === undefined ? null : { from, to };
}

/** Where a trial begins: an hour and a half into the first trading day at or after `date`. */
export function trialStart(date: Temporal.PlainDate): Temporal.Instant {
  const day = isTradingDay(date) ? date : nextTradingDay(date);
  const opensAt = regularHours(day)?.from ?? seoulInstant(day, Temporal.PlainTime.from('09:00'));
  return opensAt.add({ minutes: 90 });
}

function intoHours(
  wanted: Temporal.Instant,
  hoursOf: VirtualClockOptions['hoursOf'],
): { at: Temporal.Instant; hours: OpenHours } {
  let date = seoulDate(wanted);
  // The longest closing of KRX took ten days; beyond a year the calendar has ended.
  for (let days = 0; days < 366; days += 1) {
    const hours = hoursOf(date);
    if (hours !== null && Temporal.Instant.compare(wanted, hours.to) < 0) {
      const at = Temporal.Instant.compare(wanted, hours.from) < 0 ? hours.from : wanted;
      return { at, hours };
    }
    date = date.add({ days: 1 });
  }
  throw new RangeError(`No trading day within a year of ${wanted.toString()}: the calendar ends before`);
}

function checkedSpeed(speed: number): number {
  if (!(speed >= 1 && speed <= speedMax)) throw new RangeError(`Not a speed from 1 to ${speedMax}: ${speed}`);
  return speed;
}
