import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder, Inquiry, PlaceResult } from '#brokers/broker.ts';
import type { CancelBroker } from '#brokers/cancel-broker.ts';
import { ManualClock } from '#domain/clock.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { sweep } from './sweep.ts';

const at = Temporal.Instant.from('2026-11-20T01:00:00Z');
const gone: PlaceResult = { kind: 'rejected', code: 'APBK0344', reason: 'nothing-left', message: 'none left' };

/** Orders that stand at a broker, which answers `listings` before it tells the truth. */
class StandIn implements CancelBroker {
  readonly open: Set<string>;
  readonly cancels: string[] = [];
  readonly #listings: (Inquiry<BrokerOrder> | Error)[];
  readonly #answer: (number: string) => PlaceResult;

  constructor(
    open: readonly string[],
    listings: readonly (Inquiry<BrokerOrder> | Error)[] = [],
    answer: (number: string) => PlaceResult = (number) => this.#withdraw(number),
  ) {
    this.open = new Set(open);
    this.#listings = [...listings];
    this.#answer = answer;
  }

  async orders(): Promise<Inquiry<BrokerOrder>> {
    const next = this.#listings.shift();
    if (next instanceof Error) throw next;
    return next ?? { kind: 'complete', rows: [...this.open].map((number) => row(number)) };
  }

  async cancel({ brokerOrderId }: BrokerOrder): Promise<PlaceResult> {
    this.cancels.push(brokerOrderId);
    return this.#answer(brokerOrderId);
  }

  async close(): Promise<void> {}

  #withdraw(number: string): PlaceResult {
    if (!this.open.delete(number)) return gone;
    return { kind: 'accepted', brokerOrderId: `9${number}` as BrokerOrderId, forwardingOffice: '', at };
  }
}

function row(number: string, change: Partial<BrokerOrder> = {}): BrokerOrder {
  return {
    brokerOrderId: number as BrokerOrderId,
    forwardingOffice: '',
    instrument: instrumentId('005930'),
    side: 'buy',
    originalId: null,
    quantity: quantity(3),
    price: won(70_000),
    filled: quantity(0),
    remaining: quantity(3),
    isCancel: false,
    isRejected: false,
    fillPriceAverage: won(0),
    orderedAt: at,
    ...change,
  };
}

test('INV-15 sweep() withdraws all that is open and is done when the broker lists none', async () => {
  const broker = new StandIn(['1', '2', '3']);

  const view = await sweep({ broker, clock: new ManualClock(at) });

  assert.deepEqual(view, { outcome: 'verified', found: 3, accepted: 3, left: 0, inquiries: 2, tookMs: 0, detail: '' });
});

test('INV-15 two sweeps at the same time withdraw each order once and both end verified', async () => {
  const broker = new StandIn(['1', '2', '3']);

  const views = await Promise.all([1, 2].map(() => sweep({ broker, clock: new ManualClock(at) })));

  assert.deepEqual(
    views.map(({ outcome }) => outcome),
    ['verified', 'verified'],
  );
  assert.equal(
    views.reduce((sum, { accepted }) => sum + accepted, 0),
    3,
  );
});

test('INV-06 sweep() takes an incomplete list, and one that failed, for no proof', async () => {
  const never = Array.from({ length: 8 }, () => new Error('no answer'));
  const broker = new StandIn(['1'], [{ kind: 'incomplete', cause: 'page 2 is missing' }, new Error('no answer')]);

  const found = await sweep({ broker, clock: new ManualClock(at) });
  const blind = await sweep({ broker: new StandIn([], never), clock: new ManualClock(at) });

  assert.deepEqual([found.outcome, found.accepted, found.inquiries], ['verified', 1, 4]);
  assert.deepEqual([blind.outcome, blind.inquiries, blind.detail], ['not-listed', 8, 'no answer']);
});

test('sweep() asks again for a cancel without effect, and one that fails keeps no other from going out', async () => {
  const stuck = new StandIn(['1', '2'], [], () => ({ kind: 'unknown', sentAt: at, cause: 'lost' }));
  const broken = new StandIn(['1', '2'], [], (number) => {
    if (number === '1') throw new Error('broken');
    return gone;
  });

  const [lost, failed] = await Promise.all(
    [stuck, broken].map((broker) => sweep({ broker, clock: new ManualClock(at) })),
  );

  assert.deepEqual([lost?.outcome, lost?.left, lost?.detail, stuck.cancels.length], ['still-open', 2, 'unknown', 16]);
  assert.equal(failed?.detail, 'Error, nothing-left');
  assert.ok(broken.cancels.includes('2'));
});

test('sweep() leaves alone what cannot fill: cancels, rejections and what is filled', async () => {
  const rows = [row('1', { isCancel: true }), row('2', { isRejected: true }), row('3', { remaining: quantity(0) })];
  const broker = new StandIn([], [{ kind: 'complete', rows }]);

  const { outcome } = await sweep({ broker, clock: new ManualClock(at) });

  assert.deepEqual([outcome, broker.cancels], ['verified', []]);
});
