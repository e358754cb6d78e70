import type { PlaceResult } from '#brokers/broker.ts';
import { SnowballError } from '#domain/errors.ts';
import { apply } from '../desk/apply.ts';
import { handle, type Handled } from '../desk/desk.ts';
import type { DeskEvent, Effect } from '../desk/events.ts';
import { inDoubt } from '../desk/order-questions.ts';
import type { DeskRecord } from '../desk/records.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';
import { VisibilityMeter } from '../visibility-meter.ts';
import type { FaultPlan } from './fault-plan.ts';
import { dayOfHistory, epochMs } from './model-broker.ts';
import type { ModelWire } from './model-wire.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelProcessOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly wire: ModelWire;
  readonly quietWindowMs: number;
  /** Looks at records as they become durable, and at each order as it leaves. */
  readonly onDurable: (record: DeskRecord) => void;
  readonly onSending: (effect: Exclude<Effect, { readonly kind: 'inquire' }>) => void;
}

/** As in the gateway's pump: at the least, while an order is in doubt, and as a matter of course. */
const shortestMs = 1_000;
const doubtMs = 2_000;
const routineMs = 30_000;
const restartMaxMs = 5_000;

/**
 * The gateway's process around the real desk: one writer with group commit, a disk that loses what was not synced,
 * effects after the sync, and the pump of inquiries. Each thing it does is one step between two awaits of the gateway;
 * it can be killed before any of them.
 */
export class ModelProcess {
  readonly durable: DeskRecord[] = [];
  life = 0;
  /** Until when a suspended machine does nothing. */
  suspendedUntil = 0;
  /** How far its wall clock is off. */
  clockErrorMs = 0;
  state: DeskState = emptyDesk;
  /** True while the last round read a whole list and nothing has come of it. */
  #isCalm = false;
  readonly #meter: VisibilityMeter;
  readonly #options: ModelProcessOptions;
  #durableState: DeskState = emptyDesk;
  #bornAt = 0;
  #waiting: ((state: DeskState) => DeskEvent)[] = [];
  #unsynced: readonly DeskRecord[] | null = null;
  #isAsked = true;
  #isInquiring = false;
  #isWhole = false;
  #lastRoundAt = -Infinity;
  #alarm = 0;
  #isAlive = false;
  #roundFrom = -Infinity;

  constructor(options: ModelProcessOptions) {
    this.#options = options;
    this.#meter = new VisibilityMeter({
      floorMs: options.quietWindowMs,
      onSlow: (delayMs) => this.record({ kind: 'incident', code: 'visibility-slow', detail: `${delayMs} ms` }),
    });
  }

  /** True when nothing is left to do until somebody asks for something, by a list that was asked for after `sinceMs`. */
  isAtRest(sinceMs: number): boolean {
    return (
      this.#isCalm &&
      this.#roundFrom > sinceMs &&
      !this.#isAsked &&
      !this.#isInquiring &&
      inDoubt(this.state).length === 0
    );
  }

  start(): void {
    this.#isAlive = true;
    this.life += 1;
    this.#bornAt = this.#options.timeline.now;
    this.state = this.#durableState;
    this.#waiting = [];
    this.#unsynced = null;
    this.#isInquiring = false;
    this.#isAsked = true;
    this.#isWhole = false;
    this.#lastRoundAt = -Infinity;
    this.record({ kind: 'started', build: 'test', environment: 'paper' });
  }

  /** What is not synced is lost, or the first part of it survives; requests on the wire live on at the broker. */
  crash(): void {
    const { random, plan, timeline } = this.#options;
    const written = this.#unsynced ?? [];
    const kept = plan.strikes('torn-write') ? written.slice(0, random.below(written.length + 1)) : [];
    this.#sync(kept);
    this.#unsynced = null;
    this.#isAlive = false;
    this.life += 1;
    timeline.in(random.below(restartMaxMs), () => this.start(), null);
  }

  record(event: DeskEvent | ((state: DeskState) => DeskEvent)): void {
    // Nobody is there to hear it.
    if (!this.#isAlive) return;
    this.#waiting.push(typeof event === 'function' ? event : () => event);
    if (this.#unsynced === null) this.#commit();
  }

  /** Everything that waits, worked out one after the other and written together. */
  #commit(): void {
    const { timeline, random, plan } = this.#options;
    const worked: Handled[] = [];
    let state = this.state;
    for (const make of this.#waiting.splice(0)) {
      const handled = this.#handled(state, make);
      if (handled === null) continue;
      worked.push(handled);
      state = handled.state;
    }
    const records = worked.flatMap((handled) => handled.records);
    if (records.length === 0) {
      this.#settle(worked);
      return;
    }
    this.#isCalm = false;
    this.#unsynced = records;
    const syncMs = plan.strikes('slow-fsync') ? random.below(3_000) : random.below(20);
    timeline.in(syncMs, () => this.#synced(worked), this.life);
  }

  /** Null when the desk refuses: the client asks again. */
  #handled(state: DeskState, make: (state: DeskState) => DeskEvent): Handled | null {
    const { timeline } = this.#options;
    const { quietWindowMs } = this.#meter;
    const at = new Date(epochMs + timeline.now + this.clockErrorMs).toISOString();
    const moment = { at, elapsedMs: timeline.now - this.#bornAt };
    try {
      return handle(state, make(state), moment, { quietWindowMs, speed: 1 });
    } catch (error) {
      if (!(error instanceof SnowballError)) throw error;
      return null;
    }
  }

  #synced(worked: readonly Handled[]): void {
    this.#sync(this.#unsynced ?? []);
    this.#unsynced = null;
    this.#settle(worked);
    if (this.#waiting.length > 0) this.#commit();
  }

  #sync(records: readonly DeskRecord[]): void {
    for (const record of records) {
      this.durable.push(record);
      this.#durableState = apply(this.#durableState, record);
      this.#options.onDurable(record);
    }
  }

  #settle(worked: readonly Handled[]): void {
    for (const handled of worked) {
      this.state = handled.state;
      this.#noteAccepted(handled.records);
      for (const effect of handled.effects) {
        if (effect.kind === 'inquire') this.ask();
        else this.#options.timeline.in(this.#options.random.below(3), () => this.#send(effect), this.life);
      }
    }
    this.#schedule();
  }

  #noteAccepted(records: readonly DeskRecord[]): void {
    for (const record of records) {
      if (record.kind !== 'order.acked' || record.body.source !== 'answer') continue;
      this.#meter.accepted(record.body.brokerOrderId, this.#options.timeline.now);
      this.#isAsked = true;
    }
  }

  #send(effect: Exclude<Effect, { readonly kind: 'inquire' }>): void {
    const { wire, onSending } = this.#options;
    const { orderId } = effect;
    onSending(effect);
    if (effect.kind === 'place') {
      wire.place(
        orderId,
        effect.order,
        this.#hear((result) => ({ kind: 'placed', orderId, result })),
      );
    } else if (effect.kind === 'cancel') {
      const id = effect.order.brokerOrderId;
      wire.cancel(
        id,
        this.#hear((result) => ({ kind: 'cancel-answered', orderId, result })),
      );
    } else {
      const { price, quantity } = effect.change;
      wire.amend(
        effect,
        this.#hear((result) => ({ kind: 'amend-answered', orderId, price, quantity, result })),
      );
    }
  }

  /** An answer reaches the process that asked, or nobody. */
  #hear(event: (result: PlaceResult) => DeskEvent): (result: PlaceResult, afterMs: number) => void {
    const { life } = this;
    const { timeline } = this.#options;
    return (result, afterMs) => timeline.in(afterMs, () => this.record(event(result)), life);
  }

  /** One round as soon as the distance to the last one allows. */
  ask(): void {
    if (!this.#isAlive) return;
    this.#isAsked = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isInquiring) return;
    const { timeline } = this.#options;
    const distance = this.#isAsked
      ? shortestMs
      : inDoubt(this.state).length > 0 || this.#meter.isWaiting
        ? doubtMs
        : routineMs;
    const due = Math.max(timeline.now, this.#lastRoundAt + distance);
    // A timer that was set for later is replaced; the old one finds that it is no longer meant.
    this.#alarm += 1;
    const alarm = this.#alarm;
    timeline.in(due - timeline.now, () => (alarm === this.#alarm ? this.#inquire() : undefined), this.life, true);
  }

  #inquire(): void {
    const { timeline, wire } = this.#options;
    this.#isInquiring = true;
    this.#isAsked = false;
    this.#isCalm = true;
    this.#roundFrom = timeline.now;
    const sentAt = timeline.now;
    const sentElapsedMs = sentAt - this.#bornAt;
    const { life } = this;
    wire.list((inquiry, afterMs) =>
      timeline.in(
        afterMs,
        () => {
          this.#isInquiring = false;
          this.#lastRoundAt = timeline.now;
          if (inquiry.kind === 'complete') {
            this.#isWhole = true;
            this.#meter.listed(inquiry.rows, sentAt, timeline.now);
          } else this.#isCalm = false;
          const isWhole = this.#isWhole;
          this.record({ kind: 'inquired', date: dayOfHistory, inquiry, sentElapsedMs, isDayOver: false, isWhole });
          this.#schedule();
        },
        life,
        true,
      ),
    );
  }
}
