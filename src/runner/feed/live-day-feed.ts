import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { ActedDay } from '../acted-day.ts';
import type { HostOptions } from '../host-options.ts';
import { DayFeed, type DayFeedOptions } from './day-feed.ts';
import { dayHistory } from './minute-history.ts';

/** The day bars of a strategy that trades through the gateway; the days it acted upon stand beside its decision log. */
export function liveDayFeed(
  { plan, gateway, clock, folder, dayDelayMs }: HostOptions,
  heard: Pick<DayFeedOptions, 'show' | 'close' | 'onDone'>,
): DayFeed {
  return new DayFeed({
    ...heard,
    notBeforeMs: performance.now() + dayDelayMs,
    instruments: plan.symbols.map(instrumentId),
    read: (instrument, count) => dayHistory(gateway, instrument, count),
    now: () => clock.now(),
    elapsedMs: () => performance.now(),
    acted: new ActedDay(join(folder, `${plan.name}.acted-day`)),
  });
}
