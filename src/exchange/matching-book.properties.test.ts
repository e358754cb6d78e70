import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Instrument } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { isOnTick } from '#markets/tick-size.ts';
import { createMatchingBook } from './matching-book.ts';
import type { MatchingBook, SubmitResult, VenueOrder, VenueTrade } from './venue.ts';

const instrument: Instrument = {
  id: 'KRX:035900',
  symbol: '035900',
  name: 'JYP Ent.',
  market: 'KOSDAQ',
  kind: 'stock',
  leverage: 1,
};
const date = Temporal.PlainDate.from('2026-11-20');
const at = Temporal.Instant.from('2026-11-20T01:00:00Z');

/** A base beside a bound between zones: 4,990 won moves in steps of 5, 5,000 and above in steps of 10. */
const basePrice = won(4990);

type Step =
  | { readonly kind: 'submit'; readonly order: Omit<VenueOrder, 'id'> }
  | { readonly kind: 'cancel'; readonly target: number }
  | { readonly kind: 'amend'; readonly target: number; readonly price: number; readonly quantity: number }
  | { readonly kind: 'phase'; readonly phase: 'auction' | 'continuous' | 'closed' };

const prices = fc.integer({ min: -8, max: 8 }).map((ticks) => 5000 + ticks * (ticks < 0 ? 5 : 10));
const sizes = fc.integer({ min: 1, max: 20 });
const orders = fc.record({
  owner: fc.constantFrom('me', 'crowd'),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  type: fc.constantFrom('limit' as const, 'limit' as const, 'limit' as const, 'market' as const),
  timeInForce: fc.constantFrom('day' as const, 'day' as const, 'ioc' as const, 'fok' as const),
  price: prices.map((price) => won(price)),
  quantity: sizes.map((size) => quantity(size)),
});
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: orders.map((order) => ({ kind: 'submit' as const, order })) },
  { weight: 2, arbitrary: fc.nat(40).map((target) => ({ kind: 'cancel' as const, target })) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('amend' as const), target: fc.nat(40), price: prices, quantity: sizes }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('phase' as const),
      phase: fc.constantFrom('auction' as const, 'continuous' as const, 'closed' as const),
    }),
  },
);

/** What a plain observer writes down: shares asked for, traded and given up, by order. */
interface Account {
  readonly side: 'buy' | 'sell';
  readonly type: VenueOrder['type'];
  price: number;
  entered: number;
  traded: number;
  cancelled: number;
}

class Observer {
  readonly book: MatchingBook = createMatchingBook({ instrument, date, basePrice });
  readonly accounts = new Map<string, Account>();
  bought = 0;
  #volume = 0;

  constructor() {
    this.book.setPhase('continuous', at);
  }

  play(step: Step, index: number): void {
    if (step.kind === 'submit') this.#submit({ ...step.order, id: `o${index}` });
    if (step.kind === 'cancel') this.#cancel(`o${step.target}`);
    if (step.kind === 'amend') this.#amend(step);
    if (step.kind === 'phase') this.#changePhase(step.phase);
    assert.equal(this.book.volumeOfDay, this.#volume);
    this.#reconcile();
  }

  #submit(order: VenueOrder): void {
    const { side, type, price } = order;
    this.accounts.set(order.id, { side, type, price, entered: order.quantity, traded: 0, cancelled: 0 });
    const result = this.book.submit(order, at);
    if (result.kind === 'rejected') this.accounts.delete(order.id);
    else this.#accepted(order.id, result);
  }

  #accepted(id: string, result: SubmitResult & { kind: 'accepted' }): void {
    this.#write(result.trades);
    const account = this.accounts.get(id);
    assert.ok(account !== undefined);
    account.cancelled += result.cancelled;
    assert.equal(result.resting, this.book.remaining(id));
  }

  #cancel(id: string): void {
    const account = this.accounts.get(id);
    const given = this.book.cancel(id);
    if (given !== null && account !== undefined) account.cancelled += given;
  }

  #amend(step: Step & { kind: 'amend' }): void {
    const id = `o${step.target}`;
    const account = this.accounts.get(id);
    const before = this.book.remaining(id);
    const was = account?.price ?? 0;
    if (account?.type === 'market') return;
    if (account !== undefined) account.price = step.price;
    const result = this.book.amend(id, won(step.price), quantity(step.quantity), at);
    if (account === undefined) return;
    if (result === null || result.kind === 'rejected') {
      account.price = was;
      return;
    }
    account.entered += step.quantity - before;
    this.#accepted(id, result);
  }

  #changePhase(phase: 'auction' | 'continuous' | 'closed'): void {
    const wasAuction = this.book.phase === 'auction';
    this.#write(this.book.setPhase(phase, at));
    if (!wasAuction || phase === 'auction') return;
    for (const account of this.accounts.values()) {
      if (account.type === 'market') account.cancelled = account.entered - account.traded;
    }
  }

  #write(trades: readonly VenueTrade[]): void {
    for (const trade of trades) {
      assert.ok(trade.quantity > 0 && isOnTick(instrument, trade.price, date));
      this.#volume += trade.quantity;
      for (const id of [trade.makerId, trade.takerId]) {
        const account = this.accounts.get(id);
        assert.ok(account !== undefined);
        account.traded += trade.quantity;
        if (account.side === 'buy') this.bought += trade.quantity;
        const isInsideLimit = account.side === 'buy' ? trade.price <= account.price : trade.price >= account.price;
        assert.ok(account.type === 'market' || isInsideLimit);
      }
    }
    assert.equal(this.bought, this.#volume);
  }

  /** Every share entered is traded, cancelled or waiting; the book shows exactly what waits. */
  #reconcile(): void {
    const waiting = { buy: 0, sell: 0 };
    for (const [id, account] of this.accounts) {
      const remaining = this.book.remaining(id);
      assert.equal(account.entered, account.traded + account.cancelled + remaining, id);
      if (account.type === 'limit') waiting[account.side] += remaining;
    }
    const { asks, bids } = this.book.depth(1000, at);
    const sum = (levels: typeof asks): number => levels.reduce((total, level) => total + level.quantity, 0);
    assert.deepEqual({ buy: sum(bids), sell: sum(asks) }, waiting);
    if (this.book.phase === 'auction') return;
    assert.ok((bids[0]?.price ?? 0) < (asks[0]?.price ?? Number.POSITIVE_INFINITY), 'the book is crossed');
  }
}

test('M25 a MatchingBook conserves every share, fills nothing past its quantity or limit and never stays crossed', () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 1, maxLength: 40 }), (sequence) => {
      const observer = new Observer();
      sequence.forEach((step, index) => {
        observer.play(step, index);
      });
    }),
    { numRuns: 400 },
  );
});

test('M20 a MatchingBook fills nobody while a better or an older order waits', () => {
  fc.assert(
    fc.property(fc.array(orders, { minLength: 2, maxLength: 30 }), (sequence) => {
      const book = createMatchingBook({ instrument, date, basePrice });
      book.setPhase('continuous', at);
      const placed = new Map<string, VenueOrder & { readonly arrival: number }>();

      for (const [arrival, order] of sequence.entries()) {
        const id = `o${arrival}`;
        const waiting = [...placed.values()].filter((other) => book.remaining(other.id) > 0);
        const result = book.submit({ ...order, id }, at);
        placed.set(id, { ...order, id, arrival });
        if (result.kind === 'rejected' || result.trades.length === 0) continue;
        const makers = waiting.filter((other) => other.side !== order.side);
        makers.sort((a, b) => (order.side === 'buy' ? a.price - b.price : b.price - a.price) || a.arrival - b.arrival);
        assert.deepEqual(
          result.trades.map((trade) => trade.makerId),
          makers.slice(0, result.trades.length).map((maker) => maker.id),
        );
        assert.ok(result.trades.slice(0, -1).every((trade) => book.remaining(trade.makerId) === 0));
      }
    }),
    { numRuns: 300 },
  );
});
