import type { OrderView } from '#link/views.ts';
import type { Strings } from '../strings.ko.ts';
import { deniedSentence } from './guard-words.ts';
import { grouped } from './number.ts';

/** One sentence on where an order stands, for the table. */
export function happened(text: Strings, order: OrderView): string {
  const words = text.happened;
  const side = order.side === 'buy' ? words.bought : words.sold;
  const quantity = grouped(order.quantity);
  const average = grouped(order.filled === 0 ? order.price : Math.round(order.filledValue / order.filled));
  switch (order.state) {
    case 'partially-filled':
      return words.partly(side, quantity, grouped(order.filled), average);
    case 'filled':
      return words.filled(side, grouped(order.filled), average);
    case 'cancelled':
      return order.filled === 0 ? words.cancelled : words.cancelledPartly(grouped(order.filled));
    case 'denied':
      return deniedOf(text, order);
    case 'rejected':
      return rejectedOf(text, order);
    default:
      return words[order.state];
  }
}

function deniedOf(text: Strings, order: OrderView): string {
  const denied = order.checks.find(({ passed }) => !passed);
  return denied === undefined ? text.happened.denied : deniedSentence(text, denied);
}

function rejectedOf({ happened }: Strings, order: OrderView): string {
  const code = order.steps.findLast(({ kind }) => kind === 'rejected')?.detail ?? '';
  return code === '' ? happened.rejected : happened.rejectedWith(code);
}
