import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { SnowballError } from '#domain/errors.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';

import type { ConformanceFault, ConformanceSubject } from './conformance-control.ts';
import { dayOf, lowRequest, placeLow, rowsOf, working } from './conformance-orders.ts';
import { StreamRecord } from './conformance-stream.ts';

export type {
  ConformanceControl,
  ConformanceFault,
  ConformanceOperation,
  ConformanceSubject,
} from './conformance-control.ts';

/** Starts a fresh broker, with a fresh simulator behind it, for each test. */
type MakeSubject = () => Promise<ConformanceSubject>;

/** Answers of which nobody can know whether the broker took the order, and whether it did. */
const lostAnswers: readonly (readonly [ConformanceFault, 0 | 1])[] = [
  ['drop-before', 0],
  ['error-before', 0],
  ['accept-then-hang', 1],
  ['accept-then-reset', 1],
  ['error-after', 1],
  ['malformed', 1],
  ['truncated', 1],
  ['missing-order-number', 1],
];

/**
 * Registers with `node:test` what every broker must do. A new adapter passes this suite against its simulator, or is
 * not an adapter.
 *
 * @param name stands before the name of each test
 */
export function conformanceSuite(name: string, makeSubject: MakeSubject): void {
  const check = (sentence: string, run: (subject: ConformanceSubject) => Promise<void>): void => {
    void test(`${name} ${sentence}`, async (context: TestContext) => {
      const subject = await makeSubject();
      context.after(() => subject.close());
      await run(subject);
    });
  };
  check('signs in once however many ask, and keeps the token', signsInOnce);
  check('signs out at the broker, and signs in again when asked', signsOut);
  check('reads on with a new token when the old one is refused', renewsForReads);
  check('rejects an order whose token is refused, without sending it again', neverRenewsForOrders);
  check('places, amends and cancels an order under the newest number', changesAnOrder);
  check('refuses to cancel what is no longer there', refusesSecondCancel);
  check('tells a partial fill by push and by inquiry alike', tellsPartialFill);
  check('names the reasons of a refusal in our words', mapsRefusals);
  for (const [fault, ordersTaken] of lostAnswers) {
    const ending = ordersTaken === 1 ? 'and finds the order by inquiry' : 'and finds no order by inquiry';
    check(`calls an order unknown after "${fault}", ${ending}`, (subject) => losesAnswer(subject, fault, ordersTaken));
  }
  check('follows every page of the order list', followsPages);
  check('calls the order list incomplete when a page fails', admitsMissingPage);
  check('waits and asks again when a read comes too fast', retriesReads);
  check('rejects an order that comes too fast, without sending it again', neverRetriesOrders);
  check('comes back after a dropped socket and says what may be missing', survivesDrop);
  check('prints no secret', printsNoSecret);
}

async function signsInOnce({ broker, control }: ConformanceSubject): Promise<void> {
  const [instrument] = control.instruments;

  await Promise.all([broker.price(instrument), broker.balance(), broker.orderBook(instrument)]);
  await broker.price(instrument);

  assert.equal(await control.tokensIssued(), 1);
}

async function signsOut({ broker, control }: ConformanceSubject): Promise<void> {
  const [instrument] = control.instruments;
  await broker.price(instrument);

  await broker.signOut();
  await broker.price(instrument);

  assert.equal(await control.tokensIssued(), 2);
}

async function renewsForReads({ broker, control }: ConformanceSubject): Promise<void> {
  const [instrument] = control.instruments;
  await control.fault('token-expired', 'price');

  const { price } = await broker.price(instrument);

  assert.ok(price > 0);
}

async function neverRenewsForOrders(subject: ConformanceSubject): Promise<void> {
  await subject.control.fault('token-expired', 'place-buy');

  const refused = await placeLow(subject);
  const next = await placeLow(subject);

  assert.equal(refused.kind === 'rejected' && refused.reason, 'authentication');
  assert.equal(next.kind, 'accepted');
  assert.equal(await subject.control.ordersAtBroker(), 1);
}

async function changesAnOrder(subject: ConformanceSubject): Promise<void> {
  const { broker } = subject;
  const request = await lowRequest(subject);

  const placed = working(await broker.place(subject.approve(request)), request);
  const cheaper = { ...request, price: won(request.price - 1_000) };
  const amended = working(await broker.amend(placed, subject.approve(cheaper)), request);
  const before = await rowsOf(subject);
  const cancelled = await broker.cancel(amended);
  const after = await rowsOf(subject);

  const live = before.filter((row) => row.remaining > 0);
  assert.deepEqual(
    live.map((row) => [row.brokerOrderId, row.originalId, row.price, row.remaining, row.side]),
    [[amended.brokerOrderId, placed.brokerOrderId, cheaper.price, request.quantity, 'buy']],
  );
  assert.equal(cancelled.kind, 'accepted');
  assert.deepEqual(
    after.filter((row) => row.remaining > 0),
    [],
  );
  assert.ok(after.some((row) => row.isCancel && row.originalId === amended.brokerOrderId));
}

async function refusesSecondCancel(subject: ConformanceSubject): Promise<void> {
  const request = await lowRequest(subject);
  const placed = working(await subject.broker.place(subject.approve(request)), request);

  await subject.broker.cancel(placed);
  const again = await subject.broker.cancel(placed);

  assert.equal(again.kind === 'rejected' && again.reason, 'nothing-left');
}

async function tellsPartialFill(subject: ConformanceSubject): Promise<void> {
  const { broker, control } = subject;
  const stream = await StreamRecord.open(broker);
  try {
    await stream.state('open');
    const request = { ...(await lowRequest(subject)), quantity: quantity(10) };
    const placed = working(await broker.place(subject.approve(request)), request);

    await control.setPrice(request.instrument, request.price, quantity(4));
    const fill = await stream.fill();
    const row = (await rowsOf(subject)).find(({ brokerOrderId }) => brokerOrderId === placed.brokerOrderId);

    assert.deepEqual(
      [fill.brokerOrderId, fill.instrument, fill.side, fill.quantity, fill.price],
      [placed.brokerOrderId, request.instrument, 'buy', 4, request.price],
    );
    assert.deepEqual([row?.filled, row?.remaining, row?.fillPriceAverage], [4, 6, request.price]);
  } finally {
    await stream.close();
  }
}

async function mapsRefusals(subject: ConformanceSubject): Promise<void> {
  const request = await lowRequest(subject);
  const tooMuch = { ...request, quantity: quantity(1_000_000) };
  const notHeld = { ...request, side: 'sell' as const };
  const offTick = { ...request, price: won(request.price - 1) };

  const reasons: string[] = [];
  for (const wish of [tooMuch, notHeld, offTick]) {
    const result = await subject.broker.place(subject.approve(wish));
    reasons.push(result.kind === 'rejected' ? result.reason : result.kind);
  }

  assert.deepEqual(reasons.slice(0, 2), ['not-enough-cash', 'not-enough-shares']);
  // Not every broker documents a code for the tick; what counts is that the order is refused and none is there.
  assert.match(String(reasons[2]), /^(?:tick-size|invalid-field|unmapped)$/);
  assert.equal(await subject.control.ordersAtBroker(), 0);
}

async function losesAnswer(subject: ConformanceSubject, fault: ConformanceFault, taken: 0 | 1): Promise<void> {
  const request = await lowRequest(subject);
  await subject.control.fault(fault, 'place-buy', { count: 10 });

  const result = await subject.broker.place(subject.approve(request));
  await subject.control.clearFaults();

  assert.equal(result.kind, 'unknown');
  const found = (await rowsOf(subject)).filter((row) => row.price === request.price && row.side === 'buy');
  assert.equal(found.length, taken);
  assert.equal(await subject.control.ordersAtBroker(), taken);
}

async function followsPages(subject: ConformanceSubject): Promise<void> {
  await subject.control.seedOrders(240);

  const rows = await rowsOf(subject);

  assert.equal(rows.length, 240);
  assert.equal(new Set(rows.map((row) => row.brokerOrderId)).size, 240);
}

async function admitsMissingPage(subject: ConformanceSubject): Promise<void> {
  await subject.control.seedOrders(240);
  await subject.control.fault('page-error', 'orders', { count: 100 });

  const inquiry = await subject.broker.orders(await dayOf(subject));

  assert.equal(inquiry.kind, 'incomplete');
}

async function retriesReads({ broker, control }: ConformanceSubject): Promise<void> {
  await control.fault('rate-limit', 'price');

  assert.ok((await broker.price(control.instruments[0])).price > 0);
}

async function neverRetriesOrders(subject: ConformanceSubject): Promise<void> {
  await subject.control.fault('rate-limit', 'place-buy');

  const result = await placeLow(subject);

  assert.equal(result.kind === 'rejected' && result.reason, 'rate-limit');
  assert.equal(await subject.control.ordersAtBroker(), 0);
}

async function survivesDrop(subject: ConformanceSubject): Promise<void> {
  const { broker, control } = subject;
  const [instrument] = control.instruments;
  const low = await lowRequest(subject);
  const stream = await StreamRecord.open(broker);
  try {
    stream.stream.watch([instrument]);
    await stream.state('open');

    await control.dropSockets();
    await stream.state('closed');
    const reopened = await stream.state('open');
    const crossing = { ...low, price: won(Math.round(low.price / 900) * 1_000 + 1_000) };
    const placed = working(await broker.place(subject.approve(crossing)), crossing);
    const tick = await stream.tick();
    const fill = await stream.fill();

    assert.match(reopened.detail, /may be missing/);
    assert.deepEqual([tick.instrument, tick.price], [instrument, fill.price]);
    assert.equal(fill.brokerOrderId, placed.brokerOrderId);
  } finally {
    await stream.close();
  }
}

async function printsNoSecret(subject: ConformanceSubject): Promise<void> {
  const { broker, control } = subject;
  const day = await dayOf(subject);
  const printed: string[] = [];
  for (const [fault, operation] of [
    ['malformed', 'balance'],
    ['error-before', 'price'],
    ['page-error', 'orders'],
  ] as const) {
    await control.fault(fault, operation, { count: 100 });
  }
  for (const read of [() => broker.balance(), () => broker.price(control.instruments[0])]) {
    const error = await read().catch((error: unknown) => error);
    assert.ok(error instanceof SnowballError);
    printed.push(`${error.code} ${error.message} ${error.stack ?? ''} ${JSON.stringify(error)}`);
  }
  printed.push(JSON.stringify(await broker.orders(day)), ...subject.reported());

  for (const secret of subject.secrets) assert.ok(!printed.join('\n').includes(secret));
}
