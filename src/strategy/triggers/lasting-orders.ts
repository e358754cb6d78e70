import { quantity } from '#domain/quantity.ts';
import type { OrderDraft, OrderUpdate } from '../strategy.ts';
import { idOfNextDay, isLaterDay } from './plain-draft.ts';
import type { WatchedOrder } from './watched-order.ts';

/** Orders on their way that outlive the day, by request id. */
export class LastingOrders {
  readonly #drafts = new Map<string, OrderDraft>();

  get isEmpty(): boolean {
    return this.#drafts.size === 0;
  }

  get all(): readonly { readonly requestId: string; readonly draft: OrderDraft }[] {
    return [...this.#drafts].map(([requestId, draft]) => ({ requestId, draft }));
  }

  add(requestId: string, draft: OrderDraft): void {
    this.#drafts.set(requestId, draft);
  }

  /**
   * Nothing of it is asked for on a later day, whichever day's part of it is on its way now.
   *
   * @returns true when that is the part of a day after the one that `requestId` is of
   */
  delete(requestId: string): boolean {
    this.#drafts.delete(requestId);
    const later = [...this.#drafts.keys()].filter((id) => isLaterDay(id, requestId));
    for (const id of later) this.#drafts.delete(id);
    return later.length > 0;
  }

  /**
   * Takes in news of an order.
   *
   * @param date today, yyyymmdd
   * @returns what is left of it for another day; null while it goes on, and when nothing is
   */
  follow({ requestId, state, filled }: OrderUpdate, date: number): WatchedOrder | null {
    const draft = this.#drafts.get(requestId);
    if (draft === undefined) return null;
    const isOver = state === 'filled' || state === 'cancelled' || state === 'denied' || state === 'rejected';
    if (!isOver && state !== 'expired') return null;
    this.#drafts.delete(requestId);
    if (isOver || (draft.goodTill ?? 0) <= date) return null;
    const left = { ...draft, quantity: quantity(draft.quantity - filled) };
    const fixed = { requestId: idOfNextDay(requestId), draft: left, wait: { kind: 'open' }, extreme: null } as const;
    return { ...fixed, set: null, exitOf: null, isLive: false, notBeforeMs: 0 };
  }

  /** Those of earlier days than `date` (yyyymmdd) of which nobody can say anything any more are over. */
  endUnheard(isHeard: (requestId: string) => boolean, date: number): void {
    for (const [requestId, draft] of this.#drafts) {
      if (!isHeard(requestId) && (draft.goodTill ?? 0) < date) this.#drafts.delete(requestId);
    }
  }
}
