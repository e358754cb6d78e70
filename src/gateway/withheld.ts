import type { Handled } from './desk/desk.ts';
import type { DeskEvent } from './desk/events.ts';
import type { DeskRecord } from './desk/records.ts';

/** What a journal that takes no more records must not let through (INV-30). */
export function addsRisk(records: readonly DeskRecord[]): boolean {
  return records.some(({ kind }) => kind === 'order.sending' || kind === 'order.amend-requested' || kind === 'resume');
}

/** What must follow a step whose orders were withheld. */
export function takenBack({ effects, records }: Handled): readonly DeskEvent[] {
  const result = { kind: 'not-sent', cause: 'the disk did not answer in time' } as const;
  const events: DeskEvent[] = [];
  for (const effect of effects) {
    const { kind } = effect;
    if (kind === 'place') events.push({ kind: 'placed', orderId: effect.orderId, result });
    if (kind !== 'amend') continue;
    const { price, quantity } = effect.change;
    events.push({ kind: 'amend-answered', orderId: effect.orderId, price, quantity, result });
  }
  const isResumed = records.some(({ kind }) => kind === 'resume');
  if (isResumed)
    events.push({ kind: 'halt', by: 'gateway', reason: 'the disk did not answer while trading was resumed' });
  return events;
}
