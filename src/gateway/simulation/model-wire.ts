import type { BrokerOrder, Inquiry, PlaceResult } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import type { Approved } from '#guard/approved.ts';
import type { Effect } from '../desk/events.ts';
import type { FaultPlan } from './fault-plan.ts';
import { instantAt, type ModelBroker, type ModelOrder } from './model-broker.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

type Answer = (result: PlaceResult, afterMs: number) => void;

export interface ModelWireOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly broker: ModelBroker;
  /** In some histories the broker's list can hardly ever be read to its end. */
  readonly isHardlyReadable: boolean;
}

/** Real milliseconds: the whole time-out of an order, how late a broker may accept, how old a stale page may be. */
const timeoutMs = 10_000;
const lateMaxMs = 20_000;
const staleMaxMs = 5_000;

/** What happens before the broker takes the order, or instead of it. */
const beforeAcceptance = {
  refuse: { kind: 'not-sent', cause: 'connect refused' },
  'rate-limit': { kind: 'rejected', code: 'EGW00201', reason: 'rate-limit', message: '' },
  'expired-token': { kind: 'rejected', code: 'EGW00123', reason: 'authentication', message: '' },
  'market-closed': { kind: 'rejected', code: 'APBK0919', reason: 'market-closed', message: '' },
} as const;
const unlisted = { kind: 'rejected', code: 'APBK1269', reason: 'unknown-instrument', message: '' } as const;

const unansweredBefore = ['drop-before-acceptance', 'status-500-before'] as const;
const unansweredAfter = [
  'accept-then-hang',
  'accept-then-reset',
  'accept-late',
  'status-500-after',
  'malformed-answer',
  'no-order-number',
] as const;

/** The way to the broker and back, where most things go wrong. Answers come to whoever is alive to hear them. */
export class ModelWire {
  readonly #options: ModelWireOptions;
  #lastPage: { readonly at: number; readonly rows: readonly BrokerOrder[] } | null = null;

  constructor(options: ModelWireOptions) {
    this.#options = options;
  }

  place(orderId: OrderId, order: Approved, answer: Answer): void {
    const { instrument, side, price, quantity } = order;
    const terms = { owner: { kind: 'ours', orderId }, instrument, side, price, quantity } as const;
    this.#request(
      instrument,
      () => {
        const isRejected = this.#options.plan.strikes('rejected-by-exchange');
        const accepted = this.#options.broker.accept({ ...terms, isRejected });
        if (this.#options.plan.strikes('accept-twice')) this.#options.broker.accept(terms);
        return accepted;
      },
      answer,
    );
  }

  amend(effect: Extract<Effect, { readonly kind: 'amend' }>, answer: Answer): void {
    const { price, quantity, instrument } = effect.change;
    this.#request(instrument, () => this.#options.broker.amend(effect.order.brokerOrderId, price, quantity), answer);
  }

  cancel(id: BrokerOrderId, answer: Answer): void {
    const { timeline, plan, random, broker } = this.#options;
    if (plan.strikes('cancel-lost')) {
      answer(this.#lost('timeout'), timeoutMs);
      return;
    }
    const hangs = plan.strikes('cancel-hangs');
    timeline.in(
      random.below(1_000),
      () => {
        const isDone = broker.cancel(id);
        if (hangs) answer(this.#lost('timeout'), timeoutMs);
        else if (isDone) answer(this.#accepted(`c${id}` as BrokerOrderId), random.below(300));
        else answer({ kind: 'rejected', code: 'APBK1', reason: 'nothing-left', message: '' }, random.below(300));
      },
      null,
    );
  }

  /** The rows as of the moment at which the broker reads its book, or the news that a page is missing. */
  list(answer: (inquiry: Inquiry<BrokerOrder>, afterMs: number) => void): void {
    const { timeline, random } = this.#options;
    timeline.in(random.below(500), () => answer(this.#read(), random.below(500)), null, true);
  }

  #read(): Inquiry<BrokerOrder> {
    const { plan, isHardlyReadable, timeline, broker } = this.#options;
    if (plan.strikes('page-error') || (isHardlyReadable && plan.strikes('pages-hardly-readable'))) {
      return { kind: 'incomplete', cause: 'page 2 failed' };
    }
    const last = this.#lastPage;
    if (last !== null && timeline.now - last.at <= staleMaxMs && plan.strikes('stale-page')) {
      return { kind: 'complete', rows: last.rows };
    }
    const rows = broker.rows();
    this.#lastPage = { at: timeline.now, rows };
    return { kind: 'complete', rows: plan.strikes('rows-reordered') ? rows.toReversed() : rows };
  }

  /** One request that may make an order; each end of threat-model §8. */
  #request(instrument: InstrumentId, take: () => ModelOrder | null, answer: Answer): void {
    const { plan, timeline, random, broker } = this.#options;
    if (!broker.takes(instrument)) {
      answer(broker.isClosed ? beforeAcceptance['market-closed'] : unlisted, random.below(100));
      return;
    }
    const refused = plan.firstOf(['refuse', 'rate-limit', 'expired-token', 'market-closed']);
    if (refused !== null) {
      answer(beforeAcceptance[refused], random.below(100));
      return;
    }
    const isDropped = plan.firstOf(unansweredBefore);
    if (isDropped !== null) {
      answer(this.#lost(isDropped), isDropped === 'status-500-before' ? 50 : timeoutMs);
      return;
    }
    const unanswered = plan.firstOf(unansweredAfter);
    if (unanswered !== null) {
      const takenAfterMs = unanswered === 'accept-late' ? random.below(lateMaxMs) : random.below(1_000);
      timeline.in(takenAfterMs, () => (broker.takes(instrument) ? void take() : undefined), null);
      const heardAfterMs = unanswered === 'accept-then-hang' || unanswered === 'accept-late' ? timeoutMs : takenAfterMs;
      answer(this.#lost(unanswered), heardAfterMs);
      return;
    }
    this.#answered(() => (broker.takes(instrument) ? take() : null), answer);
  }

  #answered(take: () => ModelOrder | null, answer: Answer): void {
    const { plan, timeline, random } = this.#options;
    timeline.in(
      random.below(200),
      () => {
        const order = take();
        const afterMs = plan.strikes('slow-answer') || plan.strikes('push-before-answer') ? 8_000 : 300;
        if (order !== null) answer(this.#accepted(order.id), random.below(afterMs));
        else answer({ kind: 'rejected', code: 'APBK2', reason: 'nothing-left', message: '' }, random.below(afterMs));
      },
      null,
    );
  }

  #accepted(brokerOrderId: BrokerOrderId): PlaceResult {
    return { kind: 'accepted', brokerOrderId, forwardingOffice: '', at: instantAt(this.#options.timeline.now) };
  }

  #lost(cause: string): PlaceResult {
    return { kind: 'unknown', sentAt: instantAt(this.#options.timeline.now), cause };
  }
}
