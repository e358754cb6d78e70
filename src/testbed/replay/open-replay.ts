import { existsSync } from 'node:fs';

import { FixConfiguration } from '#domain/errors.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { sessionsOfDay } from '#markets/sessions.ts';

import { VirtualClock, type OpenHours } from '../virtual-clock.ts';
import { readHistory } from './bar-history.ts';
import { barReplay, type ReplayMarket } from './replay-market.ts';
import { isTickFile, tickReplay } from './tick-replay.ts';

export interface ReplayWish {
  /** A recording, a CSV file of daily bars, a folder of them, or a bar store (`.sqlite`). */
  readonly path: string;
  readonly from: Temporal.PlainDate;
  /** Codes to keep; every one when empty. */
  readonly symbols: readonly string[];
  readonly seed: string;
}

const dawn = { minutes: 10 };
const evening = Temporal.PlainTime.from('18:00');

/** @throws FixConfiguration `testbed.replay-missing`; whatever reading the file throws */
export function openReplay({ path, from, symbols, seed }: ReplayWish): ReplayMarket {
  if (!existsSync(path)) {
    throw new FixConfiguration(
      'testbed.replay-missing',
      `Cannot replay "${path}": there is nothing, wanted a folder or file of daily bars, a bar store or a recording.`,
    );
  }
  if (isTickFile(path)) return tickReplay(path, symbols, from);
  return barReplay({ histories: readHistory(path, symbols), from, seed });
}

/**
 * A clock that lives the days of a replay only, each from ten minutes before its first session to its last one's end or
 * 18:00. After the last day time goes on in a market that has nothing more to show.
 */
export function replayClock(days: readonly Temporal.PlainDate[], speed: number): VirtualClock {
  const hours = new Map(days.map((day, index) => [day.toString(), hoursOf(day, index === days.length - 1)]));
  const first = days[0];
  if (first === undefined) throw new RangeError('A replay has at least one day');
  const start = hours.get(first.toString())?.from ?? seoulInstant(first, evening);
  return new VirtualClock({ start, hoursOf: (day) => hours.get(day.toString()) ?? null, speed, file: null });
}

function hoursOf(day: Temporal.PlainDate, isLast: boolean): OpenHours {
  const sessions = sessionsOfDay(day);
  const opens = sessions[0]?.from ?? seoulInstant(day, Temporal.PlainTime.from('09:00'));
  const closes = sessions.at(-1)?.to ?? opens;
  const late = seoulInstant(day, evening);
  const to = Temporal.Instant.compare(closes, late) > 0 ? closes : late;
  return { from: opens.subtract(dawn), to: isLast ? to.add({ hours: 24 * 365 }) : to };
}
