import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { HandClock } from '../fixtures/hand-clock.ts';
import { venueEvent, type VenueEvent } from '../venue/venue-event.ts';
import { VenueState } from '../venue/venue-state.ts';
import { moneyOf, type UsAccount } from './us-account.ts';
import { usCashDefault } from './us-fees.ts';
import { usListings } from './us-listings.ts';
import { UsPrices } from './us-prices.ts';
import { nextUsTradingDay, usDay } from './us-sessions.ts';
import { UsVenue } from './us-venue.ts';

const opened = { kind: 'opened', credentials: '{}', cash: 0, date: '2026-11-23', usd: 50_000_000 } as const;

function aState(): VenueState {
  return new VenueState(opened, () => {
    throw new Error('nothing is traded at home');
  });
}

/** What a client may do next: an order near the price, a cancel, an amendment, or waiting. */
const step = fc.record({
  kind: fc.constantFrom('buy', 'sell', 'cancel', 'amend', 'wait'),
  stock: fc.integer({ min: 0, max: 3 }),
  quantity: fc.integer({ min: 1, max: 40 }),
  awayCents: fc.integer({ min: -300, max: 300 }),
  minutes: fc.integer({ min: 1, max: 900 }),
});

test('UsVenue keeps cents and shares through any course of orders, and folds to the same from its events', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const clock = new HandClock(Temporal.Instant.from('2026-11-23T15:00:00Z'));
      const state = aState();
      const events: VenueEvent[] = [];
      const record = (batch: readonly VenueEvent[]): void => {
        for (const event of batch) {
          state.apply(event);
          events.push(event);
        }
      };
      const venue = new UsVenue({ clock, session: 'clock', state, record, onNotices: () => undefined });
      const environment = 'real';
      for (const { kind, stock, quantity, awayCents, minutes } of steps) {
        const listing = usListings[stock];
        assert.ok(listing !== undefined);
        const price = Math.max(100, venue.prices.priceAt(listing, venue.now) + awayCents * 100);
        const { exchange, symbol } = listing;
        if (kind === 'buy' || kind === 'sell') {
          venue.place({ environment, exchange, symbol, side: kind, division: '00', price, quantity });
        }
        const original = state.lastNumber;
        if (kind === 'cancel') venue.change({ environment, action: 'cancel', original, price: 0, quantity: null });
        if (kind === 'amend') venue.change({ environment, action: 'amend', original, price, quantity });
        if (kind === 'wait') clock.advance(minutes * 60_000);
        venue.advance();
        checkBooks(state.us.real);
      }
      const folded = aState();
      for (const event of events) folded.apply(event);
      assert.deepEqual(shapeOf(folded.us.real), shapeOf(state.us.real));
      assert.deepEqual(shapeOf(folded.us.paper), shapeOf(aState().us.paper), 'the other account is untouched');
    }),
    { numRuns: 60 },
  );
});

test('VenueState opens the dollars of a log that was written before there were any', () => {
  const old = venueEvent.parse({ kind: 'opened', credentials: '{}', cash: 1, date: '2026-11-20' });
  assert.ok(old.kind === 'opened');
  const state = new VenueState(old, () => {
    throw new Error('nothing is traded at home');
  });

  assert.deepEqual([state.us.paper.cash, state.us.real.cash], [usCashDefault, usCashDefault]);
});

test('UsPrices.now() is the same for every reader, lies within its bars and never leaves the cent', () => {
  const prices = new UsPrices('clock');
  const moment = fc.integer({ min: Date.UTC(2026, 0, 5), max: Date.UTC(2027, 11, 30) });
  fc.assert(
    fc.property(moment, fc.constantFrom(...usListings), (at, listing) => {
      const now = prices.now(listing, at);
      const again = new UsPrices('clock').now(listing, at);

      assert.deepEqual(again, now);
      assert.equal(now.last % 100, 0);
      assert.ok(now.last > 0 && now.base > 0);
      const { today, day } = now;
      if (at > day.open && at <= day.close) assert.ok(today.low <= now.last && now.last <= today.high);
    }),
    { numRuns: 40 },
  );
});

test('usDay() and nextUsTradingDay() follow weekends, holidays, short days and daylight saving', () => {
  const day = (text: string) => usDay(Temporal.PlainDate.from(text), 'clock');
  const at = (instant: number | undefined) => Temporal.Instant.fromEpochMilliseconds(instant ?? 0).toString();

  assert.equal(day('2026-11-26'), null, 'Thanksgiving');
  assert.equal(day('2026-11-28'), null, 'Saturday');
  assert.equal(at(day('2026-11-27')?.close), '2026-11-27T18:00:00Z', 'the day after closes at 13:00');
  assert.equal(at(day('2026-10-30')?.open), '2026-10-30T13:30:00Z', 'summer time');
  assert.equal(at(day('2026-11-02')?.open), '2026-11-02T14:30:00Z', 'winter time');
  assert.equal(nextUsTradingDay(Temporal.PlainDate.from('2026-11-25'), 'clock').toString(), '2026-11-27');
});

function checkBooks(account: UsAccount): void {
  const moved = account.fills.reduce((sum, fill) => sum + moneyOf(fill), 0);
  assert.equal(account.cash, account.start + moved);
  assert.equal(account.cash % 100, 0, 'whole cents');
  assert.ok(account.freeCash() >= 0, 'nothing is bought on credit');
  const last = Temporal.PlainDate.from('2099-01-01');
  assert.equal(account.settledCash(last), account.cash);
  for (const { symbol } of usListings) assert.ok(account.freeShares(symbol) >= 0, 'nothing is sold short');
  for (const order of account.orders.values()) {
    const rest = order.action === 'cancel' ? 0 : order.quantity - order.filled - order.cancelled;
    assert.equal(order.remaining, rest);
  }
}

function shapeOf(account: UsAccount): unknown {
  return [
    account.cash,
    [...account.orders.values()],
    account.fills,
    [...account.holdings.values()],
    account.openOrders(),
  ];
}
