import { priceLimits } from '#markets/price-limits.ts';

import type { Print } from '../venue/floor/day-stats.ts';
import { totalOf } from './encode-order-book.ts';
import { sharesOf } from './encode-price.ts';
import { isInterrupted, type QuoteDesk } from './quote-desk.ts';
import { expectedHourCode, marketCodes, operationCodes, type DayPart } from './session-code.ts';
import { changeSign, clockText, dateText, percentText } from './text-fields.ts';

/** What every record of one frame shares. */
export interface RecordContext {
  readonly date: Temporal.PlainDate;
  readonly part: DayPart;
  /** Shares traded on the previous day; 0 when there was none. */
  readonly previousVolume: number;
}

/** Fields after the trade itself: `HOUR_CLS_CODE` and what only the newest layouts carry. */
interface Shown {
  readonly price: number;
  readonly quantity: number;
  readonly volume: number;
  readonly value: number;
  readonly at: number;
  readonly side: string;
  readonly hourCode: string;
}

/**
 * One record of H0STCNT0, H0NXCNT0 or H0UNCNT0 in the newest layout, 47 fields; older profiles cut it off. Quantities
 * at the best prices are those after the last trade of the beat.
 *
 * @see spec Appendix B
 */
export function encodeTradeRecord(desk: QuoteDesk, print: Print, context: RecordContext): readonly string[] {
  const { price, quantity, volume, value, at, takerSide } = print;
  const side = takerSide === 'buy' ? '1' : '5';
  return record(desk, { price, quantity, volume, value, at, side, hourCode: '0' }, context);
}

/**
 * One record of H0STANC0, 45 fields, or of its NXT twin with the static VI reference, 46: what the auction would print
 * now. Null when it would print nothing.
 */
export function encodeExpectedRecord(
  desk: QuoteDesk,
  at: Temporal.Instant,
  context: RecordContext,
): readonly string[] | null {
  const expected = desk.book.indicative();
  if (expected === null) return null;
  const { volume, value } = desk.stats;
  const shown = {
    price: expected.price,
    quantity: expected.quantity,
    volume,
    value,
    at: at.epochMilliseconds,
    side: '3',
    hourCode: expectedHourCode(context.part, isInterrupted(desk)),
  };
  return record(desk, shown, context).slice(0, 46);
}

function record(desk: QuoteDesk, shown: Shown, { date, part, previousVolume }: RecordContext): readonly string[] {
  const { stats, basePrice, instrument } = desk;
  const { price, volume, value } = shown;
  const change = price - basePrice;
  const depth = desk.book.depth(10, Temporal.Instant.fromEpochMilliseconds(shown.at));
  const fields = [
    instrument.symbol,
    clockText(shown.at),
    price,
    changeSign(change, price, priceLimits(instrument, basePrice, date)),
    change,
    percentText(change, basePrice),
    (volume === 0 ? price : value / volume).toFixed(2),
    stats.open,
    stats.high,
    stats.low,
    depth.asks[0]?.price ?? 0,
    depth.bids[0]?.price ?? 0,
    shown.quantity,
    volume,
    value,
    stats.sellCount,
    stats.buyCount,
    stats.buyCount - stats.sellCount,
    percentText(stats.buyVolume, stats.sellVolume),
    stats.sellVolume,
    stats.buyVolume,
    shown.side,
    (stats.buyVolume / Math.max(1, stats.buyVolume + stats.sellVolume)).toFixed(2),
    percentText(volume, previousVolume),
    ...against(stats.openAt, stats.open, price),
    ...against(stats.highAt, stats.high, price),
    ...against(stats.lowAt, stats.low, price),
    dateText(date),
    operationCodes[part],
    desk.isHalted ? 'Y' : 'N',
    depth.asks[0]?.quantity ?? 0,
    depth.bids[0]?.quantity ?? 0,
    totalOf(depth.asks),
    totalOf(depth.bids),
    percentText(volume, sharesOf(instrument)),
    ...atSameTime(shown.at, volume, previousVolume),
    shown.hourCode,
    '',
    stats.open === 0 ? basePrice : stats.open,
    marketCodes[part],
  ];
  return fields.map(String);
}

/** Time of the open, high or low, and how the price stands to it; zeros before the first trade. */
function against(at: number, level: number, price: number): readonly (string | number)[] {
  if (level === 0) return ['000000', '3', 0];
  const change = price - level;
  return [clockText(at), changeSign(change, 0, { lower: -1, upper: Number.POSITIVE_INFINITY }), change];
}

const opensAtMinute = 9 * 60;
const tradingMinutes = 390;

/** Volume of the previous day at this time, as if it had come evenly, rounded to the share, and today's in percent of it. */
function atSameTime(at: number, volume: number, previousVolume: number): readonly [number, string] {
  const clock = clockText(at);
  const minute = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(2, 4));
  const part = Math.min(1, Math.max(0, (minute - opensAtMinute) / tradingMinutes));
  const then = Math.round(previousVolume * part);
  return [then, percentText(volume, then)];
}
