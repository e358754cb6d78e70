import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import type { Won } from '#domain/won.ts';
import { seoulInstant } from '#domain/trading-date.ts';

import { stillMarket } from './floor/still-market.ts';
import { Venue } from './venue.ts';
import type { VenueAnswer } from './venue-answer.ts';
import type { VenueClock } from './venue-clock.ts';
import { openVenueLog, type VenueLog } from './venue-log.ts';
import type { VenueNotice } from './venue-notice.ts';
import { VenueState } from './venue-state.ts';
import { listingOf } from '#markets/listings.ts';

const samsung = listingOf('005930')!;
const cash = 10_000_000;

class HandClock extends ManualClock implements VenueClock {
  readonly speed = 1;
  readonly isPaused = false;
  setSpeed(): void {}
  setPaused(): void {}

  reach(text: string): void {
    this.advance(seoulTime(text).since(this.now()).total('milliseconds'));
  }
}

function seoulTime(text: string): Temporal.Instant {
  const at = Temporal.PlainDateTime.from(text);
  return seoulInstant(at.toPlainDate(), at.toPlainTime());
}

interface Stage {
  readonly venue: Venue;
  readonly clock: HandClock;
  readonly notices: VenueNotice[];
  readonly log: VenueLog;
}

/** A venue over `home`, started at `from`; a second one over the same home continues the first. */
function stage(from: string, home: string | null = null): Stage {
  const clock = new HandClock(seoulTime(from));
  const log = openVenueLog(home);
  const past = [...log.read()];
  const opened = { kind: 'opened' as const, credentials: '{}', cash, date: from.slice(0, 10) };
  if (past.length === 0) log.append([opened]);
  const first = past[0]?.kind === 'opened' ? past[0] : opened;
  const state = new VenueState(first, (symbol) => listingOf(symbol)!);
  for (const event of past.slice(1)) state.apply(event);
  const notices: VenueNotice[] = [];
  const listener = {
    onNotices: (list: readonly VenueNotice[]) => void notices.push(...list),
    onPrints: () => {},
    onBooks: () => {},
    onOperations: () => {},
  };
  const venue = new Venue({ market: stillMarket(), clock, session: 'clock', state, log, listener });
  venue.start();
  return { venue, clock, notices, log };
}

function order(
  venue: Venue,
  fields: { side?: 'buy' | 'sell'; price?: number; quantity?: number; division?: string } = {},
): VenueAnswer {
  const { side = 'buy', price = 49_500, quantity = 2, division = '00' } = fields;
  return venue.place({ environment: 'paper', symbol: '005930', side, division, price, quantity, exchange: 'KRX' });
}

function numberOf(answer: VenueAnswer): number {
  assert.equal(answer.kind, 'accepted');
  return answer.kind === 'accepted' ? answer.number : 0;
}

async function aHome(t: TestContext): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'snowball-venue-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  return home;
}

describe('Venue', () => {
  it('refuses orders before the open, after the close and on days without trading', () => {
    assert.deepEqual(order(stage('2026-11-20T07:00').venue), { kind: 'refused', refusal: 'before-open' });
    assert.deepEqual(order(stage('2026-11-20T16:30').venue), { kind: 'refused', refusal: 'closed' });
    assert.deepEqual(order(stage('2026-11-21T10:00').venue), { kind: 'refused', refusal: 'not-a-trading-day' });
    assert.deepEqual(order(stage('2026-11-20T15:25').venue, { division: '11' }), {
      kind: 'refused',
      refusal: 'division',
    });
  });

  it('lets the day’s orders expire at the close, and tells so', () => {
    const { venue, clock, notices } = stage('2026-11-20T15:00');
    const number = numberOf(order(venue));

    clock.reach('2026-11-20T15:31');
    venue.advance();

    assert.deepEqual(
      notices.map(({ kind, order: { number: of } }) => [kind, of]),
      [
        ['accepted', number],
        ['expired', number],
      ],
    );
    assert.equal(venue.state.accounts.paper.orders.get(number)?.remaining, 0);
    assert.equal(venue.state.accounts.paper.freeCash(), cash);
  });

  it('prints orders that joined the closing auction, and cancels what a market order did not get', () => {
    const { venue, clock, notices } = stage('2026-11-20T15:25');
    const number = numberOf(order(venue, { division: '01', price: 0, quantity: 3 }));

    clock.reach('2026-11-20T15:30:01');
    venue.advance();

    assert.equal(venue.state.accounts.paper.orders.get(number)?.filled, 3);
    assert.deepEqual(
      notices.map(({ kind }) => kind),
      ['accepted', 'filled'],
    );
  });

  it('settles on the second session after the trade, and counts the next day from the last close', () => {
    const { venue, clock } = stage('2026-11-19T10:30');
    const first = numberOf(order(venue, { price: 50_100 }));
    venue.push('005930', 51_000 as Won, null);
    order(venue, { side: 'sell', price: 51_000, quantity: 1 });
    const { ledger } = venue.state.accounts.paper;
    const outstanding = ledger.pending.reduce((sum, { amount }) => sum + amount, 0);

    clock.reach('2026-11-20T10:30');
    venue.advance();
    const next = numberOf(order(venue));
    const close = venue.state.bars.get('2026-11-19')?.get('005930')?.close;
    const basePrice = venue.floor.desk('005930')?.basePrice;
    clock.reach('2026-11-23T10:30');
    venue.advance();

    assert.equal(ledger.cash, cash);
    assert.ok(outstanding < 0);
    assert.equal(venue.state.accounts.paper.ledger.cash, cash + outstanding);
    assert.deepEqual(venue.state.accounts.paper.ledger.pending, []);
    assert.equal(basePrice, close);
    assert.ok(next > first);
  });

  it('gives back the margin of what it amends, refuses to let an order grow, and keeps the rest of a part', () => {
    const { venue } = stage('2026-11-20T10:30');
    const number = numberOf(order(venue, { quantity: 200 }));
    const change = { environment: 'paper' as const, original: number, division: '00' };

    const all = venue.change({ ...change, action: 'amend', price: 49_550, quantity: null });
    const dear = venue.change({ ...change, action: 'amend', price: 51_000, quantity: null });
    const more = venue.change({ ...change, action: 'amend', price: 49_550, quantity: 201 });
    const part = venue.change({ ...change, action: 'cancel', price: 0, quantity: 50 });

    assert.equal(all.kind, 'accepted');
    assert.deepEqual(dear, { kind: 'refused', refusal: 'cash' });
    assert.deepEqual(more, { kind: 'refused', refusal: 'nothing-left' });
    assert.equal(part.kind, 'accepted');
    assert.equal(venue.state.accounts.paper.liveOrder(number)?.remaining, 150);
  });

  it('fills in part when the console lets only so many shares trade', () => {
    const { venue, notices } = stage('2026-11-20T10:30');
    const number = numberOf(order(venue, { quantity: 10 }));

    venue.push('005930', 49_500 as Won, 4);
    venue.advance();

    assert.deepEqual([venue.state.accounts.paper.orders.get(number)?.filled, notices.at(-1)?.quantity], [4, 4]);
    assert.equal(venue.state.accounts.paper.liveOrder(number)?.remaining, 6);
  });

  it('puts open orders back after a restart, where they can fill, and goes on counting', async (t) => {
    const home = await aHome(t);
    const before = stage('2026-11-20T10:30', home);
    const filled = numberOf(order(before.venue, { price: 50_100, quantity: 1 }));
    const open = numberOf(order(before.venue));
    before.log.close();

    const { venue, log } = stage('2026-11-20T10:40', home);
    venue.push('005930', 49_400 as Won, null);
    const next = numberOf(order(venue, { price: 49_000 }));
    const account = venue.state.accounts.paper;
    log.close();

    assert.deepEqual([filled, open, next], [filled, filled + 1, filled + 2]);
    assert.equal(account.orders.get(open)?.filled, 2);
    assert.equal(account.ledger.positions.get(samsung.id)?.quantity, 3);
  });

  it('finds the market where the console had moved it, on the same day only', async (t) => {
    const home = await aHome(t);
    const before = stage('2026-11-20T10:30', home);
    before.venue.push('005930', 55_000 as Won, null);
    before.log.close();

    const same = stage('2026-11-20T10:40', home);
    const bid = same.venue.floor.desk('005930')?.book.depth(1, same.clock.now()).bids[0]?.price;
    same.clock.reach('2026-11-23T10:40');
    same.venue.advance();
    same.log.close();

    assert.equal(bid, 55_000);
    assert.equal(same.venue.state.pushes.size, 0);
  });

  it('expires at a later start what a day left open', async (t) => {
    const home = await aHome(t);
    const before = stage('2026-11-20T15:00', home);
    const number = numberOf(order(before.venue));
    before.log.close();

    const { venue, log } = stage('2026-11-23T09:30', home);
    const left = venue.state.accounts.paper.orders.get(number);
    log.close();

    assert.deepEqual([left?.remaining, left?.cancelled, venue.state.date.toString()], [0, 2, '2026-11-23']);
  });

  it('stops for good when an event cannot be recorded, and nobody is told', () => {
    const { venue, log, notices } = stage('2026-11-20T10:30');
    log.close();

    assert.throws(() => order(venue), { code: 'simulator.venue-stopped' });
    assert.throws(() => venue.advance(), { code: 'simulator.venue-stopped' });
    assert.deepEqual(notices, []);
  });

  it('refuses a log that another process holds, or that is none', async (t) => {
    const home = await aHome(t);
    const first = openVenueLog(home);
    t.after(() => first.close());
    first.append([{ kind: 'revoked', token: 'x' }]);

    assert.throws(() => openVenueLog(home), { code: 'simulator.log-unusable' });
  });
});
