import type { WatchedOrder } from './watched-order.ts';

/**
 * Orders that must not wake, because the price that they wait for is one of before a split: an order with what is left of it
 * on later days, and with its exits. Nobody lets them go again; they end as others do.
 */
export class HeldOrders {
  readonly #ids: Set<string>;

  constructor(saved: readonly string[] = []) {
    this.#ids = new Set(saved);
  }

  get isEmpty(): boolean {
    return this.#ids.size === 0;
  }

  /** Request ids of the first day of each. */
  get all(): readonly string[] {
    return [...this.#ids];
  }

  /** @returns true when any was not held before */
  hold(requestIds: Iterable<string>): boolean {
    const before = this.#ids.size;
    for (const requestId of requestIds) this.#ids.add(ofFirstDay(requestId));
    return this.#ids.size > before;
  }

  has({ requestId, exitOf }: Pick<WatchedOrder, 'requestId' | 'exitOf'>): boolean {
    return this.#ids.size > 0 && this.#ids.has(ofFirstDay(exitOf ?? requestId));
  }

  /** Forgets those that are over. @param requestIds all that are not */
  keep(requestIds: Iterable<string>): void {
    const left = new Set([...requestIds].map(ofFirstDay));
    for (const id of this.#ids) if (!left.has(id)) this.#ids.delete(id);
  }
}

/** The day's number behind a request id, see `idOfNextDay`, taken away. */
function ofFirstDay(requestId: string): string {
  return requestId.split('+')[0] ?? requestId;
}
