import { usInstrumentId, tickerOf, usMarketOf, type OverseasOrderRequest } from '#domain/overseas-order.ts';
import { usdValue, wonOfUsd } from '#domain/usd.ts';

import type { OverseasCheck, OverseasDenialCode } from './overseas-denial.ts';
import type { OverseasState } from './overseas-limits.ts';
import { isCount, isPositive } from './whole-number.ts';

/** One question to a request abroad: pure, and free to throw on garbage, which counts as no. */
export type OverseasRule = (request: OverseasOrderRequest, state: OverseasState) => OverseasCheck;

/** Every rule, in the order in which a screen shows them. */
export const overseasRules: Readonly<Record<OverseasDenialCode, OverseasRule>> = {
  halted: (_request, state) => mustNot('halted', !isFalse(state.isHalted)),
  'input-missing': inputMissing,
  'order-type': (request) => mustNot('order-type', request.type !== 'limit' && !auctionLimits.has(request.type)),
  symbol: (request, { limits }) => mustNot('symbol', !limits.instruments.has(request.instrument)),
  'exchange-rate': exchangeRate,
  'order-value': (request, state) =>
    atMost('order-value', wonValue(request, state), state.limits.orderValueMax ?? Number.NaN, 'won'),
  'day-value': dayValue,
  'price-collar': priceCollar,
  'price-stale': priceStale,
  session,
};

/** Market types have no price of their own to judge, so only the two auctions with a limit go out. */
const auctionLimits: ReadonlySet<string> = new Set(['limit-on-open', 'limit-on-close']);
const sides: ReadonlySet<string> = new Set(['buy', 'sell']);

/** How many of instrument, side, quantity, price and time cannot be right; none may be. */
function inputMissing(request: OverseasOrderRequest, state: OverseasState): OverseasCheck {
  const wrong = [
    !isInstrument(request),
    !sides.has(request.side),
    !isPositive(request.quantity),
    !isPositive(request.price),
    !isCount(state.nowMs),
  ].filter(Boolean).length;
  return atMost('input-missing', wrong, 0, 'none');
}

function isInstrument({ instrument }: OverseasOrderRequest): boolean {
  try {
    return usInstrumentId(usMarketOf(instrument), tickerOf(instrument)) === instrument;
  } catch {
    // Anything that is no id of a US stock is a wrong input, counted as one.
    return false;
  }
}

/** The rate's age in milliseconds; a rate from the future has none. */
function exchangeRate(_request: OverseasOrderRequest, { rate, limits, nowMs }: OverseasState): OverseasCheck {
  const isRate = rate !== null && isPositive(rate.rate);
  const age = isRate ? ageOf(rate.atMs, nowMs) : Number.NaN;
  return atMost('exchange-rate', age, limits.rateAgeMaxMs ?? Number.NaN, 'milliseconds');
}

function dayValue(request: OverseasOrderRequest, state: OverseasState): OverseasCheck {
  const before = isCount(state.dayValue) ? state.dayValue : Number.NaN;
  return atMost('day-value', before + wonValue(request, state), state.limits.dayValueMax ?? Number.NaN, 'won');
}

/** Distance allowed is `last × priceCollarBps / 10,000`, rounded down to whole ten-thousandths of a dollar. */
function priceCollar(request: OverseasOrderRequest, { lastTrade, limits }: OverseasState): OverseasCheck {
  const { priceCollarBps } = limits;
  const isKnown = lastTrade !== null && isPositive(lastTrade.price) && isCount(priceCollarBps);
  const product = isKnown ? lastTrade.price * priceCollarBps : Number.NaN;
  const limit = Number.isSafeInteger(product) ? Math.floor(product / 10_000) : Number.NaN;
  const distance = isKnown ? Math.abs(request.price - lastTrade.price) : Number.NaN;
  return atMost('price-collar', distance, limit, 'usd');
}

function priceStale(_request: OverseasOrderRequest, { lastTrade, limits, nowMs }: OverseasState): OverseasCheck {
  const age = lastTrade === null ? Number.NaN : ageOf(lastTrade.atMs, nowMs);
  return atMost('price-stale', age, limits.priceAgeMaxMs ?? Number.NaN, 'milliseconds');
}

/** How far outside the window now is, in milliseconds; 0 inside. */
function session(_request: OverseasOrderRequest, { limits, nowMs }: OverseasState): OverseasCheck {
  const { window } = limits;
  if (window === null || !(window.opensAtMs < window.closesAtMs)) {
    return atMost('session', Number.NaN, 0, 'milliseconds');
  }
  // The end is exclusive: at the closing millisecond itself the order is one too late.
  const late = nowMs - window.closesAtMs + 1;
  return atMost('session', Math.max(0, window.opensAtMs - nowMs, late), 0, 'milliseconds');
}

/** NaN without a rate; a sum past 2^53 throws, which denies. */
function wonValue(request: OverseasOrderRequest, { rate }: OverseasState): number {
  if (rate === null || !isPositive(rate.rate) || !isPositive(request.price) || !isPositive(request.quantity)) {
    return Number.NaN;
  }
  return wonOfUsd(usdValue(request.price, request.quantity), rate.rate);
}

function ageOf(atMs: number, nowMs: number): number {
  return isCount(atMs) && isCount(nowMs) && atMs <= nowMs ? nowMs - atMs : Number.NaN;
}

/** Passes while `actual` is at most `limit`; NaN on either side fails, because no comparison with it is true. */
function atMost(code: OverseasDenialCode, actual: number, limit: number, unit: OverseasCheck['unit']): OverseasCheck {
  return { code, actual, limit, unit, passed: actual <= limit };
}

/** Nothing but a plain false lets an order through: a missing answer means halted. */
function isFalse(value: unknown): boolean {
  return value === false;
}

/** A rule of yes and no: 0 passes, 1 fails. */
function mustNot(code: OverseasDenialCode, isBroken: boolean): OverseasCheck {
  return atMost(code, isBroken ? 1 : 0, 0, 'none');
}
