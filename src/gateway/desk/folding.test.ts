import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { accepted, aRequest, aRow, DeskInHand, lost, openedAt } from '../../../tests/support/desk-in-hand.ts';
import { apply, fold } from './apply.ts';
import { conservationBreaks } from './conservation.ts';
import { decodeRecord, entry } from './records.ts';
import { emptyDesk, findOrder } from './state.ts';

const id = 'a' as OrderId;
const at = openedAt.toString();
const dayMs = 24 * 3_600_000;

test('an order that never left is over as not sent', () => {
  const desk = new DeskInHand().submit('a').placed('a', { kind: 'not-sent', cause: 'refused' });

  assert.equal(desk.order('a').state, 'not-sent');
  assert.equal(desk.order('a').steps.at(-1)?.detail, 'refused');
});

test('the answer to a cancel is on record with what the broker said, and with nothing when it agreed', () => {
  const answered = (result: Parameters<DeskInHand['placed']>[1]) => {
    const desk = new DeskInHand().acked('a').tell({ kind: 'cancel', orderId: id, by: 'web' });
    return desk.tell({ kind: 'cancel-answered', orderId: id, result }).records[0]?.body;
  };

  assert.partialDeepStrictEqual(answered(accepted('c')), { outcome: 'accepted', brokerOrderId: 'c', detail: '' });
  assert.partialDeepStrictEqual(answered(lost), { outcome: 'unknown', brokerOrderId: null, detail: 'timeout' });
  const refusal = { kind: 'rejected', code: 'X1', reason: 'nothing-left', message: '' } as const;
  assert.partialDeepStrictEqual(answered(refusal), { outcome: 'rejected', detail: 'X1 nothing-left' });
});

test('decodeRecord() reads a time of any zone', () => {
  const { kind, body } = aFilled('a');

  const text = JSON.stringify({ ...body, at: '2026-03-02T10:00:00+09:00' });

  assert.equal(decodeRecord({ sequence: 1, kind, body: text }).kind, 'order.filled');
});

for (const instrument of ['005930', 'KRX:00593', 'XKRX:005930', 'KRX:0059300', 'KRX:A05930', ['KRX:005930']]) {
  test(`decodeRecord() refuses ${JSON.stringify(instrument)} as an instrument`, () => {
    const text = (of: unknown) => JSON.stringify({ instrument: of, isListed: true, by: 'cli', at });
    const read = (of: unknown) => decodeRecord({ sequence: 1, kind: 'universe.changed', body: text(of) });

    assert.equal(read('KRX:0059A0').kind, 'universe.changed');
    assert.throws(() => read(instrument), { code: 'journal.unreadable' });
  });
}

test('a fill of one share is a line of the timeline and a part of the order, a record of none is neither', () => {
  const desk = new DeskInHand().acked('a');
  const of = (shares: number) => apply(desk.state, aFilled('a', shares, 'a')).orders.get(id);

  assert.deepEqual([of(1)?.state, of(1)?.steps.at(-1)?.kind], ['partially-filled', 'filled']);
  assert.deepEqual([of(0)?.state, of(0)?.steps.at(-1)?.kind], ['acked', 'acked']);
});

test('shares of the list are ahead of their pushes, and are no push themselves', () => {
  const desk = new DeskInHand().at(500).acked('a').at(1_000);
  desk.inquire([aRow('a', { filled: quantity(3) })]);

  const { ahead, noticeKeys, lastNoticeElapsedMs } = desk.order('a').legs[0] ?? {};
  assert.deepEqual([ahead, noticeKeys, lastNoticeElapsedMs], [3, [], 0]);
});

test('INV-07 a fill counts on the number that filled alone', () => {
  const desk = new DeskInHand().acked('a');
  const change = { price: won(69_900), quantity: quantity(10) };
  const verdict = () => ({ kind: 'approved', order: approve(aRequest('a')), checks: [] }) as const;
  desk.tell({ kind: 'amend', orderId: id, ...change, verdict });
  desk.tell({ kind: 'amend-answered', orderId: id, ...change, result: accepted('b') });

  const order = apply(desk.state, aFilled('a', 2, 'b')).orders.get(id);

  assert.deepEqual(
    order?.legs.map((leg) => leg.filled),
    [0, 2],
  );
});

test('a fill that is learned of after the cancel leaves the order cancelled, and says so once', () => {
  const desk = new DeskInHand().acked('a').inquire([aRow('a', { remaining: quantity(0) })]);

  desk.at(1_000).inquire([aRow('a', { filled: quantity(3), remaining: quantity(0) })]);

  assert.deepEqual(
    [desk.order('a').state, desk.order('a').filled, desk.recordKinds],
    ['cancelled', 3, ['order.filled']],
  );
});

test('INV-09 each record counts once, and one of an order that is not there changes nothing else', () => {
  const filled = aFilled('nobody');

  const after = apply(emptyDesk, filled);

  assert.deepEqual(after, { ...emptyDesk, sequence: 1 });
});

test('the timeline shows the average price of the shares in a fill', () => {
  const desk = new DeskInHand().acked('a').at(1_000);

  desk.inquire([aRow('a', { filled: quantity(3), fillPriceAverage: won(69_990) })]);

  const { kind, quantity: shares, price } = desk.order('a').steps.at(-1) ?? {};
  assert.deepEqual([kind, shares, price], ['filled', 3, 69_990]);
});

test('a start leaves an order without doubt or cancel without them', () => {
  const desk = new DeskInHand().acked('a').tell({ kind: 'started', build: '', environment: 'paper' });

  assert.deepEqual([desk.order('a').doubt, desk.order('a').cancel], [null, null]);
});

test('books taken over before a day was opened are none', () => {
  const books = { kind: 'books', date: 20_260_302, positions: [], cash: won(90), equity: won(95) } as const;

  assert.equal(new DeskInHand().tell({ ...books, reason: 'differs' }).state.books, null);
});

test('INV-08 a number of yesterday that comes again today is another order, and foreign', () => {
  const desk = new DeskInHand().acked('1').inquire([aRow('1', { remaining: quantity(0) })]);
  desk.at(dayMs).acked('2', { instrument: instrumentId('000660') });

  const ordered = { orderedAt: openedAt.add({ milliseconds: dayMs }) };
  desk.inquire([aRow('2', { instrument: instrumentId('000660') }), aRow('1', ordered)], desk.nowMs, {
    date: 20_260_303,
  });

  assert.equal(desk.state.halted?.by, 'rule N02');
});

test('findOrder() finds today´s and archived orders, and null for what there never was', () => {
  const desk = new DeskInHand().acked('1').inquire([aRow('1', { remaining: quantity(0) })]);
  desk.at(dayMs).acked('2');

  assert.deepEqual(
    ['1', '2', '3'].map((each) => findOrder(desk.state, each as OrderId)?.orderId ?? null),
    ['1', '2', null],
  );
});

test('INV-07 conservationBreaks() counts a declared order that filled beyond its size, and none at its size', () => {
  const manual = (filled: number) => {
    const order = { date: 20_260_302, brokerOrderId: '9' as BrokerOrderId, instrument: instrumentId('005930') };
    const terms = { ...order, side: 'buy', quantity: quantity(10), filled: quantity(filled) } as const;
    return { ...emptyDesk, manual: new Map([['20260302/9', { ...terms, filledValue: won(1) }]]) };
  };

  assert.deepEqual([conservationBreaks(manual(10)), conservationBreaks(manual(11))], [0, 1]);
});

test('a cancel that was answered without a request on record is the first attempt, one on its way was not answered', () => {
  const { state } = new DeskInHand().acked('a');
  const answer = { orderId: id, outcome: 'accepted', brokerOrderId: null, detail: '', at, elapsedMs: 7 } as const;
  const request = { orderId: id, by: 'web', attempt: 2, at };

  const cancelOf = (record: Parameters<typeof apply>[1]) => apply(state, record).orders.get(id)?.cancel;

  const answered = { phase: 'answered', attempts: 1, answeredElapsedMs: 7 };
  assert.deepEqual(cancelOf(entry('order.cancel-answered', answer)), answered);
  const sending = { phase: 'sending', attempts: 2, answeredElapsedMs: 0 };
  assert.deepEqual(cancelOf(entry('order.cancel-requested', request)), sending);
});

test('INV-13 a strategy that a person lets go on is not told to take its orders back', () => {
  const { state } = new DeskInHand().acked('a');

  const resumed = apply(state, entry('strategy.resumed', { strategy: 'test', by: 'cli', at }));

  assert.equal(resumed.orders.get(id)?.mustCancel, false);
});

test('INV-12 each wish about limits is folded with its two times, and one that waits can be withdrawn', () => {
  const wish = { by: 'cli', at, effectiveAt: '2026-03-03T01:00:00Z' };
  const changed = { ...wish, id: '1', scope: 'symbol', subject: '005930', name: 'orderValueMax', value: 7 } as const;
  const profile = { ...wish, id: '2', profile: 'standard' } as const;
  const state = fold([entry('limit.changed', changed), entry('limit.profile', profile)], emptyDesk);

  const times = { atMs: openedAt.epochMilliseconds, effectiveAtMs: openedAt.epochMilliseconds + dayMs, by: 'cli' };
  const scope = { kind: 'symbol', subject: '005930' };
  assert.deepEqual(state.policy.limits, {
    changes: [{ id: '1', scope, name: 'orderValueMax', value: 7, ...times }],
    profiles: [{ id: '2', profile: 'standard', ...times }],
  });
  const left = ['1', '2'].map((wishId) => apply(state, entry('limit.withdrawn', { id: wishId, by: 'cli', at })));
  assert.deepEqual(
    left.map(({ policy: { limits } }) => [limits.changes.length, limits.profiles.length]),
    [
      [0, 1],
      [1, 0],
    ],
  );
});

test('INV-13 a halted strategy´s own open orders are marked for their cancel, no others; the first halt stays', () => {
  const desk = new DeskInHand()
    .acked('over')
    .inquire([aRow('over', { remaining: quantity(0) })])
    .acked('mine');
  desk.acked('other', { requester: { kind: 'strategy', name: 'other' }, instrument: instrumentId('000660') });
  const halt = { strategy: 'test', by: 'rule', at } as const;

  const once = apply(desk.state, entry('strategy.halted', { ...halt, reason: 'first' }));
  const twice = apply(once, entry('strategy.halted', { ...halt, reason: 'second' }));

  const marked = [...twice.orders.values()].filter((order) => order.mustCancel).map((order) => order.orderId);
  assert.deepEqual(marked, ['mine']);
  assert.equal(twice.policy.haltedStrategies.get('test')?.reason, 'first');
});

const broken: readonly (readonly [string, object])[] = [
  ['an order without an id', { orderId: '' }],
  ['an id that is no text', { orderId: 7 }],
  ['fewer than no shares', { quantity: -1 }],
  ['half a share', { quantity: 0.5 }],
  ['half a won', { value: 0.5 }],
  ['a number without digits', { brokerOrderId: '' }],
  ['a time before the start', { elapsedMs: -1 }],
  ['a time without its zone', { at: '2026-03-02T10:00:00' }],
];
for (const [name, change] of broken) {
  test(`decodeRecord() refuses ${name}`, () => {
    const { kind, body } = aFilled('a');
    const text = (extra: object) => JSON.stringify({ ...body, ...extra });

    assert.equal(decodeRecord({ sequence: 1, kind, body: text({}) }).kind, 'order.filled');
    assert.throws(() => decodeRecord({ sequence: 1, kind, body: text(change) }), {
      code: 'journal.unreadable',
      message: `Cannot fold record 1 "order.filled": ${Object.keys(change)[0]} has the wrong shape`,
    });
  });
}

function aFilled(orderId: string, shares = 1, number = '1') {
  return entry('order.filled', {
    orderId: orderId as OrderId,
    brokerOrderId: number as BrokerOrderId,
    quantity: quantity(shares),
    value: won(70_000 * shares),
    noticed: quantity(0),
    noticeKey: '',
    fee: won(1),
    tax: won(0),
    source: 'inquiry',
    at,
    elapsedMs: 1,
  });
}
