import type { Bar } from '#domain/bar.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

import type { Desk } from './market-floor.ts';
import type { Broker } from '../../host/route.ts';

const oldestDate = Temporal.PlainDate.from('1980-01-04');

/**
 * Day bars of `desk`, oldest first, both days inclusive: the source's past, over it what the venue recorded itself, and
 * today as it stands. Days before 1980 and after today do not exist.
 */
export function dayBarsOf(
  broker: Broker,
  desk: Desk,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly Bar[] {
  const { date: today } = broker.venue.state;
  const first = Temporal.PlainDate.compare(from, oldestDate) < 0 ? oldestDate : from;
  const yesterday = today.subtract({ days: 1 });
  const last = Temporal.PlainDate.compare(to, yesterday) > 0 ? yesterday : to;
  const past = Temporal.PlainDate.compare(first, last) > 0 ? [] : broker.market.dailyBars(desk.instrument, first, last);
  const bars = past.map((bar) => recordedBar(broker, desk, bar) ?? bar);
  if (Temporal.PlainDate.compare(from, today) > 0 || Temporal.PlainDate.compare(to, today) < 0) return bars;
  const now = barOfToday(desk, today);
  return now === null ? bars : [...bars, now];
}

/** Bars of the past by desk: a desk lives one day, and the past does not change in it. */
const years = new WeakMap<Desk, readonly Bar[]>();

/** Day bars of the last 365 days, about 250 sessions, today included; cheap to ask again. */
export function yearOf(broker: Broker, desk: Desk): readonly Bar[] {
  const { date: today } = broker.venue.state;
  const known = years.get(desk);
  const past = known ?? dayBarsOf(broker, desk, today.subtract({ days: 365 }), today.subtract({ days: 1 }));
  if (known === undefined) years.set(desk, past);
  const now = barOfToday(desk, today);
  return now === null ? past : [...past, now];
}

/** Highest and lowest price of the last `days` bars, with their dates; null when there is no bar. */
export function rangeOf(bars: readonly Bar[]): { readonly high: Bar; readonly low: Bar } | null {
  let high = bars[0];
  let low = bars[0];
  for (const bar of bars) {
    if (high !== undefined && bar.high > high.high) high = bar;
    if (low !== undefined && bar.low < low.low) low = bar;
  }
  return high === undefined || low === undefined ? null : { high, low };
}

function recordedBar(broker: Broker, desk: Desk, bar: Bar): Bar | null {
  const row = broker.venue.state.bars.get(plainDate(bar.date).toString())?.get(desk.instrument.symbol);
  if (row === undefined) return null;
  return {
    ...bar,
    open: won(row.open),
    high: won(row.high),
    low: won(row.low),
    close: won(row.close),
    volume: row.volume,
  };
}

function barOfToday(desk: Desk, today: Temporal.PlainDate): Bar | null {
  const { stats } = desk;
  if (stats.volume === 0) return null;
  return {
    startsAtMs: seoulInstant(today, Temporal.PlainTime.from('00:00')).epochMilliseconds,
    date: dateNumber(today),
    open: won(stats.open),
    high: won(stats.high),
    low: won(stats.low),
    close: won(stats.last),
    volume: stats.volume,
  };
}
