import { setFlagsFromString } from 'node:v8';
import { madeUpDay, type MadeUpDay } from './made-up-day.ts';
import { rehearseOrder } from './rehearse-order.ts';

export interface RehearsalOptions {
  /** A rehearsal that fails is over and told here; it must never be what stops a gateway. */
  readonly onFault: (error: unknown) => void;
  /** Told once when all were rehearsed, with their number. */
  readonly onEnded?: (orders: number) => void;
  /** One order; tests hand in one that fails. */
  readonly order?: (day: MadeUpDay, number: number) => unknown;
}

/** After so many V8 has compiled most of what it will compile; together a fifth of a second of computing. */
const ordersMax = 300;
/** Real milliseconds of work, and from one beginning to the next: an order that comes meanwhile waits for one slice. */
const sliceMs = 2;
const everyMs = 10;

/**
 * Runs the way of an order over and over on a made-up account, in small slices, so that the first orders of a day are
 * not the ones by which V8 learns it; and tells V8 to keep what it compiled, because hours may pass between two orders.
 *
 * @returns stops it; safe at any time
 */
export function rehearse({ onFault, onEnded, order = rehearseOrder }: RehearsalOptions): () => void {
  setFlagsFromString('--no-flush-bytecode');
  let day: MadeUpDay | null = null;
  let orders = 0;
  const slice = (): void => {
    day ??= madeUpDay();
    const endsMs = performance.now() + sliceMs;
    for (; orders < ordersMax && performance.now() < endsMs; orders += 1) order(day, orders);
    if (orders < ordersMax) return;
    clearInterval(timer);
    onEnded?.(orders);
  };
  const timer = setInterval(() => {
    try {
      slice();
    } catch (error) {
      clearInterval(timer);
      onFault(error);
    }
  }, everyMs);
  // Practice keeps no process alive.
  timer.unref();
  return () => clearInterval(timer);
}
