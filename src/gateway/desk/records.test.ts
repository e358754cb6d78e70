import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { canonicalJson } from '#journal/canonical-json.ts';
import type { Caller } from '#link/listener.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { orderRequest } from '../handlers/order-request.ts';
import { orderView } from '../handlers/order-view.ts';
import { apply, fold } from './apply.ts';
import { handle } from './desk.ts';
import { workingOrder } from './draft.ts';
import { decodeRecord, entry, type DeskRecord } from './records.ts';
import { emptyDesk, type DeskState } from './state.ts';

const at = '2026-11-20T01:00:00Z';
const orderId = 'first' as OrderId;
const moment = { at, elapsedMs: 1 };
const settings = { quietWindowMs: 30_000, speed: 1 };
const ready: DeskState = { ...emptyDesk, isResolved: true };

/** Written before there was a choice of venue, session and stop price; to the letter. */
const oldIntent = `{"at":"${at}","checks":[],"orderId":"first","request":{"instrument":"KRX:005930","price":70000,"quantity":10,"reason":"","requestId":"r-1","requester":{"kind":"strategy","name":"test"},"side":"buy","timeInForce":"day","type":"limit"}}`;

const anyRequest: fc.Arbitrary<OrderRequest> = fc.record(
  {
    requestId: fc.constant('r-1'),
    requester: fc.constant({ kind: 'strategy', name: 'test' } as const),
    instrument: fc.constant('KRX:005930' as const),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    type: fc.constantFrom(
      ...(['limit', 'market', 'conditional-limit', 'best', 'priority', 'mid', 'stop-limit'] as const),
    ),
    timeInForce: fc.constantFrom('day' as const, 'ioc' as const, 'fok' as const),
    quantity: fc.constant(quantity(10)),
    price: fc.constant(won(70_000)),
    reason: fc.constant(''),
    venue: fc.constantFrom('KRX' as const, 'NXT' as const, 'SOR' as const),
    session: fc.constantFrom(
      ...(['regular', 'pre-hours-close', 'after-hours-close', 'after-market', 'pre-market'] as const),
    ),
    stopPrice: fc.constant(won(70_100)),
  },
  {
    requiredKeys: [
      'requestId',
      'requester',
      'instrument',
      'side',
      'type',
      'timeInForce',
      'quantity',
      'price',
      'reason',
    ],
  },
);

function submitted(request: OrderRequest): readonly DeskRecord[] {
  const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
  return handle(ready, { kind: 'submit', orderId, request, verdict }, moment, settings).records;
}

function read(record: DeskRecord): DeskRecord {
  return decodeRecord({ sequence: 0, kind: record.kind, body: canonicalJson(record.body) });
}

test('decodeRecord() reads an intent of before there was a choice, and a plain one is still written like it', () => {
  const old = decodeRecord({ sequence: 0, kind: 'order.intent', body: oldIntent });
  const order = apply(ready, old).orders.get(orderId);
  const { instrument, type, timeInForce, side, price, quantity: size, ...rest } = order!.request;
  const [intent] = submitted({ instrument, type, timeInForce, side, price, quantity: size, ...rest });

  assert.equal(canonicalJson(intent!.body), oldIntent);
  assert.deepEqual(orderView(order!).venue, undefined);
});

test('a request of any kind comes out of the journal as it went in, and what was not said stays unsaid', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const records = submitted(request).map(read);
      const order = fold(records, ready).orders.get(orderId);

      assert.deepEqual(order?.request, { ...request });
    }),
  );
});

test('decodeRecord() refuses words it does not know and a stop price that is no amount', () => {
  const body = JSON.parse(oldIntent) as { request: object };
  for (const change of [{ type: 'iceberg' }, { venue: 'NYSE' }, { session: null }, { stopPrice: '70100' }]) {
    const text = JSON.stringify({ ...body, request: { ...body.request, ...change } });

    assert.throws(() => decodeRecord({ sequence: 0, kind: 'order.intent', body: text }), {
      code: 'journal.unreadable',
    });
  }
});

test('handle() takes a request id again only for the very same kind of order', () => {
  const plain: OrderRequest = (fc.sample(anyRequest, { numRuns: 1, seed: 1 })[0] ??
    assert.fail()) satisfies OrderRequest;
  const state = fold(submitted(plain), ready);
  const again = (request: OrderRequest) => {
    const verdict = () => ({ kind: 'approved', order: approve(request), checks: [] }) as const;
    return handle(state, { kind: 'submit', orderId: 'second' as OrderId, request, verdict }, moment, settings).orderId;
  };
  const venue = plain.venue === 'NXT' ? 'KRX' : 'NXT';
  const session = plain.session === 'after-market' ? 'regular' : 'after-market';
  const timeInForce = plain.timeInForce === 'day' ? 'ioc' : 'day';

  assert.equal(again(plain), orderId);
  for (const change of [{ venue }, { session }, { timeInForce }, { stopPrice: won(1) }] as const) {
    assert.throws(() => again({ ...plain, ...change }), { code: 'order.request-id-reused' });
  }
});

test('workingOrder() and orderView() keep venue, session, kind and stop price', () => {
  const kind = { type: 'stop-limit', venue: 'NXT', session: 'regular', stopPrice: won(70_100) } as const;
  const request: OrderRequest = { ...fc.sample(anyRequest, { numRuns: 1, seed: 2 })[0]!, ...kind, timeInForce: 'day' };
  const acked = entry('order.acked', {
    orderId,
    brokerOrderId: '0000117057' as never,
    forwardingOffice: '91252',
    source: 'answer',
    at,
    elapsedMs: 1,
  });
  const order = fold([...submitted(request), acked], ready).orders.get(orderId);
  assert.ok(order);
  const picked = ({ type, venue, session, stopPrice, timeInForce }: Partial<OrderRequest>): object => ({
    type,
    venue,
    session,
    stopPrice,
    timeInForce,
  });

  assert.deepEqual(picked(workingOrder(order) ?? assert.fail()), { ...kind, timeInForce: 'day' });
  const view = gatewayApi.methods.order.result.parse(JSON.parse(JSON.stringify(orderView(order))));
  assert.deepEqual([view.type, view.venue, view.session, view.stopPrice], ['stop-limit', 'NXT', 'regular', 70_100]);
});

test('orderRequest() hands on what was said and no more, and a plain message is the plain order it always was', () => {
  const caller = { role: 'cli', connectionId: 'c' } as unknown as Caller;
  const message = { requestId: 'r', strategy: null, symbol: '005930', side: 'buy', quantity: 1, reason: '' } as const;
  const parse = (change: object) => gatewayApi.methods.submit.params.parse({ ...message, ...change });

  const plain = orderRequest(parse({ type: 'limit', price: 70_000 }), caller);
  const stop = { type: 'stop-limit', price: 68_500, stopPrice: 68_600, venue: 'NXT', session: 'regular' } as const;

  assert.deepEqual(Object.keys(plain).sort(), [
    'instrument',
    'price',
    'quantity',
    'reason',
    'requestId',
    'requester',
    'side',
    'timeInForce',
    'type',
  ]);
  assert.equal(plain.timeInForce, 'day');
  assert.deepEqual(
    { ...orderRequest(parse({ ...stop, timeInForce: 'day' }), caller) },
    { ...plain, ...stop, timeInForce: 'day' },
  );
  assert.throws(() => parse({ type: 'limit', price: 70_000, stopPrice: 0 }));
  assert.throws(() => parse({ type: 'iceberg', price: 70_000 }));
});
