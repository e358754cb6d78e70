import type { InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import { exitMax } from '#strategy/triggers/trigger-account.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import type { LeavingOrders } from './leaving-orders.ts';
import type { WaitingAccount } from './waiting-account.ts';
import { notes } from './waiting-notes.ts';
import type { WaitingOptions } from './waiting-options.ts';
import type { LeavingOrder } from './waiting-state.ts';

export interface UnsentOptions extends Pick<WaitingOptions, 'inAccount' | 'note'> {
  readonly leaving: LeavingOrders;
  readonly account: WaitingAccount;
  readonly triggers: () => TriggerBook;
  /** yyyymmdd. */
  readonly today: () => number;
  readonly send: (requestId: string, draft: OrderDraft, lastPrice: Won) => void;
  /** Takes in that an order ended without having left. */
  readonly ended: (update: OrderUpdate) => void;
  readonly keep: () => void;
}

/** Orders that woke in a process that died before the gateway had them: they go out under the same id, or end. */
export class UnsentOrders {
  readonly #options: UnsentOptions;

  constructor(options: UnsentOptions) {
    this.#options = options;
  }

  /** Sends those of an instrument at a price of it; what is held of a share, or of today, may be less than it was. */
  sendAgain(instrument: InstrumentId, price: number | null): void {
    if (price === null) return;
    const { leaving, account, today, note, send, keep } = this.#options;
    for (const order of leaving.takeUnsent(instrument)) {
      const { requestId, draft } = order;
      if (order.date < today()) {
        this.#endLate(order);
        continue;
      }
      const shares = quantity(Math.min(draft.quantity, this.#sharesMax(order)));
      if (shares > 0) {
        note(instrument, notes.again(draft.side, price));
        send(requestId, { ...draft, quantity: shares }, won(price));
        continue;
      }
      if (account.held(instrument) <= 0) note(instrument, notes.sold);
      this.#end(order, 'cancelled');
      keep();
    }
  }

  /** Ends those of earlier days: an exit is armed again, what is good for longer waits for the next opening. */
  endLate(): void {
    const { leaving, today } = this.#options;
    for (const order of leaving.unsent) if (order.date < today()) this.#endLate(order);
  }

  /** One that was sent, and of which nobody has heard, the gateway may have: its record says so. No process sends it again. */
  takeBack(order: LeavingOrder): void {
    const { leaving } = this.#options;
    if (leaving.unsent.includes(order)) this.#end(order, 'cancelled');
    else leaving.heardOf(order.requestId);
  }

  /** Whether it is the exit on its way of a bracket. */
  isExit(requestId: string): boolean {
    return this.#options.triggers().state.brackets.some(({ working }) => working?.requestId === requestId);
  }

  /** An exit sells what the strategy still holds, and nothing when its bracket is gone; an order of its own what the account has. */
  #sharesMax({ requestId, draft: { instrument, side } }: LeavingOrder): number {
    const { leaving, account, inAccount } = this.#options;
    if (side === 'buy') return Infinity;
    if (!leaving.wasExit(requestId)) return inAccount(instrument) ?? Infinity;
    return this.isExit(requestId) ? exitMax(account, instrument, null, 0) : 0;
  }

  #endLate(order: LeavingOrder): void {
    this.#options.note(order.draft.instrument, notes.tooLate(order.draft.side));
    this.#end(order, 'expired');
  }

  /** It never left. */
  #end({ requestId, draft: { instrument, side } }: LeavingOrder, state: 'cancelled' | 'expired'): void {
    this.#options.ended({ requestId, instrument, side, state, filled: quantity(0), code: null });
  }
}
