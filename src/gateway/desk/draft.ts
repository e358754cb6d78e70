import type { WorkingOrder } from '#brokers/broker.ts';
import type { OrderId } from '#domain/order.ts';
import { apply } from './apply.ts';
import type { DeskSettings, Effect, Moment } from './events.ts';
import { isWorking } from './order-questions.ts';
import { entry, type DeskRecord } from './records.ts';
import { findOrder, liveLeg, type DeskOrder, type DeskState } from './state.ts';

/** What one event makes of the desk, while it is worked out: records, the state after them, and effects. */
export class Draft {
  readonly moment: Moment;
  readonly settings: DeskSettings;
  readonly records: DeskRecord[] = [];
  readonly effects: Effect[] = [];
  #state: DeskState;

  constructor(state: DeskState, moment: Moment, settings: DeskSettings) {
    this.#state = state;
    this.moment = moment;
    this.settings = settings;
  }

  get state(): DeskState {
    return this.#state;
  }

  record(record: DeskRecord): void {
    this.records.push(record);
    this.#state = apply(this.#state, record);
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  order(orderId: OrderId): DeskOrder | null {
    return findOrder(this.#state, orderId);
  }

  /** Records a problem that a person must see. */
  incident(code: string, detail: string): void {
    this.record(entry('incident', { code, detail, brokerOrderId: null, at: this.moment.at }));
  }

  /** Blocks new risk and asks for the cancel of everything that works. */
  halt(by: string, reason: string): void {
    this.record(entry('halt', { by, reason, at: this.moment.at }));
    for (const order of this.#state.orders.values()) {
      if (isWorking(order) && order.cancel === null) this.requestCancel(order, 'halt');
    }
    this.effect({ kind: 'inquire' });
  }

  /** The same for one strategy; a second halt of it says nothing new. */
  haltStrategy(strategy: string, by: string, reason: string): void {
    if (this.#state.policy.haltedStrategies.has(strategy)) return;
    this.record(entry('strategy.halted', { strategy, by, reason, at: this.moment.at }));
    for (const order of this.#state.orders.values()) {
      const { requester } = order.request;
      const isIts = requester.kind === 'strategy' && requester.name === strategy;
      if (isIts && isWorking(order) && order.cancel === null) this.requestCancel(order, 'halt');
    }
    this.effect({ kind: 'inquire' });
  }

  /** One more attempt; the broker answers a superfluous cancel with "nothing left", so it may be asked again. */
  requestCancel(order: DeskOrder, by: string): void {
    const working = workingOrder(order);
    if (working === null) return;
    const attempt = (order.cancel?.attempts ?? 0) + 1;
    this.record(entry('order.cancel-requested', { orderId: order.orderId, by, attempt, at: this.moment.at }));
    this.effect({ kind: 'cancel', orderId: order.orderId, order: working });
  }
}

/** `order` as the broker knows it now; null before it has a number. */
export function workingOrder(order: DeskOrder): WorkingOrder | null {
  const leg = liveLeg(order);
  if (leg === null) return null;
  const { instrument, side, type, timeInForce, venue, session, stopPrice } = order.request;
  return {
    brokerOrderId: leg.brokerOrderId,
    forwardingOffice: leg.forwardingOffice,
    instrument,
    side,
    type,
    timeInForce,
    ...(venue === undefined ? {} : { venue }),
    ...(session === undefined ? {} : { session }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
  };
}
