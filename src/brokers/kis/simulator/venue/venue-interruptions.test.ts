import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Won } from '#domain/won.ts';

import { aHome, aStage, orderOf, outcome, send, type Stage } from '../fixtures/venue-stage.ts';

describe('Venue interruptions and halts', () => {
  /** A resting sell far from the market that a buy reaches. */
  function jump(day: Stage): ReturnType<typeof orderOf> {
    orderOf(day, send(day.venue, { price: 50_100, quantity: 10 }));
    day.venue.push('005930', 52_500 as Won, null);
    return orderOf(day, send(day.venue, { price: 52_600, quantity: 1 }));
  }

  it('does not let the trade happen that moves too far, collects for two minutes, and goes on', () => {
    const day = aStage('2026-11-20T10:00');
    const order = jump(day);
    const desk = day.venue.floor.desk('005930')!;
    const nxt = day.venue.floor.desk('005930', 'NXT')!;
    const during = [order.filled, desk.book.phase, desk.interruptions.length, nxt.book.phase];
    const refused = outcome(send(day.venue, { division: '11', price: 52_500 }));
    day.reach('2026-11-20T10:01:59');
    const stillAuction = desk.book.phase;
    day.reach('2026-11-20T10:02:31');

    assert.deepEqual(during, [0, 'auction', 1, 'closed']);
    assert.deepEqual([refused, stillAuction, desk.book.phase], ['division', 'auction', 'continuous']);
    assert.equal(order.filled, 1);
    const { kind: cause, triggerPrice, referencePrice, startedAt, endedAt } = desk.interruptions[0]!;
    assert.deepEqual([cause, triggerPrice, referencePrice], ['dynamic', 52_600, 50_100]);
    const lasted = (endedAt ?? 0) - startedAt;
    assert.ok(lasted >= 120_000 && lasted <= 150_000, String(lasted));
    assert.equal(day.operations.filter(({ kind }) => kind === 'interruption').length, 2);
    assert.equal(nxt.book.phase, 'continuous');
  });

  it('finds an interruption again after a restart, with the order that set it off', async (t) => {
    const home = await aHome(t);
    const before = aStage('2026-11-20T10:00', { home });
    const { number } = jump(before);
    before.log.close();

    const day = aStage('2026-11-20T10:01', { home });
    const desk = day.venue.floor.desk('005930');
    const during = desk?.book.phase;
    day.reach('2026-11-20T10:02:31');
    day.log.close();

    assert.deepEqual([during, desk?.book.phase], ['auction', 'continuous']);
    assert.equal(day.venue.state.accounts.real.orders.get(number)?.filled, 1);
  });

  it('stops both boards on a halt and lets cancel, over a restart, until it is released', async (t) => {
    const home = await aHome(t);
    const first = aStage('2026-11-20T10:00', { home });
    const { number } = orderOf(first, send(first.venue, { price: 45_000 }));
    const onNxt = orderOf(first, send(first.venue, { price: 45_000, exchange: 'NXT' })).number;
    assert.ok(first.venue.halt('005930', true));
    first.log.close();

    const day = aStage('2026-11-20T10:05', { home });
    const refused = outcome(send(day.venue, { price: 45_000 }));
    const elsewhere = outcome(send(day.venue, { price: 45_000, symbol: '000660' }));
    const change = {
      environment: 'real' as const,
      action: 'cancel' as const,
      division: '00',
      price: 0,
      quantity: null,
    };
    const cancelled = outcome(day.venue.change({ ...change, original: number }));
    day.venue.halt('005930', false);
    const again = outcome(send(day.venue, { price: 45_000 }));
    const kept = day.venue.floor.desk('005930', 'NXT')?.book.remaining(`real:${onNxt}`);
    day.log.close();

    assert.deepEqual([refused, elsewhere, cancelled, again, kept], ['closed', 'on KRX', 'on KRX', 'on KRX', 2]);
  });

  it('shows one side at the upper limit, where orders wait in turn and fill in part', () => {
    const day = aStage('2026-11-20T10:00');
    day.venue.push('005930', 65_000 as Won, null);
    const book = day.venue.floor.desk('005930')?.book.depth(10, day.venue.floor.reached);

    assert.deepEqual([book?.asks.length, book?.bids[0]?.price], [0, 65_000]);
  });
});
