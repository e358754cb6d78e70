import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder } from '#brokers/broker.ts';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { aRequest, aRow, DeskInHand, lost, openedAt, openedOn } from '../../../tests/support/desk-in-hand.ts';
import { conservationBreaks } from './conservation.ts';
import { workingOrder } from './draft.ts';
import { openQuantity } from './order-questions.ts';

const id = 'a' as OrderId;
const hynix: Partial<OrderRequest> = { instrument: instrumentId('000660') };

test('a lost answer asks for the list at once, an accepted one does not', () => {
  assert.deepEqual(new DeskInHand().submit('a').placed('a', lost).effectKinds, ['inquire']);
  assert.deepEqual(new DeskInHand().acked('a').effectKinds, []);
});

test('an order that is found while trading is halted is withdrawn', () => {
  const desk = new DeskInHand().submit('a').placed('a', lost).tell({ kind: 'halt', by: 'web', reason: '' });
  assert.deepEqual(desk.effectKinds, ['inquire'], 'nothing can be cancelled without a number');

  desk.inquire([aRow('7')]);

  assert.deepEqual([...new Set(desk.effectKinds)], ['cancel', 'inquire']);
});

test('a halt asks for the cancel of what works, once, and of nothing that is over or being cancelled', () => {
  const desk = new DeskInHand().acked('a').acked('b', hynix).tell({ kind: 'cancel', orderId: id, by: 'web' });
  desk.acked('c', { instrument: instrumentId('035720') }).inquire([aRow('a'), aRow('b', hynix), anOver('c')]);

  desk.tell({ kind: 'halt', by: 'web', reason: '' });

  assert.deepEqual(
    desk.effects.map((effect) => ('orderId' in effect ? effect.orderId : effect.kind)),
    ['b', 'inquire'],
  );
});

test('an acknowledged order that stays away from the list is a person´s matter, and is told', () => {
  const desk = new DeskInHand().acked('a');

  desk.at(1_000).inquire([]).at(20_000).inquire([]);
  assert.equal(desk.order('a').state, 'acked');
  desk.at(31_000).inquire([]);

  assert.equal(desk.order('a').state, 'escalated');
  assert.deepEqual(desk.incidentCodes, ['order-vanished']);
  const escalated = desk.records.find((record) => record.kind === 'order.escalated');
  assert.partialDeepStrictEqual(escalated?.body, { candidates: 0 });

  desk.inquire([aRow('7')]);
  assert.equal(desk.state.halted?.by, 'rule N02', 'another number of the same terms is not it');
});

test('a confirmed absence says by how many inquiries and over what time', () => {
  const desk = new DeskInHand().submit('a').placed('a', lost);

  desk.at(1_000).inquire([]).at(20_000).inquire([]).at(41_000).inquire([], 40_000);

  const body = desk.records.at(-1)?.body;
  assert.deepEqual(body, { orderId: id, inquiries: 3, spanMs: 39_000, at: '2026-03-02T01:00:41Z' });
});

test('an order that is refused later is rejected when nothing filled, and withdrawn when something did', () => {
  const none = new DeskInHand().acked('a').inquire([aRow('a', { isRejected: true, remaining: quantity(0) })]);
  assert.equal(none.order('a').state, 'rejected');

  const some = new DeskInHand().acked('a');
  some.inquire([aRow('a', { isRejected: true, filled: quantity(3), remaining: quantity(0) })]);
  assert.equal(some.order('a').state, 'cancelled');
  assert.equal(some.order('a').filled, 3);
});

test('INV-06 an inquiry without a trace is on record with no candidate', () => {
  const desk = new DeskInHand().submit('a').placed('a', lost).at(1_000).inquire([]);

  const body = { orderId: id, candidates: 0, sentElapsedMs: 1_000, answeredElapsedMs: 1_000 };
  assert.partialDeepStrictEqual(desk.records[0]?.body, body);
});

test('INV-08 two foreign orders halt once and are told both', () => {
  const desk = new DeskInHand().inquire([aRow('8'), aRow('9')]);

  assert.deepEqual(desk.recordKinds, ['halt', 'incident', 'incident']);
});

test('INV-08 an amendment that we did not ask for is foreign, also beside one that we did', () => {
  const unasked = new DeskInHand().acked('a').inquire([aRow('a'), anAmended('2')]);
  assert.equal(unasked.state.halted?.by, 'rule N02');

  const beside = anAmending().at(1_000);
  beside.inquire([aRow('a'), anAmended('2', { originalId: 'z' as BrokerOrderId })]);
  assert.equal(beside.state.halted?.by, 'rule N02');
});

test('INV-08 two rows that could be our amendment are a person´s matter, and not foreign', () => {
  const desk = anAmending().at(1_000);

  desk.inquire([aRow('a'), anAmended('2'), anAmended('3')]);

  assert.deepEqual([desk.state.halted, desk.state.foreign.size], [null, 0]);
});

test('INV-08 each number that an archived order had is known on its day', () => {
  const desk = anAmending()
    .at(1_000)
    .inquire([aRow('a'), anAmended('2')]);
  desk.at(2_000).inquire([anOver('a'), anOver('2', { originalId: 'a' as BrokerOrderId })]);
  desk.at(24 * 3_600_000).acked('next', hynix);

  desk.inquire([anOver('a'), anOver('2')], desk.nowMs, { date: openedOn });

  assert.equal(desk.state.halted, null);
});

test('rows that are cancels or refused are never called foreign', () => {
  const desk = new DeskInHand().inquire([aRow('8', { isCancel: true }), aRow('9', { isRejected: true })]);

  assert.deepEqual([desk.state.halted, desk.state.foreign.size], [null, 0]);
});

const amendments: readonly (readonly [string, readonly BrokerOrder[], string | null, string])[] = [
  ['its row', [anAmended('2')], '2', 'acked'],
  ['a refused row', [anAmended('2', { isRejected: true })], null, 'acked'],
  ['a cancel', [anAmended('2', { isCancel: true })], null, 'acked'],
  ['a row of another order', [anAmended('2', { originalId: 'z' as BrokerOrderId })], null, 'acked'],
  ['two rows', [anAmended('2'), anAmended('3')], null, 'escalated'],
];
for (const [name, rows, number, state] of amendments) {
  test(`a lost amendment is settled by ${name} as ${number === null ? state : 'accepted'}`, () => {
    const desk = anAmending();

    desk.at(1_000).inquire([aRow('a'), ...rows]);

    assert.equal(desk.order('a').state, state);
    assert.equal(desk.order('a').amend === null, number !== null);
    assert.deepEqual(desk.incidentCodes.includes('order-escalated'), state === 'escalated');
    if (number !== null) {
      assert.equal(desk.order('a').legs.at(-1)?.brokerOrderId, number);
      assert.equal(desk.order('a').price, 69_900);
      assert.deepEqual(desk.effectKinds, ['inquire']);
    }
  });
}

const strangers: readonly (readonly [string, BrokerOrder['origin'] | undefined, string])[] = [
  ['by our way from our address', { channel: 'api', address: '' }, 'acked'],
  ['by our way from another address', { channel: 'api', address: '198.51.100.9' }, 'escalated'],
  ['by another way', { channel: 'other', address: '' }, 'unknown'],
  ['nobody says how', undefined, 'escalated'],
];
for (const [name, origin, state] of strangers) {
  test(`T07 a row of the same terms that came ${name} leaves the order ${state}`, () => {
    const desk = new DeskInHand().acked('own', hynix).submit('a').placed('a', lost);

    desk.at(1_000).inquire([aRow('own', hynix), withOrigin(aRow('7'), origin)]);

    assert.equal(desk.order('a').state, state);
  });
}

test('T07 without an order of ours to compare with, our way is ours and another way is a person´s matter', () => {
  const found = (channel: 'api' | 'other') =>
    new DeskInHand()
      .submit('a')
      .placed('a', lost)
      .at(1_000)
      .inquire([withOrigin(aRow('7'), { channel, address: '' })])
      .order('a').state;

  assert.deepEqual([found('api'), found('other')], ['acked', 'escalated']);
});

test('T07 after a change of our address both are ours; a row of ours that says nothing is no measure', () => {
  const found = (origins: readonly BrokerOrder['origin'][]) => {
    const desk = new DeskInHand().acked('own', hynix).acked('own2', { instrument: instrumentId('035720') });
    desk.submit('a').placed('a', lost).at(1_000);
    const [one, two, third] = origins;
    const second = aRow('own2', { instrument: instrumentId('035720') });
    desk.inquire([withOrigin(aRow('own', hynix), one), withOrigin(second, two), withOrigin(aRow('7'), third)]);
    return desk.order('a').state;
  };
  const [here, there] = ['192.0.2.1', '192.0.2.2'].map((address) => ({ channel: 'api', address }) as const);

  assert.equal(found([here, there, here]), 'acked');
  assert.equal(found([here, there, there]), 'acked');
  assert.equal(found([undefined, undefined, there]), 'acked');
  assert.equal(found([undefined, here, there]), 'escalated');
});

test('T07 an order that was adopted does not vouch for the next one, only a number from an answer does', () => {
  const desk = new DeskInHand()
    .submit('b', hynix)
    .placed('b', lost)
    .at(1_000)
    .inquire([aRow('6', hynix)]);
  assert.equal(desk.order('b').state, 'acked');

  desk.at(700_000).submit('a').placed('a', lost);
  const ordered = { orderedAt: openedAt.add({ milliseconds: 700_000 }) };
  desk.inquire([aRow('6', hynix), withOrigin(aRow('7', ordered), { channel: 'other', address: '' })]);

  assert.equal(desk.order('a').state, 'escalated');
});

test('openQuantity() counts what may still fill, and nothing of what is over', () => {
  const desk = new DeskInHand().acked('a').at(1_000);
  desk.inquire([aRow('a', { filled: quantity(4) })]);
  assert.equal(openQuantity(desk.order('a')), 6);

  desk.inquire([aRow('a', { filled: quantity(4), remaining: quantity(0) })]);
  assert.equal(openQuantity(desk.order('a')), 0);
});

test('INV-07 conservationBreaks() is 0 for a whole day, and counts shares that cannot be held or filled', () => {
  const desk = new DeskInHand();
  const cash = won(10_000_000);
  const position = { instrument: instrumentId('005930'), quantity: quantity(1), cost: won(1) };
  desk.tell({ kind: 'books', date: 20_260_302, cash, equity: cash, positions: [position], reason: '' });
  desk
    .acked('a')
    .at(1_000)
    .inquire([anOver('a', { filled: quantity(10) })]);
  assert.equal(conservationBreaks(desk.state), 0);

  const { books } = desk.state;
  assert.ok(books !== null);
  const short = { ...position, quantity: -1 as typeof position.quantity };
  const wrong = { ...desk.state, books: { ...books, positions: new Map([[position.instrument, short]]) } };
  assert.equal(conservationBreaks(wrong), 1);
  const none = { ...position, quantity: quantity(0) };
  const empty = { ...desk.state, books: { ...books, positions: new Map([[position.instrument, none]]) } };
  assert.equal(conservationBreaks(empty), 0);
});

test('books that open a day set its equity, books taken over in a day leave it', () => {
  const desk = new DeskInHand();
  const books = { kind: 'books', date: 20_260_302, positions: [] } as const;
  desk.tell({ ...books, cash: won(100), equity: won(100), reason: '' });
  desk.tell({ ...books, cash: won(90), equity: won(95), reason: 'differs' });

  assert.deepEqual(desk.recordKinds, ['day.rebased']);
  assert.equal(desk.state.books?.cash, 90);
  assert.equal(desk.state.books?.equityAtOpen, 100);
});

for (const kind of ['accepted', 'cancelled', 'amended', 'rejected', 'expired'] as const) {
  test(`a push that says ${kind} is looked up and not believed`, () => {
    const desk = new DeskInHand().acked('a');
    const order = workingOrder(desk.order('a')) ?? assert.fail();
    const terms = { originalId: null, quantity: quantity(10), price: won(70_000), at: openedAt };

    desk.tell({ kind: 'notice', notice: { kind, order, ...terms } });

    assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], ['inquire']]);
  });
}

test('a push about a number that nobody knows, or that repeats one of yesterday, is looked up', () => {
  const desk = new DeskInHand().acked('a').inquire([anOver('a')]);
  desk.at(24 * 3_600_000);
  const fill = { brokerOrderId: 'a' as BrokerOrderId, instrument: instrumentId('005930'), side: 'buy' } as const;

  desk.tell({
    kind: 'notice',
    notice: { kind: 'filled', fill: { ...fill, price: won(70_000), quantity: quantity(1), at: openedAt } },
  });

  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], ['inquire']]);
});

/** Acknowledged, and the answer to its amendment lost. */
function anAmending(): DeskInHand {
  const change = { ...aRequest('a'), price: won(69_900) };
  const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
  const terms = { orderId: id, price: change.price, quantity: change.quantity };
  const desk = new DeskInHand().acked('a').tell({ kind: 'amend', ...terms, verdict });
  return desk.tell({ kind: 'amend-answered', ...terms, result: lost });
}

function anOver(number: string, change: Partial<BrokerOrder> = {}): BrokerOrder {
  return aRow(number, { remaining: quantity(0), ...change });
}

function anAmended(number: string, change: Partial<BrokerOrder> = {}): BrokerOrder {
  return aRow(number, { originalId: 'a' as BrokerOrderId, price: won(69_900), ...change });
}

function withOrigin(row: BrokerOrder, origin: BrokerOrder['origin'] | undefined): BrokerOrder {
  const { origin: _left, ...others } = row;
  return origin === undefined ? others : { ...others, origin };
}
