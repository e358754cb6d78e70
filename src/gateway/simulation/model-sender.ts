import type { PlaceResult } from '#brokers/broker.ts';
import type { DeskEvent, Effect } from '../desk/events.ts';
import type { DeskRecord } from '../desk/records.ts';
import { tooLate } from '../effects.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { ModelProcess } from './model-process.ts';
import type { ModelWire } from './model-wire.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export type OrderEffect = Exclude<Effect, { readonly kind: 'inquire' }>;

export interface ModelSenderOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly wire: ModelWire;
  readonly process: ModelProcess;
  /** Looks at each order as it leaves. */
  readonly onSending: (effect: OrderEffect) => void;
  /** The machine sleeps just when an order is about to leave. */
  readonly fallAsleep: () => void;
}

type Hear = (result: PlaceResult, afterMs: number) => void;

/** Carries out what the desk decided, as the gateway does: once, unless it is too late by then. */
export class ModelSender {
  readonly #options: ModelSenderOptions;

  constructor(options: ModelSenderOptions) {
    this.#options = options;
  }

  /** @param records those of the step that decided it, durable by now */
  send(effect: OrderEffect, records: readonly DeskRecord[]): void {
    const { timeline, random, plan, process, fallAsleep } = this.#options;
    timeline.in(random.below(3), () => this.#send(effect, records), process.life);
    if (plan.strikes('sleep-before-sending')) fallAsleep();
  }

  #send(effect: OrderEffect, records: readonly DeskRecord[]): void {
    const { wire, process, onSending } = this.#options;
    const hear = this.#hear(answered(effect));
    const late = tooLate(effect, records, process.wallMs, 1);
    if (late !== null) {
      hear(late, 0);
      return;
    }
    onSending(effect);
    if (effect.kind === 'place') wire.place(effect.orderId, effect.order, hear);
    else if (effect.kind === 'cancel') wire.cancel(effect.order.brokerOrderId, hear);
    else wire.amend(effect, hear);
  }

  /** An answer reaches the process that asked, or nobody. */
  #hear(event: (result: PlaceResult) => DeskEvent): Hear {
    const { timeline, process } = this.#options;
    const { life } = process;
    return (result, afterMs) => timeline.in(afterMs, () => process.record(event(result)), life);
  }
}

function answered(effect: OrderEffect): (result: PlaceResult) => DeskEvent {
  const { orderId } = effect;
  if (effect.kind === 'place') return (result) => ({ kind: 'placed', orderId, result });
  if (effect.kind === 'cancel') return (result) => ({ kind: 'cancel-answered', orderId, result });
  const { price, quantity } = effect.change;
  return (result) => ({ kind: 'amend-answered', orderId, price, quantity, result });
}
