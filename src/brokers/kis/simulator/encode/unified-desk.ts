import type { BookLevel, OrderBook } from '#domain/market-data.ts';
import { quantity } from '#domain/quantity.ts';

import type { Print } from '../venue/floor/day-stats.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import type { DayFigures, QuoteDesk } from './quote-desk.ts';

const recentMax = 30;

/**
 * Both boards of one instrument as one, the view of market division `UN`: prices of the board that traded last, volumes
 * of both, one book with the levels of both. Figures are taken from the boards as they stand when they are read.
 */
export function unifiedDesk(krx: Desk, nxt: Desk): QuoteDesk {
  return {
    instrument: krx.instrument,
    basePrice: krx.basePrice,
    interruptions: krx.interruptions,
    isHalted: krx.isHalted,
    offHours: krx.offHours,
    book: {
      depth: (levels, at) => mergedBook(krx.book.depth(levels, at), nxt.book.depth(levels, at), levels),
      indicative: () => krx.book.indicative(),
    },
    stats: unifiedStats(krx, nxt),
  };
}

function unifiedStats({ stats: krx }: Desk, { stats: nxt }: Desk): DayFigures {
  const opened = firstOf(krx.openAt, nxt.openAt) === 'krx' ? krx : nxt;
  const highest = nxt.high > krx.high ? nxt : krx;
  const lowest = nxt.low !== 0 && (krx.low === 0 || nxt.low < krx.low) ? nxt : krx;
  return {
    // Few who look at both boards look at these.
    get minutes() {
      return mergedMinutes(krx.minutes, nxt.minutes);
    },
    get recent() {
      return [...krx.recent, ...nxt.recent].sort((a, b) => a.at - b.at).slice(-recentMax);
    },
    open: opened.open,
    openAt: opened.openAt,
    high: highest.high,
    highAt: highest.highAt,
    low: lowest.low,
    lowAt: lowest.lowAt,
    last: lastPrint(krx.recent, nxt.recent)?.price ?? krx.last,
    volume: krx.volume + nxt.volume,
    value: krx.value + nxt.value,
    buyCount: krx.buyCount + nxt.buyCount,
    sellCount: krx.sellCount + nxt.sellCount,
    buyVolume: krx.buyVolume + nxt.buyVolume,
    sellVolume: krx.sellVolume + nxt.sellVolume,
  };
}

/** A board that has not opened says 0. */
function firstOf(krxAt: number, nxtAt: number): 'krx' | 'nxt' {
  return nxtAt !== 0 && (krxAt === 0 || nxtAt < krxAt) ? 'nxt' : 'krx';
}

function lastPrint(krx: readonly Print[], nxt: readonly Print[]): Print | undefined {
  const [left, right] = [krx.at(-1), nxt.at(-1)];
  if (left === undefined || right === undefined) return left ?? right;
  return right.at > left.at ? right : left;
}

type Minutes = DayFigures['minutes'];

function mergedMinutes(krx: Minutes, nxt: Minutes): Minutes {
  const byStart = new Map(krx.map((bar) => [bar.startsAtMs, { ...bar }]));
  for (const bar of nxt) {
    const known = byStart.get(bar.startsAtMs);
    if (known === undefined) {
      byStart.set(bar.startsAtMs, { ...bar });
      continue;
    }
    if (bar.high > known.high) known.high = bar.high;
    if (bar.low < known.low) known.low = bar.low;
    known.volume += bar.volume;
  }
  return [...byStart.values()].sort((a, b) => a.startsAtMs - b.startsAtMs);
}

function mergedBook(krx: OrderBook, nxt: OrderBook, levels: number): OrderBook {
  return {
    ...krx,
    asks: mergedSide(krx.asks, nxt.asks, (a, b) => a.price - b.price).slice(0, levels),
    bids: mergedSide(krx.bids, nxt.bids, (a, b) => b.price - a.price).slice(0, levels),
  };
}

function mergedSide(
  krx: readonly BookLevel[],
  nxt: readonly BookLevel[],
  order: (a: BookLevel, b: BookLevel) => number,
): BookLevel[] {
  const byPrice = new Map(krx.map((level) => [level.price, level]));
  for (const level of nxt) {
    const known = byPrice.get(level.price);
    byPrice.set(level.price, { ...level, quantity: quantity(level.quantity + (known?.quantity ?? 0)) });
  }
  return [...byPrice.values()].sort(order);
}
