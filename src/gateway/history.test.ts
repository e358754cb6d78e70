import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHistory } from '#journal/check-history.ts';
import type { JournalRecord } from '#journal/record.ts';
import { playHistory } from './simulation/history.ts';

interface Told {
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const histories = Array.from({ length: 60 }, (_, index) => {
  const { trace } = playHistory({ seed: 900 + index });
  return trace().map((text) => JSON.parse(text) as Told);
});

test('T29 checkHistory() proves INV-02, 03 and 07 of the journals of simulated histories with every fault', () => {
  let orders = 0;
  for (const history of histories) {
    const report = checkHistory(journaled(history));
    orders += report.orders;
    assert.deepEqual(report.violations, []);
  }
  assert.ok(orders > 60, `${orders} orders`);
});

for (const [name, { find, change, finds }] of Object.entries(mutations())) {
  test(`T29 checkHistory() finds ${name} in every journal it is put into`, () => {
    let tried = 0;
    for (const history of histories) {
      const index = history.findIndex(find);
      if (index < 0) continue;
      tried += 1;
      const report = checkHistory(journaled(change(history, index)));
      assert.ok(
        report.violations.some(({ invariant, detail }) => invariant === finds && detail.length > 10),
        `${name} at record ${index + 1}: ${JSON.stringify(report.violations)}`,
      );
    }
    assert.ok(tried > 0, 'some history has a place for it');
  });
}

test('T29 INV-07 positions of the next morning are those that fills and declared manual trades make, or it is told', () => {
  const instrument = 'KRX:005930';
  const request = { requester: { kind: 'person' }, requestId: 'r', instrument, side: 'buy', quantity: 10 };
  const held = (date: number, at: string, quantity: number): Told => ({
    kind: 'day.opened',
    body: { date, at, positions: [{ instrument, quantity, cost: 1 }] },
  });
  const at = '2026-03-02T01:00:00Z';
  const day: readonly Told[] = [
    held(20260302, at, 5),
    { kind: 'order.intent', body: { orderId: 'a', request, at } },
    { kind: 'order.sending', body: { orderId: 'a', at } },
    { kind: 'order.acked', body: { orderId: 'a', brokerOrderId: '1', at } },
    { kind: 'order.filled', body: { orderId: 'a', brokerOrderId: '1', quantity: 4, at } },
    { kind: 'manual.filled', body: { instrument, side: 'sell', quantity: 2, at } },
  ];
  const opened = (quantity: number) => journaled([...day, held(20260303, '2026-03-03T00:00:00Z', quantity)]);

  assert.deepEqual(checkHistory(opened(7)).violations, []);
  const [violation] = checkHistory(opened(9)).violations;
  assert.deepEqual([violation?.invariant, violation?.subject, violation?.sequence], ['INV-07', instrument, 7]);
  assert.equal(checkHistory(opened(9), 20260302).violationCount, 0, 'that day alone was in order');
  assert.equal(checkHistory(opened(9), 20260303).violationCount, 1);
});

test('T29 a day of 50,000 records is checked in at most 10 s', () => {
  const day: Told[] = [];
  for (let number = 0; day.length < 50_000; number += 1) {
    const orderId = `o${number}`;
    const at = '2026-03-02T01:00:00.123Z';
    const request = {
      requester: { kind: 'strategy', name: 's' },
      requestId: orderId,
      instrument: 'KRX:005930',
      side: 'buy',
      quantity: 10,
    };
    const brokerOrderId = String(number);
    day.push(
      { kind: 'order.intent', body: { orderId, request, at } },
      { kind: 'order.sending', body: { orderId, at } },
      { kind: 'order.acked', body: { orderId, brokerOrderId, at } },
      { kind: 'order.filled', body: { orderId, brokerOrderId, quantity: 10, at } },
    );
  }
  const startedAt = performance.now();

  const report = checkHistory(journaled(day));

  assert.equal(report.violationCount, 0);
  assert.ok(performance.now() - startedAt < 10_000);
});

interface Mutation {
  readonly find: (told: Told) => boolean;
  readonly change: (history: readonly Told[], index: number) => readonly Told[];
  readonly finds: string;
}

function mutations(): Readonly<Record<string, Mutation>> {
  const is = (kind: string) => (told: Told) => told.kind === kind;
  const repeated: Mutation['change'] = (history, index) => history.toSpliced(index, 0, taken(history, index));
  const dropped: Mutation['change'] = (history, index) => history.toSpliced(index, 1);
  const changed =
    (members: Told['body']): Mutation['change'] =>
    (history, index) => {
      const { kind, body } = taken(history, index);
      return history.with(index, { kind, body: { ...body, ...members } });
    };
  return {
    'an order sent twice': { find: is('order.sending'), change: repeated, finds: 'INV-02' },
    'a second intent of one request': {
      find: is('order.intent'),
      change: (history, index) => {
        const { kind, body } = taken(history, index);
        return history.toSpliced(index + 1, 0, { kind, body: { ...body, orderId: 'another' } });
      },
      finds: 'INV-02',
    },
    'an order acknowledged twice': { find: is('order.acked'), change: repeated, finds: 'INV-02' },
    'an order without an intent': { find: is('order.intent'), change: dropped, finds: 'INV-03' },
    'an acknowledgement without a sending': {
      find: is('order.acked'),
      change: (history, index) => {
        const { orderId } = taken(history, index).body;
        return history.filter(({ kind, body }) => kind !== 'order.sending' || body['orderId'] !== orderId);
      },
      finds: 'INV-03',
    },
    'an order that was forgotten': {
      // All that was heard of the first order after it was sent is gone, and a start lets new orders in.
      find: is('order.acked'),
      change: (history, index) => {
        const { orderId } = taken(history, index).body;
        const kept = history.filter(({ kind, body }) => body['orderId'] !== orderId || /intent|sending/.test(kind));
        return [...kept, { kind: 'gateway.resolved', body: { at: '2026-03-02T05:00:00Z' } }];
      },
      finds: 'INV-03',
    },
    'a fill of more shares than were acknowledged': {
      find: is('order.filled'),
      change: changed({ quantity: 1_000_000 }),
      finds: 'INV-07',
    },
    'a fill under a number of nobody': {
      find: is('order.filled'),
      change: changed({ brokerOrderId: 'nobody' }),
      finds: 'INV-07',
    },
    'a fill of a fraction': { find: is('order.filled'), change: changed({ quantity: 0.5 }), finds: 'INV-07' },
  };
}

function taken(history: readonly Told[], index: number): Told {
  const told = history[index];
  assert.ok(told);
  return told;
}

function* journaled(history: readonly Told[]): Iterable<JournalRecord> {
  for (const [index, { kind, body }] of history.entries()) {
    const text = JSON.stringify(body);
    yield { sequence: index + 1, kind, recordedAt: '', body: text, previousHash: '', hash: '' };
  }
}
