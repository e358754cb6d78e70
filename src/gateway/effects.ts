import type { Broker, PlaceResult } from '#brokers/broker.ts';
import type { Clock } from '#domain/clock.ts';
import type { DeskEvent, Effect } from './desk/events.ts';
import type { DeskRecord } from './desk/records.ts';

export interface EffectsOptions {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly record: (event: DeskEvent) => Promise<unknown>;
  readonly inquire: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Carries out what the desk decided, once the records are durable. Each order effect is one call of the adapter, never
 * two: whatever goes wrong in it, an exception included, is an unknown order and the inquiry's business. Never rejects.
 */
export async function carryOut(effect: Effect, options: EffectsOptions): Promise<void> {
  if (effect.kind === 'inquire') options.inquire();
  else await send(effect, options).catch(options.onFault);
}

async function send(effect: Exclude<Effect, { readonly kind: 'inquire' }>, options: EffectsOptions): Promise<void> {
  const { broker, record } = options;
  const { orderId } = effect;
  switch (effect.kind) {
    case 'place': {
      const result = await believed(() => broker.place(effect.order), options);
      await record({ kind: 'placed', orderId, result });
      return;
    }
    case 'cancel': {
      const result = await believed(() => broker.cancel(effect.order), options);
      await record({ kind: 'cancel-answered', orderId, result });
      return;
    }
    case 'amend': {
      const { price, quantity } = effect.change;
      const result = await believed(() => broker.amend(effect.order, effect.change), options);
      await record({ kind: 'amend-answered', orderId, price, quantity, result });
    }
  }
}

async function believed(call: () => Promise<PlaceResult>, { clock, onFault }: EffectsOptions): Promise<PlaceResult> {
  const sentAt = clock.now();
  try {
    return await call();
  } catch (error) {
    onFault(error);
    return { kind: 'unknown', sentAt, cause: error instanceof Error ? error.message.slice(0, 200) : 'unknown error' };
  }
}

/** Ids of the orders that `records` tell of. */
export function ordersTouched(records: readonly DeskRecord[]): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { body } of records) if ('orderId' in body) touched.add(body.orderId);
  return touched;
}
