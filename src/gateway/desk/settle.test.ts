import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder } from '#brokers/broker.ts';
import { SnowballError } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { OrderHistory } from '#journal/order-history.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import { aRequest, aRow, DeskInHand, lost } from '../../../tests/support/desk-in-hand.ts';
import { fold } from './apply.ts';
import { hasClosedLane } from './order-questions.ts';
import { decodeRecord, type DeskRecord } from './records.ts';

const id = 'a' as OrderId;
const rows = [aRow('7'), aRow('8')];

test('INV-03 an escalated order is settled under the number that a person read at the broker, and its lane opens', () => {
  const desk = escalated();
  assert.ok(hasClosedLane(desk.order('a')));

  settle(desk, '7', rows);

  assert.deepEqual(desk.recordKinds, ['order.settled']);
  assert.equal(desk.order('a').state, 'acked');
  assert.equal(desk.order('a').legs.at(-1)?.brokerOrderId, '7');
  assert.equal(hasClosedLane(desk.order('a')), false);
  assert.deepEqual(desk.effectKinds, ['inquire']);
  assert.match(JSON.stringify(desk.records), /"by":"cli"/);
  desk.at(42_000).inquire([aRow('7', { filled: quantity(10) }), aRow('8')]);
  assert.equal(desk.order('a').state, 'filled', 'its fills count');
  assert.equal(desk.state.halted?.by, 'rule N02', 'the other one is a stranger from then on');
});

const numbers: readonly (readonly [string, readonly BrokerOrder[]])[] = [
  ['that the list does not have', [aRow('8')]],
  ['of another price', [aRow('7', { price: won(70_100) })]],
  ['of another quantity', [aRow('7', { quantity: quantity(11) })]],
  ['of another stock', [aRow('7', { instrument: instrumentId('000660') })]],
  ['of the other side', [aRow('7', { side: 'sell' })]],
  ['of a cancel', [aRow('7', { isCancel: true })]],
  ['of an amendment', [aRow('7', { originalId: '1' as BrokerOrderId })]],
];
for (const [name, list] of numbers) {
  test(`INV-02 a number ${name} is not adopted`, () => {
    const desk = escalated();

    assert.equal(
      codeOf(() => settle(desk, '7', list)),
      'order.settle-refused',
    );
    assert.equal(desk.order('a').state, 'escalated');
  });
}

test('INV-02 the number of another order of ours, or of a declared one, is not adopted', () => {
  const desk = new DeskInHand().acked('7', { reason: 'another' });
  desk.at(1_000).inquire([aRow('7')]);
  desk
    .submit('a')
    .placed('a', lost)
    .at(2_000)
    .inquire([aRow('7'), aRow('8'), aRow('9')]);
  assert.equal(desk.order('a').state, 'escalated');
  assert.equal(
    codeOf(() => settle(desk, '7', [aRow('7'), aRow('8')])),
    'order.settle-refused',
  );

  const declared = {
    date: 20_260_302,
    instrument: instrumentId('005930'),
    side: 'buy',
    quantity: quantity(10),
  } as const;
  const kind = 'declare-manual';
  desk
    .tell({ kind, ...declared, brokerOrderId: '8' as BrokerOrderId, by: 'cli' })
    .inquire([aRow('7'), aRow('8'), aRow('9')]);

  assert.equal(
    codeOf(() => settle(desk, '8', [aRow('7'), aRow('8'), aRow('9')])),
    'order.settle-refused',
  );
});

test('INV-06 that there is none is not believed while a candidate stands, nor before the quiet window is over', () => {
  const desk = escalated();
  assert.equal(
    codeOf(() => settle(desk, null, rows)),
    'order.settle-refused',
  );
  assert.equal(
    codeOf(() => settle(desk, null, [rows[1]!])),
    'order.settle-refused',
  );

  desk.at(29_999);
  assert.equal(
    codeOf(() => settle(desk, null, [])),
    'order.settle-refused',
  );
  desk.at(30_000);
  settle(desk, null, []);

  assert.equal(desk.order('a').state, 'confirmed-absent');
  assert.equal(hasClosedLane(desk.order('a')), false);
});

test('INV-08 an order whose candidates are all declared as the person´s own is absent when they say so', () => {
  const desk = escalated().at(40_000);
  for (const number of ['7', '8'] as BrokerOrderId[]) {
    const terms = {
      date: 20_260_302,
      instrument: instrumentId('005930'),
      side: 'buy',
      quantity: quantity(10),
    } as const;
    desk.tell({ kind: 'declare-manual', ...terms, brokerOrderId: number, by: 'cli' });
  }
  desk.inquire(rows);

  settle(desk, null, rows);

  assert.equal(desk.order('a').state, 'confirmed-absent');
  assert.equal(desk.state.halted, null);
});

test('INV-03 an order that vanished is under its number again, or gone with what it filled', () => {
  const vanished = (): DeskInHand => {
    const desk = new DeskInHand()
      .acked('a')
      .at(1_000)
      .inquire([aRow('a', { filled: quantity(3) })]);
    return desk.at(2_000).inquire([]).at(20_000).inquire([]).at(33_000).inquire([]);
  };
  const back = vanished();
  assert.equal(back.order('a').state, 'escalated');
  assert.equal(
    codeOf(() => settle(back, null, [aRow('a')])),
    'order.settle-refused',
    'it is there',
  );
  assert.equal(
    codeOf(() => settle(back, '9', [aRow('9')])),
    'order.settle-refused',
    'another number is not its own',
  );
  settle(back, 'a', [aRow('a', { filled: quantity(3) })]);
  const gone = vanished();
  settle(gone, null, []);

  assert.equal(back.order('a').state, 'partially-filled');
  assert.deepEqual([gone.order('a').state, gone.order('a').filled], ['cancelled', 3]);
});

test('INV-03 several amendments are settled by the one that the broker´s screen shows, or by the order as it was', () => {
  const amendment = (number: string) => aRow(number, { originalId: 'a' as BrokerOrderId, price: won(69_900) });
  const list = [aRow('a'), amendment('2'), amendment('3')];
  const doubtful = (): DeskInHand => {
    const desk = new DeskInHand().acked('a');
    const change = { ...aRequest('a'), price: won(69_900) };
    const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
    const terms = { price: change.price, quantity: change.quantity };
    desk.tell({ kind: 'amend', orderId: id, ...terms, verdict });
    desk.tell({ kind: 'amend-answered', orderId: id, ...terms, result: lost });
    return desk.at(1_000).inquire(list).at(2_000).inquire(list);
  };
  const amended = doubtful();
  assert.deepEqual(amended.incidentCodes, ['order-escalated'], 'told once, whatever is listed later');
  settle(amended, '3', list);
  const asItWas = doubtful();
  settle(asItWas, 'a', list);

  assert.deepEqual([amended.order('a').state, amended.order('a').price], ['acked', 69_900]);
  assert.equal(amended.order('a').legs.at(-1)?.brokerOrderId, '3');
  assert.deepEqual(
    [asItWas.order('a').state, asItWas.order('a').price, asItWas.order('a').amend],
    ['acked', 70_000, null],
  );
});

test('INV-13 what is settled under a number while trading is halted is withdrawn', () => {
  const desk = escalated().tell({ kind: 'halt', by: 'web', reason: '' });

  settle(desk, '7', rows);

  assert.deepEqual(desk.effectKinds, ['cancel', 'inquire', 'inquire']);
});

test('only an order that waits for a person is settled by one', () => {
  assert.equal(
    codeOf(() => settle(new DeskInHand().acked('a'), 'a', [aRow('a')])),
    'order.not-escalated',
  );
  assert.equal(
    codeOf(() => settle(new DeskInHand(), '7', rows)),
    'order.not-found',
  );
});

test('INV-09 T29 a settled order is folded as it was, and its history is whole', () => {
  for (const number of ['7', null]) {
    const written: DeskRecord[] = [];
    const desk = new DeskInHand();
    const atStart = desk.state;
    const note = (step: DeskInHand): void => void written.push(...step.records);
    note(desk.submit('a'));
    note(desk.placed('a', lost));
    note(desk.at(1_000).inquire(rows));
    settle(desk.at(40_000), number, number === null ? [] : rows);
    note(desk);

    const records = written.map((record) =>
      decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) }),
    );
    assert.deepEqual(fold(records, atStart), desk.state);
    const told: string[] = [];
    const history = new OrderHistory((_, subject, detail) => void told.push(`${subject}: ${detail}`));
    written.forEach(({ kind, body }, index) => {
      if (kind.startsWith('order.')) history.take({ sequence: index, kind, body }, 20_260_302);
    });
    assert.deepEqual([told, history.openCount], [[], 0]);
  }
});

/** A lost answer, and two rows that both could be the order. */
function escalated(): DeskInHand {
  const desk = new DeskInHand().submit('a').placed('a', lost).at(1_000).inquire(rows);
  assert.equal(desk.order('a').state, 'escalated');
  return desk;
}

function settle(desk: DeskInHand, number: string | null, list: readonly BrokerOrder[]): void {
  desk.tell({ kind: 'settle', orderId: id, brokerOrderId: number as BrokerOrderId | null, rows: list, by: 'cli' });
}

function codeOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return error.code;
  }
  return 'done';
}
