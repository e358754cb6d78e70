import { symbolOf } from '#domain/instrument.ts';
import { sessionOf, venueOf } from '#domain/order.ts';
import { dateNumber, plainDate, seoulDate } from '#domain/trading-date.ts';
import { listingOf } from '#markets/listings.ts';
import { orderWindow } from '#markets/order-windows.ts';
import { isOver } from './desk/order-questions.ts';
import type { DeskOrder } from './desk/state.ts';

/** Market time after a close in which its last executions are still told. */
const afterCloseMs = 60_000;

/**
 * True when no order of `date` can fill any more: the regular session is over, and so is every later one that an order
 * which is not over yet was for. Where the end of a session is not known, the day ends at midnight.
 */
export function isDayOver(date: number, now: Temporal.Instant, orders: Iterable<DeskOrder>): boolean {
  const today = dateNumber(seoulDate(now));
  if (date !== today) return date < today;
  const day = plainDate(date);
  const regular = orderWindow({ venue: 'KRX', session: 'regular', kind: 'stock' }, day);
  const ends = [regular?.closesAt];
  // A day has many orders and few closes: each is looked up once.
  const windows = new Map<string, Window>();
  for (const order of orders) if (order.date === date && !isOver(order)) putWindow(windows, order);
  for (const window of windows.values()) ends.push(orderWindow(window, day)?.closesAt);
  return ends.every((end) => end !== undefined && now.epochMilliseconds >= end.epochMilliseconds + afterCloseMs);
}

type Window = Parameters<typeof orderWindow>[0];

function putWindow(windows: Map<string, Window>, { request }: DeskOrder): void {
  const kind = listingOf(symbolOf(request.instrument))?.kind ?? 'stock';
  // The broker may send an order of SOR to KRX, which closes last.
  const venue = venueOf(request) === 'SOR' ? 'KRX' : venueOf(request);
  const session = sessionOf(request);
  windows.set(`${venue}/${session}/${kind}`, { venue, session, kind });
}
