import type { InstrumentId } from '#domain/instrument.ts';
import type { BracketState } from '#strategy/triggers/bracket.ts';
import type { LeavingOrder } from './waiting-state.ts';

/** Orders that woke and of which the gateway has said nothing yet; at most as many as may wait. */
export class LeavingOrders {
  readonly #orders = new Map<string, LeavingOrder>();
  /** Of another process: nobody here has sent them. */
  readonly #unsent = new Set<string>();

  /** Exits of brackets that were on their way when another process ended. */
  readonly #exits = new Set<string>();

  restore(orders: readonly LeavingOrder[], brackets: readonly BracketState[]): void {
    for (const order of orders) {
      this.add(order);
      this.#unsent.add(order.requestId);
    }
    for (const { working } of brackets) if (working !== null) this.#exits.add(working.requestId);
  }

  /** Whether it was a bracket's exit when another process ended; the bracket may be gone since. */
  wasExit(requestId: string): boolean {
    return this.#exits.has(requestId);
  }

  add(order: LeavingOrder): void {
    this.#orders.set(order.requestId, order);
  }

  /** The gateway has it, or it ended otherwise. */
  heardOf(requestId: string): void {
    this.#orders.delete(requestId);
    this.#unsent.delete(requestId);
  }

  has(requestId: string): boolean {
    return this.#orders.has(requestId);
  }

  get isEmpty(): boolean {
    return this.#orders.size === 0;
  }

  get all(): readonly LeavingOrder[] {
    return [...this.#orders.values()];
  }

  get unsent(): readonly LeavingOrder[] {
    return this.all.filter(({ requestId }) => this.#unsent.has(requestId));
  }

  hasUnsent(instrument: InstrumentId): boolean {
    return this.unsent.some(({ draft }) => draft.instrument === instrument);
  }

  /** Those of one instrument that nobody here has sent, each once: from now on they count as sent. */
  takeUnsent(instrument: InstrumentId): readonly LeavingOrder[] {
    if (this.#unsent.size === 0) return [];
    const taken = this.unsent.filter(({ draft }) => draft.instrument === instrument);
    for (const { requestId } of taken) this.#unsent.delete(requestId);
    return taken;
  }
}
