import { quantity } from '#domain/quantity.ts';
import type { OrderDraft } from '#strategy/strategy.ts';

/** Cut to whole lots, because no strategy knows the lots of old days; less than one stays, and the market refuses it. */
export function inWholeLots(draft: OrderDraft, lot: number): OrderDraft {
  const excess = draft.quantity % lot;
  if (excess === 0 || excess === draft.quantity) return draft;
  return { ...draft, quantity: quantity(draft.quantity - excess) };
}
