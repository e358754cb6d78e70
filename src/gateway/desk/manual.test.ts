import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder } from '#brokers/broker.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import { aRow as anOwnRow, DeskInHand } from '../../../tests/support/desk-in-hand.ts';
import { fold } from './apply.ts';
import { isDeclared } from './apply-manual.ts';
import { handle } from './desk.ts';
import type { DeskEvent } from './events.ts';
import { decodeRecord, type DeskRecord } from './records.ts';
import { emptyDesk, type DeskState } from './state.ts';

const day = 20260302;
const openedAt = Temporal.Instant.from('2026-03-02T01:00:00Z');
const instrument = instrumentId('005930');

test('INV-08 an order that a person declared is adopted without a halt, once', () => {
  const desk = aDesk().tell(aDeclaration(null));

  desk.inquire([aRow('1', 10, 0)]);
  assert.deepEqual([desk.state.halted, [...desk.state.manual.keys()]], [null, ['20260302/1']]);

  desk.inquire([aRow('1', 10, 0), aRow('2', 10, 0)]);
  assert.equal(desk.state.halted?.by, 'rule N02', 'one declaration covers one order');
});

test('INV-08 a declaration of other terms, or of another number, covers nothing', () => {
  assert.equal(
    aDesk()
      .tell(aDeclaration(null))
      .inquire([aRow('1', 11, 0)]).state.halted?.by,
    'rule N02',
  );
  assert.equal(
    aDesk()
      .tell(aDeclaration('7'))
      .inquire([aRow('1', 10, 0)]).state.halted?.by,
    'rule N02',
  );
});

test('INV-08 a foreign order that is declared afterwards by its number is a person´s from then on', () => {
  const desk = aDesk().inquire([aRow('1', 10, 0)]);
  assert.equal(desk.state.halted?.by, 'rule N02');
  desk.tell({ kind: 'resume', by: 'web' });

  desk.tell(aDeclaration('1')).inquire([aRow('1', 10, 4)]);

  assert.equal(desk.state.halted, null);
  assert.equal(desk.state.manual.get('20260302/1')?.filled, 4);
});

test('INV-08 an order told before as foreign is not meant by a declaration without its number', () => {
  const desk = aDesk().inquire([aRow('1', 10, 0)]);

  desk.tell(aDeclaration(null)).inquire([aRow('1', 10, 0)]);

  assert.deepEqual([desk.state.manual.size, desk.state.declared.length], [0, 1]);
});

test('INV-07 a rest of one won is booked as it is, a rest of none at the list´s average', () => {
  const valueAfter = (first: readonly [number, number], then: readonly [number, number]) => {
    const row = ([filled, average]: readonly [number, number]) => ({
      ...aRow('1', 10, filled),
      fillPriceAverage: won(average),
    });
    const desk = aDesk()
      .tell(aDeclaration(null))
      .inquire([row(first)])
      .inquire([row(then)]);
    return desk.state.manual.get('20260302/1')?.filledValue;
  };

  assert.equal(valueAfter([1, 69_999], [2, 35_000]), 70_000);
  assert.equal(valueAfter([4, 70_000], [5, 56_000]), 4 * 70_000 + 56_000);
});

test('INV-08 isDeclared() compares day, and number or terms', () => {
  const order = {
    date: day,
    brokerOrderId: '1' as BrokerOrderId,
    instrument,
    side: 'buy',
    quantity: quantity(10),
  } as const;
  const byTerms = { ...order, brokerOrderId: null };

  assert.deepEqual([isDeclared(order, order), isDeclared(byTerms, order)], [true, true]);
  for (const change of [
    { date: day + 1 },
    { instrument: instrumentId('000660') },
    { side: 'sell' },
    { quantity: quantity(9) },
  ] as const) {
    assert.equal(isDeclared({ ...byTerms, ...change }, order), false, JSON.stringify(change));
  }
  assert.equal(isDeclared({ ...order, date: day + 1 }, order), false);
});

test('INV-08 a declaration has the broker asked, and never takes an order of ours', () => {
  const desk = new DeskInHand().acked('a').tell(aDeclaration(null));
  assert.deepEqual(desk.effectKinds, ['inquire']);

  desk.at(1_000).inquire([anOwnRow('a')]);

  assert.deepEqual([desk.state.manual.size, desk.state.declared.length], [0, 1]);
});

test('INV-08 a declared order´s cancel and a refused row are adopted by nobody', () => {
  const desk = aDesk().tell(aDeclaration(null));

  desk.inquire([
    { ...aRow('1', 10, 0), isCancel: true },
    { ...aRow('2', 10, 0), isRejected: true },
  ]);

  assert.equal(desk.state.manual.size, 0);
});

test('INV-40 a hundred declarations wait at most, the newest', () => {
  const desk = aDesk();
  for (let number = 0; number <= 100; number += 1) desk.tell(aDeclaration(String(number)));

  const numbers = desk.state.declared.map((declaration) => declaration.brokerOrderId);
  assert.deepEqual([numbers.length, numbers[0], numbers.at(-1)], [100, '1', '100']);
});

test('INV-07 what a declared order filled is worth the list´s average times its shares less what was booked', () => {
  const desk = aDesk().tell(aDeclaration(null));
  const value = () => desk.state.manual.get('20260302/1')?.filledValue;
  const row = (filled: number, average: number) => ({ ...aRow('1', 10, filled), fillPriceAverage: won(average) });

  desk.inquire([row(4, 70_000)]).inquire([row(7, 70_010)]);
  assert.equal(value(), 7 * 70_010);
  desk.inquire([row(8, 60_000)]);
  assert.equal(value(), 7 * 70_010 + 60_000, 'never nothing');
  desk.inquire([row(10, 50_000)]);
  assert.equal(value(), 7 * 70_010 + 60_000 + 2 * 50_000);
});

test('INV-07 what a declared order fills is in the books, once', () => {
  const desk = aDesk().tell(aDeclaration(null));
  desk.inquire([aRow('1', 10, 4)]).inquire([aRow('1', 10, 4)]);
  assert.equal(desk.state.books?.positions.get(instrument)?.quantity, 4);

  desk.inquire([aRow('1', 10, 10)]);

  assert.equal(desk.state.books?.positions.get(instrument)?.quantity, 10);
  const fee = desk.state.books?.fees ?? won(0);
  assert.equal(desk.state.books?.cash, 10_000_000 - 10 * 70_000 - fee);
});

test('INV-09 declarations, adoptions and their fills are folded from the journal as they were', () => {
  const desk = aDesk()
    .tell(aDeclaration(null))
    .inquire([aRow('1', 10, 4)])
    .tell(aDeclaration('5'));

  const records = desk.records.map((record) =>
    decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) }),
  );
  assert.deepEqual(fold(records, emptyDesk), desk.state);
});

class Desk {
  state: DeskState = emptyDesk;
  readonly records: DeskRecord[] = [];
  #elapsedMs = 0;

  tell(event: DeskEvent): this {
    this.#elapsedMs += 1_000;
    const at = openedAt.add({ milliseconds: this.#elapsedMs }).toString();
    const settings = { quietWindowMs: 30_000, speed: 1 };
    const handled = handle(this.state, event, { at, elapsedMs: this.#elapsedMs }, settings);
    this.state = handled.state;
    this.records.push(...handled.records);
    return this;
  }

  inquire(rows: readonly BrokerOrder[]): this {
    const inquiry = { kind: 'complete', rows } as const;
    const sentElapsedMs = this.#elapsedMs;
    return this.tell({ kind: 'inquired', date: day, inquiry, sentElapsedMs, isDayOver: false, isWhole: true });
  }
}

function aDesk(): Desk {
  const cash = won(10_000_000);
  return new Desk()
    .tell({ kind: 'started', build: '', environment: 'paper' })
    .tell({ kind: 'books', date: day, cash, equity: cash, positions: [], reason: '' })
    .inquire([]);
}

function aDeclaration(number: string | null): DeskEvent {
  return {
    kind: 'declare-manual',
    date: day,
    instrument,
    side: 'buy',
    quantity: quantity(10),
    brokerOrderId: number as BrokerOrderId | null,
    by: 'web',
  };
}

function aRow(id: string, size: number, filled: number): BrokerOrder {
  return {
    brokerOrderId: id as BrokerOrderId,
    forwardingOffice: '',
    instrument,
    side: 'buy',
    originalId: null,
    quantity: quantity(size),
    price: won(70_000),
    filled: quantity(filled),
    remaining: quantity(size - filled),
    isCancel: false,
    isRejected: false,
    fillPriceAverage: won(filled === 0 ? 0 : 70_000),
    orderedAt: openedAt,
    origin: { channel: 'other', address: '198.51.100.4' },
  };
}
