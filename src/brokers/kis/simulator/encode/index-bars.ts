import type { Bar } from '#domain/bar.ts';

import type { Broker } from '../host/route.ts';
import { dayBarsOf } from '../venue/floor/day-bars.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { sharesOf } from './encode-price.ts';
import { desksOf, pointsOf } from './index-level.ts';
import type { MarketIndex } from './index-table.ts';
import type { PeriodBar } from './period-bars.ts';

/** A stretch of an index: points, shares and won. */
export interface IndexBar extends PeriodBar {
  readonly startsAtMs: number;
  readonly open: number;
  readonly close: number;
  readonly value: number;
}

/** Days before today by the first desk of an index, which lives one day; the past does not change in it. */
const known = new WeakMap<Desk, Map<string, readonly IndexBar[]>>();
/** Different stretches of the past that are kept: a chart moves its end, and few ask for many. */
const stretchesKept = 8;

/** Day bars of `index`, oldest first, both days inclusive; a day counts when any of its stocks has a bar. */
export function indexDays(
  broker: Broker,
  index: MarketIndex,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly IndexBar[] {
  const { date: today } = broker.venue.state;
  const desks = desksOf(broker, index);
  const isToday = Temporal.PlainDate.compare(from, today) <= 0 && Temporal.PlainDate.compare(to, today) >= 0;
  const now = isToday ? combined(index, desks, (desk) => dayBarsOf(broker, desk, today, today)) : [];
  const last = isToday ? today.subtract({ days: 1 }) : to;
  const [first] = desks;
  if (first === undefined) return now;
  const stretches = known.get(first) ?? new Map<string, readonly IndexBar[]>();
  known.set(first, stretches);
  const key = `${index.code} ${from.toString()} ${last.toString()}`;
  const past = stretches.get(key) ?? combined(index, desks, (desk) => dayBarsOf(broker, desk, from, last));
  if (stretches.size >= stretchesKept) stretches.clear();
  stretches.set(key, past);
  return [...past, ...now];
}

/** Bars of today, oldest first, `seconds` long, made of minutes and so never shorter than one. */
export function indexMinutes(broker: Broker, index: MarketIndex, seconds: number): readonly IndexBar[] {
  const minutes = combined(index, desksOf(broker, index), (desk) => desk.stats.minutes);
  const lengthMs = Math.max(60, seconds) * 1000;
  const merged: IndexBar[] = [];
  for (const bar of minutes) {
    const startsAtMs = Math.floor(bar.startsAtMs / lengthMs) * lengthMs;
    const last = merged.at(-1);
    if (last?.startsAtMs !== startsAtMs) merged.push({ ...bar, startsAtMs });
    else merged[merged.length - 1] = extended(last, bar);
  }
  return merged;
}

function extended(first: IndexBar, next: IndexBar): IndexBar {
  return {
    ...first,
    high: Math.max(first.high, next.high),
    low: Math.min(first.low, next.low),
    close: next.close,
    volume: first.volume + next.volume,
    value: first.value + next.value,
  };
}

/** Where a stock has no bar its last close stands; before its first, its base price. */
function combined(index: MarketIndex, desks: readonly Desk[], barsOf: (desk: Desk) => readonly Bar[]): IndexBar[] {
  const columns = desks.map((desk) => ({ desk, bars: barsOf(desk), next: 0, close: 0 }));
  const starts = [...new Set(columns.flatMap(({ bars }) => bars.map(({ startsAtMs }) => startsAtMs)))].sort(
    (a, b) => a - b,
  );
  for (const column of columns) column.close = column.bars[0]?.open ?? column.desk.basePrice;
  return starts.map((startsAtMs) => {
    const total = { date: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, value: 0 };
    for (const column of columns) {
      const bar = column.bars[column.next];
      const isHere = bar?.startsAtMs === startsAtMs;
      const shares = sharesOf(column.desk.instrument);
      total.open += shares * (isHere ? bar.open : column.close);
      total.high += shares * (isHere ? bar.high : column.close);
      total.low += shares * (isHere ? bar.low : column.close);
      if (isHere) {
        column.close = bar.close;
        column.next += 1;
        total.date = bar.date;
        total.volume += bar.volume;
        total.value += bar.volume * bar.close;
      }
      total.close += shares * column.close;
    }
    const { date, volume, value } = total;
    const points = (capitalisation: number): number => pointsOf(index, capitalisation);
    const { open, high, low, close } = total;
    return { startsAtMs, date, volume, value, ...mapped({ open, high, low, close }, points) };
  });
}

type Prices = Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;

function mapped({ open, high, low, close }: Prices, points: (capitalisation: number) => number): Prices {
  return { open: points(open), high: points(high), low: points(low), close: points(close) };
}
