import { quantity } from '#domain/quantity.ts';
import type { OrderDraft } from '../strategy.ts';
import type { WatchedOrder } from './watched-order.ts';

/** What is asked for when the waiting is over. @param sharesMax no more than these are asked for; 0 when below */
export function plainDraft({ draft }: WatchedOrder, sharesMax: number): OrderDraft {
  const { instrument, side, price, reason, pricing, goodTill, exits } = draft;
  const shares = quantity(Math.min(draft.quantity, Math.max(0, sharesMax)));
  return {
    instrument,
    side,
    quantity: shares,
    price,
    reason,
    ...(pricing === undefined ? {} : { pricing }),
    ...(goodTill === undefined ? {} : { goodTill }),
    ...(exits === undefined ? {} : { exits }),
  };
}

/** `a`, `a+1`, `a+2`: one for each day, and no longer after a year of them. */
export function idOfNextDay(requestId: string): string {
  const [first = requestId, count = '0'] = requestId.split('+');
  return `${first}+${Number(count) + 1}`;
}

/** True for the id of what is left of an order on a later day than `requestId` is of. */
export function isLaterDay(laterId: string, requestId: string): boolean {
  const [first, count = 0] = requestId.split('+');
  const [firstOfLater, later = 0] = laterId.split('+');
  return first === firstOfLater && Number(later) > Number(count);
}
