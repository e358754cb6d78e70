import type { OrderDraft, OrderTrigger } from '../strategy.ts';
import type { BarPath, Touch } from './touch.ts';
import { isStop, touchInBar } from './touch.ts';

/** What a watched order waits for. */
export type Wait = OrderTrigger | { readonly kind: 'open' } | { readonly kind: 'close' };

/** An order that lies with us until its moment comes. */
export interface WatchedOrder {
  readonly requestId: string;
  /** With the shares still to ask for. */
  readonly draft: OrderDraft;
  readonly wait: Wait;
  /** See `WatchedTrigger`. */
  extreme: number | null;
  /** Orders of one set end each other; null for one that stands alone. */
  readonly set: string | null;
  /** Request id of the entry whose exit it is; null for one that the strategy asked for itself. */
  readonly exitOf: string | null;
  /** False until the first session after it was placed has begun; a minute strategy's orders begin in a running one. */
  isLive: boolean;
  /** Bars and prices from before are not for it, epoch milliseconds. */
  readonly notBeforeMs: number;
}

/** What an order waits for, by its words: a trigger, an auction, or, in a group, its own limit price. */
export function waitOf({ trigger, pricing, price }: OrderDraft): Wait {
  if (trigger !== undefined) return trigger;
  if (pricing === 'market-on-open') return { kind: 'open' };
  if (pricing === 'market-on-close') return { kind: 'close' };
  return { kind: 'target', price };
}

/** Where `bar` meets a price that the order waits for; null also when it waits for an auction. */
export function touchOf(order: WatchedOrder, bar: BarPath): Touch | null {
  const { wait, draft } = order;
  if (wait.kind === 'open' || wait.kind === 'close') return null;
  const watched = { side: draft.side, trigger: wait, extreme: order.extreme };
  const touch = touchInBar(watched, bar);
  order.extreme = watched.extreme;
  return touch;
}

/** Which way a market goes that comes to what the order waits for. */
export function directionOf({ wait, draft }: WatchedOrder): 'down' | 'up' {
  return (draft.side === 'sell') === (wait.kind === 'target') ? 'up' : 'down';
}

/** 0 for the first print, then stops, then targets: the order in which a bar's touches are believed. */
export function rankOf(order: WatchedOrder, touch: Touch): number {
  const { wait } = order;
  const isForRisk = wait.kind !== 'open' && wait.kind !== 'close' && isStop(wait);
  return (touch.phase === 'open' ? 0 : 2) + (isForRisk ? 0 : 1);
}
