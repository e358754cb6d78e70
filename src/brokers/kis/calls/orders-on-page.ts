import type { KisAnswer, KisCalls } from './calls.ts';
import { rowsOf } from './envelope.ts';

/**
 * The orders that `read` finds in one list of a page. We send nothing but listed shares, so a row of another kind, for
 * which it gives null, is never the order that somebody looks for: it is reported and left out.
 *
 * @param list the field of the answer, such as `output1`
 * @throws {RetryLater} `kis.unreadable-answer`
 */
export function ordersOnPage<Order>(
  calls: KisCalls,
  { trId, body }: KisAnswer,
  list: string,
  read: (trId: string, block: unknown) => Order | null,
): readonly Order[] {
  const orders: Order[] = [];
  for (const block of rowsOf(trId, body, list)) {
    const order = read(trId, block);
    if (order === null) calls.report({ kind: 'unsupported-instrument', trId, detail: 'order row left out' });
    else orders.push(order);
  }
  return orders;
}
