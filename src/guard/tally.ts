import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import { requesterName } from './requester-name.ts';
import { smallOrderSharesMax } from './small-orders.ts';
import type { GuardOrder, GuardState } from './state.ts';
import { hasOpenPrice, valuedPrice } from './valued-price.ts';
import { isGoodOrder } from './good-order.ts';

/** What the day's orders come to for one request; won, shares and orders as the rules compare them. */
export interface Tally {
  dayValue: number;
  /** Of the requester who asks. */
  dayValueOwn: number;
  openValue: number;
  openBuyValue: number;
  /** In the instrument asked for. */
  openBuyValueHere: number;
  /** Shares held that no open sell has claimed yet, of the instrument asked for; negative when more is on offer. */
  sellableHere: number;
  ordersOfMinute: number;
  ordersOfMinuteOwn: number;
  cancelsOfMinute: number;
  filledOrders: number;
  smallOrdersHere: number;
  /** Own open orders on the other side that this one might trade with. */
  meeting: number;
  /** Age of the youngest order with the same terms; Infinity without one. */
  twinAgeMs: number;
  brokenOrders: number;
  /** With open buys; null when there are none, as for most decisions: a set costs as much as all the sums. */
  instrumentsBought: Set<InstrumentId> | null;
}

const minuteMs = 60_000;

/**
 * The day's orders read once for a decision. Fifteen rules ask for sums over them; a scan each made the hundredth order
 * of a day cost three times the first (bench/guard.ts). The plain sums beside this file (`dayValue`, `openValue`,
 * `sellableShares` and the counts) say the same and are what the tests compare this with. Nothing is remembered from one
 * decision to the next: what could be stale would be wrong, and what is kept for the collector costs more than it saves.
 *
 * @throws whatever garbage in the state makes of reading it; `decide()` counts that as no
 */
export function tallyOf(request: OrderRequest, state: GuardState): Tally {
  const tally = emptyTally(state.positions.get(request.instrument)?.quantity ?? 0);
  const nowMs = state.nowMs;
  const asked = { request, name: requesterName(request.requester), price: valuedPrice(request, state), nowMs };
  for (const order of state.ordersOfDay) {
    addSums(tally, order, asked);
    if (order.instrument === request.instrument) addHere(tally, order, asked);
  }
  // A time that is none counts as one of this minute.
  for (const atMs of state.cancelsOfDay) if (!(atMs <= nowMs - minuteMs)) tally.cancelsOfMinute += 1;
  return tally;
}

interface Asked {
  readonly request: OrderRequest;
  readonly name: string;
  readonly price: number;
  readonly nowMs: number;
}

function addSums(tally: Tally, order: GuardOrder, { name, nowMs }: Asked): void {
  const value = order.price * order.quantity;
  const open = order.price * order.open;
  const isOwn = order.requester === name;
  const isRecent = order.atMs > nowMs - minuteMs;
  tally.dayValue += value;
  tally.openValue += open;
  if (isOwn) tally.dayValueOwn += value;
  if (isRecent) tally.ordersOfMinute += 1;
  if (isRecent && isOwn) tally.ordersOfMinuteOwn += 1;
  if (order.filled > 0) tally.filledOrders += 1;
  if (!isGoodOrder(order)) tally.brokenOrders += 1;
  if (order.side === 'buy') tally.openBuyValue += open;
  if (order.side === 'buy' && order.open > 0) (tally.instrumentsBought ??= new Set()).add(order.instrument);
}

function addHere(tally: Tally, order: GuardOrder, { request, price, nowMs }: Asked): void {
  if (order.side === 'buy') tally.openBuyValueHere += order.price * order.open;
  if (order.side === 'sell') tally.sellableHere -= order.open;
  if (order.quantity <= smallOrderSharesMax) tally.smallOrdersHere += 1;
  if (order.side !== request.side) {
    if (order.open > 0 && wouldMeet(request, order)) tally.meeting += 1;
  } else if (order.quantity === request.quantity && order.price === price) {
    tally.twinAgeMs = Math.min(tally.twinAgeMs, nowMs - order.atMs);
  }
}

/** Where either has a price that nobody knows yet, they might. */
function wouldMeet(request: OrderRequest, order: GuardOrder): boolean {
  if (order.hasOpenPrice === true || hasOpenPrice(request.type)) return true;
  return request.side === 'buy' ? request.price >= order.price : request.price <= order.price;
}

function emptyTally(held: number): Tally {
  return {
    dayValue: 0,
    dayValueOwn: 0,
    openValue: 0,
    openBuyValue: 0,
    openBuyValueHere: 0,
    sellableHere: held,
    ordersOfMinute: 0,
    ordersOfMinuteOwn: 0,
    cancelsOfMinute: 0,
    filledOrders: 0,
    smallOrdersHere: 0,
    meeting: 0,
    twinAgeMs: Infinity,
    brokenOrders: 0,
    instrumentsBought: null,
  };
}
