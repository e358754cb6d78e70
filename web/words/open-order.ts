import type { OrderView } from '#link/views.ts';

/** Still working at the broker. */
export function isOpenOrder({ state }: OrderView): boolean {
  return state === 'acked' || state === 'partially-filled';
}
