import type { OrderId } from '#domain/order.ts';
import type { Effect } from '../desk/events.ts';
import type { DeskRecord } from '../desk/records.ts';

/**
 * Watches the disk and the wire while a history goes on, and knows nothing of the desk's own state: what became durable
 * before what left (INV-01), how often it left (INV-02, INV-04), and whether its lane was free (INV-05).
 */
export class Witness {
  readonly broken: string[] = [];
  readonly sentTimes = new Map<OrderId, number>();
  readonly #sendingDurable = new Set<OrderId>();
  readonly #lanes = new Map<OrderId, string>();
  /** Sent, and no record yet of what became of it. */
  readonly #unsettled = new Set<OrderId>();

  durable(record: DeskRecord): void {
    switch (record.kind) {
      case 'order.intent': {
        const { instrument, side } = record.body.request;
        this.#lanes.set(record.body.orderId, `${instrument}/${side}`);
        break;
      }
      case 'order.sending':
        this.#sendingDurable.add(record.body.orderId);
        break;
      case 'order.acked':
      case 'order.rejected':
      case 'order.not-sent':
      case 'order.confirmed-absent':
        this.#unsettled.delete(record.body.orderId);
        break;
      default:
        break;
    }
  }

  sending(effect: Exclude<Effect, { readonly kind: 'inquire' }>): void {
    if (effect.kind !== 'place') return;
    const { orderId } = effect;
    const lane = this.#lanes.get(orderId);
    if (!this.#sendingDurable.has(orderId)) this.broken.push(`INV-01 ${orderId} left before SENDING was durable`);
    for (const other of this.#unsettled) {
      if (this.#lanes.get(other) === lane) this.broken.push(`INV-05 ${orderId} left while ${other} was unsettled`);
    }
    const times = (this.sentTimes.get(orderId) ?? 0) + 1;
    this.sentTimes.set(orderId, times);
    if (times > 1) this.broken.push(`INV-02 ${orderId} was sent ${times} times`);
    this.#unsettled.add(orderId);
  }
}
