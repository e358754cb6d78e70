import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { BrokerOrder, PlaceResult } from '#brokers/broker.ts';
import { SnowballError } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import { fold } from './apply.ts';
import { handle } from './desk.ts';
import type { DeskEvent, Effect } from './events.ts';
import { decodeRecord, type DeskRecord } from './records.ts';
import { emptyDesk, type DeskOrder, type DeskState } from './state.ts';

const day = 20260302;
const settings = { quietWindowMs: 30_000, speed: 1 };
const origin = { channel: 'api', address: '' } as const;
const openedAt = Temporal.Instant.from('2026-03-02T01:00:00Z');
const first = 'first' as OrderId;

test('handle() takes an order with one place effect, after INTENT and SENDING', () => {
  const desk = aDesk();

  desk.submit(first);

  assert.deepEqual(
    desk.records.slice(-2).map((record) => record.kind),
    ['order.intent', 'order.sending'],
  );
  assert.deepEqual(
    desk.effects.map((effect) => effect.kind),
    ['inquire', 'place'],
  );
});

test('handle() takes no order before everything from before the start is resolved', () => {
  const desk = new Desk();
  desk.tell({ kind: 'started', build: '', environment: 'paper' });

  assert.throws(() => desk.submit(first), { code: 'gateway.resolving' });
});

test('a start ends what was never sent, and calls what was being sent unknown', () => {
  const desk = aDesk();
  desk.submit(first);

  desk.tell({ kind: 'started', build: '', environment: 'paper' });

  assert.equal(desk.order(first).state, 'unknown');
  assert.equal(desk.state.isResolved, false);
  desk.inquire([aRow({ id: '1' })]);
  assert.equal(desk.order(first).state, 'acked');
  assert.equal(desk.state.isResolved, true);
});

test('an unknown order is absent only after three complete inquiries spread over the quiet window', () => {
  const desk = anUnknown();

  desk.later(1_000).inquire([]);
  desk.later(1_000).inquire([]);
  desk.later(1_000).inquire([]);
  assert.equal(desk.order(first).state, 'unknown', 'three, but too close together');
  desk.later(60_000).inquireInVain();
  assert.equal(desk.order(first).state, 'unknown', 'an incomplete inquiry proves nothing');

  desk.inquire([]);
  assert.equal(desk.order(first).state, 'confirmed-absent');
});

test('two complete inquiries are never enough, however far apart', () => {
  const desk = anUnknown();

  desk.later(100_000).inquire([]);
  desk.later(100_000).inquire([]);

  assert.equal(desk.order(first).state, 'unknown');
});

test('an unknown order is found by its terms within [sending − 2 s, time-out + 30 s]', () => {
  const cases: readonly (readonly [string, Partial<RowOptions>, string])[] = [
    ['same terms', {}, 'acked'],
    ['2 s before', { afterMs: -2_000 }, 'acked'],
    ['3 s before', { afterMs: -3_000 }, 'unknown'],
    ['30 s after the time-out', { afterMs: 40_000 }, 'acked'],
    ['31 s after the time-out', { afterMs: 41_000 }, 'unknown'],
    ['another price', { price: 70_100 }, 'unknown'],
    ['another quantity', { quantity: 9 }, 'unknown'],
    ['the other side', { side: 'sell' }, 'unknown'],
    ['another instrument', { symbol: '000660' }, 'unknown'],
    ['a cancel', { isCancel: true }, 'unknown'],
    ['rejected', { isRejected: true }, 'rejected'],
  ];
  for (const [name, options, state] of cases) {
    const desk = anUnknown();
    desk.later(50_000).inquire([aRow({ id: '7', ...options })]);
    assert.equal(desk.order(first).state, state, name);
  }
});

test('several candidates are a person´s matter, and the lane stays closed', () => {
  const desk = anUnknown();

  desk.inquire([aRow({ id: '1' }), aRow({ id: '2' })]);

  assert.equal(desk.order(first).state, 'escalated');
  assert.equal(desk.state.foreign.size, 0, 'neither is called foreign');
});

test('an order that appears after it was called absent is foreign, and halts', () => {
  const desk = anUnknown();
  for (let count = 0; count < 4; count += 1) desk.later(20_000).inquire([]);
  assert.equal(desk.order(first).state, 'confirmed-absent');

  desk.inquire([aRow({ id: '9' })]);

  assert.equal(desk.state.halted?.by, 'rule N02');
  assert.equal(desk.state.foreign.size, 1);
});

test('a second lost answer within ten minutes halts (N07)', () => {
  const desk = anUnknown();
  const second = 'second' as OrderId;
  desk.submit(second, '000660');
  desk.tell({ kind: 'placed', orderId: second, result: lost });

  assert.equal(desk.state.halted?.by, 'rule N07');
});

test('a fill told twice counts once', () => {
  const desk = anAcked();

  desk.fill(4);
  desk.fill(4);

  assert.equal(desk.order(first).filled, 4);
});

test('a fill learned from the list is not counted again when its push comes late', () => {
  const desk = anAcked();

  desk.inquire([aRow({ id: '1', filled: 4 })]);
  desk.fill(4);

  assert.equal(desk.order(first).filled, 4);
  desk.later(5_000).fill(6);
  assert.equal(desk.order(first).state, 'filled');
});

test('a push that was lost is made up for by the list, in shares and value', () => {
  const desk = anAcked();
  desk.fill(4);

  desk.inquire([aRow({ id: '1', filled: 10 })]);

  assert.deepEqual([desk.order(first).state, desk.order(first).filledValue], ['filled', 700_000]);
});

test('a push for more shares than are left is an incident and counts for nothing', () => {
  const desk = anAcked();

  desk.fill(11);

  assert.equal(desk.order(first).filled, 0);
  assert.equal(desk.state.incidents.at(-1)?.code, 'fill-excess');
});

test('a cancel is over when the list shows nothing left; fills learned of later still count', () => {
  const desk = anAcked();
  desk.tell({ kind: 'cancel', orderId: first, by: 'web' });

  desk.inquire([aRow({ id: '1', filled: 3, remaining: 0 })]);

  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['cancelled', 3]);
  desk.inquire([aRow({ id: '1', filled: 5, remaining: 0 })]);
  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['cancelled', 5]);
});

test('a cancel without effect is asked for again, five times at most, then reported', () => {
  const desk = anAcked();
  desk.tell({ kind: 'cancel', orderId: first, by: 'web' });
  for (let count = 0; count < 10; count += 1) {
    desk.tell({ kind: 'cancel-answered', orderId: first, result: lost });
    desk.later(10_000).inquire([aRow({ id: '1' })]);
  }

  assert.equal(desk.effects.filter((effect) => effect.kind === 'cancel').length, 5);
  assert.equal(desk.state.incidents.filter((incident) => incident.code === 'cancel-failed').length, 1);
});

test('an order whose answer comes after the halt is cancelled as soon as it has a number', () => {
  const desk = aDesk();
  desk.submit(first);
  desk.tell({ kind: 'halt', by: 'web', reason: 'test' });

  desk.tell({ kind: 'placed', orderId: first, result: accepted('1') });

  assert.equal(desk.effects.at(-2)?.kind, 'cancel');
});

test('an accepted amendment moves the order to its new number and keeps what had filled', () => {
  const desk = anAcked();
  desk.fill(4);
  desk.tell(amendment(first, 5));
  desk.tell({
    kind: 'amend-answered',
    orderId: first,
    price: won(69_900),
    quantity: quantity(5),
    result: accepted('2'),
  });

  assert.deepEqual([desk.order(first).quantity, desk.order(first).price], [9, 69_900]);
  desk.inquire([aRow({ id: '1', filled: 4, remaining: 0 }), aRow({ id: '2', original: '1', quantity: 5, filled: 5 })]);
  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['filled', 9]);
});

test('a lost amendment closes the lane until the list shows it', () => {
  const desk = anAcked();
  desk.tell(amendment(first, 5));
  desk.tell({ kind: 'amend-answered', orderId: first, price: won(69_900), quantity: quantity(5), result: lost });
  assert.equal(desk.order(first).amend?.phase, 'unknown');

  desk.later(1_000).inquire([aRow({ id: '1', remaining: 0 }), aRow({ id: '2', original: '1', quantity: 5 })]);

  assert.deepEqual(
    [desk.order(first).amend, desk.order(first).legs.length, desk.order(first).state],
    [null, 2, 'acked'],
  );
});

test('what is left at the end of the day expires', () => {
  const desk = anAcked();
  desk.fill(4);

  desk.inquire([aRow({ id: '1', filled: 4 })], true);

  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['expired', 4]);
});

test('decodeRecord() refuses a kind, a field and a value that this build does not know', () => {
  const bodies = ['{"at":"2026-03-02T01:00:00Z","by":"web","more":1}', '{"at":"yesterday","by":"web"}', '{'];
  for (const body of bodies) {
    assert.throws(() => decodeRecord({ sequence: 1, kind: 'resume', body }), { code: 'journal.unreadable' });
  }
  assert.throws(() => decodeRecord({ sequence: 1, kind: 'toString', body: '{}' }), { code: 'journal.unreadable' });
});

test('whatever happens in whatever order: one sending an order, no more filled than ordered, and a replay is the same', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (steps) => {
      const desk = aDesk();
      for (const step of steps) desk.later(step.waitMs).attempt(step.event);

      const places = desk.effects.flatMap((effect) => (effect.kind === 'place' ? [effect.orderId] : []));
      assert.equal(new Set(places).size, places.length, 'an order was sent twice');
      for (const order of desk.state.orders.values()) {
        assert.ok(order.filled <= order.quantity, 'more filled than ordered');
        assert.equal(
          order.filled,
          order.legs.reduce((sum, leg) => sum + leg.filled, 0),
          'fills of the legs',
        );
        for (const leg of order.legs)
          assert.ok(leg.filled <= leg.quantity && leg.ahead >= 0 && leg.ahead <= leg.filled);
      }
      assert.deepEqual(desk.replayed(), desk.state);
    }),
    { numRuns: 300 },
  );
});

const ids = ['first', 'second', 'third'] as OrderId[];
const anyId = fc.constantFrom(...ids);
const anyResult = fc.constantFrom<PlaceResult>(
  accepted('1'),
  accepted('2'),
  { kind: 'rejected', code: 'X', reason: 'unmapped', message: '' },
  { kind: 'not-sent', cause: '' },
  { kind: 'unknown', sentAt: openedAt, cause: '' },
);
const anyRow = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    filled: fc.nat(12),
    remaining: fc.nat(10),
    original: fc.constantFrom(undefined, '1'),
    isCancel: fc.boolean(),
    isRejected: fc.boolean(),
    quantity: fc.constantFrom(5, 10),
  })
  .map(aRow);
const anyEvent = fc.record({
  waitMs: fc.constantFrom(0, 100, 2_000, 30_000),
  event: fc.oneof(
    anyId.map((orderId) => submission(orderId)),
    fc.record({ kind: fc.constant('placed' as const), orderId: anyId, result: anyResult }),
    fc.record({ kind: fc.constant('cancel' as const), orderId: anyId, by: fc.constant('web') }),
    fc.record({ kind: fc.constant('cancel-answered' as const), orderId: anyId, result: anyResult }),
    anyId.map((orderId) => amendment(orderId, 5)),
    fc.record({
      kind: fc.constant('amend-answered' as const),
      orderId: anyId,
      price: fc.constant(won(69_900)),
      quantity: fc.constant(quantity(5)),
      result: anyResult,
    }),
    fc
      .record({ id: fc.constantFrom('1', '2'), shares: fc.integer({ min: 1, max: 12 }) })
      .map(({ id, shares }) => aFill(id, shares, openedAt)),
    fc.array(anyRow, { maxLength: 3 }).map((rows) => anInquiry(rows, false)),
    fc.constantFrom<DeskEvent>(
      { kind: 'started', build: '', environment: 'paper' },
      { kind: 'halt', by: 'web', reason: '' },
      { kind: 'resume', by: 'web' },
      { kind: 'find', orderId: ids[0] ?? first },
      anInquiry([], true),
    ),
  ),
});

/** A desk with a clock that moves only when told, and a memory of all it wrote and wanted. */
class Desk {
  state: DeskState = emptyDesk;
  readonly records: DeskRecord[] = [];
  readonly effects: Effect[] = [];
  #nowMs = 0;

  later(milliseconds: number): this {
    this.#nowMs += milliseconds;
    return this;
  }

  tell(event: DeskEvent): this {
    const moment = { at: openedAt.add({ milliseconds: this.#nowMs }).toString(), elapsedMs: this.#nowMs };
    const timed = event.kind === 'inquired' ? { ...event, sentElapsedMs: Math.max(0, this.#nowMs - 1) } : event;
    const handled = handle(this.state, timed, moment, settings);
    this.state = handled.state;
    this.records.push(...handled.records);
    this.effects.push(...handled.effects);
    return this;
  }

  /** Like `tell`, for events that may come at a wrong time: refused ones change nothing. */
  attempt(event: DeskEvent): void {
    try {
      this.tell(event);
    } catch (error) {
      if (!(error instanceof SnowballError)) throw error;
    }
  }

  submit(orderId: OrderId, symbol = '005930'): this {
    return this.tell(submission(orderId, symbol));
  }

  fill(shares: number): this {
    return this.tell(aFill('1', shares, openedAt.add({ milliseconds: this.#nowMs })));
  }

  inquire(rows: readonly BrokerOrder[], isDayOver = false): this {
    return this.tell(anInquiry(rows, isDayOver));
  }

  inquireInVain(): this {
    const inquiry = { kind: 'incomplete', cause: 'page 2' } as const;
    return this.tell({ kind: 'inquired', date: day, inquiry, sentElapsedMs: 0, isDayOver: false, isWhole: false });
  }

  order(orderId: OrderId): DeskOrder {
    const order = this.state.orders.get(orderId);
    assert.ok(order);
    return order;
  }

  replayed(): DeskState {
    const read = (record: DeskRecord) =>
      decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) });
    return fold(this.records.map(read), emptyDesk);
  }
}

function aDesk(): Desk {
  return new Desk().tell({ kind: 'started', build: '', environment: 'paper' }).inquire([]);
}

function anUnknown(): Desk {
  return aDesk().submit(first).later(10_000).tell({ kind: 'placed', orderId: first, result: lost });
}

function anAcked(): Desk {
  return aDesk()
    .submit(first)
    .tell({ kind: 'placed', orderId: first, result: accepted('1') })
    .later(1_000);
}

const lost: PlaceResult = { kind: 'unknown', sentAt: openedAt, cause: 'timeout' };

function accepted(id: string): PlaceResult {
  return { kind: 'accepted', brokerOrderId: id as BrokerOrderId, forwardingOffice: '', at: openedAt };
}

function aRequest(orderId: OrderId, symbol: string): OrderRequest {
  return {
    requestId: `request of ${orderId}`,
    requester: { kind: 'strategy', name: 'test' },
    instrument: instrumentId(symbol),
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price: won(70_000),
    reason: '',
  };
}

function submission(orderId: OrderId, symbol = '005930'): DeskEvent {
  const request = aRequest(orderId, symbol);
  return {
    kind: 'submit',
    orderId,
    request,
    verdict: () => ({ kind: 'approved', order: approve(request), checks: [] }),
  };
}

function amendment(orderId: OrderId, shares: number): DeskEvent {
  const change = { ...aRequest(orderId, '005930'), price: won(69_900), quantity: quantity(shares) };
  const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
  return { kind: 'amend', orderId, price: change.price, quantity: change.quantity, verdict };
}

function aFill(id: string, shares: number, at: Temporal.Instant): DeskEvent {
  const fill = { brokerOrderId: id as BrokerOrderId, instrument: instrumentId('005930'), side: 'buy' } as const;
  return {
    kind: 'notice',
    notice: { kind: 'filled', fill: { ...fill, price: won(70_000), quantity: quantity(shares), at } },
  };
}

function anInquiry(rows: readonly BrokerOrder[], isDayOver: boolean): DeskEvent {
  const inquiry = { kind: 'complete', rows } as const;
  return { kind: 'inquired', date: day, inquiry, sentElapsedMs: 0, isDayOver, isWhole: true };
}

interface RowOptions {
  readonly id: string;
  readonly afterMs?: number;
  readonly price?: number;
  readonly quantity?: number;
  readonly side?: 'buy' | 'sell';
  readonly symbol?: string;
  readonly filled?: number;
  readonly remaining?: number;
  readonly original?: string | undefined;
  readonly isCancel?: boolean;
  readonly isRejected?: boolean;
}

function aRow(options: RowOptions): BrokerOrder {
  const size = options.quantity ?? 10;
  const filled = options.filled ?? 0;
  return {
    brokerOrderId: options.id as BrokerOrderId,
    forwardingOffice: '',
    instrument: instrumentId(options.symbol ?? '005930'),
    side: options.side ?? 'buy',
    originalId: (options.original ?? null) as BrokerOrderId | null,
    quantity: quantity(size),
    price: won(options.price ?? 70_000),
    filled: quantity(filled),
    remaining: quantity(options.remaining ?? Math.max(0, size - filled)),
    isCancel: options.isCancel ?? false,
    isRejected: options.isRejected ?? false,
    fillPriceAverage: won(filled === 0 ? 0 : 70_000),
    orderedAt: openedAt.add({ milliseconds: options.afterMs ?? 0 }),
    origin,
  };
}
