import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';
import { matchAtBar } from '#exchange/bar-matching.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { snap, tickAt, tickTable } from '#markets/tick-size.ts';
import type { Slippage } from './fill-model.ts';

/** What a bar's fill depends on besides the bar. */
export interface FillTerms {
  readonly instrument: Instrument;
  readonly side: OrderSide;
  /** Limit price. */
  readonly price: Won;
  /** The day whose ticks and limits hold, yyyymmdd. */
  readonly date: number;
}

/** The price that an order meets in a bar, and whether it takes what is there (and so slips) or waits at its limit. */
export interface Meeting {
  readonly price: number;
  readonly isTaker: boolean;
}

/** Where a resting order meets the bar, or null; one for an auction alone meets its print or nothing. */
export function restingMeeting(
  order: { readonly side: OrderSide; readonly price: Won },
  bar: Bar,
  only: 'open' | 'close' | null,
): Meeting | null {
  if (only === null) {
    const price = matchAtBar(order, bar, true);
    return price === null ? null : { price, isTaker: price === bar.open };
  }
  const print = only === 'open' ? bar.open : bar.close;
  const isGood = order.side === 'buy' ? print <= order.price : print >= order.price;
  return bar.volume > 0 && isGood ? { price: print, isTaker: true } : null;
}

/**
 * What is paid: the met price, worsened when it takes, and held inside the bar and the order's limit, so that nothing
 * ever trades where the bar did not, nor past its limit.
 *
 * @param shareOfVolume shares of the fill ÷ volume of the bar, 0 to 1
 * @returns null when the met price is past the limit
 */
export function fillPrice(
  { instrument, side, price: limit, date }: FillTerms,
  meeting: Meeting,
  { bar, shareOfVolume, slippage }: { readonly bar: Bar; readonly shareOfVolume: number; readonly slippage: Slippage },
): Won | null {
  const isBuy = side === 'buy';
  const met = Math.min(bar.high, Math.max(bar.low, meeting.price));
  if (isBuy ? met > limit : met < limit) return null;
  if (!meeting.isTaker || slippage.kind === 'none') return won(met);
  const table = tickTable(instrument, date);
  const distance = distanceOf(slippage, { price: met, tick: tickAt(table, met), shareOfVolume });
  const wanted = isBuy ? met + distance : Math.max(tickAt(table, 1), met - distance);
  // A met price off the tick table (adjusted bars) keeps its own distance: only the worsened one is put on a tick.
  const worse = distance === 0 ? met : snap(table, wanted, isBuy ? 'up' : 'down');
  return won(isBuy ? Math.min(worse, limit, bar.high) : Math.max(worse, limit, bar.low));
}

/** True when the bar stands at the day's limit from end to end, so that one side waits in a queue and does not trade. */
export function isLocked({ instrument, side, date }: FillTerms, bar: Bar, basePrice: Won | null): boolean {
  if (bar.high !== bar.low || basePrice === null) return false;
  const limits = priceLimits(instrument, basePrice, date);
  return side === 'buy' ? bar.close >= limits.upper : bar.close <= limits.lower;
}

/** Won, not yet on a tick. */
function distanceOf(
  slippage: Slippage,
  at: { readonly price: number; readonly tick: number; readonly shareOfVolume: number },
): number {
  if (slippage.kind === 'none') return 0;
  if (slippage.kind === 'ticks') return slippage.ticks * at.tick;
  if (slippage.kind === 'bps') return (at.price * slippage.bps) / 10_000;
  if (slippage.kind === 'spread') return (at.price * slippage.spreadBps * slippage.shareBps) / 100_000_000;
  return (at.price * slippage.bps * Math.sqrt(at.shareOfVolume)) / 10_000;
}
