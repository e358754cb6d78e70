import { setFlagsFromString } from 'node:v8';
import { madeUpDay, type MadeUpDay } from './made-up-day.ts';
import { rehearseOrder } from './rehearse-order.ts';

/** After so many V8 has compiled most of what it will compile; together a fifth of a second of computing. */
const ordersMax = 300;
/** Real milliseconds of work, and from one beginning to the next: an order that comes meanwhile waits for one slice. */
const sliceMs = 2;
const everyMs = 10;

/**
 * Runs the way of an order over and over on a made-up account, in small slices, so that the first orders of a day are
 * not the ones by which V8 learns it; and tells V8 to keep what it compiled, because hours may pass between two orders.
 *
 * @param onEnded told once when all were rehearsed, with their number
 * @returns stops it; safe at any time
 */
export function rehearse(onEnded: (orders: number) => void = () => undefined): () => void {
  setFlagsFromString('--no-flush-bytecode');
  let day: MadeUpDay | null = null;
  let orders = 0;
  const timer = setInterval(() => {
    day ??= madeUpDay();
    for (const endsMs = performance.now() + sliceMs; orders < ordersMax && performance.now() < endsMs; orders += 1) {
      rehearseOrder(day, orders);
    }
    if (orders < ordersMax) return;
    clearInterval(timer);
    onEnded(orders);
  }, everyMs);
  // Practice keeps no process alive.
  timer.unref();
  return () => clearInterval(timer);
}
