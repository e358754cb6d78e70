import { seoul } from '#domain/trading-date.ts';

import { dateText } from '../encode/text-fields.ts';
import { newYorkTime } from './us-sessions.ts';

/** Day and time at one moment in New York and in Seoul, as `yyyymmdd` and `hhmmss`. */
export interface UsMoment {
  readonly localDate: string;
  readonly localTime: string;
  readonly koreanDate: string;
  readonly koreanTime: string;
}

export function usMoment(at: number): UsMoment {
  const there = newYorkTime(at);
  const here = there.withTimeZone(seoul);
  return {
    localDate: dateText(there.toPlainDate()),
    localTime: timeText(there),
    koreanDate: dateText(here.toPlainDate()),
    koreanTime: timeText(here),
  };
}

function timeText(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: 'second' }).replaceAll(':', '');
}
