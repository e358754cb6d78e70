import type { OrderDraft } from './strategy.ts';

/**
 * What a draft asks for beyond a limit order for the day, in the words of the decision log: `[market stop 19500]`;
 * undefined for the ordinary kind, so that its line stays as it always was.
 */
export function orderTerms(draft: OrderDraft): string | undefined {
  const { pricing, trigger, goodTill, group, exits } = draft;
  const words: string[] = [];
  if (pricing !== undefined && pricing !== 'limit') words.push(pricing);
  if (trigger !== undefined) {
    words.push(trigger.kind === 'trailing' ? `trailing ${trigger.distanceBps}bp` : `${trigger.kind} ${trigger.price}`);
  }
  if (goodTill !== undefined) words.push(`till ${goodTill}`);
  if (group !== undefined) words.push(`group ${group.replace(/\s+/g, '-')}`);
  if (exits?.stopPrice !== undefined) words.push(`exit-stop ${exits.stopPrice}`);
  if (exits?.targetPrice !== undefined) words.push(`exit-target ${exits.targetPrice}`);
  if (exits?.trailingBps !== undefined) words.push(`exit-trailing ${exits.trailingBps}bp`);
  return words.length === 0 ? undefined : `[${words.join(' ')}]`;
}

/** True when the draft lies with us first: it waits for a price, for an opening or for a closing auction. */
export function isWatched({ pricing, trigger, group }: OrderDraft): boolean {
  return trigger !== undefined || group !== undefined || pricing === 'market-on-open' || pricing === 'market-on-close';
}
