import { isOpen, type OrderState } from '#domain/order-state.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { Fate } from './waiting-event.ts';

/** What a process hears: a view of an order, or what its courier takes to be true when no answer comes. */
export type News =
  | { readonly kind: 'view'; readonly view: OrderView }
  | { readonly kind: 'presumed'; readonly requestId: string; readonly state: 'unknown' | 'not-sent' };

/** The truth: what the gateway has recorded, what the person sold by hand, and the news of it that nobody has taken yet. */
export class WaitingGateway {
  readonly orders = new Map<string, OrderView>();
  /** Every view that there ever was. */
  readonly #views: OrderView[] = [];
  news: News[] = [];
  #fate: Fate | null = null;
  #fates = 0;
  /** Also what a split took away; below zero what it gave. */
  readonly #soldByHand = new Map<string, number>();

  /** Of the next so many orders; after them it takes each as it is. */
  foretell(fate: Fate | null, times: number): void {
    [this.#fate, this.#fates] = [fate, times];
  }

  /** @returns false when it never got the order */
  take(requestId: string, draft: OrderDraft, nowMs: number): boolean {
    const fate = this.#fates > 0 ? this.#fate : null;
    this.#fates -= 1;
    if (fate === 'down' || fate === 'absent') {
      if (fate === 'absent') this.news.push({ kind: 'presumed', requestId, state: 'unknown' });
      this.news.push({ kind: 'presumed', requestId, state: 'not-sent' });
      return false;
    }
    if (fate === 'lost') this.news.push({ kind: 'presumed', requestId, state: 'unknown' });
    const symbol = draft.instrument.slice(4);
    const isShort = draft.side === 'sell' && draft.quantity > this.inAccount(symbol) - this.#offered(symbol);
    const code = isShort ? 'holding' : fate?.startsWith('denied:') === true ? fate.slice(7) : null;
    const view = viewOf(requestId, draft, nowMs);
    const checks = [{ code: code ?? '', passed: false }] as never;
    if (code !== null) this.#put({ ...view, state: 'denied', checks });
    else this.#put({ ...view, state: fate === 'unknown' || fate === 'rejected' ? fate : 'acked' });
    return true;
  }

  /** One of the open orders becomes `state`, with `shares` more of it filled. */
  change(
    order: OrderView,
    { state, shares }: { readonly state: OrderState; readonly shares: number },
    nowMs: number,
  ): void {
    const there = order.side === 'buy' ? shares : Math.min(shares, Math.max(0, this.inAccount(order.symbol)));
    const more = Math.min(order.quantity - order.filled, there);
    const filled = order.filled + more;
    const steps = more === 0 ? order.steps : [...order.steps, { kind: 'filled', at: at(nowMs) } as never];
    const next = filled === order.quantity ? 'filled' : filled > 0 ? withFills(state) : state;
    this.#put({ ...order, state: next, filled, filledValue: filled * order.price, steps });
  }

  cancel(requestId: string, nowMs: number): void {
    const order = this.orders.get(requestId);
    if (order !== undefined && isWorking(order)) this.change(order, { state: 'cancelled', shares: 0 }, nowMs);
  }

  /** The market's day is over for what works. */
  endDay(nowMs: number): void {
    for (const order of this.orders.values())
      if (isWorking(order)) this.change(order, { state: 'expired', shares: 0 }, nowMs);
  }

  /** An old view comes late, or a second time. */
  tellAgain(which: number): void {
    const view = this.#views[which % this.#views.length];
    if (view !== undefined) this.news.push({ kind: 'view', view });
  }

  sellByHand(symbol: string, wanted: number): void {
    const shares = Math.min(wanted, this.inAccount(symbol) - this.#offered(symbol));
    if (shares > 0) this.#soldByHand.set(symbol, (this.#soldByHand.get(symbol) ?? 0) + shares);
  }

  /** Of each share there are `ratio`; a part of one is gone. */
  split(symbol: string, ratio: number): void {
    const before = this.inAccount(symbol);
    const after = Math.floor(before * ratio);
    this.#soldByHand.set(symbol, (this.#soldByHand.get(symbol) ?? 0) + before - after);
  }

  get open(): readonly OrderView[] {
    return [...this.orders.values()].filter(({ state }) => isOpen(state));
  }

  /** What the strategy's orders have bought and not sold. */
  position(symbol: string): number {
    let shares = 0;
    for (const order of this.orders.values())
      if (order.symbol === symbol) shares += order.side === 'buy' ? order.filled : -order.filled;
    return shares;
  }

  inAccount(symbol: string): number {
    return this.position(symbol) - (this.#soldByHand.get(symbol) ?? 0);
  }

  #offered(symbol: string): number {
    const sells = this.open.filter((order) => order.symbol === symbol && order.side === 'sell');
    return sells.reduce((sum, order) => sum + order.quantity - order.filled, 0);
  }

  #put(view: OrderView): void {
    this.orders.set(view.requestId, view);
    this.#views.push(view);
    this.news.push({ kind: 'view', view });
  }
}

function isWorking({ state }: OrderView): boolean {
  return state === 'acked' || state === 'partially-filled';
}

/** What an order that has filled in part can be. */
function withFills(state: OrderState): OrderState {
  if (state === 'acked') return 'partially-filled';
  return state === 'rejected' || state === 'confirmed-absent' ? 'cancelled' : state;
}

function at(nowMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(nowMs).toString();
}

function viewOf(requestId: string, { instrument, side, quantity, price }: OrderDraft, nowMs: number): OrderView {
  return {
    orderId: `o-${requestId}`,
    requestId,
    requester: 'a',
    symbol: instrument.slice(4),
    side,
    quantity,
    price,
    filled: 0,
    filledValue: 0,
    state: 'acked',
    brokerOrderId: '1',
    reason: '',
    checks: [],
    steps: [],
    createdAt: at(nowMs),
  };
}
