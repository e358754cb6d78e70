import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { won, type Won } from '#domain/won.ts';

import { aStage, orderOf, outcome, send } from '../fixtures/venue-stage.ts';
import type { IncomingOrder } from './orders/order-check.ts';

const etf = '069500';

describe('Venue by the hours', () => {
  it('takes at every hour the kinds of that hour, and refuses the others by name', () => {
    const day = aStage('2026-11-20T07:50');
    const seen: Record<string, string> = {};
    const ask = (name: string, fields: Partial<IncomingOrder>): void => {
      seen[name] = outcome(send(day.venue, { price: 40_000, quantity: 1, ...fields }));
    };
    ask('07:50 NXT', { exchange: 'NXT' });
    day.reach('2026-11-20T08:10');
    ask('08:10 NXT', { exchange: 'NXT' });
    ask('08:10 NXT GTP', { exchange: 'NXT', division: '27' });
    ask('08:10 NXT market', { exchange: 'NXT', division: '13', price: 0 });
    ask('08:10 KRX', {});
    ask('08:10 SOR', { exchange: 'SOR' });
    day.reach('2026-11-20T08:35');
    ask('08:35 last close', { division: '05', price: 0 });
    ask('08:35 opening auction', {});
    ask('08:35 IOC', { division: '11' });
    day.reach('2026-11-20T08:45');
    ask('08:45 last close', { division: '05', price: 0 });
    day.reach('2026-11-20T10:00');
    ask('10:00 after-market kind', { division: '41' });
    ask('10:00 market on NXT', { exchange: 'NXT', division: '01', price: 0 });
    ask('10:00 conditional on NXT', { exchange: 'NXT', division: '02' });
    ask('10:00 fund on NXT', { exchange: 'NXT', symbol: etf });
    ask('10:00 block', { division: '51' });
    ask('10:00 paper on NXT', { environment: 'paper', exchange: 'NXT' });
    ask('10:00 paper middle', { environment: 'paper', division: '21', price: 0 });
    day.reach('2026-11-20T15:35');
    ask('15:35 close', { division: '06', price: 0 });
    ask('15:35 KRX', {});
    day.reach('2026-11-20T16:30');
    ask('16:30 KRX limit', {});
    ask('16:30 KRX after-market', { division: '41' });
    ask('16:30 KRX fund', { division: '41', symbol: etf, price: 50_000 });
    ask('16:30 paper', { environment: 'paper' });
    ask('16:30 single price', { division: '07' });
    day.reach('2026-11-20T20:01');
    ask('20:01', { division: '41' });

    assert.deepEqual(seen, {
      '07:50 NXT': 'before-open',
      '08:10 NXT': 'on NXT',
      '08:10 NXT GTP': 'on NXT',
      '08:10 NXT market': 'market-order',
      '08:10 KRX': 'before-open',
      '08:10 SOR': 'on NXT',
      '08:35 last close': 'on KRX',
      '08:35 opening auction': 'on KRX',
      '08:35 IOC': 'division',
      '08:45 last close': 'closed',
      '10:00 after-market kind': 'before-open',
      '10:00 market on NXT': 'market-order',
      '10:00 conditional on NXT': 'division',
      '10:00 fund on NXT': 'exchange',
      '10:00 block': 'division',
      '10:00 paper on NXT': 'exchange',
      '10:00 paper middle': 'division',
      '15:35 close': 'on KRX',
      '15:35 KRX': 'closed',
      '16:30 KRX limit': 'after-market-kind',
      '16:30 KRX after-market': 'on KRX',
      '16:30 KRX fund': 'closed',
      '16:30 paper': 'closed',
      '16:30 single price': 'division',
      '20:01': 'closed',
    });
  });

  it('ends every order with its session: at 08:50, at the close, at 20:00', () => {
    const day = aStage('2026-11-20T08:10');
    const at = (fields: Partial<IncomingOrder>): number =>
      orderOf(day, send(day.venue, { price: 40_000, ...fields })).number;
    const gtp = at({ exchange: 'NXT', division: '27' });
    const early = at({ exchange: 'NXT' });
    day.reach('2026-11-20T10:00');
    const regular = at({});
    day.reach('2026-11-20T16:30');
    const after = at({ division: '41' });
    const onNxt = at({ exchange: 'NXT' });
    day.reach('2026-11-20T20:30');

    const ended = day.notices
      .filter(({ kind }) => kind === 'expired')
      .map(({ order, at: when }) => [
        order.number,
        Temporal.Instant.fromEpochMilliseconds(when).toZonedDateTimeISO('Asia/Seoul').toPlainTime().toString(),
      ]);
    assert.deepEqual(ended, [
      [gtp, '08:50:00'],
      [regular, '15:30:00'],
      [early, '15:30:00'],
      [after, '20:00:00'],
      [onNxt, '20:00:00'],
    ]);
    assert.equal(day.venue.state.accounts.real.freeCash(), 10_000_000);
  });

  it('trades at the last close before the opening and at today’s close after it, whatever price is sent', () => {
    const day = aStage('2026-11-20T08:31');
    const before = orderOf(day, send(day.venue, { division: '05', price: 0 }));
    day.reach('2026-11-20T08:40');
    day.venue.push('005930', 50_500 as Won, null);
    day.reach('2026-11-20T15:31');
    const after = orderOf(day, send(day.venue, { division: '06', price: 1 }));
    const early = after.filled;
    day.reach('2026-11-20T16:00');

    assert.deepEqual([before.filledValue, before.filled], [100_000, 2]);
    assert.equal(early, 0, 'orders are taken from 15:30, trades begin at 15:40');
    assert.deepEqual([after.filledValue, after.filled], [101_000, 2]);
  });

  it('prints single prices every ten minutes of an evening before 2026-09-14, within ten percent of the close', () => {
    const day = aStage('2026-09-11T15:00');
    day.reach('2026-09-11T16:05');
    const wide = outcome(send(day.venue, { symbol: etf, division: '07', price: 44_000 }));
    const order = orderOf(day, send(day.venue, { symbol: etf, division: '07', price: 50_500 }));
    const listed = outcome(send(day.venue, { division: '07' }));
    day.reach('2026-09-11T16:09:59');
    const before = order.filled;
    day.reach('2026-09-11T16:10');

    assert.deepEqual([wide, listed, before, order.filled], ['price-limit', 'closed', 0, 2]);
  });

  it('tells every phase of both boards as it begins', () => {
    const day = aStage('2026-11-20T07:00');
    day.reach('2026-11-20T21:00');

    const told = day.operations.map((operation) =>
      operation.kind === 'phase' ? `${operation.board} ${operation.phase}` : '',
    );
    assert.deepEqual(
      told.filter((line) => line.startsWith('KRX')),
      [
        'KRX opening-auction',
        'KRX pre-hours-close',
        'KRX continuous',
        'KRX closing-auction',
        'KRX closed',
        'KRX after-hours-close',
        'KRX after-hours-close',
        'KRX after-market',
        'KRX closed',
      ],
    );
    assert.ok(told.includes('NXT pre-market'));
  });
});

describe('Venue order kinds', () => {
  it('makes a market order of a conditional one in the closing auction, margined at the upper limit', () => {
    const day = aStage('2026-11-20T15:00');
    const order = orderOf(day, send(day.venue, { division: '02', price: 40_000 }));
    day.reach('2026-11-20T15:19');
    const before = order.filled;
    day.reach('2026-11-20T15:30');

    assert.deepEqual([order.marginPrice, before, order.isTriggered, order.filled], [65_000, 0, true, 2]);
  });

  it('wakes a stop order when the market trades at its price, and not before', () => {
    const day = aStage('2026-11-20T10:00');
    const stop = orderOf(day, send(day.venue, { division: '22', price: 50_500, stopPrice: 50_200, quantity: 3 }));
    const asleep = stop.filled;
    day.venue.push('005930', 50_200 as Won, null);
    const quoted = stop.filled;
    orderOf(day, send(day.venue, { division: '00', price: 50_300, quantity: 1 }));

    assert.deepEqual([asleep, quoted, stop.isTriggered, stop.filled], [0, 0, true, 3]);
    assert.equal(outcome(send(day.venue, { division: '22', price: 50_500, stopPrice: 50_250 })), 'tick');
  });

  it('lets two middles meet between the quotes, off the tick', () => {
    const day = aStage('2026-11-20T10:00');
    orderOf(day, send(day.venue, { division: '00', price: 50_100, quantity: 5 }));
    const buy = orderOf(day, send(day.venue, { division: '21', price: 0, quantity: 2 }));
    const sell = orderOf(day, send(day.venue, { side: 'sell', division: '21', price: 0, quantity: 2 }));

    const book = day.venue.floor.desk('005930')?.book.depth(1, day.venue.floor.reached);
    const middle = Math.floor(((book?.bids[0]?.price ?? 0) + (book?.asks[0]?.price ?? 0)) / 2);
    assert.deepEqual([buy.filled, sell.filled], [2, 2]);
    assert.equal(buy.filledValue, 2 * middle);
  });

  it('routes to the better price as the order arrives, and rests on KRX', () => {
    const day = aStage('2026-11-20T10:00');
    const nxt = day.venue.floor.desk('005930', 'NXT');
    assert.ok(nxt !== null);
    const even = outcome(send(day.venue, { exchange: 'SOR', price: 50_100 }));
    nxt.crowd.push(nxt.book, won(49_500), day.venue.floor.reached, null);
    const cheaper = outcome(send(day.venue, { exchange: 'SOR', price: 50_100 }));
    const resting = outcome(send(day.venue, { exchange: 'SOR', price: 45_000 }));
    const market = outcome(send(day.venue, { exchange: 'SOR', division: '01', price: 0 }));

    assert.deepEqual([even, cheaper, resting, market], ['on KRX', 'on NXT', 'on KRX', 'on KRX']);
  });
});
