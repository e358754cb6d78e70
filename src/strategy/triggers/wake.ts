import type { OrderDraft } from '../strategy.ts';
import type { WatchedOrder } from './watched-order.ts';

/** An order whose moment has come: to be priced, shown to the guard and sent, once. */
export interface Wake {
  readonly requestId: string;
  /** Without trigger and group; of an exit, the shares still held. */
  readonly draft: OrderDraft;
  /** The price that woke it; null for one that waited for an auction or for the next day. */
  readonly price: number | null;
  readonly phase: 'open' | 'during' | 'close';
  /** Which way the market came to the price; null where it was a print, at the open or at the close. */
  readonly direction: 'down' | 'up' | null;
  /** An exit: it was not asked for by the strategy itself. */
  readonly isExit: boolean;
  /** Orders of the strategy that it took away. */
  readonly ended: readonly WatchedOrder[];
  /** An entry that still buys and has to be withdrawn first. */
  readonly withdraw: string | null;
}

/** Shares that those which woke before, of the same instrument, are about to sell. */
export function soldBy(wakes: readonly Wake[]): number {
  let shares = 0;
  for (const { draft } of wakes) if (draft.side === 'sell') shares += draft.quantity;
  return shares;
}
