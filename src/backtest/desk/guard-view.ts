import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { noOverrides } from '#guard/limit-overrides.ts';
import type { Limits } from '#guard/limits.ts';
import { plainPermits } from '#guard/permits.ts';
import type { GuardOrder, GuardState } from '#guard/state.ts';
import type { DeskOrder } from './desk-order.ts';
import type { NextSession } from './next-session.ts';
import type { PaperAccount } from './paper-account.ts';

/* What is the same for every order; a sweep shows the guard millions. */

const nobody: ReadonlySet<string> = new Set();
const nowhere: GuardState['closedLanes'] = new Set();
const plain = (): 'none' => 'none';
const everListed = (): number => 0;
/** An order takes at most a tenth of a bar's volume here, which says more of a day than the average of those before. */
const anyValue = (): Won => won(Number.MAX_SAFE_INTEGER);
/** Nobody is there to confirm an order of the past; the limits in won bind alone. */
const notConfirmed = (): boolean => false;
const noQuantities = (): readonly number[] => [];

/** All that the guard is told in a backtest; made only when an order is asked for. */
export function guardView(desk: {
  readonly nowMs: number;
  readonly limits: Limits;
  readonly universe: ReadonlyMap<InstrumentId, Instrument>;
  readonly account: PaperAccount;
  readonly session: NextSession | null;
  readonly ordersOfDay: readonly DeskOrder[];
  readonly cancelsOfDay: readonly number[];
  readonly profitOfDay: Won;
  readonly basePrice: (instrument: InstrumentId) => Won | null;
  /** The price that woke the order, which is then the market's last. */
  readonly touched: { readonly instrument: InstrumentId; readonly price: Won } | null;
}): GuardState {
  const { nowMs, account, touched } = desk;
  return {
    nowMs,
    limits: desk.limits,
    overrides: noOverrides,
    permits: plainPermits,
    isHalted: false,
    haltedStrategies: nobody,
    clockErrorMs: 0,
    conservationBreaks: 0,
    closedLanes: nowhere,
    universe: desk.universe,
    designation: plain,
    listedSinceMs: everListed,
    tradedValueAverage: anyValue,
    lastTrade: (instrument) => {
      const price = touched?.instrument === instrument ? touched.price : account.lastPrice(instrument);
      return price === null ? null : { price, atMs: nowMs };
    },
    basePrice: desk.basePrice,
    session: desk.session,
    cash: account.orderableCash,
    equity: account.equity,
    positions: account.ledger.positions,
    profitOfDay: desk.profitOfDay,
    ordersOfDay: desk.ordersOfDay.map((order) => guardOrder(order)),
    cancelsOfDay: desk.cancelsOfDay,
    recentQuantities: noQuantities,
    isConfirmed: notConfirmed,
  };
}

function guardOrder({ request, filled, state, atMs }: DeskOrder): GuardOrder {
  const { requestId, requester, instrument, side, price } = request;
  return {
    // A backtest's ids live in its own memory only; no broker or journal ever sees them.
    orderId: requestId as OrderId,
    requester: requester.kind === 'strategy' ? requester.name : 'person',
    instrument,
    side,
    price,
    quantity: request.quantity,
    filled,
    open: isOpen(state) ? quantity(request.quantity - filled) : quantity(0),
    atMs,
  };
}
