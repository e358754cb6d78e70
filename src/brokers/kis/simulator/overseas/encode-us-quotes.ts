import { changeSign, dateText, percentText } from '../encode/text-fields.ts';
import { dollarText, encodeUsBlock } from './encode-us-block.ts';
import { usMoment } from './us-clock-text.ts';
import { simulatedRate, wonAtRate } from './us-fees.ts';
import { usExchanges, type UsListing } from './us-listings.ts';
import type { UsNow, UsSpan } from './us-prices.ts';
import type { UsDay } from './us-sessions.ts';

/** Digits behind the point in every price. */
const decimals = '4';
const noLimits = { lower: -1, upper: Number.POSITIVE_INFINITY };
/** Shares quoted at the best price, and how the ten levels grow; the spread is one cent. */
const levelShares = 100;
const cent = 100;

/** `rsym`: D, the quote's exchange and the symbol. */
export function usRealtimeSymbol({ exchange, symbol }: UsListing): string {
  return `D${usExchanges[exchange].quote}${symbol}`;
}

/** @see spec A.15 */
export function encodeUsPrice(listing: UsListing, now: UsNow, volume: number, before: UsSpan): Record<string, string> {
  const change = now.last - now.base;
  return encodeUsBlock('price', {
    rsym: usRealtimeSymbol(listing),
    zdiv: decimals,
    base: dollarText(now.base),
    pvol: before.volume,
    last: dollarText(now.last),
    sign: changeSign(change, now.last, noLimits),
    diff: dollarText(Math.abs(change)),
    rate: signed(percentText(change, now.base)),
    tvol: volume,
    tamt: amountOf(volume, now.last),
    ordy: '매매 가능',
  });
}

/** @see spec A.15b */
export function encodeUsPriceDetail(
  listing: UsListing,
  now: UsNow,
  volume: number,
  year: { readonly high: number; readonly low: number; readonly highDate: string; readonly lowDate: string },
): Record<string, string> {
  const { today, base, last } = now;
  const change = last - base;
  return encodeUsBlock('priceDetail', {
    rsym: usRealtimeSymbol(listing),
    open: dollarText(today.open),
    high: dollarText(today.high),
    low: dollarText(today.low),
    last: dollarText(last),
    base: dollarText(base),
    tomv: Math.floor((listing.sharesListed / 10_000) * last),
    h52p: dollarText(year.high),
    h52d: year.highDate,
    l52p: dollarText(year.low),
    l52d: year.lowDate,
    shar: listing.sharesListed,
    curr: 'USD',
    zdiv: decimals,
    vnit: 1,
    t_xprc: wonAtRate(last),
    t_xdif: wonAtRate(Math.abs(change)),
    t_xrat: signed(percentText(change, base)),
    p_xprc: wonAtRate(base),
    t_rate: rateText(),
    p_rate: rateText(),
    t_xsgn: changeSign(change, last, noLimits),
    p_xsng: '3',
    e_ordyn: '매매 가능',
    e_hogau: '0.0100',
    tvol: volume,
    tamt: amountOf(volume, last),
  });
}

/** `output1`, `output2` with ten levels a side, and an empty `output3`. @see spec §6.2 and A.15c */
export function encodeUsBook(listing: UsListing, now: UsNow): Readonly<Record<string, Record<string, string>>> {
  const moment = usMoment(now.at);
  const levels: Record<string, string> = {};
  let shown = 0;
  for (let level = 1; level <= 10; level += 1) {
    levels[`pbid${level}`] = dollarText(Math.max(cent, now.last - level * cent));
    levels[`pask${level}`] = dollarText(now.last + level * cent);
    levels[`vbid${level}`] = String(levelShares * level);
    levels[`vask${level}`] = String(levelShares * level);
    levels[`dbid${level}`] = '0';
    levels[`dask${level}`] = '0';
    shown += levelShares * level;
  }
  const output1 = encodeUsBlock('bookSummary', {
    rsym: usRealtimeSymbol(listing),
    zdiv: decimals,
    curr: 'USD',
    base: dollarText(now.base),
    open: dollarText(now.today.open),
    high: dollarText(now.today.high),
    low: dollarText(now.today.low),
    last: dollarText(now.last),
    dymd: moment.localDate,
    dhms: moment.localTime,
    bvol: shown,
    avol: shown,
    code: listing.symbol,
  });
  return { output1, output2: levels, output3: {} };
}

/** One row of `dailyprice`; `before` is the close of the span before, 0 when there is none. */
export function encodeUsBar(date: Temporal.PlainDate, bar: UsSpan, before: number): Record<string, string> {
  const change = before === 0 ? 0 : bar.close - before;
  return encodeUsBlock('bar', {
    xymd: dateText(date),
    clos: dollarText(bar.close),
    sign: changeSign(change, bar.close, noLimits),
    diff: dollarText(Math.abs(change)),
    rate: signed(percentText(change, before)),
    open: dollarText(bar.open),
    high: dollarText(bar.high),
    low: dollarText(bar.low),
    tvol: bar.volume,
    tamt: amountOf(bar.volume, bar.close),
    pbid: dollarText(bar.close - cent),
    vbid: levelShares,
    pask: dollarText(bar.close + cent),
    vask: levelShares,
  });
}

/** One row of the minute chart. @see spec A.15d */
export function encodeUsMinute(day: UsDay, startsAt: number, bar: UsSpan): Record<string, string> {
  const moment = usMoment(startsAt);
  return encodeUsBlock('minute', {
    tymd: dateText(day.date),
    xymd: moment.localDate,
    xhms: moment.localTime,
    kymd: moment.koreanDate,
    khms: moment.koreanTime,
    open: dollarText(bar.open),
    high: dollarText(bar.high),
    low: dollarText(bar.low),
    last: dollarText(bar.close),
    evol: bar.volume,
    eamt: amountOf(bar.volume, bar.close),
  });
}

/** Won for a dollar, as KIS writes rates. */
export function rateText(): string {
  return (simulatedRate / 10_000).toFixed(4);
}

/** Dollars traded, cut off to whole dollars. */
export function amountOf(volume: number, price: number): string {
  return String((BigInt(volume) * BigInt(price)) / 10_000n);
}

/** Percent with its sign, plus included. */
export function signed(percent: string): string {
  return percent.startsWith('-') ? percent : `+${percent}`;
}
