import { symbolOf } from '#domain/instrument.ts';
import { orderValue, won } from '#domain/won.ts';
import type { PortfolioView } from '#link/views.ts';
import { openQuantity } from '../desk/order-questions.ts';
import type { DeskState } from '../desk/state.ts';
import { equityOf, guardOrder } from '../guard-state.ts';
import type { QuoteTable } from '../market/quote-table.ts';

/**
 * What the account is worth now: the books of the desk at the last prices. A holding without a price counts at cost.
 *
 * @param confirmedAt when the broker last agreed with the books, ISO 8601; null before
 * @returns null before the books of the first day are open
 */
export function portfolioView(
  state: DeskState,
  quotes: QuoteTable,
  at: Temporal.Instant,
  confirmedAt: string | null,
): PortfolioView | null {
  const { books } = state;
  if (books === null) return null;
  const positions = [...books.positions.values()].map((position) => {
    const last = quotes.lastTrade(position.instrument);
    return {
      symbol: symbolOf(position.instrument),
      quantity: position.quantity,
      cost: position.cost,
      price: last?.price ?? null,
      priceAt: last?.at.toString() ?? null,
    };
  });
  let holdings = 0;
  let unrealised = 0;
  for (const { quantity, cost, price } of positions) {
    const value = price === null ? cost : orderValue(price, quantity);
    holdings += value;
    unrealised += value - cost;
  }
  let reserved = 0;
  for (const order of state.orders.values()) {
    const open = openQuantity(order);
    if (order.request.side === 'buy' && open > 0) reserved += guardOrder(order).price * open;
  }
  return {
    cash: books.cash,
    orderableCash: won(Math.max(0, books.cash - reserved)),
    equity: equityOf(books, quotes) ?? won(books.cash + holdings),
    equityAtOpen: books.equityAtOpen,
    realisedOfDay: books.realised,
    unrealised: won(unrealised),
    feesOfDay: books.fees,
    taxOfDay: books.tax,
    positions,
    confirmedAt,
    at: at.toString(),
  };
}
