/**
 * The life of an order.
 *
 * `intent` recorded, guard passed, nothing sent · `sending` durable, bytes may have left · `acked` the broker has it ·
 * `partially-filled`, `filled`, `cancelled`, `expired` what became of it · `denied` our guard said no · `rejected` the
 * broker said no · `not-sent` no byte left · `unknown` we sent it and heard nothing · `confirmed-absent` looked for and
 * proven not to exist · `escalated` a person must decide.
 */
export type OrderState =
  | 'intent'
  | 'sending'
  | 'acked'
  | 'partially-filled'
  | 'filled'
  | 'cancelled'
  | 'expired'
  | 'denied'
  | 'rejected'
  | 'not-sent'
  | 'unknown'
  | 'confirmed-absent'
  | 'escalated';

const openStates: ReadonlySet<OrderState> = new Set([
  'intent',
  'sending',
  'acked',
  'partially-filled',
  'unknown',
  'escalated',
]);

/** True while the order may still fill, or while we do not know that it cannot. */
export function isOpen(state: OrderState): boolean {
  return openStates.has(state);
}
