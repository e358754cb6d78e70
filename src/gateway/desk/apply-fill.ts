import type { InstrumentId } from '#domain/instrument.ts';
import type { Position } from '#domain/position.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { addWon, subtractWon, won, type Won } from '#domain/won.ts';
import { withOrder, withStep } from './apply-order.ts';
import { isOver } from './order-questions.ts';
import type { RecordBody } from './records.ts';
import type { Books, DeskOrder, DeskState, Leg } from './state.ts';

const noticeKeysKept = 500;

/** Shares that filled: on the leg, the order, and in the books. */
export function applyFill(state: DeskState, body: RecordBody<'order.filled'>): DeskState {
  const order = state.orders.get(body.orderId);
  if (order === undefined) return state;
  const filled = withFill(order, body);
  const books = state.books === null ? null : booked(state.books, order.request, body);
  return { ...withOrder(state, filled), books };
}

function withFill(order: DeskOrder, body: RecordBody<'order.filled'>): DeskOrder {
  const legs = order.legs.map((leg) => (leg.brokerOrderId === body.brokerOrderId ? filledLeg(leg, body) : leg));
  const filled = quantity(order.filled + body.quantity);
  // An older leg may turn out to have filled more than we knew when it was amended.
  const size = quantity(Math.max(order.quantity, filled));
  const counted: DeskOrder = {
    ...order,
    legs,
    filled,
    quantity: size,
    filledValue: addWon(order.filledValue, body.value),
    state: stateAfter(order, filled, size),
  };
  if (body.quantity === 0) return counted;
  // The average of the shares in this record, rounded to whole won, for the timeline only.
  const price = Math.round(body.value / body.quantity);
  return withStep(counted, 'filled', { at: body.at, quantity: body.quantity, price, detail: body.source });
}

function filledLeg(leg: Leg, body: RecordBody<'order.filled'>): Leg {
  const counted = {
    ...leg,
    filled: quantity(leg.filled + body.quantity),
    filledValue: addWon(leg.filledValue, body.value),
  };
  if (body.source !== 'notice') {
    return { ...counted, ahead: quantity(leg.ahead + body.quantity) };
  }
  return {
    ...counted,
    ahead: quantity(leg.ahead - (body.noticed - body.quantity)),
    noticeKeys: [...leg.noticeKeys, body.noticeKey].slice(-noticeKeysKept),
    lastNoticeElapsedMs: body.elapsedMs,
  };
}

/** A fill that is learned of after the cancel or the close counts, and leaves the end as it is unless all filled. */
function stateAfter(order: DeskOrder, filled: Quantity, size: Quantity): DeskOrder['state'] {
  if (filled === size) return 'filled';
  if (isOver(order)) return order.state;
  return filled > 0 ? 'partially-filled' : order.state;
}

/** The books after shares changed hands: by an order of ours, or by a declared one. */
export function booked(
  books: Books,
  { instrument, side }: Pick<DeskOrder['request'], 'instrument' | 'side'>,
  body: Pick<RecordBody<'order.filled'>, 'quantity' | 'value' | 'fee' | 'tax'>,
): Books {
  const held = books.positions.get(instrument);
  const costs = { fees: addWon(books.fees, body.fee), tax: addWon(books.tax, body.tax) };
  if (side === 'buy') {
    const cash = subtractWon(subtractWon(books.cash, body.value), body.fee);
    const position = {
      instrument,
      quantity: quantity((held?.quantity ?? 0) + body.quantity),
      cost: addWon(held?.cost ?? won(0), body.value),
    };
    return { ...books, ...costs, cash, positions: withPosition(books, instrument, position) };
  }
  const soldCost = costOfSold(held, body.quantity);
  const left = {
    instrument,
    quantity: quantity(Math.max(0, (held?.quantity ?? 0) - body.quantity)),
    cost: subtractWon(held?.cost ?? won(0), soldCost),
  };
  const proceeds = won(body.value - body.fee - body.tax);
  return {
    ...books,
    ...costs,
    cash: addWon(books.cash, proceeds),
    realised: addWon(books.realised, subtractWon(proceeds, soldCost)),
    positions: withPosition(books, instrument, left),
  };
}

/** The sold part of what was paid, cut off to whole won; all of it with the last share. */
function costOfSold(held: Position | undefined, sold: Quantity): Won {
  if (held === undefined || held.quantity === 0) return won(0);
  if (sold >= held.quantity) return held.cost;
  return won(Number((BigInt(held.cost) * BigInt(sold)) / BigInt(held.quantity)));
}

function withPosition(books: Books, instrument: InstrumentId, position: Position): Books['positions'] {
  const positions = new Map(books.positions);
  if (position.quantity === 0) positions.delete(instrument);
  else positions.set(instrument, position);
  return positions;
}
