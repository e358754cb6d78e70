import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { isOver, isWorking } from '../desk/order-questions.ts';
import type { DeskEvent } from '../desk/events.ts';
import type { DeskOrder, DeskState } from '../desk/state.ts';
import type { FaultPlan } from './fault-plan.ts';
import { dayOfHistory, type ModelBroker, type TrueOwner } from './model-broker.ts';
import type { ModelGuard } from './model-guard.ts';
import { basePrice, type ModelMarket } from './model-market.ts';
import type { ModelProcess } from './model-process.ts';
import type { Random } from '#domain/random.ts';
import type { Timeline } from './timeline.ts';

export interface ModelPeopleOptions {
  readonly timeline: Timeline;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly broker: ModelBroker;
  readonly process: ModelProcess;
  readonly market: ModelMarket;
  readonly guard: ModelGuard;
  /** Milliseconds in which things go wrong. */
  readonly troubleMs: number;
}

/** What is traded in every history. */
export const symbols: readonly InstrumentId[] = [instrumentId('005930'), instrumentId('000660')];
const attemptsMax = 40;
const openingMs = 500;
const booksEveryMs = 5_000;
const fortune = won(1_000_000_000);

/** Who asks for things: a strategy that repeats its requests, a person at the console, and one at another screen. */
export class ModelPeople {
  readonly #options: ModelPeopleOptions;

  constructor(options: ModelPeopleOptions) {
    this.#options = options;
  }

  begin(): void {
    const { random, plan } = this.#options;
    const requests = 1 + random.below(5);
    for (let index = 0; index < requests; index += 1) this.#someTime(() => this.#ask(index, 0));
    this.#openBooks();
    if (plan.strikes('halt-by-person')) {
      this.#someTime(() => this.#options.process.record({ kind: 'halt', by: 'web', reason: 'test' }));
    }
    // A person looks now and then, sees why it is halted, and goes on.
    for (let count = random.below(4); count > 0; count -= 1) {
      this.#someTime(() => this.#options.process.record({ kind: 'resume', by: 'web' }));
    }
    if (plan.strikes('foreign-order')) this.#someTime(() => this.#order({ kind: 'foreign' }, 7));
    // The same terms as the strategy's orders.
    if (plan.strikes('identical-manual-order')) this.#someTime(() => this.#order({ kind: 'foreign' }, 10));
    if (plan.strikes('declared-manual-order')) this.#someTime(() => this.#declare());
  }

  #someTime(happen: () => void): void {
    const { timeline, random, troubleMs } = this.#options;
    timeline.in(random.below(troubleMs), happen, null);
  }

  /** As soon as the start is resolved, like the gateway's keeper of the books; where nobody looks at them, never. */
  #openBooks(): void {
    const { process, guard, timeline } = this.#options;
    if (!guard.isReal) return;
    const { books, isResolved } = process.state;
    // A crash may lose them again.
    if (books === null && isResolved) process.record(opening);
    timeline.in(this.#awake(books === null ? openingMs : booksEveryMs), () => this.#openBooks(), null, true);
  }

  /** Who asks waits for an answer: as long as nobody can give one, the next question waits too. */
  #awake(afterMs: number): number {
    const { process, timeline } = this.#options;
    return Math.max(afterMs, process.suspendedUntil - timeline.now);
  }

  #order(owner: TrueOwner, size: number): void {
    const { broker, random } = this.#options;
    const instrument = symbols[random.below(symbols.length)] ?? instrumentId('005930');
    broker.accept({ owner, instrument, side: 'buy', price: won(70_000), quantity: size });
  }

  /** Said first, done then: the order is placed as soon as the declaration is on record. */
  #declare(): void {
    const { process, broker, timeline } = this.#options;
    const terms = { instrument: instrumentId('005930'), side: 'buy', quantity: quantity(13) } as const;
    const isSaid = process.state.declared.length > 0;
    if (!isSaid) {
      process.record({ kind: 'declare-manual', date: dayOfHistory, ...terms, brokerOrderId: null, by: 'web' });
      timeline.in(this.#awake(2_000), () => this.#declare(), null);
      return;
    }
    broker.accept({ owner: { kind: 'declared' }, ...terms, price: won(70_000) });
  }

  /** Asks, and asks again with the same id until the order is known; then plays with it. */
  #ask(index: number, attempt: number): void {
    const { process, plan, random, timeline, market, guard } = this.#options;
    const requestId = `r${index}`;
    const order = [...process.state.orders.values()].find((candidate) => candidate.request.requestId === requestId);
    // A client that lost its memory asks again although the gateway knows its order.
    if (order !== undefined && !plan.strikes('asks-again')) {
      this.#change(order);
      return;
    }
    if (attempt > attemptsMax) return;
    const instrument = symbols[index % symbols.length] ?? instrumentId('005930');
    const request = aRequest(requestId, instrument, market.askedPrice(instrument));
    // The only maker of order ids in a history.
    const orderId = `o${index}-${attempt}` as OrderId;
    process.record((state) => ({
      kind: 'submit',
      orderId,
      request,
      verdict: () => guard.decide(state, request),
    }));
    timeline.in(this.#awake(500 + random.below(3_000)), () => this.#ask(index, attempt + 1), null);
  }

  #change(order: DeskOrder): void {
    const { random, timeline, process } = this.#options;
    if (isOver(order)) return;
    const { orderId } = order;
    const choice = random.next();
    if (choice < 0.3) process.record({ kind: 'cancel', orderId, by: 'web' });
    else if (choice < 0.5) this.#amend(order);
    else if (choice < 0.6) process.record({ kind: 'find', orderId });
    if (choice < 0.8) timeline.in(1_000 + random.below(10_000), () => this.#changeLater(orderId), null);
  }

  #changeLater(orderId: OrderId): void {
    const order = this.#options.process.state.orders.get(orderId);
    if (order !== undefined) this.#change(order);
  }

  #amend(order: DeskOrder): void {
    const left = order.quantity - order.filled;
    if (!isWorking(order) || left < 1) return;
    const price = won(69_900);
    const size = quantity(left);
    const change = { ...order.request, price, quantity: size };
    this.#options.process.record((state) => ({
      kind: 'amend',
      orderId: order.orderId,
      price,
      quantity: size,
      verdict: () => this.#options.guard.decideAmend(state, change, order),
    }));
  }
}

/** What the day opens with: the fills of declared orders that came before are in the account already. */
function opening({ manual }: DeskState): DeskEvent {
  const held = new Map<InstrumentId, number>();
  for (const { instrument, filled } of manual.values()) held.set(instrument, (held.get(instrument) ?? 0) + filled);
  const positions = [...held].map(([instrument, count]) => ({
    instrument,
    quantity: quantity(count),
    cost: won(count * basePrice),
  }));
  return { kind: 'books', date: dayOfHistory, cash: fortune, equity: fortune, positions, reason: '' };
}

/** All of one size, so that orders look alike and a wrong match would show. */
function aRequest(requestId: string, instrument: InstrumentId, price: Won): OrderRequest {
  return {
    requestId,
    requester: { kind: 'strategy', name: 'test' },
    instrument,
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price,
    reason: '',
  };
}
