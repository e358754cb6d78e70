import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import type { DenialCode } from '#guard/denial.ts';
import type { Verdict } from '#guard/verdict.ts';
import { conservationBreaks } from './conservation.ts';
import { handle } from './desk.ts';
import type { DeskEvent, Effect } from './events.ts';
import { entry } from './records.ts';
import { emptyDesk, type DeskState } from './state.ts';
import { isConfirmed } from '../confirmed-terms.ts';

const settings = { quietWindowMs: 30_000, speed: 1, conduct: { strategyBreachesMax: 3, cancelFillRatioMax: 10 } };

const passing = { code: 'quantity-median', actual: 0, limit: 1, unit: 'none', passed: true } as const;

/** A desk whose guard says what a test wants. */
class Desk {
  state: DeskState = { ...emptyDesk, isResolved: true };
  now = Temporal.Instant.from('2026-11-20T01:00:00Z');
  #serial = 0;
  readonly #settings: typeof settings;

  constructor(conduct: Partial<typeof settings.conduct> = {}) {
    this.#settings = { ...settings, conduct: { ...settings.conduct, ...conduct } };
  }

  tell(event: DeskEvent): readonly Effect[] {
    const elapsedMs = this.now.epochMilliseconds - 1_795_000_000_000;
    const handled = handle(this.state, event, { at: this.now.toString(), elapsedMs }, this.#settings);
    this.state = handled.state;
    return handled.effects;
  }

  submit(code: DenialCode | null, name = 'a'): OrderId {
    const orderId = `o-${(this.#serial += 1)}` as OrderId;
    const request = aRequest(orderId, name);
    const check = { code: code ?? 'cash', actual: 1, limit: 0, unit: 'none', passed: code === null } as const;
    const verdict = (): Verdict =>
      code === null
        ? { kind: 'approved', order: approve(request), checks: [check] }
        : { kind: 'denied', denials: [check], checks: [passing, check] };
    this.tell({ kind: 'submit', orderId, request, verdict });
    return orderId;
  }

  ack(orderId: OrderId): void {
    const place = {
      kind: 'accepted',
      brokerOrderId: orderId as string as BrokerOrderId,
      forwardingOffice: '',
    } as const;
    this.tell({ kind: 'placed', orderId, result: { ...place, at: this.now } });
  }

  fill(orderId: OrderId, shares: number): void {
    const brokerOrderId = orderId as string as BrokerOrderId;
    const fill = { brokerOrderId, instrument: 'KRX:005930', side: 'buy', price: won(70_000), at: this.now } as const;
    this.tell({ kind: 'notice', notice: { kind: 'filled', fill: { ...fill, quantity: quantity(shares) } } });
  }

  get halted(): readonly string[] {
    return [...this.state.policy.haltedStrategies.keys()];
  }
}

function aRequest(requestId: string, name: string): OrderRequest {
  return {
    requestId,
    requester: name === 'person' ? { kind: 'person', via: 'cli' } : { kind: 'strategy', name },
    instrument: 'KRX:005930',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: quantity(10),
    price: won(70_000),
    reason: '',
  };
}

test('§5 the third refusal for ordering too often within ten minutes halts the strategy, the second does not', () => {
  for (const code of ['orders-per-minute-account', 'orders-per-minute-strategy', 'orders-per-day'] as const) {
    const desk = new Desk();
    desk.submit(code);
    desk.submit(code);
    assert.deepEqual(desk.halted, []);
    desk.submit(code);
    assert.deepEqual(desk.halted, ['a'], code);
  }
});

test('§5 refusals of ten minutes ago, of another rule, of others and of the person do not add up', () => {
  const desk = new Desk();
  desk.submit('orders-per-day');
  desk.submit('orders-per-day');
  desk.now = desk.now.add({ minutes: 10 });
  desk.submit('orders-per-day');
  desk.submit('orders-per-day');
  desk.submit('cash');
  desk.submit('orders-per-day', 'b');
  for (let count = 0; count < 5; count += 1) desk.submit('orders-per-day', 'person');

  assert.deepEqual(desk.halted, []);
  desk.submit('orders-per-day');
  assert.deepEqual(desk.halted, ['a']);
});

test('INV-13 a halted strategy´s open orders are withdrawn, also the one on its way; others stay; a person re-arms', () => {
  const desk = new Desk();
  const [open, sending, others] = [desk.submit(null), desk.submit(null), desk.submit(null, 'b')];
  desk.ack(open);
  desk.ack(others);

  const effects = desk.tell({ kind: 'halt-strategy', strategy: 'a', by: 'cli', reason: 'test' });
  assert.deepEqual(
    effects.flatMap((effect) => (effect.kind === 'cancel' ? [effect.orderId] : [])),
    [open],
  );
  assert.equal(effects.at(-1)?.kind, 'inquire');
  desk.ack(sending);
  assert.notEqual(desk.state.orders.get(sending)?.cancel, null);
  assert.equal(desk.state.orders.get(others)?.cancel, null);
  assert.deepEqual(desk.tell({ kind: 'halt-strategy', strategy: 'a', by: 'x', reason: '' }), [], 'said once');

  const at = desk.now.toString();
  desk.tell({ kind: 'policy', record: entry('strategy.resumed', { strategy: 'a', by: 'cli', at }) });
  assert.deepEqual(desk.halted, []);
});

test('§5 what was refused before a person let the strategy go on counts no more', () => {
  const desk = new Desk();
  for (let count = 0; count < 3; count += 1) desk.submit('orders-per-day');
  const at = desk.now.toString();
  desk.tell({ kind: 'policy', record: entry('strategy.resumed', { strategy: 'a', by: 'cli', at }) });
  desk.now = desk.now.add({ seconds: 1 });

  desk.submit('orders-per-day');
  desk.submit('orders-per-day');
  assert.deepEqual(desk.halted, []);
  desk.submit('orders-per-day');
  assert.deepEqual(desk.halted, ['a']);
});

test('§5 a string of small orders halts the strategy at its first refusal', () => {
  const desk = new Desk();
  desk.submit('small-order-repetition');

  assert.deepEqual(desk.halted, ['a']);
});

test('§5 a person who sends small orders, or often, is halted by no rule of conduct', () => {
  const desk = new Desk();
  desk.submit('small-order-repetition', 'person');

  assert.deepEqual(desk.halted, []);
});

test('§5 no refusal at all halts nobody, whatever the limit', () => {
  const desk = new Desk({ strategyBreachesMax: 0 });
  desk.submit(null);
  desk.submit('cash');
  assert.deepEqual(desk.halted, []);

  desk.submit('orders-per-day');
  assert.deepEqual(desk.halted, ['a']);
});

test('§5 each order that filled, be it one share, earns ten cancels; refused orders are none', () => {
  for (const [filled, cancels, isHalted] of [
    [1, 10, false],
    [2, 20, false],
    [2, 21, true],
  ] as const) {
    const desk = new Desk();
    for (let count = 0; count < 5; count += 1) desk.submit('cash');
    const ids = Array.from({ length: 24 }, () => desk.submit(null));
    for (const id of ids) desk.ack(id);
    for (const id of ids.slice(0, filled)) desk.fill(id, 1);
    for (const orderId of ids.slice(0, cancels)) desk.tell({ kind: 'cancel', orderId, by: 'runner' });

    assert.equal(desk.halted.length === 1, isHalted, `${filled} filled, ${cancels} cancels`);
  }
});

test('§5 amends count as cancels do, and halt at once', () => {
  const desk = new Desk({ cancelFillRatioMax: 1 });
  const ids = Array.from({ length: 20 }, () => desk.submit(null));
  for (const id of ids) desk.ack(id);
  const amend = (orderId: OrderId): void => {
    const change = aRequest(orderId, 'a');
    const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
    desk.tell({ kind: 'amend', orderId, price: change.price, quantity: change.quantity, verdict });
  };

  amend(ids[0]!);
  assert.deepEqual(desk.halted, []);
  amend(ids[1]!);
  assert.deepEqual(desk.halted, ['a']);
});

test('§5 from twenty orders on, more than ten cancels for each fill halt the strategy', () => {
  for (const [orders, cancels, isHalted] of [
    [19, 11, false],
    [20, 10, false],
    [20, 11, true],
  ] as const) {
    const desk = new Desk();
    const ids = Array.from({ length: orders }, () => desk.submit(null));
    for (const id of ids) desk.ack(id);
    for (const orderId of ids.slice(0, cancels)) desk.tell({ kind: 'cancel', orderId, by: 'runner' });

    assert.equal(desk.halted.length === 1, isHalted, `${orders} orders, ${cancels} cancels`);
  }
});

test('a confirmed order´s like passes once within ten minutes, at the same terms alone', () => {
  const desk = new Desk();
  const refused = desk.submit('quantity-median');
  const like = aRequest('again', 'a');
  const passes = (change: Partial<OrderRequest> = {}): boolean =>
    isConfirmed(desk.state, { ...like, ...change }, desk.now);
  assert.equal(passes(), false);
  const at = desk.now.toString();
  desk.tell({ kind: 'policy', record: entry('terms.confirmed', { orderId: refused, by: 'cli', at }) });

  assert.equal(passes(), true);
  for (const change of [
    { quantity: quantity(11) },
    { price: won(70_100) },
    { side: 'sell' },
    { instrument: 'KRX:000660' },
    { requester: { kind: 'strategy', name: 'b' } },
    { requester: { kind: 'person', via: 'cli' } },
    { venue: 'NXT' },
    { session: 'after-market' },
    { type: 'market' },
  ] as const) {
    assert.equal(passes(change), false, JSON.stringify(change));
  }
  desk.now = desk.now.add({ milliseconds: 599_999 });
  assert.equal(passes(), true);
  desk.now = desk.now.add({ milliseconds: 1 });
  assert.equal(passes(), false);
  desk.now = desk.now.subtract({ minutes: 1 });
  desk.submit(null);
  assert.equal(passes(), false, 'it has gone out');
});

test('INV-07 conservationBreaks() finds more filled than acknowledged, and parts that are not the sum', () => {
  const desk = new Desk();
  const id = desk.submit(null);
  desk.ack(id);
  const order = desk.state.orders.get(id)!;
  const leg = order.legs[0]!;
  const breaks = (change: Partial<typeof order>): number =>
    conservationBreaks({ ...desk.state, orders: new Map([[id, { ...order, ...change }]]) });
  const filledLeg = (filled: number) => [{ ...leg, filled: quantity(filled) }];

  assert.equal(breaks({}), 0);
  assert.equal(breaks({ filled: quantity(10), legs: filledLeg(10) }), 0);
  assert.equal(breaks({ filled: quantity(11), legs: filledLeg(11) }), 1);
  assert.equal(breaks({ filled: quantity(5), legs: filledLeg(4) }), 1);
  const one = { filled: quantity(11), quantity: quantity(20) };
  assert.equal(breaks({ ...one, legs: [...filledLeg(11), leg] }), 1, 'one number filled more than it had');
  assert.equal(breaks({ ...one, legs: [...filledLeg(10), ...filledLeg(1)] }), 0);
  const amended = { filled: quantity(7), quantity: quantity(5), legs: filledLeg(7) };
  assert.equal(breaks(amended), 0, 'amended to less than had filled by then');
});
