import { won } from '#domain/won.ts';
import { quantity } from '#domain/quantity.ts';
import { instrumentId, type Instrument, type InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { decide } from '#guard/decide.ts';
import type { Check, DenialCode } from '#guard/denial.ts';
import { noOverrides } from '#guard/limit-overrides.ts';
import { starter, type Limits } from '#guard/limits.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';

/** 10:00 in Seoul on an ordinary Friday, in epoch milliseconds. */
export const tenOClock = Date.parse('2026-11-20T01:00:00Z');
export const samsung = instrumentId('005930');

export const stocks: readonly Instrument[] = ['005930', '000660', '005380', '035420', '035720', '000270'].map(
  (symbol) => ({ id: instrumentId(symbol), symbol, name: symbol, market: 'KOSPI', kind: 'stock', leverage: 1 }),
);

/** So long before ten, in epoch milliseconds; after it when negative. */
export function ago(milliseconds: number): number {
  return tenOClock - milliseconds;
}

/** Buys ten shares at 70,000 won, which everything in `aState()` allows. */
export function aRequest(change: Partial<OrderRequest> = {}): OrderRequest {
  return {
    requestId: 'r-1',
    requester: { kind: 'strategy', name: 'golden-cross' },
    instrument: samsung,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price: won(70_000),
    reason: 'a test',
    ...change,
  };
}

/** An open session, the last trade at 70,000 a second ago, 10,000,000 won of cash, nothing held and nothing ordered. */
export function aState(change: Partial<GuardState> = {}): GuardState {
  return {
    nowMs: tenOClock,
    limits: starter,
    overrides: noOverrides,
    permits: plainPermits,
    isHalted: false,
    haltedStrategies: new Set(),
    clockErrorMs: 0,
    conservationBreaks: 0,
    closedLanes: new Set(),
    universe: new Map(stocks.map((stock) => [stock.id, stock])),
    designation: () => 'none',
    listedSinceMs: () => ago(86_400_000),
    tradedValueAverage: () => won(1e12),
    lastTrade: () => ({ price: won(70_000), atMs: ago(1_000) }),
    basePrice: () => won(70_000),
    session: { opensAtMs: ago(3_600_000), closesAtMs: ago(-18_000_000) },
    cash: won(10_000_000),
    equity: won(100_000_000),
    positions: new Map(),
    profitOfDay: won(0),
    ordersOfDay: [],
    cancelsOfDay: [],
    recentQuantities: () => [],
    isConfirmed: () => false,
    ...change,
  };
}

/** A filled buy of another strategy in another stock, an hour old: it touches no rule but the sums of the day. */
export function anOrder(change: Partial<GuardOrder> = {}): GuardOrder {
  return {
    orderId: 'o-1' as OrderId,
    requester: 'other',
    instrument: instrumentId('000660'),
    side: 'buy',
    price: won(1_000),
    quantity: quantity(100),
    filled: quantity(100),
    open: quantity(0),
    atMs: ago(3_600_000),
    ...change,
  };
}

export function manyOrders(count: number, change: Partial<GuardOrder> = {}): readonly GuardOrder[] {
  return Array.from({ length: count }, (_, index) => anOrder({ orderId: `o-${index}` as OrderId, ...change }));
}

export function holding(instrument: InstrumentId, shares: number, cost: number): ReadonlyMap<InstrumentId, Position> {
  return new Map([[instrument, { instrument, quantity: quantity(shares), cost: won(cost) }]]);
}

export function limitsWith(change: Partial<Limits>): Limits {
  return { ...starter, ...change };
}

/** Limits that nothing in these tests can reach, for looking at one rule alone. */
export const wide: Limits = {
  orderValueMax: won(1e12),
  dayValueAccountMax: won(1e12),
  dayValueStrategyMax: won(1e12),
  openValueMax: won(1e12),
  ordersPerMinuteAccountMax: 1e6,
  ordersPerMinuteStrategyMax: 1e6,
  ordersPerDayMax: 1e6,
  cancelsPerMinuteMax: 1e6,
  cancelFillRatioMax: 1e6,
  repeatedOrderWindowMs: 0,
  priceCollarBps: 10_000,
  priceAgeMaxMs: 1e9,
  priceMinimum: won(1),
  positionValueMax: won(1e12),
  positionCountMax: 1e6,
  exposureMax: won(1e12),
  exposureEquityBps: 10_000,
  dailyLossMax: won(1e12),
  dailyLossEquityBps: 10_000,
  smallOrdersPerSymbolMax: 1e6,
  entryWindowClosesMs: 0,
  quantityMedianMultiple: 1e6,
  tradedValueShareBps: 10_000,
  tradedValueMin: won(0),
  newSymbolWaitMs: 0,
  clockErrorMaxMs: 1e9,
  strategyBreachesMax: 1e6,
  strategyHeartbeatMaxMs: 1e9,
};

/** Every kind of order there is. */
export const allPermits: Permits = {
  types: new Set(['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit']),
  sessions: new Set(['regular', 'pre-hours-close', 'after-hours-close', 'after-market', 'pre-market']),
  venues: new Set(['KRX', 'NXT', 'SOR']),
};

/** What one rule says. */
export function checkOf(code: DenialCode, request: OrderRequest, state: GuardState): Check {
  const check = decide(request, state).checks.find((candidate) => candidate.code === code);
  if (check === undefined) throw new Error(`No check "${code}" ran`);
  return check;
}

/** The codes that denied, or an empty list for an approval. */
export function denialsOf(request: OrderRequest, state: GuardState): readonly DenialCode[] {
  const verdict = decide(request, state);
  return verdict.kind === 'denied' ? verdict.denials.map((denial) => denial.code) : [];
}
