import type { Bar } from '#domain/bar.ts';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

import type { Broker } from '../host/route.ts';
import { dayBarsOf } from '../venue/floor/day-bars.ts';
import type { Desk } from '../venue/floor/market-floor.ts';

const closesAt = Temporal.PlainTime.from('15:30');

/** By desk and date; a desk lives one day. One caller pages through a few days of one instrument at a time. */
const known = new WeakMap<Desk, Map<number, readonly Bar[]>>();
const daysKept = 40;

/**
 * One-minute bars of a past day, oldest first, the closing auction at 15:30 last; empty on a day without trading. The
 * shape is that of the market source's own minutes, fitted to the day bar: they open and close where it does, reach its
 * high and low and nothing beyond, and their volumes add up to its own.
 */
export function pastMinutes(broker: Broker, desk: Desk, date: Temporal.PlainDate): readonly Bar[] {
  const [day] = dayBarsOf(broker, desk, date, date);
  if (day === undefined) return [];
  const days = known.get(desk) ?? new Map<number, readonly Bar[]>();
  known.set(desk, days);
  const found = days.get(day.date);
  if (found !== undefined) return found;
  if (days.size >= daysKept) days.clear();
  const base = broker.market.basePrice(desk.instrument, date);
  const closing = seoulInstant(date, closesAt);
  const shape = broker.market.openDay(desk.instrument, date, base).history(closing);
  const bars = fitted(shape, day);
  days.set(day.date, bars);
  return bars;
}

/** @param shape minutes of the continuous session, oldest first; empty makes a day of one closing auction */
function fitted(shape: readonly Bar[], day: Bar): readonly Bar[] {
  const closing = closingBar(day);
  const shapeVolume = shape.reduce((total, bar) => total + bar.volume, 0);
  // A fifteenth of a day's volume is traded at its close.
  const share = shapeVolume === 0 ? 0 : (day.volume * 14) / 15 / shapeVolume;
  const within = (price: number): Won => won(Math.min(day.high, Math.max(day.low, price)));
  const bars = shape.map((bar) => ({
    ...bar,
    open: within(bar.open),
    high: within(bar.high),
    low: within(bar.low),
    close: within(bar.close),
    // Rounded down to the share; the closing auction takes the rest.
    volume: Math.floor(bar.volume * share),
  }));
  const first = bars[0];
  if (first !== undefined) bars[0] = opened(first, day.open);
  raise(bars, day);
  const rest = day.volume - bars.reduce((total, bar) => total + bar.volume, 0);
  return [...bars, { ...closing, volume: rest }];
}

function opened(bar: Bar, open: Won): Bar {
  return { ...bar, open, high: open > bar.high ? open : bar.high, low: open < bar.low ? open : bar.low };
}

/** Lets the highest and the lowest minute reach what the day reached. */
function raise(bars: Bar[], day: Bar): void {
  const highest = indexOf(bars, (bar, best) => bar.high > best.high);
  const lowest = indexOf(bars, (bar, best) => bar.low < best.low);
  const [high, low] = [bars[highest], bars[lowest]];
  if (high !== undefined) bars[highest] = { ...high, high: day.high };
  const reached = bars[lowest];
  if (low !== undefined && reached !== undefined) bars[lowest] = { ...reached, low: day.low };
}

function indexOf(bars: readonly Bar[], isBetter: (bar: Bar, best: Bar) => boolean): number {
  let best = 0;
  bars.forEach((bar, index) => {
    const known = bars[best];
    if (known !== undefined && isBetter(bar, known)) best = index;
  });
  return best;
}

function closingBar(day: Bar): Bar {
  const startsAtMs = seoulInstant(plainDate(day.date), closesAt).epochMilliseconds;
  return { startsAtMs, date: day.date, open: day.close, high: day.close, low: day.close, close: day.close, volume: 0 };
}
