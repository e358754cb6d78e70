import type { Broker, PlaceResult } from '#brokers/broker.ts';
import type { Clock } from '#domain/clock.ts';
import type { OrderId } from '#domain/order.ts';
import type { DeskEvent, Effect } from './desk/events.ts';
import type { DeskRecord } from './desk/records.ts';

export interface EffectsOptions {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly record: (event: DeskEvent) => Promise<unknown>;
  readonly inquire: () => void;
  readonly onFault: (error: unknown) => void;
  /** Why it is too late for what the effect asks; it is not sent then. Nobody asks when unsaid. */
  readonly late?: (effect: Effect) => NotSent | null;
}

type NotSent = Extract<PlaceResult, { readonly kind: 'not-sent' }>;

/** Real milliseconds from an order's decision to its sending; what stands still longer decides anew (INV-04, INV-11). */
const decisionHoldsMs = 5_000;

/**
 * Why an order or amendment is not sent any more: a machine that slept between the record and the first byte would send
 * at a price of hours ago, and the broker's stamp would lie where nobody looks for the order. Null for what is in time,
 * and for a cancel, which never comes too late.
 *
 * @param records those of the step that made `effect`
 * @param nowMs the same clock's time as theirs, in milliseconds
 * @param speed market seconds in a real one
 */
export function tooLate(effect: Effect, records: readonly DeskRecord[], nowMs: number, speed: number): NotSent | null {
  const [first] = records;
  if (first === undefined || effect.kind === 'cancel' || effect.kind === 'inquire') return null;
  const lateMs = (nowMs - Date.parse(first.body.at)) / speed;
  return lateMs <= decisionHoldsMs ? null : { kind: 'not-sent', cause: 'the machine stood still before sending' };
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
      const result = options.late?.(effect) ?? (await believed(() => broker.place(effect.order), options));
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
      const late = options.late?.(effect) ?? null;
      const result = late ?? (await believed(() => broker.amend(effect.order, effect.change), options));
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
export function ordersTouched(records: readonly DeskRecord[]): ReadonlySet<OrderId> {
  const touched = new Set<OrderId>();
  for (const { body } of records) if ('orderId' in body) touched.add(body.orderId);
  return touched;
}
