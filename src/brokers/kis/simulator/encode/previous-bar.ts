import type { Bar } from '#domain/bar.ts';

import type { Broker } from '../host/route.ts';
import { dayBarsOf } from '../venue/floor/day-bars.ts';
import type { Desk } from '../venue/floor/market-floor.ts';

/** Longest run of days without trading that the calendar has known, with room to spare. */
const daysBack = 15;

/** By desk: a desk lives one day, and the day before does not change in it. */
const known = new WeakMap<Desk, { readonly bar: Bar | null }>();

/** The last day bar before today; null for an instrument without a past. */
export function previousBar(broker: Broker, desk: Desk): Bar | null {
  const found = known.get(desk);
  if (found !== undefined) return found.bar;
  const { date } = broker.venue.state;
  const bars = dayBarsOf(broker, desk, date.subtract({ days: daysBack }), date.subtract({ days: 1 }));
  const bar = bars.at(-1) ?? null;
  known.set(desk, { bar });
  return bar;
}
