import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { instrumentId } from '#domain/instrument.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { addWon, orderValue, won } from '#domain/won.ts';
import { settlementDate } from '#markets/calendar.ts';
import { commission, commissionPpbOf, sellTax } from '#markets/costs.ts';
import { listingOf } from '#markets/listings.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { isOnTick, roundToTick } from '#markets/tick-size.ts';

import { aStage, type Stage } from '../fixtures/venue-stage.ts';
import type { AccountState, SimulatedOrder } from './account-state.ts';
import { CrowdLadder } from './floor/crowd-ladder.ts';
import type { MarketSource } from './floor/market-source.ts';
import { orderDivisionTable } from './orders/order-divisions.ts';
import { randomFrom } from './random.ts';
import { stillMarket } from './floor/still-market.ts';
import { tradingPhases } from './hours/trading-phases.ts';

const date = Temporal.PlainDate.from('2026-11-20');
const day = date.toString();
const symbols = ['005930', '035900', '069500'] as const;
const cash = 50_000_000;
const basePrice = won(50_000);
const limits = { lower: 35_000, upper: 65_000 };

/** A market that drifts by up to 4 % an hour, so that limits, interruptions and auctions all come into play. */
function driftingMarket(seed: number): MarketSource {
  const still = stillMarket({ depth: 40 });
  return {
    ...still,
    instruments: symbols.map((symbol) => listingOf(symbol)!),
    openDay(instrument, onDate, base, board) {
      const random = randomFrom(`${seed}/${instrument.symbol}/${board ?? 'KRX'}`);
      const drift = randomFrom(`${seed}/${instrument.symbol}`).normal() * 0.05;
      const ladder = new CrowdLadder({
        instrument,
        date: onDate,
        basePrice: base,
        quantityOf: () => 1 + random.below(40),
      });
      const opensAt = seoulInstant(onDate, Temporal.PlainTime.from('08:00')).epochMilliseconds;
      let pushed = 1;
      const fair = (at: Temporal.Instant): number => {
        const hours = (at.epochMilliseconds - opensAt) / 3_600_000;
        return ladder.bounded(pushed * base * (1 + drift * hours));
      };
      return {
        history: () => [],
        enter: (book, at) => ladder.quote(book, fair(at), at, { extraTicks: 0, mayCross: true }),
        advance(book, _from, to) {
          const side = random.next() < 0.5 ? 'buy' : 'sell';
          const price = won(side === 'buy' ? limits.upper : limits.lower);
          const taken = ladder.take(book, side, 1 + random.below(30), { at: to, price });
          return [...taken, ...ladder.quote(book, fair(to), to, { extraTicks: 0, mayCross: true })];
        },
        joinAuction: (book, at) => ladder.joinAuction(book, fair(at), at),
        push(book, price, at, shares) {
          pushed *= price / fair(at);
          return ladder.sweep(book, price, at, shares);
        },
      };
    },
  };
}

type Step = Readonly<{
  minutes: number;
  kind: 'place' | 'amend' | 'cancel' | 'push' | 'halt' | 'wait';
  symbol: (typeof symbols)[number];
  side: 'buy' | 'sell';
  division: string;
  exchange: string;
  ticks: number;
  shares: number;
  environment: 'paper' | 'real';
  target: number;
}>;

const steps: fc.Arbitrary<Step> = fc.record({
  minutes: fc.constantFrom(0, 0, 1, 3, 9, 20, 30),
  kind: fc.constantFrom(
    'place',
    'place',
    'place',
    'place',
    'place',
    'place',
    'amend',
    'cancel',
    'push',
    'halt',
    'wait',
  ),
  symbol: fc.constantFrom(...symbols),
  side: fc.constantFrom('buy', 'buy', 'sell'),
  division: fc.constantFrom('00', '00', '00', '41', '41', ...Object.keys(orderDivisionTable)),
  exchange: fc.constantFrom('KRX', 'KRX', 'NXT', 'SOR'),
  ticks: fc.integer({ min: -30, max: 30 }),
  shares: fc.integer({ min: 1, max: 120 }),
  environment: fc.constantFrom('real', 'real', 'paper'),
  target: fc.nat(20),
});

function play(stage: Stage, step: Step, index: number): void {
  const { venue, clock } = stage;
  if (step.minutes > 0) {
    const next = clock.now().add({ minutes: step.minutes }).toZonedDateTimeISO('Asia/Seoul').toPlainDateTime();
    stage.reach(next.toString());
  }
  const instrument = listingOf(step.symbol)!;
  const last = venue.floor.desk(step.symbol)?.stats.last ?? basePrice;
  const wanted = Math.min(limits.upper, Math.max(limits.lower, last + step.ticks * 50));
  const price = roundToTick(instrument, wanted, date, 'down');
  const { environment } = step;
  if (step.kind === 'push') venue.push(step.symbol, price, index % 2 === 0 ? null : step.shares);
  if (step.kind === 'halt') venue.halt(step.target % 4 === 0 ? null : step.symbol, step.target % 8 === 0);
  if (step.kind === 'place') {
    const { symbol, side, division, exchange, shares: quantity } = step;
    venue.place({ environment, symbol, side, division, exchange, price, quantity, stopPrice: price });
  }
  if (step.kind === 'amend' || step.kind === 'cancel') {
    const orders = [...venue.state.accounts[environment].orders.keys()];
    const original = orders[step.target % Math.max(1, orders.length)];
    if (original === undefined) return;
    const quantity = step.ticks > 0 ? step.shares : null;
    venue.change({ environment, action: step.kind, original, division: '00', price, quantity });
  }
}

/** Cash, shares, fees and taxes of an account written down a second time, from its fills alone. */
function checkLedger(account: AccountState): void {
  let paid = 0;
  const held = new Map<string, number>();
  for (const fill of account.fills) {
    const order = account.orders.get(fill.number)!;
    const value = orderValue(fill.price, fill.quantity);
    const fee = commission(value, commissionPpbOf(order.instrument.kind));
    const tax = sellTax(order.instrument, value, date);
    const costs = addWon(fee, fill.side === 'sell' ? addWon(tax.transactionTax, tax.ruralTax) : won(0));
    paid += (fill.side === 'buy' ? value : 0 - value) + costs;
    held.set(fill.instrument, (held.get(fill.instrument) ?? 0) + (fill.side === 'buy' ? 1 : -1) * fill.quantity);
    assert.ok(fill.settlementDate.equals(settlementDate(date)));
  }
  const { ledger } = account;
  const pending = ledger.pending.reduce((sum, { amount }) => sum + amount, 0);
  assert.equal(ledger.cash + pending, cash - paid);
  assert.ok(account.freeCash() >= -1000, 'fees alone may overdraw what is orderable');
  for (const symbol of symbols) {
    const id = instrumentId(symbol);
    assert.equal(ledger.positions.get(id)?.quantity ?? 0, held.get(id) ?? 0);
    assert.ok((held.get(id) ?? 0) >= 0);
  }
}

function checkOrder(order: SimulatedOrder): void {
  const given = order.action === 'cancel' ? 0 : order.quantity;
  assert.equal(order.filled + order.remaining + order.cancelled + order.refused, given, `order ${order.number}`);
}

/** Every fill stands inside the day's limits, on a tick unless it is a middle, in a session, and not past the limit. */
function checkFills(account: AccountState): void {
  const phases = tradingPhases(date, 'clock');
  for (const fill of account.fills) {
    const order = account.orders.get(fill.number)!;
    const bounds = priceLimits(order.instrument, basePrice, date);
    assert.ok(fill.price >= bounds.lower && fill.price <= bounds.upper);
    const at = Temporal.Instant.fromEpochMilliseconds(fill.at);
    const rooms = order.board === 'NXT' ? [phases.nxt] : [phases.krx, phases.offHours];
    // The print of an auction stands at its very end, and an interruption of the closing auction lasts past it.
    const isOpen = rooms.some((room) =>
      room.some(
        ({ phase, from, to }) =>
          phase !== 'closed' && fill.at > from.epochMilliseconds - 1 && fill.at <= to.epochMilliseconds + 150_000,
      ),
    );
    assert.ok(isOpen, `${order.division} filled at ${at.toString()}`);
    const isLimited = ['limit', 'close'].includes(orderDivisionTable[order.division]!.type) && !order.isTriggered;
    if (!isLimited) continue;
    assert.ok(order.side === 'buy' ? fill.price <= order.price : fill.price >= order.price);
    const isMiddle = !isOnTick(order.instrument, fill.price, date);
    assert.ok(!isMiddle || orderDivisionTable[order.division]!.type !== 'close');
  }
}

test('a day of random orders at both accounts and boards conserves every won and share, also over a restart', () => {
  fc.assert(
    fc.property(fc.array(steps, { minLength: 60, maxLength: 110 }), fc.nat(1000), (sequence, seed) => {
      const market = driftingMarket(seed);
      const half = Math.floor(sequence.length / 2);
      const before = aStage(`${day}T07:55`, { market, cash });
      sequence.slice(0, half).forEach((step, index) => play(before, step, index));
      const waiting = openShares(before);
      const now = before.clock.now().toZonedDateTimeISO('Asia/Seoul').toPlainDateTime();
      const after = aStage(now.toString(), { market, cash, past: [...before.log.read()] });
      before.log.close();
      // What waits market orders in an auction may trade or go as the books open again, and nothing may come back.
      for (const [number, shares] of openShares(after)) assert.ok(shares <= (waiting.get(number) ?? 0));
      checkBooks(after);
      sequence.slice(half).forEach((step, index) => play(after, step, index));
      checkBooks(after);
      checkAccounts(after);
      after.reach(`${day}T23:00`);
      checkAccounts(after);
      assert.deepEqual([...openShares(after)], []);
      after.log.close();
    }),
    { numRuns: 10 },
  );
});

function checkAccounts({ venue }: Stage): void {
  for (const account of Object.values(venue.state.accounts)) {
    for (const order of account.orders.values()) checkOrder(order);
    checkLedger(account);
    checkFills(account);
  }
}

function openShares({ venue }: Stage): ReadonlyMap<number, number> {
  const open = Object.values(venue.state.accounts).flatMap((account) => account.openOrders());
  return new Map(open.map(({ number, remaining }) => [number, remaining]));
}

/** Every live order waits in its book with exactly what is left of it, but for stop orders that sleep. */
function checkBooks({ venue }: Stage): void {
  for (const account of Object.values(venue.state.accounts)) {
    for (const order of account.openOrders()) {
      if (orderDivisionTable[order.division]!.isStop && !order.isTriggered) continue;
      const desk = venue.floor.desk(order.instrument.symbol, order.board)!;
      const id = `${order.environment}:${order.number}`;
      const waits = desk.book.remaining(id) + (desk.offHours?.remaining(id) ?? 0);
      assert.equal(waits, order.remaining, `order ${order.number} of kind ${order.division}`);
    }
  }
}
