import type { BarInterval } from '#domain/bar.ts';
import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderRequest } from '#domain/order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import type { Denial } from '#guard/denial.ts';
import { orderTerms } from '#strategy/order-terms.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { BacktestOrder } from '../result.ts';

/** An order of a backtest from its wish to its end. */
export interface DeskOrder {
  /** Of one that waits for its moment: as the strategy asked; from then on with the price that it was sent with. */
  request: OrderRequest;
  /** Day and bar of the decision. */
  readonly date: number;
  readonly barStartsAtMs: number;
  /** Words beyond a limit order for the day; see `orderTerms`. */
  readonly terms: string | undefined;
  /** Trades in that print or not at all. */
  readonly only: 'open' | 'close' | null;
  /** When the guard was asked; of one that waits, when the strategy asked; epoch milliseconds. */
  atMs: number;
  denials: readonly Denial[];
  state: OrderState;
  filled: Quantity;
}

/** An order as it is asked for; nothing has been checked yet. */
export function newDeskOrder(
  requestId: string,
  draft: OrderDraft,
  when: {
    readonly date: number;
    readonly barStartsAtMs: number;
    readonly atMs: number;
    readonly strategy: string;
  },
): DeskOrder {
  const { instrument, side, price, reason, pricing } = draft;
  const requester = { kind: 'strategy', name: when.strategy } as const;
  const terms = { instrument, side, quantity: draft.quantity, price, reason };
  return {
    request: { ...terms, requestId, requester, type: 'limit', timeInForce: 'day' },
    date: when.date,
    barStartsAtMs: when.barStartsAtMs,
    terms: orderTerms(draft),
    only: onlyOf(pricing),
    atMs: when.atMs,
    denials: [],
    state: 'intent',
    filled: quantity(0),
  };
}

function onlyOf(pricing: OrderDraft['pricing']): 'open' | 'close' | null {
  if (pricing === 'market-on-open') return 'open';
  return pricing === 'market-on-close' ? 'close' : null;
}

/** Shares that may still trade. */
export function openShares(order: DeskOrder): number {
  return isOpen(order.state) ? order.request.quantity - order.filled : 0;
}

/** The order as the result tells it. */
export function orderResult(order: DeskOrder, interval: BarInterval): BacktestOrder {
  const { request, terms } = order;
  return {
    symbol: request.instrument.slice(4),
    side: request.side,
    date: order.date,
    price: request.price,
    quantity: request.quantity,
    state: order.state,
    reason: request.reason,
    denials: order.denials.map(({ code, actual, limit }) => ({ code, actual, limit })),
    ...(interval === '1d' ? {} : { barStartsAtMs: order.barStartsAtMs }),
    ...(terms === undefined ? {} : { terms }),
  };
}
